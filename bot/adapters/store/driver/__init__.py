"""What runs statements faster than SQLAlchemy would."""
