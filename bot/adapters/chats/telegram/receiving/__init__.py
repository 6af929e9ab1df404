"""Updates of Telegram, by polling or webhook, and who is in a chat."""
