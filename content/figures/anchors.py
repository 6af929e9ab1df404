"""Anchors on three feature maps: three ratios at every cell, 4x4x3 + 2x2x3 + 1x1x3 = 63."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE, Tone

ALT = "三张特征图 4×4、2×2、1×1，每格 3 种长宽比的 anchor，共 48 + 12 + 3 = 63 个；特征图越小，anchor 越大"
HEIGHT = 770
SIDE = 328
RATIOS = (1.0, 2.0, 0.5)
FILL = 0.52


def draw(canvas: Canvas) -> None:
    """Draw one image grid per feature map, with the anchors of each cell."""
    canvas.title(
        ("Anchor：每个格子预设 3 种长宽比", "Anchors: three ratios at every cell"),
        (
            "面积相同，长宽比 1:1、2:1、1:2；特征图越小，anchor 越大",
            "same area, ratios 1:1, 2:1, 1:2; smaller map, larger anchors",
        ),
    )
    for place, (cells, tone) in enumerate(((4, BLUE), (2, ORANGE), (1, GREEN))):
        x = 54 + place * 382
        _map(canvas, x, 180, cells, tone)
        canvas.text(x + SIDE / 2, 560, (f"{cells}×{cells} 特征图", f"{cells}x{cells} map"), fill=FAINT)
        canvas.text(x + SIDE / 2, 612, f"{cells}×{cells}×3 = {cells * cells * 3}", size=36, bold=True, fill=tone.deep)
    canvas.box(
        54, 664, 1092, 78, ("一共 48 + 12 + 3 = 63 个 anchor", "48 + 12 + 3 = 63 anchors in all"), size=38, bold=True
    )


def _map(canvas: Canvas, x: float, y: float, cells: int, tone: Tone) -> None:
    cell = SIDE / cells
    canvas.grid(x, y, cells, cells, cell)
    for row in range(cells):
        for column in range(cells):
            _anchors(canvas, x + (column + 0.5) * cell, y + (row + 0.5) * cell, cell * FILL, tone)


def _anchors(canvas: Canvas, x: float, y: float, side: float, tone: Tone) -> None:
    for ratio in RATIOS:
        wide, high = side * ratio**0.5, side / ratio**0.5
        canvas.rect(
            x - wide / 2,
            y - high / 2,
            wide,
            high,
            stroke=tone.line,
            fill=tone.line,
            opacity=0.1,
            width=3 if side < 60 else 4,
        )
    canvas.circle(x, y, 5, fill=tone.deep)
