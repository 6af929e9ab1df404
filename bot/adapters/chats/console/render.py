"""Reply -> rich text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from bot.adapters.rendering.markup import shown
from bot.core.chat.messages import Choice, Reply
from bot.core.content.document import (
    AnswerCard,
    Block,
    BoardChart,
    Chart,
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
    Text,
)
from bot.ports import Typesetter


def render(reply: Reply, first: int = 1, typesetter: Typesetter | None = None) -> tuple[RenderableType, ...]:
    """Turn a reply into what rich prints, choices as numbered lines at the end.

    Args:
        first: the number of the first choice.
        typesetter: finds figures and makes cards, whose paths are shown; formulas are text in a terminal.
    """
    screen = _Screen(typesetter)
    blocks = tuple(part for block in (*reply.blocks, *reply.more) for part in screen.block(block))
    choices = (_choices(reply.choices, first),) if reply.choices else ()
    return (*blocks, *choices)


def _choices(choices: Sequence[Choice], first: int) -> Line:
    return Line("   ".join(f"/{n} {choice.label}" for n, choice in enumerate(choices, first)), style="cyan")


class _Screen:
    def __init__(self, typesetter: Typesetter | None) -> None:
        self._typesetter = typesetter

    def block(self, block: Block) -> Iterator[RenderableType]:
        """Yield what rich prints for a block."""
        match block:
            case Listing():
                yield from self._listing(block)
            case Quote(blocks) | Spoiler(blocks):
                yield from (Padding(line, (0, 0, 0, 2), style="dim", expand=False) for line in self._all(blocks))
            case Table(rows):
                yield from map(_row, rows)
            case AnswerCard():
                yield from self._card(block)
            case Picture():
                yield self._picture(block)
            case BoardChart():
                yield from (Line(f"• {line}") for line in block.lines)
            case _:
                yield _simple(block)

    def _all(self, blocks: Sequence[Block]) -> Iterator[RenderableType]:
        return (line for block in blocks for line in self.block(block))

    def _listing(self, block: Listing) -> Iterator[RenderableType]:
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.is_ordered else "• "
            for index, line in enumerate(self._all(item)):
                if index == 0 and isinstance(line, Line):
                    yield Line(mark) + line
                else:
                    yield Padding(line, (0, 0, 0, len(mark)), expand=False)

    def _picture(self, picture: Picture) -> Line:
        image = self._typesetter.figure(picture) if self._typesetter else None
        return Line(f"🖼 {picture.alt} {image.path if image else picture.path}".rstrip(), style="dim")

    def _card(self, card: AnswerCard) -> Iterator[RenderableType]:
        """Yield the paths of the pages, or the answer as text where there is none."""
        images = self._typesetter.card(card) if self._typesetter else None
        if images:
            yield from (Line(f"🖼 {image.alt} {image.path}", style="dim") for image in images)
        else:
            yield from self._all((Heading((Text(card.title),)), *card.blocks))


def _row(cells: Sequence[Inlines]) -> Line:
    return Line("  ").join(map(_inlines, cells))


def _simple(block: Paragraph | Heading | Formula | Code | Chart | Divider | Source | File) -> RenderableType:
    match block:
        case Heading(inlines):
            line = _inlines(inlines)
            line.stylize("bold")
            return line
        case Paragraph(inlines):
            return _inlines(inlines)
        case Formula(latex):
            return _indented(shown(latex))
        case Code(text):
            return _indented(text)
        case _:
            return Line(_dim(block), style="dim")


def _indented(text: str) -> Padding:
    return Padding(Line(text, style="green"), (0, 0, 0, 4), expand=False)


def _dim(block: Chart | Divider | Source | File) -> str:
    match block:
        case Source(path):
            return "— " + " › ".join(path)
        case File(name):
            return f"[{name}]"
        case Divider():
            return "─" * 8
        case Chart(alt=alt):
            return alt


def _inlines(inlines: Inlines) -> Line:
    line = Line()
    for span in inlines:
        if isinstance(span, Math):
            line.append(shown(span.latex), style="green")
        else:
            styles = [
                name for name, is_on in (("bold", span.bold), ("italic", span.italic), ("green", span.code)) if is_on
            ]
            line.append(span.text, style=" ".join(styles) or "")
    return line
