"""A table's rows as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.content.document import Inlines, Text

_DOT = Text(" · ")


def as_line(head: Sequence[Inlines], row: Sequence[Inlines]) -> Inlines:
    """Return a row as one line: the first cell in bold, the others after the names of their columns.

    A second column that is the last needs no name: it stands above.
    """
    return tuple(span for cell in _cells(head, row) for span in cell)


def _cells(head: Sequence[Inlines], row: Sequence[Inlines]) -> Iterator[Inlines]:
    for number, cell in enumerate(row):
        if number == 0:
            yield (*bold(cell), Text("：")) if len(row) > 2 else bold(cell)
        elif len(row) == 2:
            yield (_DOT, *cell)
        else:
            name = (*head[number], Text(" ")) if number < len(head) and head[number] else ()
            yield (*name, *(cell or (Text("—"),)), Text("；" if number < len(row) - 1 else ""))


def rest(head: Sequence[Inlines]) -> Inlines:
    """Return what follows the first name in the line above a table: the second name, if that is all there is."""
    return (_DOT, *bold(head[1])) if len(head) == 2 else ()


def bold(inlines: Inlines) -> Inlines:
    """Return spans in bold."""
    return tuple(replace(span, bold=True) if isinstance(span, Text) else span for span in inlines)
