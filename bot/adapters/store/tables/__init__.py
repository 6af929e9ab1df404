"""The tables, declared once."""
