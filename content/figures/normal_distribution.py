"""Three normal densities with one mean: a small sigma is tall and thin, a large one low and wide."""

from __future__ import annotations

import math
from functools import partial

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE
from content.figures.plotting import Axes

ALT = "均值相同的三条正态密度曲线：σ = 0.5 又高又瘦（峰值 0.80），σ = 1（0.40），σ = 2 又矮又胖（0.20）"
HEIGHT = 800
CURVES = ((0.5, BLUE), (1.0, GREEN), (2.0, ORANGE))


def density(x: float, sigma: float) -> float:
    """Return the density of N(0, sigma^2); its peak is 1 / (sigma sqrt(2 pi)), 0.399 for sigma = 1."""
    return math.exp(-(x * x) / (2 * sigma * sigma)) / (sigma * math.sqrt(2 * math.pi))


def draw(canvas: Canvas) -> None:
    """Draw the curves with their peaks."""
    canvas.title(
        ("正态分布：σ 越小，曲线越高越瘦", "Normal: the smaller sigma, the taller"),
        (
            "峰在 x = μ，峰高 1 / (σ√(2π))；曲线下面积都是 1",
            "peak at mu, height 1 / (sigma sqrt(2 pi)); every area is 1",
        ),
    )
    axes = Axes(canvas, (120, 220, 1080, 670), (-5, 5), (0, 0.9))
    axes.frame("x", ("密度", "density"))
    axes.ticks(
        [(x, "μ" if not x else f"μ{'+' if x > 0 else '−'}{abs(x)}") for x in (-4, -2, 0, 2, 4)],
        [(y / 10, f"{y / 10:g}") for y in (0, 2, 4, 6, 8)],
    )
    canvas.line([axes.at(0, 0), axes.at(0, 0.86)], stroke=FAINT, width=2, dash="10 8")
    for sigma, tone in CURVES:
        canvas.line(axes.sample(partial(density, sigma=sigma), -5, 5, 200), stroke=tone.line, width=6)
    for (sigma, tone), (x, y) in zip(CURVES, ((0.5, 0.7), (1.0, 0.3), (2.3, 0.14)), strict=True):
        peak = f"{density(0, sigma):.2f}"
        label = (f"σ = {sigma:g}，峰高 {peak}", f"sigma = {sigma:g}, peak {peak}")
        canvas.text(*axes.at(x, y), label, anchor="start", bold=True, fill=tone.deep)
