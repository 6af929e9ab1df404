"""What crosses the border between a chat and the tutor."""
