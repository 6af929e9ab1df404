"""FPN: a bottom-up backbone, a top-down path, lateral 1x1 convolutions, a prediction at each level."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, GREEN, GREY, INK, ORANGE, Tone

ALT = "FPN：自底向上的主干 C2 到 C5，自顶向下每层放大 2 倍，与 1×1 横向连接相加得到 P5 到 P2，每层都做预测"
HEIGHT = 870
LEVELS = ((5, 110), (4, 170), (3, 240), (2, 310))
LEFT, RIGHT = 235, 740


def draw(canvas: Canvas) -> None:
    """Draw the two pyramids level by level, the smallest map on top."""
    canvas.title(
        ("FPN：自顶向下 + 横向连接", "FPN: top-down path + lateral connections"),
        (
            "高层语义强、分辨率低；逐层传给低层，小目标也能检出",
            "strong semantics flow down to the fine maps: small objects",
        ),
    )
    for place, (level, wide) in enumerate(LEVELS):
        y = 200 + place * 150
        _map(canvas, LEFT, y, wide, BLUE, f"C{level}")
        _map(canvas, RIGHT, y, wide, GREEN, f"P{level}")
        canvas.arrow([(LEFT + wide / 2 + 34, y + 40), (RIGHT - wide / 2 - 6, y + 40)], stroke=ORANGE.line, width=5)
        middle = (LEFT + RIGHT) / 2
        canvas.text(middle, y + 16, "1×1", size=30, bold=True, fill=ORANGE.deep)
        canvas.arrow([(RIGHT + wide / 2 + 34, y + 40), (1010, y + 40)])
        canvas.box(1016, y + 6, 140, 68, ("预测", "predict"), size=30)
        if place:
            canvas.arrow([(LEFT, y - 22), (LEFT, y - 62)], stroke=BLUE.line, width=6, head=22)
            canvas.arrow([(RIGHT, y - 66), (RIGHT, y - 24)], stroke=GREEN.line, width=6, head=22)
            canvas.text(RIGHT + 24, y - 47, "2×", anchor="start", size=30, bold=True, fill=GREEN.deep)
    for x, label, tone in (
        (LEFT, ("自底向上\n主干", "bottom-up\nbackbone"), BLUE),
        (488, ("横向连接\n相加", "lateral,\nadded"), ORANGE),
        (RIGHT, ("自顶向下\n上采样", "top-down,\nupsampled"), GREEN),
        (1086, ("每层\n预测", "every\nlevel"), GREY),
    ):
        canvas.text(x, 802, label, fill=tone.deep, bold=True)


def _map(canvas: Canvas, x: float, y: float, wide: float, tone: Tone, name: str) -> None:
    slant = 30
    canvas.polygon(
        [
            (x - wide / 2 + slant, y),
            (x + wide / 2 + slant, y),
            (x + wide / 2 - slant, y + 80),
            (x - wide / 2 - slant, y + 80),
        ],
        fill=tone.tint,
        stroke=tone.line,
    )
    canvas.text(x, y + 40, name, size=36, bold=True, fill=INK)
