"""The four tasks on one street: detection, semantic, instance and panoptic segmentation."""

from __future__ import annotations

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREY, ORANGE, RED, Tone
from content.figures.scene import HIGH, LEFT, PET, RIGHT, WIDE, Box, Scene

ALT = "同一幅图的四种任务：目标检测给出框，语义分割给每个像素一个类别，实例分割区分每个目标的掩码，全景分割两者都要"
HEIGHT = 1090
SCALE = 1.22
BACKDROP, LAWN = "#b9d9f2", "#b4dcae"
PALE_SKY, PALE_GRASS = "#f2f4f6", "#e7eaed"


def draw(canvas: Canvas) -> None:
    """Draw a panel per task."""
    canvas.title(("检测与三种分割", "Detection and three segmentations"))
    left, right, top, bottom = 44, 1156 - WIDE * SCALE, 160, 668
    _detection(Scene(canvas, left, top, SCALE))
    _masks(Scene(canvas, right, top, SCALE), RED, RED, BACKDROP, LAWN)
    _masks(Scene(canvas, left, bottom, SCALE), RED, BLUE, PALE_SKY, PALE_GRASS)
    _masks(Scene(canvas, right, bottom, SCALE), RED, BLUE, BACKDROP, LAWN)
    _caption(canvas, left, top, ("目标检测", "detection"), ("框 + 类别", "box + class"))
    _caption(canvas, right, top, ("语义分割", "semantic"), ("每个像素的类别，同类不分个体", "a class per pixel"))
    _caption(
        canvas,
        left,
        bottom,
        ("实例分割", "instance"),
        ("每个目标一个掩码，不管背景", "a mask per object, no background"),
    )
    _caption(
        canvas,
        right,
        bottom,
        ("全景分割", "panoptic"),
        ("背景的类别 + 每个目标的掩码", "background + a mask per object"),
    )


def _caption(canvas: Canvas, x: float, y: float, name: Label, note: Label) -> None:
    canvas.text(x, y - 30, name, size=36, bold=True, anchor="start")
    canvas.text(x + WIDE * SCALE / 2, y + HIGH * SCALE + 32, note, size=SMALL, fill=FAINT)


def _detection(scene: Scene) -> None:
    scene.ground(PALE_SKY, PALE_GRASS)
    scene.things(GREY.line, GREY.line, GREY.line)
    for box, tone, label in (
        (LEFT, RED, ("人", "person")),
        (RIGHT, RED, ("人", "person")),
        (PET, ORANGE, ("狗", "dog")),
    ):
        scene.frame(Box(box.x - 5, box.y - 6, box.w + 10, box.h + 12), tone.line, width=6)
        corner = scene.at(box.x + box.w + 5, box.y - 8) if box is RIGHT else scene.at(box.x - 7, box.y - 8)
        scene.canvas.tag(*corner, label, tone, anchor="end" if box is RIGHT else "start")
    scene.border(GREY.line)


def _masks(scene: Scene, first: Tone, second: Tone, sky: str, grass: str) -> None:
    scene.ground(sky, grass)
    scene.things(first.line, second.line, ORANGE.line)
    scene.border(GREY.line)
