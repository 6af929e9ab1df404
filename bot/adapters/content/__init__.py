"""A pack on disk: read, checked, changed."""
