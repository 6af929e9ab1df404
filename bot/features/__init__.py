"""What people do: a feature is a folder."""
