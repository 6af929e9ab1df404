"""Replies -> pieces in the markup of a platform."""
