"""What the tutor does: each use case reads once, decides, writes once and returns what to say."""
