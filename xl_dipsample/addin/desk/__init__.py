"""The desk: the small program of one person that keeps Python loaded and drives the running Excel."""
