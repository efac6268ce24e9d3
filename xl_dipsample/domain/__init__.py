"""What dip-sampling is: pandas in, pandas out. Imports no Excel library."""
