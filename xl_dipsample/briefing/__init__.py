"""The briefing for the panel: what stands in it."""
