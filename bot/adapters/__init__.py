"""Everything that touches the world: files, databases, clocks and chats."""
