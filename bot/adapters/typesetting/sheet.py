"""What is given to typst: one formula on a canvas, or an answer on pages of a phone's size.

Whatever a document says goes in as string literals; only the structure around them is typst's own code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.adapters.markup import shown
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
FORMULA_PPI: Final = 200.0
CARD_PPI: Final = 160.0
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a card, as #rrggbb."""

    page: str
    ink: str
    quiet: str
    accent: str
    panel: str


LIGHT: Final = Theme("#ffffff", "#1c1f24", "#6b7280", "#0f5bd7", "#f1f4f9")
DARK: Final = Theme("#15181d", "#e6e8eb", "#9aa3ad", "#7db2ff", "#232930")


def string(text: str) -> str:
    """Write text as a literal of typst: whatever it says, it is only text."""
    escaped = _CONTROL.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def raw_string(text: str) -> str:
    """Write lines of text as a literal of typst that keeps them apart."""
    return string(text.replace("\t", "    ").replace("\n", "\ue000")).replace("\ue000", "\\n")


def formula_sheet(code: str, font: str) -> str:
    """Put one formula on a white canvas of 300 to 520 pt, so that formulas are of one size in a chat.

    Args:
        code: typst's mathematics; what is wider than the canvas is made smaller.
        font: for Chinese words in it; "" for none.
    """
    return (
        f"{_fonts(font, '15pt', '#111111')}"
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f"#let formula = ${code}$\n"
        "#context {\n"
        "  let body = math.equation(block: true, formula.body)\n"
        "  let wide = measure(body).width\n"
        "  let canvas = calc.min(calc.max(wide + 32pt, 300pt), 520pt)\n"
        "  let shown = if wide > 488pt { scale(488pt / wide * 100%, reflow: true, body) } else { body }\n"
        "  block(width: canvas, inset: (x: 16pt, y: 14pt), align(center, shown))\n"
        "}\n"
    )


def card_sheet(
    title: str, blocks: Sequence[Block], formulas: Mapping[str, str | None], font: str, *, is_dark: bool = False
) -> str:
    """Write an answer as pages of 375 × 576 pt, 833 × 1280 pixels at 160 to the inch.

    Args:
        blocks: each picture's path names a file in the folder of typesetting, or is empty.
        formulas: typst's mathematics by LaTeX; None where it could not be converted.
    """
    theme = DARK if is_dark else LIGHT
    body = _Writer(formulas, theme).blocks(blocks)
    return (
        f'#set page(width: 375pt, height: 576pt, margin: (x: 22pt, top: 24pt, bottom: 30pt), fill: rgb("{theme.page}"),'
        " footer: context if counter(page).final().first() > 1 { align(right,"
        f' text(8pt, rgb("{theme.quiet}"))[#counter(page).display("1 / 1", both: true)]) }})\n'
        f"{_fonts(font, '12.5pt', theme.ink)}"
        "#set par(leading: 0.72em, spacing: 1.15em, justify: false)\n"
        f'#set table(stroke: 0.5pt + rgb("{theme.quiet}").transparentize(50%), inset: 5.5pt)\n'
        "#set list(indent: 2pt, body-indent: 6pt, spacing: 0.9em)\n"
        "#set enum(indent: 2pt, body-indent: 6pt, spacing: 0.9em)\n"
        '#show raw: set text(font: ("DejaVu Sans Mono", ' + string(font) + "))\n"
        f'#block(sticky: true, below: 8pt, text(18pt, weight: "bold", {string(title)}))\n\n'
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

    def __init__(self, formulas: Mapping[str, str | None], theme: Theme) -> None:
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
            return f"${code}$" if code else f"#text({string(shown(span.latex))})"
        if span.code:
            return f"#raw({string(span.text)})"
        weight = ', weight: "bold"' if span.bold else ""
        slant = ', style: "italic"' if span.italic else ""
        return f"#text({string(span.text)}{weight}{slant})"

    def _display(self, latex: str) -> str:
        code = self._formulas.get(latex)
        if not code:
            return self._panel(f"#text({string(shown(latex))})")
        body = f"math.equation(block: true, ${code}$.body)"
        return (
            f"#layout(size => {{ let body = {body}; let wide = measure(body).width; if wide > size.width "
            "{ align(center, scale(size.width / wide * 100%, reflow: true, body)) } else { body } })"
        )

    def _panel(self, body: str) -> str:
        return f'#block(fill: rgb("{self._theme.panel}"), inset: 8pt, radius: 4pt, width: 100%)[{body}]'

    def _listing(self, listing: Listing) -> str:
        kind = f"#enum(start: {listing.start}, " if listing.is_ordered else "#list("
        return f"{kind}{', '.join(f'[{self.blocks(item)}]' for item in listing.items)})"

    def _table(self, rows: Sequence[Sequence[Inlines]]) -> str:
        columns = max((len(row) for row in rows), default=1)
        cells = [
            f'[#text(weight: "bold")[{self._spans(cell)}]]' if number == 0 else f"[{self._spans(cell)}]"
            for number, row in enumerate(rows)
            for cell in (*row, *[()] * (columns - len(row)))
        ]
        widths = "auto, " + "1fr, " * (columns - 1)
        head = f'fill: (_, y) => if y == 0 {{ rgb("{self._theme.panel}") }}'
        return f"#text(10.5pt, table(columns: ({widths}), {head}, {', '.join(cells)}))"
