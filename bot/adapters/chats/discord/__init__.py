"""Discord as a platform."""

from __future__ import annotations

from bot.ports import Chat, Services
from bot.settings import Settings, secret


def build(settings: Settings, services: Services) -> Chat:
    """Make the chat of the bot whose token is set."""
    from bot.adapters.chats.discord.chat import Access, DiscordChat

    access = Access(
        secret(settings.discord_token),
        settings.discord_api_url,
        settings.discord_gateway_url,
        settings.language,
        secret(settings.proxy),
    )
    return DiscordChat(services, access)
