"""What commands and their options are called on Discord: in English, and in each language that menus have."""

from collections.abc import Iterable
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.adapters.rendering.plain_text import cut
from bot.core.chat.option import Label
from bot.core.language.wording import MENUS, language_of_tag

MAX_TEXT: Final = 100
"""Characters of a description, and of the name of a choice."""
MENU: Final = locale_str("Ask the tutor", zh="问导师", tw="問導師")


def name_of(label: Label) -> locale_str:
    """Return a name in all languages."""
    return locale_str(label.en, **{language: label.in_(language) for language in _others()})


def line_of(label: Label) -> locale_str:
    """Return a description, or what a choice is called, in all languages."""
    return locale_str(
        cut(label.en, MAX_TEXT), **{language: cut(label.in_(language), MAX_TEXT) for language in _others()}
    )


class Names(app_commands.Translator):
    """Gives the library the names that each string carries."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a string in one of Discord's languages; None where it has no other words."""
        del context
        if locale is discord.Locale.taiwan_chinese:
            return string.extras.get("tw")
        return string.extras.get(language_of_tag(locale.value, ""))


def _others() -> Iterable[str]:
    return (language for language in MENUS if language != "en")
