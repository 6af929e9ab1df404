"""Markdown as people write it is made regular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.adapters.importing import naming
from bot.adapters.importing.pictures import replaced, within
from bot.adapters.markdown import parser
from bot.adapters.markdown.loose_markdown import split_front, tame
from bot.adapters.markdown.verbatim import kept_whole
from bot.core.content.document import Block, Code, Formula, Heading, Math, Paragraph, Text, walk


def _blocks(text: str) -> list[Block]:
    return [block for placed in parser.parse(tame(text)) for block in walk(placed.block)]


@pytest.mark.parametrize(
    ("text", "formulas", "inline"),
    [
        ("令 $ x$ 等于 $y $", [], ["x", "y"]),
        ("公式\n$$\na\n= b\n$$\n其中", ["a = b"], []),
        ("公式 $$a=b$$ 其中", ["a=b"], []),
        ("* 项\n\n  文字\n  $$\n  a\n  - b\n  $$\n  后文", ["a - b"], []),
        ("* 项\n\n  \t\t$x$ 是长度", [], ["x"]),
        ("> 引\n> $$\n> a\n> $$\n", ["a"], []),
        ("\t$$a$$", ["a"], []),
        ("| 甲 | 乙 |\n|---|---|\n| $$a$$ | b |", [], []),
        ("## 标题 $$a$$", [], ["a"]),
        ("`$$` 是进程号，`$$` 也是", [], []),
        ("只有一个 $$ 没有另一个\n\n# 标题\n\n$$ 远处", [], []),
        ("```sh\necho $$ $HOME $$\n```", [], []),
    ],
    ids=[
        "blanks inside dollars",
        "a formula glued to its paragraph",
        "a formula within a line",
        "a line of a formula that begins like a list",
        "tabs that make code of a formula",
        "a formula in a quotation",
        "a formula behind a tab",
        "a display formula in a table stays in its cell",
        "a display formula in a heading becomes an inline one",
        "dollars in code spans are no formula",
        "a stray pair of dollars does not swallow a heading",
        "dollars in a fence are no formula",
    ],
)
def test_formulas_are_found(text: str, formulas: list[str], inline: list[str]) -> None:
    blocks = _blocks(text)
    assert [block.latex for block in blocks if isinstance(block, Formula)] == formulas
    lines = (block.inlines for block in blocks if isinstance(block, Paragraph | Heading))
    assert [span.latex for line in lines for span in line if isinstance(span, Math)] == inline


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("前文\n\n    后面这一段缩进了\n", False),
        ("前文\n\n    # 计算长度\n    n = len(x)\n", True),
        ("前文\n\n    pip install x\n", True),
        ("* 项\n\n      再缩进的一段说明文字\n", False),
        ("* 项\n\n      for x in y:\n", True),
    ],
    ids=["prose", "code with a comment", "a command", "prose in an item", "code in an item"],
)
def test_deep_lines_are_code_only_where_they_read_as_code(text: str, *, is_code: bool) -> None:
    assert any(isinstance(block, Code) for block in _blocks(text)) is is_code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>c</b><br/>d", "a **c** d"),
        ('<img src="a b.png" alt="图" width=50%>', "![图](<a b.png>)"),
        ('<a href="x">y</a> <a name="z"></a>', "[y](<x>) "),
        ("x<sup>2</sup> a<sub>i</sub>", "x^2 a_i"),
        ("<h2 align=center>标题</h2>", "\n\n## 标题\n\n"),
        ("甲<!-- 不给人看 -->乙", "甲 乙"),
        ("`<b>` 与 $a<b>c$ 与 List<String>", "`<b>` 与 $a<b>c$ 与 List<String>"),
        ("```\n<b>x</b>\n```", "```\n<b>x</b>\n```"),
        ("1 < 2 且 3 > 2", "1 < 2 且 3 > 2"),
    ],
    ids=[
        "bold and breaks",
        "pictures",
        "links and anchors",
        "powers and indices",
        "headings",
        "comments",
        "code, formulas and unknown tags",
        "fences",
        "comparisons",
    ],
)
def test_tags_become_markdown(text: str, expected: str) -> None:
    assert tame(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲][x] [乙][] [丙]\n\n[x]: /1\n[乙]: </2>\n[丙]: /3", "[甲](</1>) [乙](</2>) [丙](</3>)"),
        ("[![图][i]][x]\n\n[x]: /1\n[i]: /2", "[![图](</2>)](</1>)"),
        ("没有用到\n\n[x]: /1", "没有用到\n\n[x]: /1"),
        ("`[x]`\n\n[x]: /1", "`[x]`\n\n[x]: /1"),
    ],
    ids=["every form", "a picture in a link", "one that nothing uses stays", "code uses nothing"],
)
def test_links_hold_their_own_target(text: str, expected: str) -> None:
    assert tame(text).strip() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a |\n|---|\n| b | lost |", Code("| a |\n|---|\n| b | lost |")),
        ("```yaml question\nid: x\n```", Code("id: x")),
        ("```c\nint x;", Code("int x;")),
        ("```", Code("")),
        ("# 标题", Heading((Text("标题"),), level=3)),
        ("标题\n===", Heading((Text("标题"),), level=3)),
        ("普通的 **话**", Paragraph((Text("普通的 "), Text("话", bold=True)))),
    ],
    ids=[
        "cells beyond the table",
        "a question of another pack",
        "a fence left open",
        "a fence and no more",
        "a heading",
        "an underlined heading",
        "plain text",
    ],
)
def test_what_markdown_would_swallow_is_kept(text: str, expected: Block) -> None:
    whole = kept_whole(text)
    assert whole.blocks == (expected,)
    assert tuple(placed.block for placed in parser.parse(whole.text)) == (expected,)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("in.png", "sub/in.png"),
        ("%E5%9B%BE%201.png", "sub/图 1.png"),
        ("../up.png", "up.png"),
        ("../../out.png", ""),
        ("/etc/passwd.png", ""),
        ("https://example.org/in.png", ""),
        ("//example.org/in.png", ""),
        ("file:///in.png", ""),
        ("secret.txt", ""),
        ("x" * 5000 + ".png", ""),
        ("link.png", ""),
        ("", ""),
    ],
)
def test_pictures_are_read_within_the_folder_alone(tmp_path: Path, target: str, expected: str) -> None:
    root = tmp_path / "doc"
    (root / "sub").mkdir(parents=True)
    for name in ("sub/in.png", "sub/图 1.png", "up.png", "../out.png", "sub/secret.txt"):
        (root / name).write_bytes(b"x")
    (root / "sub" / "link.png").symlink_to(tmp_path / "out.png")
    assert within(target, root / "sub", root) == expected


def test_no_spelling_of_a_picture_keeps_a_target_that_was_not_checked() -> None:
    for text in (
        "![a](x.png)",
        "![a[b]](x.png)",
        "![a\nb](x.png)",
        "![a](<x y.png> 'z')",
        "![[[a]]](x.png)",
        "- ![](x.png)",
    ):
        blocks = [block for placed in parser.parse(replaced(text, lambda _: "")) for block in walk(placed.block)]
        assert "x.png" not in [getattr(block, "path", "") for block in blocks]


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("---\ntitle: 甲\ntags:\n  - x\n---\n正文", "title: 甲\ntags:\n  - x\n"),
        ("---\n一句话\n---\n正文", ""),
        ("正文\n---\na: b\n---", ""),
    ],
    ids=["front matter", "a sentence between rules", "rules further down"],
)
def test_front_matter_is_told_from_rules(text: str, front: str) -> None:
    assert split_front(text)[0] == front


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("什么是感受野？", "shen-me-shi-gan-shou-ye"),
        ("Batch Normalization", "batch-normalization"),
        ("C++ 与 C#", "c-yu-c"),
        ("x" * 100, "x" * 27),
        ("ёлка", "section-"),
    ],
)
def test_ids_are_short_ascii_words(title: str, id_: str) -> None:
    assert naming.slug(title).startswith(id_)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", naming.slug(title))


def test_ids_and_names_stand_once() -> None:
    assert naming.unique(["a", "a", "a-2", "a"]) == ["a", "a-2", "a-2-2", "a-3"]
    found = naming.names(["感受野（RF）", "RF 的计算"], ["**池化** **池化**", "**池化**"], [["池化"], []])
    assert found == [("RF", "感受野", "池化"), ()]
