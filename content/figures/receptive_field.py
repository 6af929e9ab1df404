"""Three stacked 3x3 convolutions see 7x7 of the input: the fan in one dimension, the nested squares in two."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE, PAPER, PURPLE, RULE, Tone

ALT = "三层 3×3 卷积（步长 1）叠起来：顶层一个点的感受野依次是 3×3、5×5、7×7"
HEIGHT = 820
CELL = 58
LAYERS = (
    (("第 3 层", "layer 3"), 1, PURPLE),
    (("第 2 层", "layer 2"), 3, GREEN),
    (("第 1 层", "layer 1"), 5, ORANGE),
    (("输入", "input"), 7, BLUE),
)
MIDDLE = 395


def draw(canvas: Canvas) -> None:
    """Draw the fan on the left and the squares on the right."""
    canvas.title(
        ("感受野：3 层 3×3 = 1 层 7×7", "Receptive field: three 3x3 = one 7x7"),
        ("每层加 (k−1) × 之前各层步长之积，这里每层加 2", "each layer adds (k-1) x the product of earlier strides: 2"),
    )
    for place, (label, count, tone) in enumerate(LAYERS):
        _row(canvas, place, label, count, tone)
    _squares(canvas, 790, 225)
    canvas.box(
        60,
        700,
        1080,
        84,
        (
            "参数量：3 × 9C^{2} = 27C^{2}，一层 7×7 是 49C^{2}，少 45%",
            "weights: 3 x 9C^{2} = 27C^{2} against 49C^{2}, 45% fewer",
        ),
    )


def _row(canvas: Canvas, place: int, label: tuple[str, str], count: int, tone: Tone) -> None:
    y = 190 + place * 134
    left = MIDDLE - 3.5 * CELL
    inside = range((7 - count) // 2, (7 - count) // 2 + count)
    if place:
        for edge in (-1, 1):
            bottom = MIDDLE + edge * count * CELL / 2
            canvas.line(
                [(MIDDLE + edge * (count - 2) * CELL / 2, y - 134 + CELL), (bottom, y)], stroke=tone.line, width=3
            )
    canvas.grid(left, y, 7, 1, CELL, fill=lambda column, _: tone.tint if column in inside else PAPER)
    canvas.grid(left + inside[0] * CELL, y, count, 1, CELL, fill=lambda *_: tone.tint, stroke=tone.line, width=3)
    canvas.text(44, y + CELL / 2, label, anchor="start", fill=tone.deep)
    seen: Label = f"{count}×{count}" if count > 1 else ("1 个点", "1 point")
    canvas.text(624, y + CELL / 2, seen, anchor="start", fill=tone.deep, bold=True)


def _squares(canvas: Canvas, x: float, y: float) -> None:
    cell = 50

    def colour(column: int, row: int) -> str:
        ring = max(abs(column - 3), abs(row - 3))
        return (PURPLE, GREEN, ORANGE, BLUE)[ring].tint

    canvas.grid(x, y, 7, 7, cell, fill=colour, stroke=RULE)
    for ring, tone in enumerate((GREEN, ORANGE, BLUE), 1):
        start = (3 - ring) * cell
        side = (2 * ring + 1) * cell
        canvas.rect(x + start, y + start, side, side, stroke=tone.line, width=5)
        canvas.text(
            x + start + side - 10,
            y + start + 24,
            f"{2 * ring + 1}×{2 * ring + 1}",
            size=SMALL,
            anchor="end",
            fill=tone.deep,
            bold=True,
        )
    canvas.circle(x + 3.5 * cell, y + 3.5 * cell, 12, fill=PURPLE.line)
    canvas.text(x + 3.5 * cell, y + 7 * cell + 46, ("顶层一个点看到的输入", "input seen by one top point"), fill=FAINT)
