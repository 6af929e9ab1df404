"""Dilated 3x3 convolutions with rates 1, 2, 4, stacked: kernels 3, 5, 9 wide, receptive fields 3, 7, 15."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, INK, PAPER, RED

ALT = "空洞率 1、2、4 的 3×3 卷积依次叠加：核仍只采 9 个点，感受野从 3×3 到 7×7 再到 15×15"
HEIGHT = 720
CELL = 23
SIDE = 15


def draw(canvas: Canvas) -> None:
    """Draw one panel per layer: the cells seen so far and the nine points that the layer samples."""
    canvas.title(
        ("空洞卷积：r = 1、2、4 依次叠加", "Dilated convolution: r = 1, 2, 4 stacked"),
        ("红点是这一层采样的 9 个点，蓝色是累计的感受野", "red: the 9 sampled points; blue: receptive field so far"),
    )
    for place, (rate, field) in enumerate(((1, 3), (2, 7), (4, 15))):
        _panel(canvas, 36 + place * 391, 175, rate, field)


def _panel(canvas: Canvas, x: float, y: float, rate: int, field: int) -> None:
    centre, reach = SIDE // 2, field // 2

    def colour(column: int, row: int) -> str:
        return BLUE.tint if max(abs(column - centre), abs(row - centre)) <= reach else PAPER

    canvas.grid(x, y, SIDE, SIDE, CELL, fill=colour)
    start = (centre - reach) * CELL
    canvas.rect(x + start, y + start, field * CELL, field * CELL, stroke=BLUE.line, width=5)
    for row in (-rate, 0, rate):
        for column in (-rate, 0, rate):
            canvas.circle(x + (centre + column + 0.5) * CELL, y + (centre + row + 0.5) * CELL, 9, fill=RED.line)
    middle, kernel = x + SIDE * CELL / 2, 2 * rate + 1
    canvas.text(
        middle,
        y + 392,
        (f"第 {rate.bit_length()} 层：r = {rate}", f"layer {rate.bit_length()}: r = {rate}"),
        bold=True,
        fill=INK,
    )
    canvas.text(middle, y + 444, (f"核覆盖 {kernel}×{kernel}", f"kernel spans {kernel}x{kernel}"), fill=FAINT)
    canvas.text(middle, y + 496, (f"感受野 {field}×{field}", f"field {field}x{field}"), fill=BLUE.deep, bold=True)
