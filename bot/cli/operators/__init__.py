"""What whoever runs the bot calls: look after the database and the machine."""
