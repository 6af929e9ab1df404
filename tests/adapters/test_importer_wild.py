"""Markdown as people write it is made regular, and no word of any text is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters import importer, markdown, naming
from bot.adapters.drafts import Reading, read_drafts
from bot.adapters.outline import sections
from bot.adapters.parts import split_parts
from bot.adapters.pictures import replaced, within
from bot.adapters.verbatim import kept_whole
from bot.adapters.wild import split_front, tame
from bot.core.document import Block, Code, Formula, Heading, Math, Paragraph, Text, source_text, walk

FIXTURE = Path(__file__).resolve().parents[1] / "golden" / "import"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[A-Za-z0-9]+|[一-鿿]", text))


def _told(reading: Reading) -> str:
    """Return all that is told or reported."""
    told = [heading for _, heading in reading.headings]
    for draft in reading.drafts:
        told += [draft.title] if not draft.origin else []
        told += [line for passage in draft.passages for line in (passage.title, source_text(passage.blocks))]
    return "\n".join(told)


def _blocks(text: str) -> list[Block]:
    return [block for placed in markdown.parse(tame(text)) for block in walk(placed.block)]


def test_no_word_of_the_document_is_lost() -> None:
    source = (FIXTURE / "notes.md").read_text(encoding="utf-8")
    source = re.sub(
        r"\]\([^)]*\)|<[^>]*>|^\[rfc\]:",
        "",
        source.replace("```python", "```").replace("x<sup>", "x^"),
        flags=re.MULTILINE,
    )
    numbers_and_marks = _words("1 2 3 Q A rfc https example org dns")
    assert _words(source) - _words(_told(read_drafts(FIXTURE / "notes.md"))) - numbers_and_marks == Counter()


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
    ("text", "titles"),
    [
        ("# 甲\n\n1. 什么是栈\n\n   后进先出\n\n2. 什么是队列\n\n   先进先出", ["什么是栈", "什么是队列"]),
        ("# 甲\n\n1. 什么是栈？\n   后进先出\n2. 什么是队列？\n   先进先出", ["什么是栈？", "什么是队列？"]),
        ("# 甲\n\n- 栈是什么？\n\n  后进先出\n\n- 队列是什么？\n\n  先进先出", ["栈是什么？", "队列是什么？"]),
        ("# 面试题\n\n1. 栈\n\n   后进先出\n\n2. 队列\n\n   先进先出", ["栈", "队列"]),
        ("# Usage\n\n1. Install\n\n   pip\n\n2. Run\n\n   go", []),
        ("# 甲\n\nQ: 什么是栈\nA: 后进先出\nQ: 什么是队列\nA: 先进先出", ["什么是栈", "什么是队列"]),
        ("# 甲\n\n**问题1：** 什么是栈\n\n**答：** 后进先出", ["什么是栈"]),
        ("# 甲\n\n1、什么是栈？\n后进先出\n2、什么是队列？\n先进先出", ["什么是栈？", "什么是队列？"]),
        ("# 甲\n\n**什么是栈？**\n\n后进先出\n\n**这句话很重要。**\n\n先进后出", ["什么是栈？"]),
        ("# 甲\n\n开头\n\n栈和队列有什么区别\n\n* 一头\n* 两头", ["栈和队列有什么区别"]),
        ("# 甲\n\n<details><summary>什么是栈？</summary>后进先出</details>", ["什么是栈？"]),
        ("# 甲\n\nA. 一\n\nB. 二", []),
    ],
    ids=[
        "a numbered list of questions",
        "a tight list of questions",
        "bullets that ask",
        "a heading that announces questions",
        "steps are no questions",
        "Q and A line by line",
        "marked in bold",
        "numbered as Chinese texts are",
        "a bold question, but not a bold sentence",
        "a question over a list",
        "a question to unfold",
        "options are no answers",
    ],
)
def test_questions_are_sections(text: str, titles: list[str]) -> None:
    found = sections(tame(text), "doc")
    assert [section.title for section in found[2:]] == titles
    assert all(section.text for section in found[2:])


def test_an_answer_is_without_its_mark() -> None:
    found = sections(tame("# 甲\n\n**Q1: 什么是栈**\n\n**答案：** 后进先出\n"), "doc")
    assert (found[2].title, found[2].text) == ("什么是栈", "后进先出")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "发展",
            "* SENet\n\n  SENet 对通道加权。\n\n* CBAM\n\n  CBAM 再对位置加权。",
            [("SENet", False), ("CBAM", False)],
        ),
        (
            "发展",
            "* SENet\n\n  SENet 是一种通道注意力机制，它先压缩每个通道，再学出各个通道的权重，最后乘回特征图。",
            [("SENet", True)],
        ),
        (
            "卷积",
            "* 缺点\n\n  缺点是计算量大，而且感受野有限，要叠很多层才看得到全局的信息，这就慢了。",
            [("缺点", False)],
        ),
        ("卷积", "* 一\n* 二", []),
        ("卷积", "* 这是一个完整的句子。\n\n  下文\n\n* 分组\n\n  下文", [("分组", False)]),
    ],
    ids=["names of short texts", "a term explained at length", "a facet", "bare items", "a sentence is no name"],
)
def test_lists_name_parts(title: str, text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(part.lead, part.is_term) for part in split_parts(title, text).parts] == expected


def test_what_follows_a_picture_under_a_name_belongs_to_it() -> None:
    parted = split_parts("卷积", "* 分组\n\n  ![](a.png)\n\n上图把通道分成组。\n\n* 空洞\n\n  隔着取点\n\n结束")
    assert [(part.lead, part.text) for part in parted.parts] == [
        ("分组", "![](a.png)\n\n上图把通道分成组。"),
        ("空洞", "隔着取点\n\n结束"),
    ]


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
    assert tuple(placed.block for placed in markdown.parse(whole.text)) == (expected,)


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
        blocks = [block for placed in markdown.parse(replaced(text, lambda _: "")) for block in walk(placed.block)]
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


# --- any text at all -------------------------------------------------------------------------------------

_LINES = st.sampled_from(
    (
        *("# 甲", "## B c", "* x", "  * y", "1. 问题", "   答", "$$", "$$a$$ b", "\t$x$", "> q", "```", "**Q:** 为何"),
        *("A: 因为", "", "text", "| a | b |", "|---|---|", "| c | d | e |", "<div>", "![a](b.png)", "- [ ] t", "Title"),
        *(
            "=====",
            "---",
            "3.  三",
            "    code",
            "UDP 与 TCP 有什么区别",
            "<b>z</b>",
            "[k]: u",
            "[k]",
            "> - 1. w",
            "~~~",
        ),
        *("* 名\n\n  名是什么的说明", "**什么？**", "`v", "v`", "&amp;", "<!--", "-->", "\\", "    甲乙", "1、何？"),
    )
)
_PLAIN = re.compile(r"<!--(?:(?!<!--).)*?-->|</?(?:div|b)>|&amp;|\]: ?u|\(b\.png\)", re.DOTALL)


def _read(text: str, folder: Path) -> Reading:
    (folder / "doc.md").write_text(text, encoding="utf-8", newline="")
    return read_drafts(folder / "doc.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(lines=st.lists(_LINES, max_size=16))
def test_any_lines_keep_their_words(folder: Path, lines: list[str]) -> None:
    text = "x\n\n" + "\n".join(lines)
    told = _words(_told(_read(text, folder)).replace("&amp;", ""))
    lost = _words(_PLAIN.sub(" ", text)) - told
    assert set(lost) <= {"1", "3", "Q", "A", "问题", "k"}, text


@given(text=st.text(max_size=300))
def test_any_text_keeps_its_letters(folder: Path, text: str) -> None:
    text = "x\n\n" + text.encode(errors="replace").decode()
    told = Counter(char for char in _told(_read(text, folder)) if char.isalpha())
    assert Counter(char for char in re.sub(r"<[^>]*>|&\w+;", "", text) if char.isalpha()) - told == Counter()


@given(text=st.text(alphabet="#*_`$[]()!<>|-\\ \n\t1.ab中：:?？>~=&;", max_size=200))
def test_any_marks_can_be_read(folder: Path, text: str) -> None:
    (folder / "doc.md").write_text(text, encoding="utf-8")
    importer.read_document(folder / "doc.md")
