"""What everybody may see: small numbers hidden, and what would give them away."""
