"""Warm-up: the learning rate rises to its base value first, then decays."""

from __future__ import annotations

import math

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, GREEN, ORANGE
from content.figures.plotting import Axes

ALT = "warm-up 学习率曲线：开头几个 epoch 从很小的值线性升到基学习率，之后按余弦衰减"
HEIGHT = 780
WARM, ALL = 5.0, 50.0


def rate(epoch: float) -> float:
    """Return the learning rate as a share of its base value."""
    if epoch <= WARM:
        return 0.05 + 0.95 * epoch / WARM
    return 0.5 * (1 + math.cos(math.pi * (epoch - WARM) / (ALL - WARM)))


def draw(canvas: Canvas) -> None:
    """Draw the schedule with its two stages."""
    canvas.title(
        ("warm-up：学习率先升后降", "Warm-up: the rate rises, then decays"),
        ("例：5 个 epoch 预热，之后余弦衰减", "here: 5 epochs of warm-up, then cosine decay"),
    )
    axes = Axes(canvas, (150, 230, 1080, 640), (0, ALL), (0, 1.08))
    (x0, y0), (x1, y1) = axes.at(0, 1.08), axes.at(WARM, 0)
    canvas.rect(x0, y0, x1 - x0, y1 - y0, fill=ORANGE.tint)
    axes.frame("epoch", ("学习率", "learning rate"))
    axes.ticks([(x, f"{x:g}") for x in (0, 5, 10, 20, 30, 40, 50)], [(1, ("基值", "base")), (0, "0")])
    axes.curve(rate, 0, WARM, stroke=ORANGE.line, width=8)
    axes.curve(rate, WARM, ALL, stroke=BLUE.line, width=8)
    canvas.text(
        x1 + 24,
        y0 + 310,
        ("① 预热：参数还是随机的，\n小步走，避免震荡", "1 warm-up: random weights,\nsmall steps keep it stable"),
        anchor="start",
        fill=ORANGE.deep,
    )
    canvas.text(1100, y0 + 70, ("② 衰减：从基学习率降下来", "2 decay from the base rate"), anchor="end", fill=BLUE.deep)
    canvas.circle(*axes.at(WARM, 1), 12, fill=GREEN.line)
