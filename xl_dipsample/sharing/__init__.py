"""What must hold before anything leaves: texts screened, decisions, neighbours, the last check."""
