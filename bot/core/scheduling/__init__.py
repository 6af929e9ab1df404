"""When a push is due, and how people say so."""
