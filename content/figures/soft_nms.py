"""How NMS and soft-NMS change a score of 0.9, over the overlap with the best box M."""

from __future__ import annotations

import math

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE, RED
from content.figures.plotting import Axes

ALT = "原分数 0.9 的框：NMS 在 IoU 达到阈值 0.5 时把分数置 0，soft-NMS 线性形式降为 0.9×(1−IoU)，高斯形式连续下降"
HEIGHT = 820
SCORE, THRESHOLD, SIGMA = 0.9, 0.5, 0.5


def hard(overlap: float) -> float:
    """Return the score after NMS."""
    return SCORE if overlap < THRESHOLD else 0.0


def linear(overlap: float) -> float:
    """Return the score after linear soft-NMS: 0.27 at an overlap of 0.7."""
    return SCORE if overlap < THRESHOLD else SCORE * (1 - overlap)


def gaussian(overlap: float) -> float:
    """Return the score after Gaussian soft-NMS."""
    return SCORE * math.exp(-overlap * overlap / SIGMA)


def draw(canvas: Canvas) -> None:
    """Draw the three curves."""
    canvas.title(
        ("NMS 直接删，soft-NMS 只降分", "NMS deletes, soft-NMS lowers the score"),
        (
            "原分数 s = 0.9，阈值 N_{t} = 0.5，高斯 σ = 0.5",
            "score s = 0.9, threshold N_{t} = 0.5, Gaussian sigma = 0.5",
        ),
    )
    axes = Axes(canvas, (120, 220, 800, 690), (0, 1), (0, 1))
    axes.frame(("与 M 的 IoU", "IoU with M"), ("新分数", "new score"))
    marks = (0, 0.25, 0.5, 0.75, 1)
    axes.ticks([(x, f"{x:g}") for x in marks], [(y, f"{y:g}") for y in marks])
    canvas.line([axes.at(THRESHOLD, 0), axes.at(THRESHOLD, 1)], stroke=FAINT, width=3, dash="10 8")
    axes.curve(gaussian, 0, 1, stroke=GREEN.line, dash="18 10")
    axes.curve(linear, THRESHOLD, 1, stroke=BLUE.line, width=8)
    canvas.line([axes.at(0, SCORE), axes.at(THRESHOLD, SCORE)], stroke=ORANGE.line, width=8)
    canvas.line([axes.at(THRESHOLD, 0), axes.at(1, 0)], stroke=RED.line, width=10)
    canvas.text(
        axes.at(0.25, 0)[0], axes.at(0, 0.955)[1], ("NMS、线性：不变", "NMS, linear: kept"), fill=ORANGE.deep, bold=True
    )
    for y, tone, label in (
        (300, GREEN, ("高斯 soft-NMS", "Gaussian soft-NMS")),
        (352, GREEN, "s · exp(−IoU^{2} / σ)"),
        (450, BLUE, ("线性 soft-NMS", "linear soft-NMS")),
        (502, BLUE, "s · (1 − IoU)"),
        (606, RED, ("NMS", "NMS")),
        (658, RED, ("s 置 0", "s set to 0")),
    ):
        canvas.text(850, y, label, anchor="start", fill=tone.deep, bold=y in {300, 450, 606})
