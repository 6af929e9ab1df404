"""Bold that CommonMark misses: `**词：**接着写` is none to it, because no space parts the marks from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.content.document import Inlines, Math, Text

_MARK = re.compile(r"(?<!\*)\*\*(?!\*)")
WIDE = 0x2E80
"""Characters from here on are written without spaces."""


def mended(inlines: Inlines) -> Inlines:
    """Make bold what stands between marks that were left in the text, where Chinese stands beside them."""
    whole = "".join("x" if isinstance(span, Math) or span.code else span.text for span in inlines)
    marks = list(_MARK.finditer(whole))
    if not marks or len(marks) % 2 or not all(_is_beside_wide(whole, mark) for mark in marks):
        return inlines
    return tuple(_toggled(inlines))


def _is_beside_wide(text: str, mark: re.Match[str]) -> bool:
    beside = text[max(mark.start() - 1, 0) : mark.start()] + text[mark.end() : mark.end() + 1]
    return any(ord(char) >= WIDE or char in "“”‘’—…" for char in beside)


def _toggled(inlines: Inlines) -> Iterator[Text | Math]:
    is_bold = False
    for span in inlines:
        if isinstance(span, Math) or span.code:
            yield span
            continue
        for number, part in enumerate(_MARK.split(span.text)):
            is_bold = is_bold != (number > 0)
            if part:
                yield replace(span, text=part, bold=span.bold or is_bold)
