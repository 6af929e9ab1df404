"""GIoU of two disjoint pairs of boxes: IoU is 0 for both, the empty part of the enclosing box C tells them apart."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, YELLOW

ALT = "两对不相交的框 IoU 都是 0；外接框 C 里空白越多 GIoU 越小：离得近 −0.36，离得远 −0.67"
HEIGHT = 806
SIDE = 3
UNIT = 44


def draw(canvas: Canvas) -> None:
    """Draw the near and the far pair."""
    canvas.title(
        ("GIoU：不相交时也能分远近", "GIoU tells near from far"),
        (
            "C 是包住 A、B 的最小外接框，黄色是 C 里不属于 A∪B 的部分",
            "C encloses A and B; yellow: what neither box covers",
        ),
    )
    _pair(canvas, 290, ("近", "near"), 4, 1)
    _pair(canvas, 850, ("远", "far"), 8, 2)
    canvas.box(60, 694, 1080, 84, "GIoU = IoU − |C − (A∪B)| / |C|", GREEN, size=38, bold=True)


def _pair(canvas: Canvas, middle: float, name: Label, right: int, down: int) -> None:
    columns, rows = right + SIDE, down + SIDE
    area, covered = columns * rows, 2 * SIDE * SIDE
    x, y = middle - columns * UNIT / 2, 420 - rows * UNIT
    canvas.rect(x, y, columns * UNIT, rows * UNIT, fill=YELLOW.tint)
    canvas.dashed(x, y, columns * UNIT, rows * UNIT, YELLOW.line, width=5)
    for left, top, tone, letter in ((0, 0, BLUE, "A"), (right, down, ORANGE, "B")):
        canvas.rect(
            x + left * UNIT, y + top * UNIT, SIDE * UNIT, SIDE * UNIT, fill=tone.tint, stroke=tone.line, width=5
        )
        canvas.text(
            x + (left + SIDE / 2) * UNIT, y + (top + SIDE / 2) * UNIT, letter, size=44, fill=tone.deep, bold=True
        )
    canvas.text(x + columns * UNIT - 12, y + 26, "C", size=36, anchor="end", fill=YELLOW.deep, bold=True)
    canvas.text(middle, 462, name, fill=GREY.deep, bold=True)
    canvas.text(middle, 524, f"|C| = {area}, |A∪B| = {covered}", fill=FAINT)
    empty = area - covered
    canvas.text(middle, 576, "IoU = 0", fill=FAINT)
    canvas.text(middle, 630, f"GIoU = 0 − {empty}/{area} ≈ −{empty / area:.2f}", bold=True, fill=GREEN.deep)
