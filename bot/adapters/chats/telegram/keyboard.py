"""Choices -> an inline keyboard whose labels stay readable on a phone."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.adapters.rendering.plain_text import cut
from bot.core.chat.messages import Choice

log = logging.getLogger(__name__)
Json = dict[str, Any]
MAX_DATA = 64
"""Bytes of a button's data."""
ROW_WIDTH, MAX_IN_ROW, PADDING = 36, 4, 3
"""A row's width in half-width characters, the padding of a button among them."""
MAX_LABEL = 60
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def keyboard(choices: Sequence[Choice], username: str = "") -> Json | None:
    """Lay choices out in rows, in their order, as Telegram reads them; None for none.

    Args:
        username: the bot's, where choices that open a private chat are links to it; "" makes them plain buttons.
    """
    fitting = [choice for choice in choices if _fits(choice)]
    if not fitting:
        return None
    return {"inline_keyboard": [[_button(choice, username) for choice in row] for row in rows(fitting)]}


def link_to(username: str, payload: str) -> str:
    """Return the link that opens a private chat with the bot, which begins with `/start` and the payload."""
    return f"https://t.me/{username}?start={payload}"


def rows(choices: Iterable[Choice]) -> Iterator[list[Choice]]:
    """Fill rows from the left; a long label has a row of its own."""
    row: list[Choice] = []
    width = 0
    for choice in choices:
        own = _width(choice.label) + PADDING
        if row and (width + own > ROW_WIDTH or len(row) == MAX_IN_ROW):
            yield row
            row, width = [], 0
        row.append(choice)
        width += own
    if row:
        yield row


def _fits(choice: Choice) -> bool:
    if 1 <= len(choice.id.encode()) <= MAX_DATA:
        return True
    log.error("choice %r does not fit into a button: shorten the id of its concept", choice.id)
    return False


def _button(choice: Choice, username: str) -> Json:
    label = cut(choice.label, MAX_LABEL).strip() or "·"
    if username and _PAYLOAD.fullmatch(choice.opens):
        return {"text": label, "url": link_to(username, choice.opens)}
    return {"text": label, "callback_data": choice.id}


@lru_cache(1024)
def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
