"""Concepts are asked for, and offered while somebody types."""
