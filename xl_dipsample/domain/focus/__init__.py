"""Guide 2, agreeing your focus: settings, recipe, period."""
