"""What commands and their options are called on Discord, in English, simplified and traditional Chinese."""

from __future__ import annotations

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.adapters.rendering.plain_text import cut
from bot.core.chat.option import Label

MAX_TEXT: Final = 100
"""Characters of a description, and of the name of a choice."""
MENU: Final = locale_str("Ask the tutor", zh="问导师", tw="問導師")


def name_of(label: Label) -> locale_str:
    """Return a name in all languages."""
    return locale_str(label.en, zh=label.zh, tw=label.tw)


def line_of(label: Label) -> locale_str:
    """Return a description, or what a choice is called, in all languages."""
    return locale_str(cut(label.en, MAX_TEXT), zh=cut(label.zh, MAX_TEXT), tw=cut(label.tw, MAX_TEXT))


class Names(app_commands.Translator):
    """Gives the library the names that each string carries."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a string in one of Discord's languages; None where it has no other words."""
        del context
        match locale:
            case discord.Locale.chinese:
                return string.extras.get("zh")
            case discord.Locale.taiwan_chinese:
                return string.extras.get("tw")
            case _:
                return None
