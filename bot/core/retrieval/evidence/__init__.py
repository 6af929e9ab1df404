"""What speaks for each concept, and how much."""
