"""Questions, answers and the names in lists are told from other text."""

from __future__ import annotations

import pytest

from bot.adapters.importing.outline import sections
from bot.adapters.importing.sections import split_parts
from bot.adapters.markdown.loose_markdown import tame


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
