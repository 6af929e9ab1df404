"""Depthwise separable convolution: one kernel per channel, then 1x1 kernels that mix the channels."""

from __future__ import annotations

from collections.abc import Sequence

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PURPLE, RED, YELLOW, Tone

ALT = "深度可分离卷积：每个通道各用一个核做深度卷积，再用 N 个 1×1 核逐点融合，参数量是普通卷积的 1/N + 1/k²"
HEIGHT = 900
IN = (BLUE, ORANGE, GREEN)
OUT = (RED, PURPLE, YELLOW, GREY)


def draw(canvas: Canvas) -> None:
    """Draw the two steps from left to right and the count below."""
    canvas.title(
        ("深度可分离卷积 = 深度卷积 + 逐点卷积", "Depthwise separable convolution"),
        ("例：M = 3 个输入通道，N = 4 个输出通道", "here M = 3 input and N = 4 output channels"),
    )
    canvas.text(312, 190, ("① 深度卷积：各管各的通道", "1 depthwise: each channel alone"), bold=True, fill=BLUE.deep)
    canvas.text(902, 190, ("② 逐点卷积：1×1 融合通道", "2 pointwise: 1x1 mixes them"), bold=True, fill=PURPLE.deep)
    for place, tone in enumerate(IN):
        _lane(canvas, 250 + place * 126, tone)
    _sheets(canvas, 560, 360, IN, 84)
    canvas.arrow([(690, 410), (742, 410)])
    for place, tone in enumerate(OUT):
        _mixer(canvas, 762, 262 + place * 82, tone)
    canvas.arrow([(922, 410), (974, 410)])
    _sheets(canvas, 1000, 360, OUT, 84)
    for x, label in (
        (95, ("输入", "input")),
        (272, ("M 个 k×k 核", "M kernels k x k")),
        (600, ("M 通道", "M channels")),
        (836, ("N 个 1×1×M 核", "N of 1x1xM")),
        (1060, ("N 通道", "N channels")),
    ):
        canvas.text(x, 640, label, size=SMALL, fill=FAINT)
    _count(canvas)


def _lane(canvas: Canvas, y: float, tone: Tone) -> None:
    canvas.rect(50, y, 90, 90, fill=tone.tint, stroke=tone.line, radius=8)
    canvas.text(182, y + 45, "×", size=40)
    canvas.grid(228, y + 1, 3, 3, 29, fill=lambda *_: tone.tint, stroke=tone.line)
    canvas.arrow([(334, y + 45), (386, y + 45)])
    canvas.rect(402, y, 90, 90, fill=tone.tint, stroke=tone.line, radius=8)


def _sheets(canvas: Canvas, x: float, y: float, tones: Sequence[Tone], side: float) -> None:
    for place, tone in reversed(tuple(enumerate(tones))):
        canvas.rect(x + place * 16, y + place * 16 - 16, side, side, fill=tone.tint, stroke=tone.line, radius=8)


def _mixer(canvas: Canvas, x: float, y: float, tone: Tone) -> None:
    for place, part in enumerate(IN):
        canvas.rect(x + place * 50, y, 50, 50, fill=part.tint, stroke=tone.line, width=4)


def _count(canvas: Canvas) -> None:
    rows: tuple[tuple[Label, str, Tone], ...] = (
        (("普通卷积", "standard"), "k^{2} · M · N", RED),
        (("深度可分离", "separable"), "k^{2} · M + M · N", GREEN),
        (("可分离 / 普通", "separable / standard"), "1/N + 1/k^{2}", BLUE),
    )
    for place, (name, formula, tone) in enumerate(rows):
        canvas.box(50 + place * 376, 700, 348, 150, "", tone)
        canvas.text(224 + place * 376, 742, name, fill=tone.deep)
        canvas.text(224 + place * 376, 804, formula, size=38, bold=True, fill=tone.deep)
