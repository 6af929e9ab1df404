"""What a platform's markup has to tell, so that one walk over a reply can write any of them."""

from __future__ import annotations

import re
from typing import Protocol

from bot.core.content.document import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]")


def visible(text: str) -> str:
    """Drop what nobody sees, and what would turn the direction of the text."""
    return text if text.isprintable() else _CONTROL.sub("", text)


class Dialect(Protocol):
    """How a platform writes things, and how much it takes.

    Attributes:
        limit: units of text in one message.
        caption_limit: units of text that can stand with an image.
        max_entities: payloads of markup in one message.
        bullet: begins an item of a list.
        indent: stands before what is a level deeper, once a level.
        has_alt: images carry their description themselves.
    """

    limit: int
    caption_limit: int
    max_entities: int
    bullet: str
    indent: str
    has_alt: bool

    def size(self, markup: str) -> int:
        """Return the length of some markup in the platform's units."""

    def entities(self, markup: str) -> int:
        """Return how many entities some markup has."""

    def literal(self, text: str) -> str:
        """Write text so that it is shown as it is."""

    def guarded(self, markup: str) -> str:
        """Guard the beginnings of lines against being read as markup."""

    def styled(self, span: Text) -> str:
        """Write a run with its style."""

    def heading(self, markup: str, level: int) -> str:
        """Write a heading."""

    def small(self, markup: str) -> str:
        """Write a line of less weight: a source, a caption."""

    def code(self, text: str, language: str = "") -> str:
        """Write a block of code, from plain text."""

    def quote(self, markup: str, *, is_folded: bool = False) -> str:
        """Write a quotation; a folded one opens when tapped, where the platform can."""

    def spoiler(self, markup: str) -> str:
        """Cover some markup until it is tapped."""


def fits(dialect: Dialect, markup: str, limit: int) -> bool:
    """Tell whether some markup is within a limit of units, and within the platform's limit of entities."""
    # No sign takes more than two units, and markup is never shorter than what is left of it: most need no counting.
    is_short = 2 * len(markup) <= limit or dialect.size(markup) <= limit
    return is_short and dialect.entities(markup) <= dialect.max_entities
