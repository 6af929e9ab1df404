"""The SE block: squeeze by global pooling, excite by two layers, scale the channels."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, RED

ALT = (
    "SE 模块：全局平均池化得到 1×1×C（Squeeze），两层 1×1 卷积和 sigmoid 得到通道权重（Excitation），再逐通道乘回特征图"
)
HEIGHT = 760
POOLED = (0.5, 0.7, 0.35, 0.6, 0.55)
SCALE = (0.9, 0.2, 0.6, 1.0, 0.35)
TONES = (BLUE, ORANGE, GREEN, RED, PURPLE)


def draw(canvas: Canvas) -> None:
    """Draw the weight branch above the trunk."""
    canvas.title(("SE 模块：给每个通道一个权重", "SE block: one weight per channel"))
    _trunk(canvas, 60, 420, (0.6,) * 5)
    _vector(canvas, 330, 200, POOLED)
    canvas.box(470, 178, 214, 110, ("1×1, C/r\nReLU", "1x1, C/r\nReLU"), ORANGE, size=30)
    canvas.box(726, 178, 214, 110, ("1×1, C\nsigmoid", "1x1, C\nsigmoid"), ORANGE, size=30)
    _vector(canvas, 976, 200, SCALE)
    _trunk(canvas, 920, 420, SCALE)
    canvas.node(720, 520, "×", GREEN, r=40)
    canvas.arrow([(160, 378), (160, 233), (322, 233)])
    canvas.arrow([(438, 233), (464, 233)], head=16)
    canvas.arrow([(684, 233), (720, 233)])
    canvas.arrow([(940, 233), (970, 233)], head=16)
    canvas.arrow([(1030, 276), (1030, 334), (720, 334), (720, 474)])
    canvas.arrow([(290, 520), (674, 520)])
    canvas.arrow([(766, 520), (906, 520)])
    canvas.text(384, 150, "1×1×C", size=SMALL, fill=FAINT)
    canvas.text(1030, 150, ("权重 1×1×C", "weights 1x1xC"), size=SMALL, fill=FAINT)
    canvas.text(
        184,
        324,
        ("Squeeze：\n全局平均池化", "squeeze:\nglobal average pool"),
        size=30,
        anchor="start",
        fill=BLUE.deep,
        bold=True,
    )
    canvas.text(705, 140, ("Excitation：预测权重", "excitation"), size=30, fill=ORANGE.deep, bold=True)
    canvas.text(480, 480, ("H×W×C 原特征", "features H x W x C"), fill=GREY.deep, size=SMALL)
    canvas.text(838, 478, ("逐通道乘", "scale"), size=SMALL, fill=GREEN.deep, bold=True)
    canvas.text(
        600, 704, ("重要的通道保留，不重要的通道被压低", "useful channels stay, the others are turned down"), fill=INK
    )


def _trunk(canvas: Canvas, x: float, y: float, weights: tuple[float, ...]) -> None:
    for place in reversed(range(5)):
        left, top, tone = x + place * 22, y + 58 - place * 18, TONES[place]
        canvas.rect(left, top, 140, 140, fill=PAPER, radius=8)
        canvas.rect(left, top, 140, 140, fill=tone.line, opacity=0.1 + 0.5 * weights[place], stroke=tone.line, radius=8)


def _vector(canvas: Canvas, x: float, y: float, weights: tuple[float, ...]) -> None:
    for place, weight in enumerate(weights):
        tone = TONES[place]
        canvas.rect(x + place * 22, y, 22, 70, stroke=tone.line, fill=PAPER, width=2)
        canvas.rect(x + place * 22, y + 70 * (1 - weight), 22, 70 * weight, fill=tone.line, opacity=0.75)
