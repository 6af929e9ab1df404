"""What is given to typst: one formula on a canvas, or an answer on pages of a phone's size.

Whatever a document says goes in as string literals; only the structure around them is typst's own code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.adapters.rendering.markup import shown
from bot.adapters.typesetting.board_chart import board_code
from bot.adapters.typesetting.progress_chart import chart_code
from bot.adapters.typesetting.style import DARK, LIGHT, Theme, raw_string, string
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
    walk,
)

FONTS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
)
"""Fonts with Chinese characters; the first of them that is there is used."""
MAX_BOXED: Final = 16
"""Characters of a formula that is not torn apart at the end of a line."""
MAX_WHOLE: Final = 12
"""Rows of a table that is not parted."""
FORMULA_PPI: Final = 200.0
CARD_PPI: Final = 160.0


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula in typst's mathematics.

    Attributes:
        whole: as it was written.
        rows: what stands side by side in it as rows, for where it is too wide; "" where it is one alone.
    """

    whole: str
    rows: str = ""


def formula_sheet(code: Equation, font: str) -> str:
    """Put one formula on a white canvas of 300 to 520 pt, so that formulas are of one size in a chat.

    Args:
        font: for Chinese words in it; "" for none.
    """
    return (
        f"{_fonts(font, '15pt', '#111111')}"
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f"{_FITTED}"
        "#context {\n"
        f"  let shown = fitted(${code.whole}$, {_rows(code)}, 340pt, 488pt)\n"
        "  let canvas = calc.max(measure(shown).width + 32pt, 300pt)\n"
        "  block(width: canvas, inset: (x: 16pt, y: 14pt), align(center, shown))\n"
        "}\n"
    )


_FITTED: Final = """#let fitted(whole, rows, wide, limit) = {
  let body = math.equation(block: true, whole.body)
  if measure(body).width > wide and rows != none { body = math.equation(block: true, rows.body) }
  let width = measure(body).width
  if width > limit { scale(limit / width * 100%, reflow: true, body) } else { body }
}
"""
"""Sets a formula in rows where it is wider than is comfortable, and smaller where it is wider than there is room."""


def _rows(code: Equation) -> str:
    return f"${code.rows}$" if code.rows else "none"


def card_sheet(
    card: AnswerCard, blocks: Sequence[Block], formulas: Mapping[str, Equation], font: str, *, is_tight: bool = False
) -> str:
    """Write an answer as pages of 375 × 576 pt, 833 × 1280 pixels at 160 to the inch.

    Args:
        blocks: what the card shows; each picture's path names a file in the folder of typesetting, or is empty.
        formulas: by their LaTeX; those that could not be converted are missing.
        is_tight: somewhat smaller letters, to save a page that would hold a few lines only.
    """
    theme = DARK if card.is_dark else LIGHT
    body = _Writer(formulas, theme).blocks(blocks)
    return (
        f'#set page(width: 375pt, height: 576pt, margin: (x: 22pt, top: 24pt, bottom: 30pt), fill: rgb("{theme.page}"),'
        " footer: context if counter(page).final().first() > 1 { align(right,"
        f' text(8pt, rgb("{theme.quiet}"))[#counter(page).display("1 / 1", both: true)]) }})\n'
        f"{_fonts(font, '11.5pt' if is_tight else '12.5pt', theme.ink)}"
        f"{_FITTED}"
        "#set par(leading: 0.72em, spacing: 1.15em, justify: false)\n"
        f'#set table(stroke: 0.5pt + rgb("{theme.quiet}").transparentize(50%), inset: 5.5pt)\n'
        "#set list(indent: 2pt, body-indent: 6pt, spacing: 0.9em)\n"
        "#set enum(indent: 2pt, body-indent: 6pt, spacing: 0.9em)\n"
        '#show raw: set text(font: ("DejaVu Sans Mono", ' + string(font) + "))\n"
        f'#block(sticky: true, below: 8pt, text(18pt, weight: "bold", {string(card.title)}))\n\n'
        f'#block(sticky: true, below: 12pt, line(length: 100%, stroke: 1.2pt + rgb("{theme.accent}")))\n\n'
        f"{body}\n"
    )


def latex_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return every formula in some blocks, each once."""
    found = (latex for block in blocks for part in walk(block) for latex in _formulas(part))
    return tuple(dict.fromkeys(found))


def _formulas(block: Block) -> Iterator[str]:
    match block:
        case Formula(latex):
            yield latex
        case Paragraph(inlines) | Heading(inlines):
            yield from (span.latex for span in inlines if isinstance(span, Math))
        case Table(rows):
            yield from (span.latex for row in rows for cell in row for span in cell if isinstance(span, Math))


def _fonts(font: str, size: str, ink: str) -> str:
    chinese = f", {string(font)}" if font else ""
    words = f"font: ({string(font)}, )," if font else ""
    return (
        f'#set text({words} size: {size}, fill: rgb("{ink}"), lang: "zh")\n'
        f'#show math.equation: set text(font: ("New Computer Modern Math"{chinese}))\n'
    )


class _Writer:
    """Blocks -> typst."""

    def __init__(self, formulas: Mapping[str, Equation], theme: Theme) -> None:
        self._formulas = formulas
        self._theme = theme

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Write blocks one below the other."""
        return "\n\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Heading(inlines):
                size = "14.5pt" if block.level <= 2 else "13pt"
                said = f'text({size}, weight: "bold", rgb("{self._theme.accent}"))[{self._spans(inlines)}]'
                return f"#block(sticky: true, above: 16pt, below: 9pt, {said})"
            case Paragraph(inlines):
                return self._spans(inlines)
            case Listing():
                return self._listing(block)
            case Quote(blocks) | Spoiler(blocks):
                return self._panel(self.blocks(blocks))
            case AnswerCard(_, blocks):
                return self.blocks(blocks)
            case Chart():
                return chart_code(block, self._theme)
            case BoardChart():
                return board_code(block, self._theme)
            case _:
                return self._other(block)

    def _other(self, block: Formula | Code | Picture | Divider | Source | File | Table) -> str:
        quiet = f'rgb("{self._theme.quiet}")'
        match block:
            case Formula(latex):
                return self._display(latex)
            case Code(text):
                return self._panel(f"#text(10pt, raw({raw_string(text)}, block: true))")
            case Picture():
                return self._picture(block)
            case Source(path):
                return f"#align(right, text(9pt, {quiet}, {string(' › '.join(path))}))"
            case Divider():
                return f"#line(length: 30%, stroke: 0.5pt + {quiet})"
            case File(name):
                return f"#text({string(name)})"
            case Table(rows):
                return self._table(rows)

    def _picture(self, picture: Picture) -> str:
        if not picture.path:
            return self._panel(f"#text({string(picture.alt)})")
        image = f"image({string(picture.path)}, width: 100%, alt: {string(picture.alt)})"
        # Figures are drawn on white: in the dark they lie on a white sheet of their own.
        return f"#block(width: 100%, fill: white, inset: 4pt, radius: 4pt, breakable: false, {image})"

    def _spans(self, inlines: Inlines) -> str:
        return "".join(self._span(span) for span in inlines)

    def _span(self, span: Text | Math) -> str:
        if isinstance(span, Math):
            code = self._formulas.get(span.latex)
            if code is None:
                return f"#text({string(shown(span.latex))})"
            return f"#box(${code.whole}$)" if len(shown(span.latex)) <= MAX_BOXED else f"${code.whole}$"
        if span.code:
            return f"#raw({string(span.text)})"
        weight = ', weight: "bold"' if span.bold else ""
        slant = ', style: "italic"' if span.italic else ""
        return f"#text({string(span.text)}{weight}{slant})"

    def _display(self, latex: str) -> str:
        code = self._formulas.get(latex)
        if code is None:
            return self._panel(f"#text({string(shown(latex))})")
        return f"#layout(size => align(center, fitted(${code.whole}$, {_rows(code)}, size.width, size.width)))"

    def _panel(self, body: str) -> str:
        return f'#block(fill: rgb("{self._theme.panel}"), inset: 8pt, radius: 4pt, width: 100%)[{body}]'

    def _listing(self, listing: Listing) -> str:
        kind = f"#enum(start: {listing.start}, " if listing.is_ordered else "#list("
        return f"{kind}{', '.join(f'[{self.blocks(item)}]' for item in listing.items)})"

    def _table(self, rows: Sequence[Sequence[Inlines]]) -> str:
        columns = max((len(row) for row in rows), default=1)
        padded = [(*row, *[()] * (columns - len(row))) for row in rows]
        head = ", ".join(f'[#text(weight: "bold")[{self._spans(cell)}]]' for cell in padded[0]) if padded else ""
        cells = ", ".join(f"[{self._spans(cell)}]" for row in padded[1:] for cell in row)
        widths = "auto, " + "1fr, " * (columns - 1)
        fill = f'fill: (_, y) => if y == 0 {{ rgb("{self._theme.panel}") }}'
        table = f"table(columns: ({widths}), {fill}, table.header({head}), {cells})"
        # A table of a few rows stays on one page; a longer one has its head on each.
        return f"#block(breakable: {'false' if len(rows) <= MAX_WHOLE else 'true'}, text(10.5pt, {table}))"
