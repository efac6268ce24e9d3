"""Guide 3, steps 1 to 5: stages, funnel, case check."""
