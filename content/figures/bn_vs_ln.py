"""Which entries of the M x N matrix share a mean: a row in batch normalisation, a column in layer normalisation."""

from __future__ import annotations

from collections.abc import Callable

from content.figures.drawing import Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PAPER, Tone

ALT = "神经元为行、样本为列的矩阵：BN 对每一行（同一神经元、不同样本）归一化，LN 对每一列（同一样本、所有神经元）归一化"
HEIGHT = 860
FORMULA: Label = (
    "z' = γ · (z − μ) / √(σ^{2} + ε) + β，只是 μ、σ^{2} 的范围不同",
    "z' = gamma (z - mu) / sqrt(var + eps) + beta\nonly the range of mu and var differs",
)
ROWS, COLUMNS, CELL = 5, 6, 64


def draw(canvas: Canvas) -> None:
    """Draw the two matrices."""
    canvas.title(
        ("BN 与 LN：沿哪个方向求均值和方差", "BN and LN: which entries share a mean"),
        ("矩阵 M×N：一行一个神经元，一列一个样本", "M x N: a row is a neuron, a column a sample"),
    )
    _matrix(canvas, 130, ("BN：对每一行", "BN: every row"), BLUE, lambda _, row: row == 1)
    _matrix(canvas, 726, ("LN：对每一列", "LN: every column"), ORANGE, lambda column, _: column == 2)
    canvas.text(322, 670, ("一个神经元，N 个样本", "one neuron, N samples"), fill=BLUE.deep)
    canvas.text(918, 670, ("一个样本，M 个神经元", "one sample, M neurons"), fill=ORANGE.deep)
    canvas.box(60, 728, 1080, 100, FORMULA, GREEN, size=30, bold=True)


def _matrix(canvas: Canvas, x: float, name: Label, tone: Tone, is_shared: Callable[[int, int], bool]) -> None:
    y = 292
    canvas.text(x + COLUMNS * CELL / 2, 186, name, size=38, bold=True, fill=tone.deep)
    canvas.text(x + COLUMNS * CELL / 2, 250, ("样本 1 … N", "samples 1 ... N"), fill=FAINT, size=28)
    canvas.text(x - 16, y + ROWS * CELL / 2, ("神\n经\n元", "M\nneu-\nrons"), anchor="end", fill=FAINT, size=28)
    canvas.grid(
        x,
        y,
        COLUMNS,
        ROWS,
        CELL,
        stroke=GREY.line,
        fill=lambda column, row: tone.tint if is_shared(column, row) else PAPER,
    )
    if is_shared(0, 1):
        canvas.rect(x, y + CELL, COLUMNS * CELL, CELL, stroke=tone.line, width=6)
    else:
        canvas.rect(x + 2 * CELL, y, CELL, ROWS * CELL, stroke=tone.line, width=6)
