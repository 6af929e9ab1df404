"""Telegram as a platform."""

from __future__ import annotations

import sys

from bot.ports import Chat, Services
from bot.settings import Settings, secret


def build(settings: Settings, services: Services) -> Chat:
    """Make the chat of the bot whose token is set."""
    # python-telegram-bot loads httpx, which loads a command line of its own wherever click and rich are installed.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # Python's own way to say: not there
    from bot.adapters.chats.telegram.chat import Access, TelegramChat

    token = secret(settings.telegram_token)
    access = Access(
        token,
        settings.telegram_base_url,
        settings.telegram_base_file_url,
        settings.telegram_webhook_url,
        settings.webhook_listen,
        settings.language,
        settings.owners_on("telegram"),
        settings.data_folder / f"telegram-{token.partition(':')[0]}.jsonl",
        secret(settings.proxy),
    )
    return TelegramChat(services, access)
