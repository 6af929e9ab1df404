"""Reply -> rich text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from bot.adapters.mathtext import to_unicode
from bot.core.document import (
    AnswerCard,
    Block,
    Code,
    Divider,
    File,
    Formula,
    Heading,
    Inlines,
    Listing,
    Math,
    Paragraph,
    Picture,
    Quote,
    Source,
    Spoiler,
    Table,
)
from bot.core.messages import Choice, Reply


def render(reply: Reply, first: int = 1) -> tuple[RenderableType, ...]:
    """Turn a reply into what rich prints, choices as numbered lines at the end."""
    blocks = tuple(part for block in reply.blocks for part in _block(block))
    choices = (_choices(reply.choices, first),) if reply.choices else ()
    return (*blocks, *choices)


def _choices(choices: Sequence[Choice], first: int) -> Line:
    return Line("   ".join(f"/{n} {choice.label}" for n, choice in enumerate(choices, first)), style="cyan")


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Listing():
            yield from _listing(block)
        case AnswerCard(_, blocks):
            yield from (line for part in blocks for line in _block(part))
        case Quote(blocks) | Spoiler(blocks):
            lines = (line for part in blocks for line in _block(part))
            yield from (Padding(line, (0, 0, 0, 2), style="dim", expand=False) for line in lines)
        case Table(rows):
            yield from (Line("  ").join(_inlines(cell) for cell in row) for row in rows)
        case _:
            yield _simple(block)


def _simple(block: Paragraph | Heading | Formula | Code | Picture | Divider | Source | File) -> RenderableType:
    match block:
        case Heading(inlines):
            line = _inlines(inlines)
            line.stylize("bold")
            return line
        case Paragraph(inlines):
            return _inlines(inlines)
        case Formula(latex):
            return _indented(to_unicode(latex))
        case Code(text):
            return _indented(text)
        case _:
            return Line(_aside(block), style="dim")


def _indented(text: str) -> Padding:
    return Padding(Line(text, style="green"), (0, 0, 0, 4), expand=False)


def _aside(block: Picture | Divider | Source | File) -> str:
    match block:
        case Picture(path, alt):
            return f"[图：{alt}] {path}".rstrip()
        case Source(path):
            return "— " + " › ".join(path)
        case File(name):
            return f"[{name}]"
        case Divider():
            return "─" * 8


def _listing(block: Listing) -> Iterator[RenderableType]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.is_ordered else "• "
        for index, line in enumerate(line for part in item for line in _block(part)):
            if index == 0 and isinstance(line, Line):
                yield Line(mark) + line
            else:
                yield Padding(line, (0, 0, 0, len(mark)), expand=False)


def _inlines(inlines: Inlines) -> Line:
    line = Line()
    for span in inlines:
        if isinstance(span, Math):
            line.append(to_unicode(span.latex), style="green")
        else:
            styles = [
                name for name, is_on in (("bold", span.bold), ("italic", span.italic), ("green", span.code)) if is_on
            ]
            line.append(span.text, style=" ".join(styles) or "")
    return line
