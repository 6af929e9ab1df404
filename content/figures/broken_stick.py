"""A stick broken at two uniform points: the middle triangle of the simplex is where a triangle can be made."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY

ALT = "木棍两处随机断开：三段长 x、y、1−x−y 都小于 1/2 才能组成三角形，对应中间的小三角形，占总面积的 1/4"
HEIGHT = 800
LEFT, BOTTOM, SIDE = 120, 700, 480


def draw(canvas: Canvas) -> None:
    """Draw the region of all breaks with the good quarter."""
    canvas.title(
        ("木棍折三段，能组成三角形的概率是 1/4", "A stick in three: a triangle with chance 1/4"),
        ("长度为 1，三段是 x、y、1 − x − y", "length 1, the parts are x, y and 1 - x - y"),
    )
    canvas.polygon([_at(0, 0), _at(1, 0), _at(0, 1)], fill=GREY.tint, stroke=GREY.line)
    canvas.polygon([_at(0.5, 0), _at(0.5, 0.5), _at(0, 0.5)], fill=GREEN.tint, stroke=GREEN.line, width=5)
    canvas.arrow([_at(0, 0), _at(1.1, 0)], stroke=FAINT)
    canvas.arrow([_at(0, 0), _at(0, 1.1)], stroke=FAINT)
    for x, y, label, anchor in (
        (1.14, 0, "x", "start"),
        (0.045, 1.08, "y", "start"),
        (0.5, -0.08, "1/2", "middle"),
        (1, -0.08, "1", "middle"),
        (-0.03, 0.5, "1/2", "end"),
        (-0.03, 1, "1", "end"),
    ):
        canvas.text(*_at(x, y), label, anchor=anchor)
    canvas.text(*_at(1 / 3, 1 / 3), "1/4", size=44, bold=True, fill=GREEN.deep)
    canvas.text(*_at(0.17, 0.14), ("第三段\n太长", "third\ntoo long"), fill=GREY.deep)
    canvas.text(*_at(0.655, 0.14), ("x 太长", "x too\nlong"), fill=GREY.deep)
    canvas.text(*_at(0.135, 0.64), ("y 太长", "y too\nlong"), fill=GREY.deep)
    canvas.box(
        740,
        240,
        400,
        190,
        (
            "三角形：任一段\n小于另两段之和，\n即三段都 < 1/2",
            "a triangle: every part\nis below the other two,\nso below 1/2",
        ),
        GREEN,
    )
    canvas.box(
        740,
        470,
        400,
        130,
        ("四个小三角形全等，\n只有中间一个合格", "four equal triangles,\nonly the middle is good"),
        BLUE,
    )


def _at(x: float, y: float) -> tuple[float, float]:
    return LEFT + x * SIDE, BOTTOM - y * SIDE
