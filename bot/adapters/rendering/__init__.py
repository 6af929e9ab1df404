"""Replies -> payloads in the markup of a platform."""
