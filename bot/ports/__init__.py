"""What the use cases need from the world; adapters carry these names."""

from bot.ports.chats import Chat, Clock, Handle, Image, Note, Services, Suggest, Typesetter
from bot.ports.store import Store, Transaction

__all__ = ["Chat", "Clock", "Handle", "Image", "Note", "Services", "Store", "Suggest", "Transaction", "Typesetter"]
