"""What is expensive to make, kept on disk."""
