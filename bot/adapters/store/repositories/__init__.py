"""The parts of a transaction."""
