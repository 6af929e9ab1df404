"""Numbers and formulas, compared as values."""
