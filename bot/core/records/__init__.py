"""What the store keeps, as values."""
