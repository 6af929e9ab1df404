"""GHM, schematic: samples crowd at both ends of the gradient norm, so both ends get a small weight."""

from __future__ import annotations

import math

from content.figures.drawing import WIDTH, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE, RED
from content.figures.plotting import Axes

ALT = "示意图：样本的梯度模长 g 集中在 0（易分）和 1（离群点）两端，梯度密度高的地方权重 β = N/GD(g) 小"
HEIGHT = 820
BINS = 20


def density(g: float) -> float:
    """Return a made-up gradient density with the two peaks that the paper reports, on a scale of 0 to 1."""
    return 0.07 + 0.93 * math.exp(-g / 0.07) + 0.34 * math.exp(-(1 - g) / 0.05)


def weight(g: float) -> float:
    """Return the harmonising weight, inverse to the density, on a scale of 0 to 1."""
    return 0.065 / density(g)


def draw(canvas: Canvas) -> None:
    """Draw the density on the left and the weight on the right."""
    canvas.title(
        ("GHM：梯度密度高，权重就低", "GHM: dense gradients get small weights"),
        ("梯度模长 g = |p − p*|，越大越难分（示意图）", "gradient norm g = |p - p*|, larger is harder (schematic)"),
    )
    left = Axes(canvas, (70, 260, 530, 610), (0, 1), (0, 0.8))
    for place in range(BINS):
        start, end = place / BINS, (place + 1) / BINS
        high = density((start + end) / 2)
        tone = BLUE if end <= 0.25 else RED if start >= 0.85 else ORANGE
        (x0, y0), (x1, y1) = left.at(start, high), left.at(end, 0)
        canvas.rect(x0 + 2, y0, x1 - x0 - 4, y1 - y0, fill=tone.line)
    right = Axes(canvas, (670, 260, 1110, 610), (0, 1), (0, 1.05))
    canvas.polygon([right.at(0, 0), *right.sample(weight, 0, 1), right.at(1, 0)], fill=GREEN.tint)
    right.curve(weight, 0, 1, stroke=GREEN.line)
    left.frame("", ("样本密度 GD(g)", "gradient density GD(g)"))
    right.frame("", ("权重 β = N / GD(g)", "weight beta = N / GD(g)"))
    for axes in (left, right):
        axes.ticks([(0, "0"), (0.5, "g"), (1, "1")], [])
    canvas.text(128, 330, ("易分样本，极多", "easy, very many"), anchor="start", bold=True, fill=BLUE.deep)
    canvas.text(526, 440, ("离群点，也多", "outliers, many too"), anchor="end", bold=True, fill=RED.deep)
    canvas.text(890, 470, ("中间的难样本\n权重最大", "hard ones\nweigh most"), bold=True, fill=GREEN.deep)
    canvas.text(
        WIDTH / 2,
        738,
        (
            "Focal Loss 只压低易分样本；GHM 把易分样本和离群点都压低",
            "focal loss turns down easy samples only, GHM outliers too",
        ),
        fill=FAINT,
    )
