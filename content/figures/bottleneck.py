"""A plain pair of 3x3 layers and a bottleneck 1x1-3x3-1x1 at 256 channels, bars as wide as the channels."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, RED, Tone

ALT = "256 通道时，两层 3×3 卷积要约 118 万参数；1×1 降到 64、3×3、1×1 升回 256 的瓶颈结构只要约 7 万"
HEIGHT = 860
FULL = 420
Layer = tuple[Label, int, Tone]
PLAIN: tuple[Layer, ...] = (("3×3, 256", 256, BLUE), ("3×3, 256", 256, BLUE))
NECK: tuple[Layer, ...] = (
    (("1×1, 64  降维", "1x1, 64  reduce"), 64, ORANGE),
    ("3×3, 64", 64, BLUE),
    (("1×1, 256  升维", "1x1, 256  restore"), 256, GREEN),
)


def draw(canvas: Canvas) -> None:
    """Draw both stacks with their weights."""
    canvas.title(
        ("瓶颈结构：先降维，再 3×3，再升维", "Bottleneck: reduce, 3x3, restore"),
        ("条越宽，输出通道越多", "the wider the bar, the more output channels"),
    )
    _stack(canvas, 300, PLAIN, 180)
    _stack(canvas, 850, NECK, 120)
    canvas.text(300, 736, "2 × 3·3·256·256", fill=FAINT)
    canvas.text(300, 800, ("= 1 179 648 个参数", "= 1 179 648 weights"), bold=True, fill=RED.deep)
    canvas.text(850, 736, "256·64 + 3·3·64·64 + 64·256", fill=FAINT)
    canvas.text(850, 800, ("= 69 632 个参数，约 1/17", "= 69 632 weights, 1/17"), bold=True, fill=GREEN.deep)


def _stack(canvas: Canvas, x: float, layers: tuple[Layer, ...], gap: float) -> None:
    top = 182
    canvas.rect(x - FULL / 2, top, FULL, 54, fill=GREY.tint, stroke=GREY.line, radius=12)
    canvas.text(x, top + 27, ("输入 256 通道", "input, 256 channels"), fill=GREY.deep)
    before = top + 54.0
    for label, channels, tone in layers:
        y = before + gap - 54
        canvas.arrow([(x, before), (x, y - 4)])
        wide = FULL * channels / 256
        canvas.rect(x - wide / 2, y, wide, 64, fill=tone.tint, stroke=tone.line, radius=12)
        if channels == 256:
            canvas.text(x, y + 32, label, fill=tone.deep, bold=True)
        else:
            canvas.text(x + wide / 2 + 22, y + 32, label, fill=tone.deep, bold=True, anchor="start")
        before = y + 64
    canvas.arrow([(x, before), (x, 690)])
