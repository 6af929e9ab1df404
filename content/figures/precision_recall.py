"""A precision-recall curve from ten ranked detections; AP is the area under its envelope."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, RED
from content.figures.plotting import Axes

ALT = "10 个按分数排序的检测、5 个真目标的 PR 曲线；取右侧最大精确率后的阶梯下面积是 AP ≈ 0.775"
HEIGHT = 880
HITS = (True, True, False, True, False, False, True, False, True, False)
OBJECTS = 5


def points() -> list[tuple[float, float]]:
    """Return (recall, precision) after each detection, best score first."""
    found, out = 0, []
    for rank, is_hit in enumerate(HITS, 1):
        found += is_hit
        out.append((found / OBJECTS, found / rank))
    return out


def envelope() -> list[tuple[float, float]]:
    """Return (recall, highest precision at this recall or more) for each recall that is reached."""
    curve = points()
    recalls = sorted({recall for recall, _ in curve})
    return [(recall, max(p for r, p in curve if r >= recall)) for recall in recalls]


def average_precision() -> float:
    """Return the area under the envelope: 0.7754."""
    area, before = 0.0, 0.0
    for recall, precision in envelope():
        area += (recall - before) * precision
        before = recall
    return area


def draw(canvas: Canvas) -> None:
    """Draw the detections on top, the curve below."""
    canvas.title(("PR 曲线与 AP：曲线下的面积", "Precision-recall curve: AP is its area"))
    canvas.text(50, 140, ("按分数排序：", "by score:"), anchor="start", fill=FAINT)
    for place, is_hit in enumerate(HITS):
        tone = GREEN if is_hit else RED
        canvas.rect(262 + place * 88, 108, 76, 64, fill=tone.tint, stroke=tone.line, radius=12)
        canvas.text(300 + place * 88, 140, "TP" if is_hit else "FP", bold=True, fill=tone.deep, size=SMALL)
    axes = Axes(canvas, (120, 280, 820, 750), (0, 1), (0, 1.05))
    steps, before = [axes.at(0, 0)], 0.0
    for recall, precision in envelope():
        steps += [axes.at(before, precision), axes.at(recall, precision)]
        before = recall
    canvas.polygon([*steps, axes.at(1, 0)], fill=BLUE.tint)
    axes.frame(
        ("召回率 = TP / 全部真目标", "recall = TP / all objects"),
        ("精确率 = TP / 检测数", "precision = TP / detections"),
    )
    axes.ticks([(x / 5, f"{x / 5:g}") for x in range(6)], [(y / 4, f"{y / 4:g}") for y in range(5)])
    canvas.line([axes.at(0, 1), *(axes.at(*point) for point in points())], stroke=ORANGE.line, width=4)
    canvas.line(steps[1:], stroke=BLUE.line, width=6)
    for point in points():
        canvas.circle(*axes.at(*point), 9, fill=ORANGE.line)
    canvas.text(
        axes.at(0.42, 0)[0], axes.at(0, 0.3)[1], f"AP ≈ {average_precision():.3f}", size=44, bold=True, fill=BLUE.deep
    )
    for y, label, tone in (
        (340, ("橙线：逐个检测", "orange: each\ndetection"), ORANGE),
        (440, ("蓝线：右侧最大\n精确率的包络", "blue: the highest\nprecision to the right"), BLUE),
        (580, ("mAP：各类别 AP\n的平均", "mAP: mean of\nAP over classes"), GREY),
    ):
        canvas.text(880, y, label, anchor="start", fill=tone.deep, size=30)
