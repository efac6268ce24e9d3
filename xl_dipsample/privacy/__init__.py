"""IDs, key, folder rule, audit log: what keeps names away from the share."""
