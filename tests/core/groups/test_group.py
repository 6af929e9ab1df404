"""Which question a group gets, and what an answer to it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Concept, Library, Passage, Topic
from bot.core.groups.group import (
    CONCEPT_RESTS,
    RECALL_CAP,
    RESTS,
    GroupMode,
    GroupNeed,
    Memory,
    choose_for_group,
    points_of,
    recall_points,
)
from bot.core.kinds import Choice, Open, Question
from bot.core.memory.selection import Because, Reason
from bot.core.scheduling.schedule import Schedule
from tests.sample_questions import question_of

DAY = date(2026, 11, 24)
SCHEDULE = Schedule((time(8),), "Asia/Shanghai")
LONG_AGO = DAY - timedelta(days=60)


def _concept(name: str, topic: str, *kinds: type[Question]) -> Concept:
    asked = tuple(question_of(kind, f"{name}/{n}", f"{name} {n}?", n + 1) for n, kind in enumerate(kinds))
    return Concept(name, topic, name, passages=(Passage(None, "", ()),), questions=asked)


LIBRARY = Library(
    (Topic("a", "甲"), Topic("b", "乙")),
    (
        _concept("one", "a", Open, Choice),
        _concept("two", "a", Open),
        _concept("three", "b", Choice, Open, Open),
        _concept("four", "b", Open),
    ),
)
ALL = tuple(LIBRARY.questions)


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _need(
    memory: Mapping[str, Memory] | None = None,
    asked: Mapping[str, date] | None = None,
    *,
    active: int = 4,
    mode: GroupMode = GroupMode.PRIVATE,
    schedule: Schedule = SCHEDULE,
) -> GroupNeed:
    return GroupNeed(DAY, schedule, mode, active, memory or {}, asked or {})


def _seen(due: int, seen: int, days_ago: int = 9) -> Memory:
    return Memory(due, seen, _ago(days_ago))


ALL_SEEN = {question: _seen(0, 4) for question in ALL}
# what the group is like, the question it gets, and why
CHOICES: dict[str, tuple[GroupNeed, str, Reason]] = {
    "a new group begins at the beginning": (_need(active=0), "one/0", Reason(Because.GROUP_NEW)),
    "what is new to most": (_need({"one/0": _seen(0, 4)}), "two/0", Reason(Because.GROUP_NEW)),
    "what is new to some, said so": (
        _need({**ALL_SEEN, "four/0": _seen(0, 1)}),
        "four/0",
        Reason(Because.GROUP_PARTLY, place=3, total=4),
    ),
    "what is due for most": (
        _need({"four/0": _seen(3, 3), "two/0": _seen(2, 4)}),
        "four/0",
        Reason(Because.GROUP_DUE, place=3, total=4),
    ),
    "due for two is as much as new to four": (_need({"two/0": _seen(2, 4)}), "one/0", Reason(Because.GROUP_NEW)),
    "due for one is more than new to one": (
        _need({**ALL_SEEN, "two/0": _seen(0, 3), "four/0": _seen(1, 4)}),
        "four/0",
        Reason(Because.GROUP_DUE, place=1, total=4),
    ),
    "where all is known the order of study, said to be early": (
        _need(ALL_SEEN),
        "one/0",
        Reason(Because.AHEAD, days=9),
    ),
    "not what the group had lately": (_need(asked={"one/0": _ago(8)}), "two/0", Reason(Because.GROUP_NEW)),
    "nor another of its concept within the week": (
        _need(asked={"one/0": _ago(6), "two/0": _ago(6)}),
        "three/0",
        Reason(Because.GROUP_NEW),
    ),
    "not what somebody had yesterday": (
        _need({"one/0": _seen(0, 1, 1), "two/0": _seen(0, 1, 0)}),
        "three/0",
        Reason(Because.GROUP_NEW),
    ),
    "what somebody had yesterday rather than what the group had": (
        _need({question: _seen(0, 1, 1) for question in ALL}, {q: _ago(20) for q in ALL if q != "two/0"}),
        "two/0",
        Reason(Because.GROUP_PARTLY, place=3, total=4),
    ),
    "a rested concept gives way before the question itself comes again": (
        _need(asked={q: _ago(5) for q in ALL if q != "one/1"}),
        "one/1",
        Reason(Because.GROUP_NEW),
    ),
    "and then what was longest ago": (
        _need(asked={q: _ago(n) for n, q in enumerate(ALL, 1)}),
        ALL[-1],
        Reason(Because.GROUP_NEW),
    ),
    "what was asked long ago may come again": (
        _need(asked=dict.fromkeys(ALL, _ago(30))),
        "one/0",
        Reason(Because.GROUP_NEW),
    ),
    "topics": (_need(schedule=replace(SCHEDULE, topics=("b",))), "three/0", Reason(Because.GROUP_NEW)),
    "difficulty": (_need(schedule=replace(SCHEDULE, difficulty=(3, 5))), "three/2", Reason(Because.GROUP_NEW)),
    "polls ask what has options": (
        _need({"one/1": _seen(0, 4)}, mode=GroupMode.POLL),
        "three/0",
        Reason(Because.GROUP_NEW),
    ),
    "what is no longer in the pack counts for nothing": (
        _need({"gone/0": _seen(4, 4)}, {"gone/1": DAY}),
        "one/0",
        Reason(Because.GROUP_NEW),
    ),
}


@pytest.mark.parametrize(("need", "question", "reason"), CHOICES.values(), ids=CHOICES)
def test_a_group_gets(need: GroupNeed, question: str, reason: Reason) -> None:
    found = choose_for_group(LIBRARY, need)
    assert found is not None
    assert (found.question.id, found.reason) == (question, reason)


def test_where_nothing_fits_nothing_is_asked() -> None:
    assert choose_for_group(LIBRARY, _need(schedule=replace(SCHEDULE, difficulty=(5, 5)))) is None
    assert choose_for_group(LIBRARY, _need(schedule=replace(SCHEDULE, topics=("c",)))) is None
    assert choose_for_group(Library((), ()), _need()) is None


@st.composite
def _needs(draw: st.DrawFn) -> GroupNeed:
    active = draw(st.integers(0, 6))
    known = draw(st.lists(st.sampled_from(ALL), unique=True)) if active else []
    seen = {q: draw(st.integers(1, active)) for q in known}
    memory = {q: _seen(draw(st.integers(0, n)), n, draw(st.integers(0, 20))) for q, n in seen.items()}
    asked = {q: _ago(draw(st.integers(0, 50))) for q in draw(st.lists(st.sampled_from(ALL), unique=True))}
    low = draw(st.integers(1, 4))
    schedule = replace(
        SCHEDULE,
        topics=tuple(draw(st.lists(st.sampled_from(["a", "b"]), unique=True, max_size=2))),
        difficulty=(low, draw(st.integers(low, 5))),
    )
    return _need(memory, asked, active=active, mode=draw(st.sampled_from(GroupMode)), schedule=schedule)


def _fits(need: GroupNeed, question: Question) -> bool:
    low, high = need.schedule.difficulty
    topics = need.schedule.topics or ("a", "b")
    is_in_mode = need.mode is GroupMode.PRIVATE or isinstance(question, Choice)
    return LIBRARY.by_id[question.concept_id].topic_id in topics and low <= question.difficulty <= high and is_in_mode


def _rests(need: GroupNeed, question: Question) -> bool:
    return question.id in need.asked and DAY - need.asked[question.id] < RESTS


@given(_needs())
def test_whatever_is_chosen_is_wanted_and_chosen_again(need: GroupNeed) -> None:
    found = choose_for_group(LIBRARY, need)
    fitting = [question for question in LIBRARY.questions.values() if _fits(need, question)]
    assert (found is not None) == bool(fitting)
    assert found == choose_for_group(LIBRARY, need)
    assert found is None or found.question in fitting


@given(_needs())
def test_nothing_comes_again_while_there_is_something_else(need: GroupNeed) -> None:
    found = choose_for_group(LIBRARY, need)
    if found is None:
        return
    rested = [q for q in LIBRARY.questions.values() if _fits(need, q) and not _rests(need, q)]
    concepts = {LIBRARY.questions[q].concept_id for q, day in need.asked.items() if DAY - day < CONCEPT_RESTS}
    assert not rested or found.question in rested
    assert found.question.concept_id not in concepts or all(q.concept_id in concepts for q in rested)


@given(_needs())
def test_of_what_rested_nothing_is_worth_more(need: GroupNeed) -> None:
    need = replace(need, asked={})
    found = choose_for_group(LIBRARY, need)
    if found is None:
        return

    def worth(question: Question) -> tuple[bool, float]:
        known = need.memory.get(question.id, Memory(0, 0, LONG_AGO))
        return known.last < _ago(1), known.due + (need.active - known.seen) / 2

    assert worth(found.question) == max(worth(q) for q in LIBRARY.questions.values() if _fits(need, q))


@pytest.mark.parametrize(
    ("fraction", "had_help", "points"),
    [
        (0.0, False, 0),
        (0.04, False, 0),
        (0.05, False, 1),
        (0.25, False, 3),
        (0.65, False, 7),
        (0.75, False, 8),
        (0.85, False, 9),
        (1.0, False, 10),
        (1.0, True, 8),
        (0.85, True, 7),
        (0.1, True, 0),
    ],
)
def test_an_answer_is_worth(fraction: float, points: int, *, had_help: bool) -> None:
    assert points_of(fraction, had_help=had_help) == points


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_better_answer_is_never_worth_less(one: float, other: float, had_help: bool) -> None:
    worse, better = sorted((one, other))
    assert 0 <= points_of(worse, had_help=had_help) <= points_of(better, had_help=had_help) <= 10
    assert points_of(one, had_help=True) <= points_of(one, had_help=False)


@given(st.integers(0, 40))
def test_a_day_of_recalling_brings_so_much_and_no_more(times: int) -> None:
    today: list[int] = []
    for _ in range(times):
        today.append(recall_points(today))
    assert sum(today) == min(RECALL_CAP, 2 * times)
