"""Sampling points of a 3x3 kernel: on the grid, moved by learned offsets, and dilated as a special case."""

from __future__ import annotations

import math

from content.figures.drawing import Canvas, Point
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, INK, ORANGE, RULE, Tone

ALT = "3×3 卷积的 9 个采样点：普通卷积在规则网格上，可变形卷积每点加一个学到的偏移，空洞卷积是偏移规则的特例"
HEIGHT = 760
CELL = 38
SIDE = 9
BASE = tuple((column, row) for row in (-1, 0, 1) for column in (-1, 0, 1))
LEARNED = (
    (-1.3, -0.7),
    (0.4, -1.8),
    (1.7, -1.2),
    (-1.9, 0.5),
    (0.6, 0.55),
    (1.6, -0.3),
    (-1.1, 1.6),
    (-0.4, 1.2),
    (1.2, 1.9),
)
Points = tuple[tuple[float, float], ...]


def draw(canvas: Canvas) -> None:
    """Draw one panel per kind."""
    canvas.title(("可变形卷积：采样点可以移动", "Deformable convolution: the points move"))
    still: Points = tuple((0.0, 0.0) for _ in BASE)
    dilated: Points = BASE
    _panel(canvas, 44, ("普通卷积", "standard"), still, BLUE, ("x(p_{0} + p_{n})", "x(p_{0} + p_{n})"))
    _panel(
        canvas,
        429,
        ("可变形卷积", "deformable"),
        LEARNED,
        ORANGE,
        ("x(p_{0} + p_{n} + Δp_{n})", "x(p_{0} + p_{n} + dp_{n})"),
    )
    _panel(
        canvas,
        814,
        ("空洞卷积 r = 2", "dilated, r = 2"),
        dilated,
        GREEN,
        ("特例：Δp_{n} = p_{n}", "special: dp_{n} = p_{n}"),
    )
    canvas.text(
        600,
        700,
        (
            "偏移 Δp_{n} 由并行的卷积分支预测，一般不是整数，取值用双线性插值",
            "a parallel branch predicts the fractional offsets dp_{n}; values are interpolated",
        ),
        size=30,
        fill=FAINT,
    )


def _panel(canvas: Canvas, x: float, name: Label, offsets: Points, tone: Tone, formula: Label) -> None:
    y, middle = 190, x + SIDE * CELL / 2
    canvas.text(middle, 146, name, size=36, bold=True, fill=tone.deep)
    canvas.grid(x, y, SIDE, SIDE, CELL)
    centre = y + SIDE * CELL / 2
    for (column, row), (right, down) in zip(BASE, offsets, strict=True):
        start = (middle + column * CELL, centre + row * CELL)
        end = (start[0] + right * CELL, start[1] + down * CELL)
        if (right, down) != (0, 0):
            canvas.circle(*start, 8, fill=RULE)
            canvas.arrow([start, _short_of(start, end)], stroke=FAINT, width=3, head=14)
    for (column, row), (right, down) in zip(BASE, offsets, strict=True):
        canvas.circle(middle + (column + right) * CELL, centre + (row + down) * CELL, 11, fill=tone.line)
    canvas.text(middle, 590, formula, size=34, fill=INK)


def _short_of(start: Point, end: Point) -> Point:
    """Return the place on the way where an arrow ends before the dot."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    keep = (length - 12) / length
    return start[0] + (end[0] - start[0]) * keep, start[1] + (end[1] - start[1]) * keep
