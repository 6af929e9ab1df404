"""Two uniform hits of 0 to 10 against 15 points of life: the corner x + y >= 15 is an eighth of the square."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE
from content.figures.plotting import Axes

ALT = "两次攻击各在 0 到 10 之间均匀分布：x + y ≥ 15 是正方形右上角边长 5 的直角三角形，面积 12.5，概率 1/8"
HEIGHT = 800


def draw(canvas: Canvas) -> None:
    """Draw the square of both hits with the corner that is enough."""
    canvas.title(
        ("两次攻击打掉 15 血的概率是 1/8", "Two hits take 15 points: chance 1/8"),
        ("x、y 独立，各在 [0, 10] 上均匀分布", "x and y independent, uniform on [0, 10]"),
    )
    axes = Axes(canvas, (130, 220, 610, 690), (0, 10), (0, 10))
    canvas.polygon([axes.at(0, 0), axes.at(10, 0), axes.at(10, 10), axes.at(0, 10)], fill=BLUE.tint, stroke=BLUE.line)
    canvas.polygon([axes.at(5, 10), axes.at(10, 5), axes.at(10, 10)], fill=ORANGE.tint, stroke=ORANGE.line, width=5)
    axes.frame(("第一次 x", "first hit x"), ("第二次 y", "second hit y"))
    marks = [(value, str(value)) for value in (0, 5, 10)]
    axes.ticks(marks, marks, rules=False)
    canvas.text(*axes.at(3.6, 4.2), ("x + y < 15\n打不死", "x + y < 15\nsurvives"), fill=BLUE.deep)
    canvas.text(*axes.at(8.45, 8.5), "≥ 15", bold=True, fill=ORANGE.deep, size=SMALL)
    canvas.text(940, 300, ("正方形面积 10 × 10 = 100", "square: 10 x 10 = 100"), fill=BLUE.deep)
    canvas.text(940, 360, ("三角形面积 5 × 5 / 2 = 12.5", "triangle: 5 x 5 / 2 = 12.5"), fill=ORANGE.deep)
    canvas.box(730, 430, 420, 130, "12.5 / 100 = 1/8", GREEN, size=44, bold=True)
    canvas.text(940, 620, ("若只取整数 0…10：21/121", "for integers 0...10: 21/121"), fill=FAINT, size=30)
