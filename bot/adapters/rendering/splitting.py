"""Halving a block that is too long for one message: at a sentence, never inside a formula or a character."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from bot.core.content.document import Code, Heading, Inlines, Math, Paragraph, Text

Halvable = Paragraph | Heading | Code
_STOPS = ("。！？；\n", ".!?;", "，、,", " ")
"""Where a text is cut, best first."""
_JOINERS = "\u200d\ufe0e\ufe0f"
_NOMINAL = 20
"""Characters that a formula counts as when the middle is looked for."""


def halves(block: Halvable) -> tuple[Halvable, Halvable] | None:
    """Return a block as two, or None where it has no place to cut.

    Code is cut between lines where it has more than one.
    """
    if isinstance(block, Code):
        cut = _cut_of_code(block.text)
        return (
            (replace(block, text=block.text[:cut].rstrip("\n")), replace(block, text=block.text[cut:])) if cut else None
        )
    parted = _parted(block.inlines)
    return (replace(block, inlines=parted[0]), replace(block, inlines=parted[1])) if parted else None


def _cut_of_code(text: str) -> int:
    middle = len(text) // 2
    before, after = text.rfind("\n", 0, middle) + 1, text.find("\n", middle, len(text) - 1) + 1
    return before or after or cut_of(text)


def _parted(inlines: Inlines) -> tuple[Inlines, Inlines] | None:
    """Part spans near the middle: within the run that lies there, or beside the formula."""
    lengths = [_NOMINAL if isinstance(span, Math) else len(span.text) for span in inlines]
    middle, at = sum(lengths) // 2, 0
    while at < len(inlines) - 1 and middle >= lengths[at]:
        middle -= lengths[at]
        at += 1
    span = inlines[at] if inlines else Math("")
    cut = 0 if isinstance(span, Math) else cut_of(span.text)
    if cut and isinstance(span, Text):
        first, second = replace(span, text=span.text[:cut]), replace(span, text=span.text[cut:])
        return (*inlines[:at], first), (second, *inlines[at + 1 :])
    at = max(at, 1)
    return (inlines[:at], inlines[at:]) if at < len(inlines) else None


def cut_of(text: str) -> int:
    """Return where to cut a text in two, 0 where it cannot be: after a sentence near the middle if there is one."""
    low, high = len(text) // 4, len(text) * 3 // 4
    for stops in _STOPS:
        found = [at + 1 for at in range(low, high) if text[at] in stops]
        if found:
            return min(found, key=lambda at: abs(at - len(text) // 2))
    cut = len(text) // 2
    while 0 < cut < len(text) and (
        unicodedata.combining(text[cut]) or text[cut] in _JOINERS or text[cut - 1] == "\u200d"
    ):
        cut += 1
    return cut if cut < len(text) else 0
