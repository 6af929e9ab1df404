"""Transposed convolution as scattering: each input value stamps the kernel, overlaps add up."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PURPLE, RULE

ALT = "转置卷积：2×2 输入的每个值乘 3×3 核盖到输出上，步长 2，重叠处相加，得到 5×5 输出"
HEIGHT = 800
CELL = 76
TONES = ((BLUE, ORANGE), (GREEN, PURPLE))
STRIDE, KERNEL = 2, 3


def output() -> list[list[int]]:
    """Return the 5x5 output for the input 1 2 / 3 4 and a kernel of ones."""
    size = STRIDE + KERNEL
    found = [[0] * size for _ in range(size)]
    for row in range(2):
        for column in range(2):
            for down in range(KERNEL):
                for right in range(KERNEL):
                    found[row * STRIDE + down][column * STRIDE + right] += 2 * row + column + 1
    return found


def draw(canvas: Canvas) -> None:
    """Draw input, kernel and output."""
    canvas.title(
        ("转置卷积：用可学习的核上采样", "Transposed convolution: learned upsampling"),
        ("每个输入值乘以核，盖到输出上；重叠的格子相加", "each value times the kernel is stamped; overlaps add up"),
    )
    _input(canvas, 70, 290)
    canvas.text(294, 366, "×", size=44, bold=True)
    canvas.grid(350, 252, 3, 3, CELL, fill=lambda *_: GREY.tint)
    for place in range(9):
        canvas.text(350 + (place % 3 + 0.5) * CELL, 252 + (place // 3 + 0.5) * CELL, "1", size=34)
    canvas.text(464, 540, ("核 3×3，步长 2", "kernel 3x3,\nstride 2"), fill=FAINT)
    canvas.arrow([(602, 366), (684, 366)])
    _output(canvas, 720, 176)
    canvas.text(910, 600, ("输出 5×5：(2−1)×2 + 3 = 5", "output 5x5: (2-1)x2 + 3 = 5"), fill=INK, bold=True)
    canvas.box(
        70,
        670,
        1060,
        96,
        (
            "与步长 2 的 3×3 普通卷积（5×5 → 2×2）尺寸互逆，\n但不是逆运算：恢复的是尺寸，不是原来的数值",
            "sizes reverse those of a 3x3 stride-2 convolution\n(5x5 to 2x2), the values do not: it is no inverse",
        ),
        GREY,
        size=SMALL,
    )


def _input(canvas: Canvas, x: float, y: float) -> None:
    canvas.grid(x, y, 2, 2, CELL, fill=lambda column, row: TONES[row][column].tint)
    for row in range(2):
        for column in range(2):
            tone = TONES[row][column]
            canvas.rect(x + column * CELL, y + row * CELL, CELL, CELL, stroke=tone.line, width=4)
            canvas.text(
                x + (column + 0.5) * CELL,
                y + (row + 0.5) * CELL,
                str(2 * row + column + 1),
                size=38,
                bold=True,
                fill=tone.deep,
            )
    canvas.text(x + CELL, 540, ("输入 2×2", "input 2x2"), fill=FAINT)


def _output(canvas: Canvas, x: float, y: float) -> None:
    canvas.grid(x, y, 5, 5, CELL, stroke=RULE)
    for row in range(2):
        for column in range(2):
            left, top = x + column * STRIDE * CELL, y + row * STRIDE * CELL
            canvas.rect(left, top, KERNEL * CELL, KERNEL * CELL, fill=TONES[row][column].line, opacity=0.22)
    for row in range(2):
        for column in range(2):
            left, top = x + column * STRIDE * CELL, y + row * STRIDE * CELL
            inset = 4 if (row + column) % 2 else 9
            side = KERNEL * CELL - 2 * inset
            canvas.rect(left + inset, top + inset, side, side, stroke=TONES[row][column].line, width=4)
    for row, values in enumerate(output()):
        for column, value in enumerate(values):
            canvas.text(x + (column + 0.5) * CELL, y + (row + 0.5) * CELL, str(value), size=34, bold=True)
