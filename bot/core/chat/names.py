"""Names as others may see them: bounded, on one line, without signs that would turn the text around them."""

import unicodedata
from typing import Final

MAX_NAME: Final = 20
"""Columns of a shown name: a Chinese character or an emoji takes two."""
MARKS: Final = 4
"""So many characters a column at most: marks above and below a letter take none, and must not pile up."""
_JOINERS: Final = frozenset("\u200c\u200d\ufe0f")
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like nothing."""


def shown_name(name: str, columns: int = MAX_NAME) -> str:
    """Return a name as it is shown to others; "" where nothing of it can be seen.

    Args:
        columns: what is longer is cut, with an ellipsis.
    """
    kept = "".join(" " if char.isspace() else char for char in name if char.isspace() or _is_shown(char))
    text = " ".join(kept.split())
    if not any(_width(char) for char in text if char not in _JOINERS):
        return ""
    fits = _columns(text) <= columns and len(text) <= MARKS * columns
    return text if fits else _cut(text, columns - 1) + "…"


def _is_shown(char: str) -> bool:
    if char in _JOINERS:
        return True
    return char not in _BLANK and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _cut(text: str, columns: int) -> str:
    """Return the beginning of a text that fits, marks with their letter."""
    used = 0
    for at, char in enumerate(text):
        used += _width(char)
        if used > columns or at >= MARKS * columns:
            return text[:at].rstrip().rstrip("\u200d")
    return text


def _columns(text: str) -> int:
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if char in _JOINERS or unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
