"""Marks are contested, mistakes reported, gaps seen: what the authors of the pack learn from its readers."""
