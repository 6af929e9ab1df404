"""CBAM: channel attention, then spatial attention, each multiplied onto the features."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PURPLE

ALT = (
    "CBAM：特征先乘通道注意力（全局平均池化和最大池化共用一个 MLP），再乘空间注意力（沿通道取均值和最大值，拼接后卷积）"
)
HEIGHT = 870


def draw(canvas: Canvas) -> None:
    """Draw the order on top and the inside of each part below."""
    canvas.title(("CBAM：先通道注意力，再空间注意力", "CBAM: channel, then spatial attention"))
    _order(canvas, 190)
    _channel(canvas, 440)
    _spatial(canvas, 690)


def _order(canvas: Canvas, y: float) -> None:
    canvas.box(40, y - 10, 120, 90, "F", GREY, size=40, bold=True)
    canvas.box(236, y - 70, 200, 70, ("通道注意力", "channel"), BLUE, bold=True, size=30)
    canvas.node(520, y + 35, "×", BLUE)
    canvas.box(640, y - 70, 200, 70, ("空间注意力", "spatial"), ORANGE, bold=True, size=30)
    canvas.node(924, y + 35, "×", ORANGE)
    canvas.box(1030, y - 10, 130, 90, "F''", GREEN, size=40, bold=True)
    canvas.arrow([(160, y + 35), (484, y + 35)])
    canvas.arrow([(196, y + 35), (196, y - 35), (230, y - 35)])
    canvas.arrow([(436, y - 35), (520, y - 35), (520, y)])
    canvas.arrow([(550, y + 35), (888, y + 35)])
    canvas.arrow([(600, y + 35), (600, y - 35), (634, y - 35)])
    canvas.arrow([(840, y - 35), (924, y - 35), (924, y)])
    canvas.arrow([(954, y + 35), (1024, y + 35)])
    canvas.text(740, y + 72, "F'", size=34, fill=FAINT)


def _channel(canvas: Canvas, y: float) -> None:
    canvas.dashed(40, y - 110, 1120, 230, BLUE.line, radius=20)
    canvas.text(
        66, y - 74, ("通道注意力：1×1×C", "channel attention: 1x1xC"), anchor="start", bold=True, fill=BLUE.deep
    )
    canvas.box(66, y - 16, 220, 96, ("F\nH×W×C", "F\nHxWxC"), GREY, size=SMALL)
    canvas.box(336, y - 34, 240, 58, ("全局最大池化", "global max"), BLUE, size=SMALL)
    canvas.box(336, y + 42, 240, 58, ("全局平均池化", "global average"), BLUE, size=SMALL)
    canvas.box(626, y - 16, 190, 96, ("共享 MLP\n（两层 1×1）", "shared MLP\n(two 1x1)"), PURPLE, size=SMALL)
    canvas.node(890, y + 32, "+", BLUE)
    canvas.box(966, y - 4, 166, 72, "sigmoid", GREEN, size=SMALL)
    for top in (y - 5, y + 71):
        canvas.arrow([(286, y + 32), (330, top)], head=16)
        canvas.arrow([(576, top), (620, y + 32 + (top - y - 32) * 0.5)], head=16)
        canvas.arrow([(816, y + 32 + (top - y - 32) * 0.5), (858, y + 32 + (top - y - 32) * 0.3)], head=16)
    canvas.arrow([(920, y + 32), (960, y + 32)], head=16)


def _spatial(canvas: Canvas, y: float) -> None:
    canvas.dashed(40, y - 90, 1120, 230, ORANGE.line, radius=20)
    canvas.text(
        66, y - 54, ("空间注意力：H×W×1", "spatial attention: HxWx1"), anchor="start", bold=True, fill=ORANGE.deep
    )
    canvas.box(66, y + 4, 220, 96, ("F'\nH×W×C", "F'\nHxWxC"), GREY, size=SMALL)
    canvas.box(336, y - 14, 240, 58, ("沿通道取最大", "max over C"), ORANGE, size=SMALL)
    canvas.box(336, y + 62, 240, 58, ("沿通道取均值", "mean over C"), ORANGE, size=SMALL)
    canvas.box(626, y + 4, 150, 96, ("拼接\nH×W×2", "concat\nHxWx2"), PURPLE, size=SMALL)
    canvas.box(816, y + 4, 120, 96, ("卷积\n7×7", "conv\n7x7"), PURPLE, size=SMALL)
    canvas.box(976, y + 16, 156, 72, "sigmoid", GREEN, size=SMALL)
    for top in (y + 15, y + 91):
        canvas.arrow([(286, y + 52), (330, top)], head=16)
        canvas.arrow([(576, top), (620, y + 52 + (top - y - 52) * 0.5)], head=16)
    canvas.arrow([(776, y + 52), (812, y + 52)], head=16)
    canvas.arrow([(936, y + 52), (972, y + 52)], head=16)
