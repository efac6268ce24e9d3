"""Guide 4: the review table and its rules; a second reader."""
