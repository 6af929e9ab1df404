"""An option of a command, as Discord's library is told of it: its type, range, choices, and what completes it."""

from __future__ import annotations

from typing import Any, Final

from discord import AppCommandOptionType
from discord.app_commands import Choice, Transformer

from bot.adapters.chats.discord import command_names
from bot.adapters.chats.discord.wire import Interaction
from bot.core.chat.intents import MAX_TEXT
from bot.core.chat.option import Count, Offered, OneOf, Option
from bot.core.language.wording import language_of_tag
from bot.ports import Suggest

MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100


class Typed(Transformer):
    """One option."""

    def __init__(self, option: Option) -> None:
        self._option = option

    async def transform(self, interaction: Interaction, value: Any, /) -> Any:  # noqa: ANN401  what Discord gives
        """Return a value as it came."""
        del interaction
        return value

    @property
    def type(self) -> AppCommandOptionType:
        """A number or words."""
        is_count = isinstance(self._option, Count)
        return AppCommandOptionType.integer if is_count else AppCommandOptionType.string

    @property
    def min_value(self) -> int | None:
        """The lowest number, or the least length of words."""
        return self._option.low if isinstance(self._option, Count) else int(self._option.is_required)

    @property
    def max_value(self) -> int | None:
        """The highest number, or the most length of words."""
        return self._option.high if isinstance(self._option, Count) else MAX_TEXT

    @property
    def choices(self) -> list[Choice[int | float | str]] | None:
        """Everything that it can be; None where that is not a list."""
        if not isinstance(self._option, OneOf):
            return None
        return [Choice(name=command_names.line_of(label), value=str(word)) for word, label in self._option.choices]


class Completed(Typed):
    """One option that is completed while somebody types."""

    def __init__(self, option: Option, suggest: Suggest) -> None:
        super().__init__(option)
        self._suggest = suggest

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[Choice[Any]]:  # noqa: ANN401
        """Offer the names that fit what was typed."""
        language = language_of_tag(interaction.locale.value, "en")
        offered = await self._suggest(str(value), language, self._option.offers or Offered.CONCEPT)
        titles = dict.fromkeys(suggestion.title[:MAX_CHOICE] for suggestion in offered)
        return [Choice(name=title, value=title) for title in titles][:MAX_CHOICES]
