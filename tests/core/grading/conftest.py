"""A small rubric with everything a rubric can have, so that tests of the engine stand apart from the pack."""

from __future__ import annotations

import pytest

from bot.core.content.library import Library, Question
from bot.core.grading import KeyPoint, Rubric
from bot.core.grading.text.folding import Folder
from bot.core.kinds import Open
from bot.core.language.characters import Language


@pytest.fixture(scope="session")
def folder(characters: Language) -> Folder:
    return Folder(characters)


@pytest.fixture(scope="session")
def questions(pack: Library) -> dict[str, Question]:
    """The questions of the shipped pack by id."""
    return {question.id: question for concept in pack.concepts for question in concept.questions}


@pytest.fixture(scope="session")
def suppression() -> Open:
    """NMS against soft-NMS: two contrasted subjects, a free point, one with contradictions."""
    points = (
        KeyPoint("hard", "NMS 把重叠的框直接删掉（分数置 0）", 3, ("置 0 / 置零", "删 / 去掉 / remove"), (), "nms"),
        KeyPoint(
            "soft", "soft-NMS 按 IoU 降低分数", 3, ("降低 / 衰减 / lower + 分数 / score", "乘 + 1-iou"), (), "soft-nms"
        ),
        KeyPoint("why", "好处是挨得近的目标少漏检", 2, ("漏检", "密集 / 挨得近 / crowded")),
        KeyPoint("near", "重叠越大降得越多", 1, ("重叠 + 越大 + 越多",), ("重叠 + 越大 + 越少",)),
    )
    return Open(
        "nms/difference",
        "nms",
        "NMS 与 soft-NMS 有什么区别？",
        rubric=Rubric(points, 0.75, (("hard", "soft"),)),
        model=("NMS 删掉重叠的框，soft-NMS 只降低分数，密集目标少漏检。",),
    )


def open_question(*accept: str, says: str = "要点", contradict: tuple[str, ...] = (), of: str = "") -> Open:
    """Return an open question with one point."""
    point = KeyPoint("point", says, 1, accept, contradict, of)
    return Open("c/q", "c", "说说看？", rubric=Rubric((point,)))
