"""What is told of everybody's answers when a group's answer is revealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grading.mark import PointMark, Verdict
from bot.core.groups.group import Answered
from bot.core.groups.reveal import MAX_QUOTE, PointTally, Tally, tally

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
HIT, MISSED, WRONG = Verdict.HIT, Verdict.MISSED, Verdict.CONTRADICTED


def _answered(name: str, fraction: float, minute: int = 0, *verdicts: Verdict) -> Answered:
    points = tuple(PointMark(f"p{n}", f"第 {n} 点", verdict, None) for n, verdict in enumerate(verdicts, 1))
    number = sum(map(ord, name))
    return Answered(
        number, number, name, f"{name}的话", NOON + timedelta(minutes=minute), fraction, points, False, False
    )


def test_nobody_answered() -> None:
    assert tally([]) == Tally(0, 0, 0.0, ())
    assert tally([replace(_answered("Ann", 0.0), text="")]) == Tally(0, 0, 0.0, ()), "she was shown the answer"


def test_answers_are_counted_point_by_point() -> None:
    found = tally(
        [
            _answered("Ann", 1.0, 0, HIT, HIT, HIT),
            _answered("Bob", 0.6, 1, HIT, MISSED, HIT),
            _answered("Cat", 0.2, 2, MISSED, WRONG, HIT),
            _answered("Dan", 0.2, 3, MISSED, MISSED, HIT),
        ]
    )
    assert (found.answers, found.passed) == (4, 2)
    assert found.mean == pytest.approx(0.5)
    assert found.points == (
        PointTally("第 1 点", 2, 0),
        PointTally("第 2 点", 2, 1),
        PointTally("第 3 点", 0, 0),
    )


def test_who_has_the_whole_mark_has_missed_nothing() -> None:
    found = tally([_answered("Ann", 1.0, 0, HIT, MISSED), _answered("Bob", 0.9, 1, HIT, MISSED)])
    assert found.points == (PointTally("第 1 点", 0, 0), PointTally("第 2 点", 1, 0))


def test_a_point_that_a_mark_names_twice_counts_once() -> None:
    twice = replace(_answered("Ann", 0.0), points=(PointMark("p1", "甲", MISSED, None),) * 2)
    assert tally([twice]).points[0].missed == 1


FIRST: dict[str, tuple[list[Answered], str]] = {
    "the earliest who passed": ([_answered("Ann", 0.7, 9), _answered("Bob", 1.0, 3), _answered("Cat", 0.5, 1)], "Bob"),
    "nobody passed": ([_answered("Ann", 0.59)], ""),
    "a hidden one was first, so nobody else was": (
        [replace(_answered("Ann", 1.0, 1), is_hidden=True), _answered("Bob", 1.0, 2)],
        "",
    ),
    "of the same second the one that came in first": (
        [replace(_answered("Ann", 1.0), attempt_id=9), replace(_answered("Bob", 1.0), attempt_id=8)],
        "Bob",
    ),
}


@pytest.mark.parametrize(("answers", "first"), FIRST.values(), ids=FIRST)
def test_who_was_first(answers: list[Answered], first: str) -> None:
    assert tally(answers).first == first


IMPROVED: dict[str, tuple[list[Answered], tuple[str, float] | None]] = {
    "nobody has a usual mark yet": ([_answered("Ann", 1.0)], None),
    "a fifth is enough, however the machine writes it": ([replace(_answered("Ann", 0.7), usual=0.5)], ("Ann", 0.2)),
    "less is not": ([replace(_answered("Ann", 0.69), usual=0.5)], None),
    "the furthest": (
        [replace(_answered("Ann", 0.9), usual=0.5), replace(_answered("Bob", 0.7), usual=0.1)],
        ("Bob", 0.6),
    ),
    "of equals the earliest": (
        [replace(_answered("Zoe", 0.9, 1), usual=0.5), replace(_answered("Ann", 0.9, 2), usual=0.5)],
        ("Zoe", 0.4),
    ),
    "of equals the earliest, whatever the name": (
        [replace(_answered("Ann", 0.9, 1), usual=0.5), replace(_answered("Zoe", 0.9, 2), usual=0.5)],
        ("Ann", 0.4),
    ),
    "a hidden one is passed over": (
        [replace(_answered("Ann", 1.0), usual=0.0, is_hidden=True), replace(_answered("Bob", 0.9), usual=0.5)],
        ("Bob", 0.4),
    ),
}


@pytest.mark.parametrize(("answers", "improved"), IMPROVED.values(), ids=IMPROVED)
def test_who_rose(answers: list[Answered], improved: tuple[str, float] | None) -> None:
    assert tally(answers).improved == improved


QUOTED: dict[str, tuple[list[Answered], str]] = {
    "with its author's leave": ([replace(_answered("Ann", 0.9), is_quotable=True)], "Ann"),
    "not without": ([_answered("Ann", 1.0)], ""),
    "not a weak one": ([replace(_answered("Ann", 0.79), is_quotable=True)], ""),
    "not a long one": ([replace(_answered("Ann", 1.0), is_quotable=True, text="长" * (MAX_QUOTE + 1))], ""),
    "not of somebody hidden": ([replace(_answered("Ann", 1.0), is_quotable=True, is_hidden=True)], ""),
    "the best": (
        [replace(_answered(name, mark), is_quotable=True) for name, mark in (("Ann", 0.8), ("Bob", 1.0))],
        "Bob",
    ),
    "of equals the earliest": (
        [replace(_answered(name, 1.0, minute), is_quotable=True) for name, minute in (("Ann", 5), ("Bob", 2))],
        "Bob",
    ),
}


@pytest.mark.parametrize(("answers", "name"), QUOTED.values(), ids=QUOTED)
def test_whose_words_are_quoted(answers: list[Answered], name: str) -> None:
    assert tally(answers).quote == ((name, f"{name}的话") if name else None)


@st.composite
def _answers(draw: st.DrawFn) -> list[Answered]:
    verdicts = st.lists(st.sampled_from(Verdict), max_size=4)
    names = draw(st.lists(st.sampled_from("ABCDEFGH"), unique=True))
    return [
        replace(
            _answered(name, draw(st.floats(0, 1)), draw(st.integers(0, 3)), *draw(verdicts)),
            text=draw(st.sampled_from(["", "话"])),
            is_quotable=draw(st.booleans()),
            is_hidden=draw(st.booleans()),
            usual=draw(st.none() | st.floats(0, 1)),
        )
        for name in names
    ]


@given(_answers())
def test_a_hidden_member_is_counted_and_never_named(answers: list[Answered]) -> None:
    found = tally(answers)
    shown = {each.name for each in answers if each.text and not each.is_hidden}
    named = {found.first, *(each[0] for each in (found.improved, found.quote) if each)} - {""}
    assert named <= shown
    assert found.answers == sum(bool(each.text) for each in answers)


@given(_answers(), st.randoms(use_true_random=False))
def test_shares_are_shares_and_order_changes_nothing(answers: list[Answered], random: Random) -> None:
    found = tally(answers)
    assert 0 <= found.passed <= found.answers
    assert 0 <= found.mean <= 1
    assert all(point.missed + point.wrong <= found.answers for point in found.points)
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert tally(shuffled) == found
