"""The terminal as a platform; in a room several people speak."""

from __future__ import annotations

from bot.ports import Chat, Services
from bot.settings import Settings


def build(_: Settings, services: Services) -> Chat:
    """Make the terminal for the one person at it."""
    from bot.adapters.chats.console.chat import Console

    return Console(services)


def build_room(_: Settings, services: Services) -> Chat:
    """Make the terminal for several people."""
    from bot.adapters.chats.console.chat import Console
    from bot.adapters.chats.console.room import Room

    return Console(services, room=Room())
