"""What every room of the domain uses: errors, results, one cell, dates, words, shares."""
