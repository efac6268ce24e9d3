"""The children in need (CIN) census return, read as an export."""
