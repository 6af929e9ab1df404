"""What is known about characters and words."""
