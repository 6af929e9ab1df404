"""Telegram as a platform: `wire` and `render` are pure, `chat` is the class that the app runs."""
