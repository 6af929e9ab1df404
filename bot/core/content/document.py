"""The small document that every answer is made of: blocks of inline spans.

A concept file is parsed into these blocks once, the core composes replies from them, and a renderer
per platform turns them into messages. Nothing else writes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain text; `href` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str | None = None
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Math:
    """Inline mathematics, as LaTeX without its dollars."""

    latex: str
    kind: Literal["math"] = "math"


Inlines = tuple[Text | Math, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    inlines: Inlines
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1."""

    inlines: Inlines
    level: int = 1
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items, each a few blocks; ordered ones count from `start`."""

    items: tuple[tuple[Block, ...], ...]
    is_ordered: bool = False
    start: int = 1
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation or a side note."""

    blocks: tuple[Block, ...]
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Code:
    """A block of program text."""

    text: str
    language: str = ""
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Formula:
    """Display mathematics, as LaTeX without its dollars."""

    latex: str
    kind: Literal["formula"] = "formula"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is the header."""

    rows: tuple[tuple[Inlines, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: `path` is relative to the content folder, or empty where the picture is missing."""

    path: str
    alt: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Spoiler:
    """Blocks that stay covered until the reader asks for them."""

    blocks: tuple[Block, ...]
    kind: Literal["spoiler"] = "spoiler"


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line between two parts."""

    kind: Literal["divider"] = "divider"


@dataclass(frozen=True, slots=True)
class Source:
    """The line that says where an answer comes from: a path of headings."""

    path: tuple[str, ...]
    kind: Literal["source"] = "source"


@dataclass(frozen=True, slots=True)
class File:
    """A file for the reader to keep."""

    name: str
    content: str
    media_type: str
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Chart:
    """Progress drawn: a calendar of days, a line of months, a bar for each topic. Only cards show it.

    Attributes:
        titles: of the calendar, of the line and of the bars.
        days: ISO date and number of answers, ascending, without gaps, the first a Monday.
        months: label and share recalled, 0-1.
        aim: the share that is wanted, 0-1.
        bars: label, share learnt and share known now, 0-1.
        alt: what it shows, in words.
    """

    titles: tuple[str, str, str]
    days: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, float], ...]
    aim: float
    bars: tuple[tuple[str, float, float], ...]
    alt: str
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class BoardChart:
    """A board drawn: a line and a bar for each who stands on it. Only cards draw it; elsewhere it is lines of text.

    Attributes:
        rows: place, name, what they have in words, and the length of the bar, 0-1.
    """

    rows: tuple[tuple[str, str, str, float], ...]
    kind: Literal["board"] = "board"

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in words, a line each."""
        return tuple(" · ".join(row[:3]) for row in self.rows)


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """Blocks to be shown as a picture; where no picture can be made, they are shown as they are.

    Attributes:
        title: what the picture is called, as plain text.
        is_dark: light letters on a dark page.
    """

    title: str
    blocks: tuple[Block, ...]
    is_dark: bool = False
    kind: Literal["card"] = "card"


Block = (
    Paragraph
    | Heading
    | Listing
    | Quote
    | Code
    | Formula
    | Table
    | Picture
    | Spoiler
    | Divider
    | Source
    | File
    | Chart
    | BoardChart
    | AnswerCard
)


def walk(block: Block) -> Iterator[Block]:
    """Yield a block and every block within it, outer ones first."""
    yield block
    match block:
        case Listing(items):
            inner = tuple(part for item in items for part in item)
        case Quote(blocks) | Spoiler(blocks) | AnswerCard(_, blocks):
            inner = blocks
        case _:
            inner = ()
    for part in inner:
        yield from walk(part)


_DOLLARS = re.compile(r"\${1,2}([^$]+)\${1,2}")


def spans(text: str, *, bold: bool = False) -> Inlines:
    """Split a line into plain runs and the mathematics between dollars, single or double."""
    pieces = _DOLLARS.split(text)
    return tuple(
        Math(piece.strip()) if index % 2 else Text(piece, bold=bold) for index, piece in enumerate(pieces) if piece
    )


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    """Make a paragraph of a line of text; `$...$` in it is mathematics."""
    return Paragraph(spans(text, bold=bold))


def listing(lines: Iterable[str]) -> Listing:
    """Make a list of lines of text."""
    return Listing(tuple((paragraph(line),) for line in lines))


def plain(inlines: Iterable[Text | Math]) -> str:
    """Write spans as source text: mathematics keeps its dollars."""
    return "".join(f"${span.latex}$" if isinstance(span, Math) else span.text for span in inlines)


def lines_of(block: Block) -> Iterator[str]:
    """Yield the source text of a block, line by line, without platform markup."""
    match block:
        case Listing():
            yield from _lines_of_list(block)
        case Quote(blocks) | Spoiler(blocks) | AnswerCard(_, blocks):
            for part in blocks:
                yield from lines_of(part)
        case Code(text):
            yield from text.splitlines()
        case BoardChart():
            yield from block.lines
        case Table(rows):
            for row in rows:
                yield " | ".join(plain(cell) for cell in row)
        case _:
            yield _line_of(block)


def _lines_of_list(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.is_ordered else "• "
        for index, line in enumerate(line for part in item for line in lines_of(part)):
            yield (mark if index == 0 else "  ") + line


def _line_of(block: Paragraph | Heading | Formula | Picture | Chart | Divider | Source | File) -> str:
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return plain(inlines)
        case Formula(latex):
            return f"$${latex}$$"
        case Picture(_, alt) | Chart(alt=alt):
            return f"[{alt}]"
        case Source(path):
            return " › ".join(path)
        case File(name):
            return name
        case Divider():
            return "—" * 3


def source_text(blocks: Iterable[Block]) -> str:
    """Write blocks as readable source text, one line a paragraph, for indexing and for JSON."""
    return "\n".join(line for block in blocks for line in lines_of(block))
