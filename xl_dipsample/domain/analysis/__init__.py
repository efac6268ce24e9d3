"""Guide 5: the sample, outcomes, types of harm, thresholds: counted and set against each other."""
