"""What actions that open the key look at first, and what they say of it."""
