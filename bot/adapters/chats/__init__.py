"""The platforms that carry messages."""
