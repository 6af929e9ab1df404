"""RCNN, Fast RCNN and Faster RCNN as three rows: what is shared and what is learned grows."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, Tone

ALT = "RCNN 对约 2000 个候选逐个过 CNN；Fast RCNN 整图只过一次 CNN 再做 RoI Pooling；Faster RCNN 用 RPN 代替选择性搜索"
HEIGHT = 910
Step = tuple[float, float, Label, Tone]
HEADS: tuple[Step, ...] = (
    (580, 220, ("RoI Pooling\n固定尺寸", "RoI pooling,\nfixed size"), BLUE),
    (850, 310, ("全连接层\nsoftmax + 回归", "FC layers,\nsoftmax + box"), BLUE),
)


def draw(canvas: Canvas) -> None:
    """Draw the rows and what each one mends."""
    canvas.title(("RCNN → Fast RCNN → Faster RCNN", "RCNN, Fast RCNN, Faster RCNN"))
    _title(canvas, 130, "RCNN", ("瓶颈：每个候选各算一次 CNN", "slow: one CNN pass per proposal"), ORANGE)
    _chain(
        canvas,
        130,
        (
            (40, 210, ("选择性搜索\n约 2000 框", "selective\nsearch, ~2000"), GREY),
            (300, 230, ("裁剪缩放\n每个候选", "crop and warp\neach proposal"), GREY),
            (580, 220, ("CNN\n约 2000 次", "CNN\n~2000 times"), ORANGE),
            (850, 310, ("SVM 分类\n线性回归边框", "SVM classes,\nbox regression"), GREY),
        ),
    )
    _title(
        canvas,
        390,
        "Fast RCNN",
        ("改进：整图只算一次，端到端训练分类与回归", "one CNN pass per image, heads trained end to end"),
        BLUE,
    )
    canvas.box(40, 428, 490, 58, ("整图过 CNN，只 1 次", "CNN on the whole image, once"), BLUE, size=SMALL)
    canvas.box(
        40, 498, 490, 58, ("原图做选择性搜索，约 2000 框", "selective search on the image, ~2000"), GREY, size=SMALL
    )
    canvas.arrow([(530, 457), (574, 478)])
    canvas.arrow([(530, 527), (574, 506)])
    _chain(canvas, 390, HEADS)
    _title(
        canvas,
        650,
        "Faster RCNN",
        ("改进：候选也由网络提出，整体可联合训练", "proposals are learned as well: joint training"),
        GREEN,
    )
    _chain(
        canvas,
        650,
        (
            (40, 210, ("整图过 CNN\n1 次", "image CNN,\nonce"), BLUE),
            (300, 230, ("RPN + anchor\n提候选", "RPN + anchors,\nproposals"), GREEN),
            *HEADS,
        ),
    )
    canvas.arrow([(145, 806), (145, 842), (690, 842), (690, 812)], stroke=BLUE.line)
    canvas.text(418, 866, ("共享特征图", "shared features"), size=SMALL, fill=BLUE.deep)


def _title(canvas: Canvas, y: float, name: str, note: Label, tone: Tone) -> None:
    canvas.text(40, y, name, size=38, bold=True, anchor="start", fill=tone.deep)
    canvas.text(1160, y + 2, note, size=SMALL, anchor="end", fill=FAINT)
    if y > 200:
        canvas.line([(40, y - 60), (1160, y - 60)], stroke=GREY.tint, width=4)


def _chain(canvas: Canvas, y: float, steps: tuple[Step, ...]) -> None:
    for place, (x, wide, label, colour) in enumerate(steps):
        canvas.box(x, y + 44, wide, 112, label, colour, size=30)
        if place:
            before = steps[place - 1]
            canvas.arrow([(before[0] + before[1], y + 100), (x - 6, y + 100)])
