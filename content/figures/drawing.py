"""A plain SVG writer: shapes, boxes with text, arrows and feature maps on a canvas 1200 px wide."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from content.figures.lettering import Label, choose, runs, spans
from content.figures.palette import BLUE, FAINT, INK, PAPER, RULE, Tone

WIDTH = 1200
TEXT = 32
SMALL = 28
LEADING = 1.36
_STYLE = (
    "text{font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}"
    ".symbol{font-family:'DejaVu Sans','Noto Sans Math',sans-serif}"
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawn line of text and the rectangle it takes, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def number(value: float) -> str:
    """Write a coordinate to a tenth of a pixel, so that every machine writes the same text."""
    return f"{round(value, 1) + 0.0:g}"


def corners(points: Iterable[Point]) -> str:
    """Write points as SVG does."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


class Canvas:
    """What a figure draws on; every coordinate is in pixels, y downwards.

    Attributes:
        height: of the picture.
        is_ascii: whether labels are drawn in ASCII instead of Chinese.
        placed: every line of text drawn so far.
        crowded: the lines that do not fit their boxes.
    """

    def __init__(self, height: int, alt: str, *, is_ascii: bool = False) -> None:
        self.height = height
        self.is_ascii = is_ascii
        self.placed: list[Placed] = []
        self.crowded: list[str] = []
        self._alt = "" if is_ascii else alt
        self._parts: list[str] = []

    def svg(self) -> str:
        """Return the whole picture."""
        title = f"<title>{escape(self._alt, quote=False)}</title>\n" if self._alt else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}">\n{title}<style>{_STYLE}</style>\n'
            f'<rect width="{WIDTH}" height="{self.height}" fill="{PAPER}"/>\n' + "\n".join(self._parts) + "\n</svg>\n"
        )

    def _add(self, name: str, **attributes: float | str | None) -> None:
        written = "".join(
            f' {key.replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
            for key, value in attributes.items()
            if value is not None
        )
        self._parts.append(f"<{name}{written}/>")

    def text(
        self,
        x: float,
        y: float,
        label: Label,
        *,
        size: float = TEXT,
        fill: str = INK,
        anchor: str = "middle",
        bold: bool = False,
    ) -> None:
        """Write lines of text centred vertically on y; `anchor` is start, middle or end."""
        lines = choose(label, is_ascii=self.is_ascii).split("\n")
        top = y - (len(lines) - 1) * size * LEADING / 2
        for index, line in enumerate(lines):
            self._line_of_text(x, top + index * size * LEADING, line, size, fill, anchor, bold)

    def _line_of_text(self, x: float, y: float, line: str, size: float, fill: str, anchor: str, bold: bool) -> None:
        pieces = runs(line, size, bold=bold)
        wide = sum(run.advance for run in pieces)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        base = y + size * 0.37
        self.placed.append(Placed(line, left, y - size * 0.5, left + wide, y + size * 0.5, size))
        style = f'font-size="{number(size)}" fill="{fill}"' + (' font-weight="700"' if bold else "")
        if len(pieces) == 1 and not pieces[0].is_symbol:
            place = f'x="{number(x)}" y="{number(base)}" text-anchor="{anchor}"'
            self._parts.append(f"<text {place} {style}>{escape(line, quote=False)}</text>")
        else:
            content = spans(pieces, left, base)
            self._parts.append(f'<text xml:space="preserve" y="{number(base)}" {style}>{content}</text>')

    def title(self, label: Label, note: Label = "") -> None:
        """Write the heading of the figure, with an optional fainter line below it."""
        self.text(WIDTH / 2, 54, label, size=42, bold=True)
        if note:
            self.text(WIDTH / 2, 112, note, fill=FAINT)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        fill: str = "none",
        stroke: str | None = None,
        width: float = 3,
        radius: float = 0,
        opacity: float | None = None,
    ) -> None:
        """Draw a rectangle by its upper left corner."""
        self._add(
            "rect",
            x=x,
            y=y,
            width=w,
            height=h,
            rx=radius or None,
            fill=fill,
            stroke=stroke,
            stroke_width=width if stroke else None,
            fill_opacity=f"{opacity:g}" if opacity is not None else None,
        )

    def dashed(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        stroke: str,
        *,
        width: float = 3,
        radius: float = 0,
        dash: str = "12 8",
    ) -> None:
        """Draw the dashed outline of a rectangle."""
        self._add(
            "rect",
            x=x,
            y=y,
            width=w,
            height=h,
            rx=radius or None,
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray=dash,
        )

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        label: Label,
        tone: Tone = BLUE,
        *,
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        """Draw a rounded box with its text in the middle."""
        self.rect(x, y, w, h, fill=tone.tint, stroke=tone.line, radius=16)
        before = len(self.placed)
        self.text(x + w / 2, y + h / 2, label, size=size, fill=tone.deep, bold=bold)
        self.crowded += [line.text for line in self.placed[before:] if line.left < x + 6 or line.right > x + w - 6]

    def circle(
        self, x: float, y: float, r: float, *, fill: str = "none", stroke: str | None = None, width: float = 3
    ) -> None:
        """Draw a circle by its centre."""
        self._add("circle", cx=x, cy=y, r=r, fill=fill, stroke=stroke, stroke_width=width if stroke else None)

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: str,
        stroke: str | None = None,
        width: float = 3,
        opacity: float | None = None,
    ) -> None:
        """Draw a closed shape."""
        self._add(
            "polygon",
            points=corners(points),
            fill=fill,
            stroke=stroke,
            stroke_width=width if stroke else None,
            stroke_linejoin="round",
            fill_opacity=f"{opacity:g}" if opacity is not None else None,
        )

    def line(self, points: Sequence[Point], *, stroke: str = INK, width: float = 4, dash: str | None = None) -> None:
        """Draw an open line through points."""
        self._add(
            "polyline",
            points=corners(points),
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_linejoin="round",
            stroke_linecap="butt" if dash else "round",
            stroke_dasharray=dash,
        )

    def arrow(
        self,
        points: Sequence[Point],
        *,
        stroke: str = FAINT,
        width: float = 4,
        head: float = 20,
        dash: str | None = None,
    ) -> None:
        """Draw a line through points that ends in an arrowhead."""
        (x0, y0), (x1, y1) = points[-2:]
        length = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        neck = (x1 - ux * head * 0.8, y1 - uy * head * 0.8)
        self.line([*points[:-1], neck], stroke=stroke, width=width, dash=dash)
        base = (x1 - ux * head, y1 - uy * head)
        half = head * 0.45
        self.polygon(
            [(x1, y1), (base[0] - uy * half, base[1] + ux * half), (base[0] + uy * half, base[1] - ux * half)],
            fill=stroke,
        )

    def grid(
        self,
        x: float,
        y: float,
        columns: int,
        rows: int,
        cell: float,
        *,
        fill: Callable[[int, int], str] = lambda _column, _row: PAPER,
        stroke: str = RULE,
        width: float = 2,
    ) -> None:
        """Draw square cells; `fill` gives the colour of (column, row)."""
        for row in range(rows):
            for column in range(columns):
                self.rect(
                    x + column * cell, y + row * cell, cell, cell, fill=fill(column, row), stroke=stroke, width=width
                )

    def tag(self, x: float, y: float, label: Label, tone: Tone, *, anchor: str = "start") -> None:
        """Draw the name plate of a detection box; (x, y) is its lower left corner, or its lower right one for end."""
        line = choose(label, is_ascii=self.is_ascii)
        wide = sum(run.advance for run in runs(line, SMALL, bold=True)) + 16
        left = x - (wide if anchor == "end" else 0)
        self.rect(left, y - 38, wide, 38, fill=tone.line)
        self.text(left + wide / 2, y - 19, label, size=SMALL, fill=PAPER, bold=True)

    def node(self, x: float, y: float, label: Label, tone: Tone = BLUE, *, r: float = 30) -> None:
        """Draw an operation: a circle with a sign in it."""
        self.circle(x, y, r, fill=tone.tint, stroke=tone.line)
        self.text(x, y, label, size=r * 1.3, fill=tone.deep, bold=True)
