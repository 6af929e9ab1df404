"""Replies -> calls of the Bot API."""
