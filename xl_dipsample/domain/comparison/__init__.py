"""Guide 5: one dip-sample compared with earlier ones, and with published figures."""
