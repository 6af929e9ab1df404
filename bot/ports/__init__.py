"""What the use cases need from the world; adapters carry these names."""

from bot.ports.chats import (
    UNWATCHED,
    Chat,
    Clock,
    Closed,
    Confirm,
    Handle,
    Image,
    Left,
    Moved,
    Opened,
    Suggest,
    Typesetter,
    Unheard,
    Watch,
)
from bot.ports.store import Store, Transaction

__all__ = [
    "UNWATCHED",
    "Chat",
    "Clock",
    "Closed",
    "Confirm",
    "Handle",
    "Image",
    "Left",
    "Moved",
    "Opened",
    "Store",
    "Suggest",
    "Transaction",
    "Typesetter",
    "Unheard",
    "Watch",
]
