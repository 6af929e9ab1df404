"""What the owners of a bot can do about the whole of it."""
