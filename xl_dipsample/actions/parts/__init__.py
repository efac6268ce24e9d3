"""Parts of one action that would make its file too long."""
