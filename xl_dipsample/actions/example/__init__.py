"""The synthetic example: exports, people and samples that nobody ever was."""
