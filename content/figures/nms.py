"""NMS before and after: of overlapping boxes only the one with the highest score stays."""

from __future__ import annotations

from dataclasses import dataclass

from content.figures.drawing import WIDTH, Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, RED, Tone
from content.figures.scene import DOG, PERSON, Box, Scene

ALT = "NMS 前后：同一个人的三个框和同一只狗的两个框，各只留下分数最高的一个（0.95 和 0.90）"
HEIGHT = 790


@dataclass(frozen=True, slots=True)
class Hit:
    """A detection.

    Attributes:
        box: in units of the scene.
        score: from 0 to 1.
        tone: its colour.
        corner: where its score stands: the lower left corner of the plate, or the lower right one for `end`.
        anchor: start or end.
    """

    box: Box
    score: float
    tone: Tone
    corner: tuple[float, float]
    anchor: str = "start"

    def label(self, scene: Scene) -> None:
        """Write the score."""
        scene.canvas.tag(*scene.at(*self.corner), f"{self.score:.2f}", self.tone, anchor=self.anchor)


KEPT = (
    Hit(Box(56, 44, 96, 216), 0.95, BLUE, (54, 44)),
    Hit(Box(248, 146, 150, 112), 0.90, GREEN, (246, 289)),
)
DROPPED = (
    Hit(Box(30, 80, 104, 190), 0.80, ORANGE, (28, 111)),
    Hit(Box(80, 60, 104, 190), 0.70, ORANGE, (186, 60), "end"),
    Hit(Box(264, 128, 142, 122), 0.60, ORANGE, (408, 128), "end"),
)


def draw(canvas: Canvas) -> None:
    """Draw both scenes and the steps."""
    canvas.title(("NMS：重复的框只留分数最高的", "NMS: of duplicates the best box stays"))
    before, after = Scene(canvas, 40, 190, 1.23), Scene(canvas, 619, 190, 1.23)
    for scene in (before, after):
        scene.ground()
        scene.person(Box(60, 56, 88, 200), PERSON)
        scene.dog(Box(258, 164, 124, 88), DOG)
        scene.border(GREY.line)
    for hit in (*DROPPED, *KEPT):
        before.frame(hit.box, hit.tone.line)
    for hit in KEPT:
        after.frame(hit.box, hit.tone.line, width=7)
        hit.label(after)
    for hit in (*DROPPED, *KEPT):
        hit.label(before)
    canvas.text(310, 146, ("之前：5 个框", "before: 5 boxes"), size=36, bold=True, fill=RED.deep)
    canvas.text(890, 146, ("之后：2 个框", "after: 2 boxes"), size=36, bold=True, fill=GREEN.deep)
    for x, y, label in (
        (60, 610, ("① 按分数从高到低排序", "1 sort by score")),
        (60, 668, ("② 取出最高分的框 M，留下", "2 keep the best box, M")),
        (619, 610, ("③ 删掉 IoU(M, b) ≥ N_{t} 的框 b", "3 drop each b with IoU(M, b) >= N_{t}")),
        (619, 668, ("④ 对剩下的框重复，直到没有框", "4 repeat with the boxes that are left")),
    ):
        canvas.text(x, y, label, anchor="start")
    canvas.text(WIDTH / 2, 738, ("阈值 N_{t} 一般取 0.5", "threshold N_{t}: usually 0.5"), fill=FAINT)
