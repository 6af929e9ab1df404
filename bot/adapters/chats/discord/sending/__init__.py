"""Replies -> messages of Discord."""
