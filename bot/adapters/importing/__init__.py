"""Documents of others -> concepts."""
