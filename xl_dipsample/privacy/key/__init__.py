"""The key: its file, its holders, its passphrase, the reading list."""
