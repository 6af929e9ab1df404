"""IoU: the overlap of two boxes over the area that they cover together, counted in cells."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE

ALT = "IoU 等于两个框的交集面积除以并集面积；例中交集 12 格、并集 36 格，IoU = 1/3"
HEIGHT = 760
CELL = 62


def draw(canvas: Canvas) -> None:
    """Draw the two boxes on the left and the fraction on the right."""
    canvas.title(("IoU（交并比）= 交集 / 并集", "IoU = intersection / union"))
    x, y = 70, 190
    a, b = (x, y, 6 * CELL, 4 * CELL), (x + 2 * CELL, y + CELL, 6 * CELL, 4 * CELL)
    canvas.rect(*a, fill=BLUE.tint)
    canvas.rect(*b, fill=ORANGE.tint)
    canvas.rect(x + 2 * CELL, y + CELL, 4 * CELL, 3 * CELL, fill=PURPLE.line, opacity=0.45)
    for rect, tone in ((a, BLUE), (b, ORANGE)):
        for column in range(1, 6):
            canvas.line(
                [(rect[0] + column * CELL, rect[1]), (rect[0] + column * CELL, rect[1] + rect[3])],
                stroke=tone.line,
                width=1,
            )
        for row in range(1, 4):
            canvas.line(
                [(rect[0], rect[1] + row * CELL), (rect[0] + rect[2], rect[1] + row * CELL)], stroke=tone.line, width=1
            )
    canvas.rect(*a, stroke=BLUE.line, width=6)
    canvas.rect(*b, stroke=ORANGE.line, width=6)
    canvas.text(x + CELL, y - 32, ("A：24 格", "A: 24 cells"), fill=BLUE.deep, bold=True)
    canvas.text(x + 7 * CELL, y + 5 * CELL + 34, ("B：24 格", "B: 24 cells"), fill=ORANGE.deep, bold=True)
    canvas.rect(x + 2.6 * CELL, y + 2.05 * CELL, 2.8 * CELL, 0.9 * CELL, fill="#ffffff", radius=12, opacity=0.85)
    canvas.text(x + 4 * CELL, y + 2.5 * CELL, ("交集 12", "both: 12"), bold=True, fill=PURPLE.deep, size=34)
    _fraction(canvas, 920, 345)
    canvas.box(
        70,
        640,
        1060,
        84,
        (
            "并集 = 24 + 24 − 12 = 36，IoU = 12 / 36 = 1/3 ≈ 0.33",
            "union = 24 + 24 - 12 = 36,  IoU = 12 / 36 = 1/3 ~= 0.33",
        ),
        GREEN,
        size=34,
        bold=True,
    )


def _fraction(canvas: Canvas, x: float, y: float) -> None:
    unit = 24
    for top, is_union in ((y - 140, False), (y + 36, True)):
        left = x - 4 * unit
        shapes = ((left, top, 6 * unit, 4 * unit), (left + 2 * unit, top + unit, 6 * unit, 4 * unit))
        if is_union:
            for shape in shapes:
                canvas.rect(*shape, fill=PURPLE.line)
        for shape in shapes:
            canvas.dashed(*shape, FAINT, width=2, dash="7 6")
        if not is_union:
            canvas.rect(left + 2 * unit, top + unit, 4 * unit, 3 * unit, fill=PURPLE.line)
    canvas.line([(x - 140, y + 8), (x + 140, y + 8)], width=6)
    canvas.text(x - 164, y + 8, "IoU =", size=38, anchor="end", bold=True, fill=INK)
    canvas.text(x + 120, y - 80, "A ∩ B", anchor="start", fill=PURPLE.deep, size=34)
    canvas.text(x + 120, y + 96, "A ∪ B", anchor="start", fill=PURPLE.deep, size=34)
