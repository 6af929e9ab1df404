"""A query as words: normalised, taken apart, its names found."""
