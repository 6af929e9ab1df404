"""One-stage and two-stage detection as pipelines."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, Tone

ALT = "one-stage 由特征图直接密集预测类别和边框；two-stage 先由 RPN 提候选区域，再逐个候选分类和修正边框"
HEIGHT = 860
Step = tuple[float, float, Label, Tone]


def draw(canvas: Canvas) -> None:
    """Draw one pipeline above the other."""
    canvas.title(("one-stage 与 two-stage 检测", "One-stage and two-stage detection"))
    canvas.text(
        50, 140, ("one-stage：一步到位", "one-stage: all at once"), anchor="start", size=36, bold=True, fill=BLUE.deep
    )
    _chain(
        canvas,
        180,
        (
            (50, 150, ("图像", "image"), GREY),
            (270, 220, ("主干网络\n特征图", "backbone,\nfeature map"), BLUE),
            (560, 340, ("密集预测：每个位置\n类别 + 边框", "dense prediction:\nclass + box everywhere"), BLUE),
            (970, 180, ("NMS\n结果", "NMS,\nresult"), GREEN),
        ),
    )
    canvas.text(
        50,
        346,
        ("YOLO、SSD、RetinaNet：快；大量背景框，正负样本不平衡", "YOLO, SSD, RetinaNet: fast; mostly background boxes"),
        anchor="start",
        fill=FAINT,
    )
    canvas.line([(50, 406), (1150, 406)], stroke=GREY.line, width=2, dash="10 8")
    canvas.text(
        50,
        464,
        ("two-stage：先提候选，再分类", "two-stage: propose, then classify"),
        anchor="start",
        size=36,
        bold=True,
        fill=ORANGE.deep,
    )
    _chain(
        canvas,
        510,
        (
            (50, 110, ("图像", "image"), GREY),
            (206, 190, ("主干网络\n特征图", "backbone,\nfeatures"), BLUE),
            (442, 210, ("① RPN\n候选区域", "1 RPN:\nproposals"), ORANGE),
            (698, 252, ("② RoI Pooling\n分类 + 修正", "2 RoI pooling,\nclass + box"), ORANGE),
            (996, 154, ("NMS\n结果", "NMS,\nresult"), GREEN),
        ),
    )
    canvas.arrow([(301, 620), (301, 684), (824, 684), (824, 624)], stroke=BLUE.line)
    canvas.text(
        562, 712, ("特征图也送给第二阶段", "the features feed the second stage too"), size=SMALL, fill=BLUE.deep
    )
    canvas.text(
        50,
        792,
        (
            "Faster RCNN、Cascade RCNN：准；计算量随候选数增加",
            "Faster RCNN, Cascade RCNN: accurate; cost grows with proposals",
        ),
        anchor="start",
        fill=FAINT,
    )


def _chain(canvas: Canvas, y: float, steps: tuple[Step, ...]) -> None:
    for place, (x, wide, label, tone) in enumerate(steps):
        canvas.box(x, y, wide, 110, label, tone, size=30)
        if place:
            before = steps[place - 1]
            canvas.arrow([(before[0] + before[1], y + 55), (x - 6, y + 55)])
