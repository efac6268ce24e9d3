"""Guide 5, language: terms, where they stand, and patterns."""
