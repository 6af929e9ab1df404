"""Labels in two scripts: which one is drawn, how wide it is, and its SVG runs with subscripts and superscripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

Label = str | tuple[str, str]
"""Either one text for both scripts (symbols are spelled out in ASCII), or the Chinese and the ASCII text."""

SCRIPT_SIZE = 0.72
_SPELLED: dict[str, str | int | None] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "ε": "eps",
    "μ": "mu",
    "σ": "sigma",
    "Δ": "d",
    "δ": "delta",
    "×": "x",
    "·": "*",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "∩": "&",
    "∪": "|",
    "−": "-",
    "±": "+-",
    "≈": "~=",
    "√": "sqrt",
    "⊕": "(+)",
    "⊗": "(x)",
    "∂": "d",
    "…": "...",
}
# Advances in thousandths of the size. Noto Sans CJK sets these symbols a full Chinese character wide, which
# tears formulas apart: they come from DejaVu Sans.
_SYMBOLS = {
    "×": 838,
    "≥": 838,
    "≤": 838,
    "→": 838,
    "∩": 732,
    "∪": 732,
    "−": 838,
    "±": 838,
    "≈": 838,
    "√": 637,
    "⊕": 838,
    "⊗": 838,
    "∂": 517,
    "·": 318,
}
# The printable ASCII characters of Noto Sans CJK SC, three digits each.
_ASCII = (
    "224323474555555921680278338338467555278347278392555555555555555555555555555555278278555555555474946608657638"
    "688589552689728293535646543812723742633742635596599721575878573531603338392338555559606563618510620554325564"
    "607275275552284926610606620620388468377607521802498521475338270338555"
)
_ASCII_BOLD = (
    "227370574590590963740325378378507590325370325387590590590590590590590590590590325325590590590514999641681656"
    "714615585717757330568686578853749770667770682624625748619915627580613378387378590567626591644527644581372597"
    "640304306604315964641626644644436495421637576863562574511378296378590"
)
_GREEK = {
    "α": 625,
    "β": 631,
    "γ": 540,
    "δ": 594,
    "ε": 501,
    "μ": 628,
    "π": 654,
    "σ": 609,
    "Δ": 656,
}
_BOLD_GREEK = {
    "α": 663,
    "β": 670,
    "γ": 589,
    "δ": 616,
    "ε": 528,
    "μ": 664,
    "π": 705,
    "σ": 642,
    "Δ": 710,
}
_RUNS = re.compile(rf"[{''.join(_SYMBOLS)}]+|[^{''.join(_SYMBOLS)}]+")
_SCRIPTS = re.compile(r"([_^])\{([^{}]*)\}")
_SHIFT = {"": 0.0, "_": 0.24, "^": -0.36}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that is set in one font, size and height.

    Attributes:
        text: what it says.
        size: in pixels.
        shift: of its baseline, in pixels downwards.
        advance: its width in pixels.
    """

    text: str
    size: float
    shift: float
    advance: float

    @property
    def is_symbol(self) -> bool:
        """Whether it is set in the symbol font."""
        return self.text[0] in _SYMBOLS


def choose(label: Label, *, is_ascii: bool) -> str:
    """Return the text to draw: the Chinese one, or the ASCII one with every symbol spelled out."""
    text = label if isinstance(label, str) else label[1 if is_ascii else 0]
    return text.translate(str.maketrans(_SPELLED)) if is_ascii else text


def runs(line: str, size: float, *, bold: bool = False) -> list[Run]:
    """Split a line at symbols and at `_{...}` and `^{...}`."""
    found = []
    for kind, stretch in _pieces(line):
        own = size * SCRIPT_SIZE if kind else size
        for text in _RUNS.findall(stretch):
            advance = sum(_advance(char, bold) for char in text) * own / 1000
            found.append(Run(text, own, _SHIFT[kind] * size, advance))
    return found


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    start = 0
    for match in _SCRIPTS.finditer(line):
        yield "", line[start : match.start()]
        yield match.group(1), match.group(2)
        start = match.end()
    yield "", line[start:]


def _advance(char: str, bold: bool) -> int:
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char.isascii():
        place = (ord(char) - 32) * 3
        return int((_ASCII_BOLD if bold else _ASCII)[place : place + 3])
    return (_BOLD_GREEK if bold else _GREEK).get(char, 1000)


def spans(line: list[Run], left: float, base: float) -> str:
    """Return the SVG content of one line that starts at (left, base).

    Every run has its own place: renderers take all runs of one chunk from one font where they can, and would draw
    the symbols of a Chinese line in the Chinese font.
    """
    out, x = [], left
    for run in line:
        style = ' class="symbol"' if run.is_symbol else ""
        y = f' y="{base + run.shift:.1f}"' if any(other.shift for other in line) else ""
        size = f' font-size="{run.size:g}"' if run.shift else ""
        out.append(f'<tspan{style}{size} x="{x:.1f}"{y}>{escape(run.text, quote=False)}</tspan>')
        x += run.advance
    return "".join(out)
