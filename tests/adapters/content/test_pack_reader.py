"""A concept file is read whole, or every fault of it is named with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.content import pack_reader
from bot.adapters.content.lexicon_file import read_lexicon
from bot.core.content.document import Formula, Listing, Paragraph
from bot.core.content.library import Facet
from bot.core.kinds import Choice, Cloze, Numeric, Ordering
from bot.core.language.lexicon import Lexicon
from bot.errors import ContentError, Fault

TOPIC = "---\ntitle: 检测\ntitle_en: Detection\norder: [nms]\n---\n"
GOOD = """\
---
id: nms
title: 非极大值抑制
origin: NMS 是什么
names: [NMS, 'a, b']
see_also: [iou]
---
留下最高分的框，$s_i=0$。

## 缺点：漏检

- 挨得近的会漏
- 阈值难调

## 公式
$$
s_i=0
$$
```yaml question
id: steps
kind: open
prompt: 流程是什么？
points:
  sort:
    says: 按分数排序
    accept: [排序 / sort]
model: [先排序]
wrong:
  - negated: 不排序
```
```yaml question
id: half
kind: numeric
prompt: 一半是多少？
answer: 1/2
```
```yaml question
id: pick
kind: choice
prompt: 选哪个？
options:
  - {right: 甲, why: 对}
  - {wrong: 乙, why: 不对}
```
```yaml question
id: fill
kind: cloze
prompt: 先 ____ 再 ____
blanks: [[排序, sort], 删除]
```
```yaml question
id: order
kind: ordering
prompt: 排好
items: [先, 再]
```
"""
OTHER = "---\nid: iou\ntitle: IoU\n---\n交并比。\n"


def write(folder: Path, **files: str) -> Path:
    topic = folder / "cv"
    topic.mkdir(exist_ok=True)
    (topic / "_topic.md").write_text(TOPIC, encoding="utf-8")
    for name, text in {"nms": GOOD, "iou": OTHER, **files}.items():
        (topic / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in pack_reader.read(folder)[1]]


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    library = pack_reader.load(write(tmp_path))
    concept = library.by_id["nms"]
    assert [c.id for c in library.concepts] == ["nms", "iou"], "the topic's order comes first"
    assert concept.names == ("NMS", "a, b")
    assert [(p.facet, p.title) for p in concept.passages] == [
        (Facet.DEFINITION, ""),
        (Facet.DRAWBACK, "漏检"),
        (Facet.FORMULA, "公式"),
    ]
    assert concept.passages[0].text == "留下最高分的框，$s_i=0$。"
    assert isinstance(concept.passages[1].blocks[0], Listing)
    assert concept.passages[2].blocks == (Formula("s_i=0"),)
    assert [q.kind for q in concept.questions] == ["open", "numeric", "choice", "cloze", "ordering"]
    assert list(library.questions) == [f"nms/{name}" for name in ("steps", "half", "pick", "fill", "order")]
    steps, half, pick, fill, order = concept.questions
    assert steps.points[0].accept == ("排序 / sort",)
    assert steps.wrong[0].kind == "negated"
    assert isinstance(half, Numeric)
    assert half.numeric.answer == "1/2"
    assert isinstance(pick, Choice)
    assert [o.is_right for o in pick.options] == [True, False]
    assert isinstance(fill, Cloze)
    assert fill.blanks == (("排序", "sort"), ("删除",))
    assert isinstance(order, Ordering)
    assert order.items == ("先", "再")
    assert library.by_origin["nms是什么"] is concept
    assert (steps.path, steps.line) == ("cv/nms.md", 19)


# id: (what to change in the good file, what replaces it, the fault with its line)
FAULTS: dict[str, tuple[str, str, str]] = {
    "a missing title": ("title: 非极大值抑制\n", "", "cv/nms.md:2: title is missing: add it"),
    "an unknown field": ("origin:", "orgin:", "cv/nms.md:4: orgin is no field of this block: correct its spelling"),
    "an id in capitals": ("id: nms", "id: NMS", "cv/nms.md:2: id is wrong: string should match pattern"),
    "an id that is not the file's name": ("id: nms", "id: nsm", "cv/nms.md:2: id nsm is not the file's name"),
    "a link to nothing": ("see_also: [iou]", "see_also: [giou]", "cv/nms.md:6: see_also names no concept giou"),
    "an unknown kind": ("kind: numeric", "kind: number", "cv/nms.md:33: kind is none of the kinds of question"),
    "a weight that is no number": (
        "    says: 按分数排序\n",
        "    says: 按分数排序\n    weight: much\n",
        "cv/nms.md:26: points.sort.weight is wrong: input should be a valid number",
    ),
    "a point without phrases": (
        "    accept: [排序 / sort]\n",
        "",
        "cv/nms.md:25: points.sort.accept is missing: add it",
    ),
    "broken YAML": ("model: [先排序]", "model: [先排序", "cv/nms.md:27: YAML does not parse"),
    "double quotes": ("prompt: 排好", 'prompt: "排好"', "cv/nms.md:54: double quotes make YAML read backslashes"),
    "a key that stands twice": ("prompt: 排好", "prompt: 排好\nprompt: 再排", "cv/nms.md:55: the key 'prompt' stands"),
    "two questions of one id": ("id: half", "id: steps", "cv/nms.md:32: question steps stands twice"),
    "a choice with no right option": ("right: 甲", "wrong: 甲", "cv/nms.md:42: exactly one option must be right"),
    "a cloze with a blank too few": ("先 ____ 再 ____", "先 ____", "cv/nms.md:49: the prompt has another number"),
    "an empty passage": ("## 公式\n$$\ns_i=0\n$$\n", "## 公式\n", "cv/nms.md:15: the passage 公式 is empty"),
    "no opening passage": ("留下最高分的框，$s_i=0$。\n", "", "cv/nms.md:1: there is no opening passage"),
    "no front matter": ("---\nid: nms", "id: nms", "cv/nms.md:1: the file has no front matter"),
}


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(write(tmp_path, nms=GOOD.replace(old, new, 1)))
    assert any(line.startswith(fault) for line in found), found
    assert all(line.count(": ") >= 2 for line in found), "file:line: what: how to mend it"


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    spoiled = (
        GOOD.replace("title: 非极大值抑制\n", "")
        .replace("see_also: [iou]", "see_also: [giou]\nnotes: x")
        .replace("kind: numeric", "kind: number")
        .replace("right: 甲", "wrong: 甲")
        .replace("prompt: 排好", 'prompt: "排好"')
    )
    with pytest.raises(ContentError) as caught:
        pack_reader.load(write(tmp_path, nms=spoiled))
    assert [fault.line for fault in caught.value.faults] == [2, 5, 6, 33, 42, 54]


def test_an_unreadable_file_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "cv" / "bad.md").write_bytes("---\nid: bad\n".encode("utf-16"))
    assert any("cv/bad.md:1: the file cannot be read" in line for line in faults(tmp_path))


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert any("no topic here" in line for line in faults(tmp_path))


def test_two_concepts_of_one_id(tmp_path: Path) -> None:
    write(tmp_path)
    other = tmp_path / "dsa"
    other.mkdir()
    (other / "_topic.md").write_text("---\ntitle: 数据结构\n---\n", encoding="utf-8")
    (other / "iou.md").write_text(OTHER, encoding="utf-8")
    assert any("id iou stands in cv/iou.md as well" in line for line in faults(tmp_path))


def test_the_lexicon_holds_groups_pairs_and_neighbours(tmp_path: Path) -> None:
    write(tmp_path)
    text = "## 同义词\n- 增大 / 变大\n## 反义词\n- 大 / 小\n- 孤单\n## 邻近术语\n- LSTM / GRU\n"
    (tmp_path / "lexicon.md").write_text(text, encoding="utf-8")
    library, found = pack_reader.read(tmp_path)
    assert library.lexicon.synonyms == (("增大", "变大"),)
    assert library.lexicon.antonyms == (("大", "小"),)
    assert library.lexicon.neighbours == ("LSTM", "GRU")
    assert [fault.line for fault in found] == [5]


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("## 形近字\n- 己 / 已 / 巳", "look_alikes", (("己", "已", "巳"),)),
        ("## 问法\n- 复杂度 / 多少步", "asked_as", (("复杂度", "多少步"),)),
        ("## 日常词\n- 灶台 / 锅底\n- simmer", "everyday", ("灶台", "锅底", "simmer")),
        ("## 不含否定的词\n- 不粘 / 无糖", "affirming", ("不粘", "无糖")),
        ("## 动词\n- 翻炒", "verbs", ("翻炒",)),
        ("## 坏现象\n- 糊锅 / curdl*", "problems", ("糊锅", "curdl*")),
        ("## 名词\n- 调料", "nouns", ("调料",)),
        ("## 限定词\n- deep", "qualifiers", ("deep",)),
        ("## 计数的东西\n- 勺", "counted", ("勺",)),
        ("## 所求的量\n- 用量", "quantities", ("用量",)),
    ],
)
def test_the_lexicon_holds_what_its_field_says(tmp_path: Path, line: str, field: str, words: Any) -> None:
    (tmp_path / "lexicon.md").write_text(line, encoding="utf-8")
    found: list[Fault] = []
    assert read_lexicon(tmp_path / "lexicon.md", found) == replace(Lexicon(), **{field: words})
    assert found == []


@pytest.mark.parametrize(
    ("line", "what", "is_warning"),
    [
        ("## 形近字\n- 己已 / 巳", "lexicon.md:2: 己已 is not one character", False),
        ("## 问法\n- 难度 / 多难", "lexicon.md:2: no part of a concept is named first", False),
        ("## 不含否定的词\n- 不粘 / 粘锅", "lexicon.md:2: 粘锅 does not begin with one of 不没无非未", False),
        ("## 坏现像\n- 糊锅", "lexicon.md:2: no list is headed '坏现像': this line is not read", True),
    ],
)
def test_a_line_of_the_lexicon_that_cannot_be_read_is_named(
    tmp_path: Path, line: str, what: str, *, is_warning: bool
) -> None:
    (tmp_path / "lexicon.md").write_text(line, encoding="utf-8")
    found: list[Fault] = []
    assert read_lexicon(tmp_path / "lexicon.md", found) == Lexicon()
    (fault,) = found
    assert what in str(fault)
    assert fault.is_warning is is_warning


def test_the_shipped_pack_has_no_fault() -> None:
    _, found = pack_reader.read(Path(__file__).resolve().parents[3] / "content")
    assert [str(fault) for fault in found] == []


def test_paragraphs_join_wrapped_chinese_lines(tmp_path: Path) -> None:
    library = pack_reader.load(write(tmp_path, iou="---\nid: iou\ntitle: IoU\n---\n交并\n比 is\nfine。\n"))
    block = library.by_id["iou"].passages[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert library.by_id["iou"].passages[0].text == "交并比 is fine。"
