"""YOLOv1: the cell that holds an object's centre predicts it; a cell has B x 5 + C numbers."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PURPLE, RED, Tone
from content.figures.scene import Box, Scene

ALT = "YOLOv1 把图像分成 7×7 网格，目标中心所在的格子负责预测它；每格输出 2 个框（各 5 个数）和 20 类概率，共 30 个数"
HEIGHT = 850
SIDE, CELLS = 490, 7


def draw(canvas: Canvas) -> None:
    """Draw the grid over a picture and the numbers of one cell."""
    canvas.title(("YOLOv1：中心落在哪格，哪格负责", "YOLOv1: the cell with the centre predicts"))
    x, y, cell = 60, 140, SIDE / CELLS
    canvas.rect(x, y, SIDE, SIDE * 0.55, fill="#e6f2fb")
    canvas.rect(x, y + SIDE * 0.55, SIDE, SIDE * 0.45, fill="#dcefd8")
    scene = Scene(canvas, x, y, 1.0)
    body = Box(84, 202, 300, 210)
    scene.dog(body, "#b08a62")
    canvas.grid(x, y, CELLS, CELLS, cell, fill=lambda *_: "none", stroke=GREY.line)
    scene.frame(Box(body.x - 8, body.y - 10, body.w + 16, body.h + 20), ORANGE.line, width=6)
    canvas.rect(x + 3 * cell, y + 4 * cell, cell, cell, fill=RED.line, stroke=RED.line, width=5, opacity=0.3)
    canvas.circle(*scene.at(body.x + body.w / 2, body.y + body.h / 2), 10, fill=RED.line)
    canvas.text(x + SIDE / 2, y + SIDE + 40, ("S×S = 7×7 网格", "S x S = 7 x 7 grid"), fill=FAINT)
    rows: tuple[tuple[Label, Label, Tone], ...] = (
        (("框 1", "box 1"), "x, y, w, h, conf", ORANGE),
        (("框 2", "box 2"), "x, y, w, h, conf", PURPLE),
        (("类别", "classes"), ("20 个类别概率", "20 probabilities"), BLUE),
    )
    canvas.arrow([(x + 4 * cell + 4, y + 4.5 * cell), (610, y + 4.5 * cell), (610, 330), (646, 330)], stroke=RED.line)
    for place, (name, content, tone) in enumerate(rows):
        top = 170 + place * 116
        canvas.rect(656, top, 490, 92, fill=tone.tint, stroke=tone.line, radius=14)
        canvas.text(676, top + 46, name, anchor="start", bold=True, fill=tone.deep)
        canvas.text(826, top + 46, content, anchor="start", fill=tone.deep)
    canvas.text(900, 556, ("每格 2×5 + 20 = 30 个数", "per cell: 2x5 + 20 = 30 numbers"), bold=True)
    canvas.text(900, 610, ("两个框共用一组类别概率", "both boxes share the classes"), size=SMALL, fill=FAINT)
    canvas.box(
        60,
        730,
        1086,
        84,
        ("输出 S×S×(B×5 + C) = 7×7×30", "output S x S x (B x 5 + C) = 7x7x30"),
        GREEN,
        size=38,
        bold=True,
    )
