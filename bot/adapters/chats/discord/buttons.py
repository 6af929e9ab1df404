"""Buttons that work after a restart and months later: all that they mean stands in their ids."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self, cast

import discord
from discord import ui

from bot.adapters.chats.discord.wire import CHOICE, FORM, LETTER, WRITE, Interaction
from bot.core.chat.intents import MAX_TEXT
from bot.core.language.wording import Wording, language_of_tag


class Taker(Protocol):
    """The client that buttons belong to."""

    async def take(self, interaction: Interaction) -> None:
        """Answer an interaction."""


class Tap(ui.DynamicItem[ui.Button[Any]], template=rf"(?:{CHOICE}.{{1,98}}|{LETTER}[A-L])"):
    """A choice, or the letter of an option."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make it from what stands in a message, however old."""
        del interaction, match
        return cls(cast("ui.Button[Any]", item))

    async def callback(self, interaction: Interaction) -> Any:  # noqa: ANN401  the library's signature
        """Answer the tap."""
        await cast("Taker", interaction.client).take(interaction)


class Write(Tap, template=WRITE):
    """Opens the form for an answer."""

    async def callback(self, interaction: Interaction) -> Any:  # noqa: ANN401
        """Show the form; what is written comes back as an interaction of its own."""
        if interaction.message:
            await interaction.response.send_modal(form(interaction.message.id, interaction.locale))


def form(message_id: int, locale: discord.Locale) -> ui.Modal:
    """Return the form for the answer to the question in a message."""
    words = Wording(language_of_tag(locale.value, "en"))
    modal = ui.Modal(title=words("form.title"), custom_id=f"{FORM}{message_id}", timeout=None)
    field: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph, placeholder=words("form.hint"), min_length=1, max_length=MAX_TEXT
    )
    modal.add_item(ui.Label(text=words("form.field"), component=field))
    modal.stop()  # not kept in memory: a form opened before a restart is read all the same
    return modal
