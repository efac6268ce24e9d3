"""The add-in: the ribbon, its VBA, and what runs when a button is pressed."""
