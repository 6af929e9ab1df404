from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grading import Grader, Verdict
from bot.core.kinds import Choice, Cloze, Option, Ordering, Question

OPTIONS = (
    Option("0", is_right=False, why="这是 NMS：达到阈值直接置 0"),
    Option("0.24", is_right=True, why="0.8 × 0.3"),
    Option("0.8", is_right=False, why="要降分"),
    Option("不变", is_right=False, why="IoU 达到了阈值"),
)
_ASKED = (Choice(f"c/{n}", "c", "之后是多少？", options=OPTIONS) for n in range(999))
CHOICE = next(question for question in _ASKED if question.shown_order() == (0, 1, 2, 3))

TAKEN = {
    "its letter": ("B", 1.0, "0.8 × 0.3"),
    "its letter, small, with a dot": ("b.", 1.0, "0.8 × 0.3"),
    "its letter in a sentence": ("我选 B", 1.0, "0.8 × 0.3"),
    "its number": ("2", 1.0, "0.8 × 0.3"),
    "its number in Chinese": ("第二个", 1.0, "0.8 × 0.3"),
    "its text": ("0.24", 1.0, "0.8 × 0.3"),
    "its value": ("24%", 1.0, "0.8 × 0.3"),
    "its text in a sentence": ("应该是0.24", 1.0, "0.8 × 0.3"),
    "the text of an option that is also a number": ("0", 0.0, "这是 NMS：达到阈值直接置 0"),
    "a wrong letter": ("D", 0.0, "IoU 达到了阈值"),
    "wrong text": ("分数不变", 0.0, "IoU 达到了阈值"),
}


@pytest.mark.parametrize(("answer", "fraction", "why"), TAKEN.values(), ids=TAKEN)
def test_the_option_taken_gives_its_reason(engine: Grader, answer: str, fraction: float, why: str) -> None:
    grade = engine.grade(CHOICE, answer)
    assert (grade.fraction, grade.points[0].note) == (fraction, why)


@pytest.mark.parametrize("answer", ["", "E", "9", "都不对吧", "A B"])
def test_no_option_is_told_apart_from_a_wrong_one(engine: Grader, answer: str) -> None:
    grade = engine.grade(CHOICE, answer)
    assert (grade.reason, grade.points[0].verdict) == ("no-option", Verdict.MISSED)


CLOZE = Cloze("c/z", "c", "____ 用于 ____。", blanks=(("RPN", "区域建议网络"), ("1/4", "0.25")))
FILLED = {
    "both": ("RPN，0.25", 1.0),
    "numbered": ("1. RPN；2. 1/4", 1.0),
    "separated by spaces": ("rpn 25%", 1.0),
    "one of two": ("区域建议网络，0.3", 0.5),
    "one given": ("RPN", 0.5),
    "none": ("不知道", 0.0),
}


@pytest.mark.parametrize(("answer", "fraction"), FILLED.values(), ids=FILLED)
def test_blanks_are_graded_in_turn(engine: Grader, answer: str, fraction: float) -> None:
    assert engine.grade(CLOZE, answer).fraction == fraction


ORDER = Ordering("c/o", "c", "排序", items=("排序", "取最高分", "删掉重叠", "重复"))
ORDERS = {
    "labels": ("3 2 1 4", 1.0),
    "letters": ("CBAD", 1.0),
    "digits together": ("3214", 1.0),
    "arrows": ("3→2→1→4", 1.0),
    "texts": ("排序，取最高分，删掉重叠，重复", 1.0),
    "one moved": ("3 2 4 1", 0.1667),
    "reversed": ("4123", 0.0),
    "a label twice": ("1 1 2 3", 0.0),
    "too few": ("1 2", 0.0),
    "no order": ("随便", 0.0),
}


def test_items_are_shown_out_of_order() -> None:
    assert [ORDER.items[index] for index in ORDER.shown_order()] == ["删掉重叠", "取最高分", "排序", "重复"]
    in_order = replace(ORDER, items=("a", "b", "c"))
    assert in_order.shown_order() == (1, 2, 0)


@pytest.mark.parametrize(("answer", "fraction"), ORDERS.values(), ids=ORDERS)
def test_an_order_is_right_as_a_whole(engine: Grader, answer: str, fraction: float) -> None:
    assert engine.grade(ORDER, answer).fraction == fraction


@given(st.sampled_from([CHOICE, CLOZE, ORDER]), st.text(max_size=100))
def test_any_text_is_taken(engine: Grader, question: Question, text: str) -> None:
    assert 0.0 <= engine.grade(question, text).fraction <= 1.0
