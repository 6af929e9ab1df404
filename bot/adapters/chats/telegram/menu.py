"""The command menu, in each language, made from what the features declare."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.core.chat.command import Who
from bot.core.language.wording import LANGUAGES
from bot.features.registry import COMMANDS

log = logging.getLogger(__name__)
MAX_DESCRIPTION = 256


def entries(language: str, *, for_owner: bool) -> list[BotCommand]:
    """Return the menu in a language."""
    shown = (command for command in COMMANDS if for_owner or command.who is not Who.OWNER)
    return [BotCommand(command.name, command.does.in_(language)[:MAX_DESCRIPTION]) for command in shown]


async def publish(bot: Bot, default: str, owners: Iterable[str]) -> None:
    """Tell Telegram the menus; a failure is logged and costs nothing but the menu.

    Args:
        default: for users of any other language.
        owners: user ids of those who see every command.
    """
    try:
        await bot.set_my_commands(entries(default, for_owner=False))
        for language in LANGUAGES:
            await bot.set_my_commands(entries(language, for_owner=False), language_code=language)
        for owner in owners:
            await _for_owner(bot, entries(default, for_owner=True), owner)
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error.message)


async def _for_owner(bot: Bot, commands: Sequence[BotCommand], owner: str) -> None:
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(int(owner)))
    except (TelegramError, ValueError):
        log.info("owner %s gets their menu once they have written to the bot", owner)
