"""Focal loss for several gammas: the better a sample is classified, the more its loss is turned down."""

from __future__ import annotations

import math
from functools import partial

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PAPER, PURPLE
from content.figures.plotting import Axes

ALT = "Focal Loss 曲线：γ = 0 是交叉熵，γ 越大，预测概率 p 高的易分样本的损失压得越低"
HEIGHT = 860
CURVES = ((0.0, GREY), (0.5, PURPLE), (1.0, BLUE), (2.0, GREEN), (5.0, ORANGE))


def focal(p: float, gamma: float) -> float:
    """Return the loss of a positive sample without alpha: 0.69 at p = .5 and gamma = 0, 0.17 at gamma = 2."""
    return -math.pow(1 - p, gamma) * math.log(p)


def draw(canvas: Canvas) -> None:
    """Draw the curves for a positive sample."""
    canvas.title(("Focal Loss：压低易分样本的损失", "Focal loss: easy samples count less"), "FL = −(1 − p)^{γ} log p")
    axes = Axes(canvas, (100, 220, 1080, 730), (0, 1), (0, 4))
    (x0, y0), (x1, y1) = axes.at(0.6, 4), axes.at(1, 0)
    canvas.rect(x0, y0, x1 - x0, y1 - y0, fill=GREEN.tint, opacity=0.6)
    axes.frame(("正确类别的预测概率 p", "predicted probability p of the true class"), ("损失", "loss"))
    axes.ticks([(x / 5, f"{x / 5:g}") for x in range(6)], [(y, str(y)) for y in range(5)])
    for gamma, tone in CURVES:
        start = next(step / 1000 for step in range(1, 1000) if focal(step / 1000, gamma) <= 4)
        canvas.line(axes.sample(partial(focal, gamma=gamma), start, 1.0, 200), stroke=tone.line, width=6)
    canvas.rect(334, 262, 340, 258, fill=PAPER, radius=12)
    for place, (gamma, tone) in enumerate(CURVES):
        y = 290 + place * 50
        canvas.line([(350, y), (410, y)], stroke=tone.line, width=8)
        note = ("γ = 0（交叉熵）", "gamma = 0 (CE)") if not gamma else f"γ = {gamma:g}"
        canvas.text(428, y, note, anchor="start", fill=tone.deep, bold=gamma == 2)
    canvas.text(x0 + (x1 - x0) / 2 + 60, y0 + 160, ("易分样本", "easy samples"), bold=True, fill=GREEN.deep)
    canvas.text(x0 + (x1 - x0) / 2 + 60, y0 + 210, ("常用 γ = 2", "usual: gamma = 2"), fill=FAINT)
