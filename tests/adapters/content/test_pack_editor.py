from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.content import pack_editor, pack_reader
from bot.errors import NotFoundError
from tests.adapters.content.test_pack_reader import GOOD, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path)


def test_a_name_is_added_and_nothing_else_changes(root: Path) -> None:
    concept = pack_reader.load(root).by_id["nms"]
    assert pack_editor.add_name(root, concept, "去重框: 一种")
    text = (root / "cv" / "nms.md").read_text(encoding="utf-8")
    assert text.split("\n", 5)[5] == GOOD.split("\n", 5)[5]
    assert pack_reader.load(root).by_id["nms"].names == ("NMS", "a, b", "去重框: 一种")
    assert not pack_editor.add_name(root, concept, "NMS")


def test_a_first_name_makes_the_list(root: Path) -> None:
    concept = pack_reader.load(root).by_id["iou"]
    assert pack_editor.add_name(root, concept, "交并比")
    assert pack_reader.load(root).by_id["iou"].names == ("交并比",)


def test_a_phrase_is_added_to_its_point(root: Path) -> None:
    question = pack_reader.load(root).questions["nms/steps"]
    assert pack_editor.add_phrase(root, question, "sort", "从大到小 + 排")
    changed = pack_reader.load(root).questions["nms/steps"]
    assert changed.points[0].accept == ("排序 / sort", "从大到小 + 排")
    assert changed.wrong == question.wrong
    assert not pack_editor.add_phrase(root, question, "sort", "排序 / sort")


def test_a_point_that_is_gone_is_named(root: Path) -> None:
    question = pack_reader.load(root).questions["nms/steps"]
    with pytest.raises(NotFoundError, match="no point other"):
        pack_editor.add_phrase(root, question, "other", "x")


def test_the_shipped_pack_survives_the_round_trip() -> None:
    root = Path(__file__).resolve().parents[3] / "content"
    for path in sorted(root.glob("*/[a-z]*.md"))[::9]:
        text = path.read_text(encoding="utf-8")
        for match in pack_editor._QUESTION.finditer(text):
            assert pack_editor._load(pack_editor._dump(pack_editor._load(match[2]))) == pack_editor._load(match[2]), (
                path
            )
