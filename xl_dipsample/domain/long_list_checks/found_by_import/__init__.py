"""What import alone sees of a report, written on Data checks, where the next check finds it again."""
