"""Figures of a learner, reckoned from literal logs."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.content.library import Concept, Library, Passage, Topic
from bot.core.kinds import Open
from bot.core.memory.card import Card
from bot.core.memory.folding import Reviewed
from bot.core.memory.statistics import reckon

DAY = date(2026, 11, 24)


def _concept(name: str, topic: str) -> Concept:
    asked = (Open(f"{name}/q", name, f"{name}?"),)
    return Concept(name, topic, name, passages=(Passage(None, "", ()),), questions=asked)


LIBRARY = Library(
    (Topic("a", "甲"), Topic("b", "乙")),
    tuple(_concept(name, topic) for name, topic in (("one", "a"), ("two", "a"), ("three", "a"), ("four", "b"))),
)


def _card(name: str, due: int, *, lapses: int = 0, has_failed: bool = False, is_retired: bool = False) -> Card:
    due_day = DAY + timedelta(days=due)
    last = DAY - timedelta(days=3)
    return Card(f"{name}/q", 3.0, 5.0, due_day, last, lapses=lapses, has_failed=has_failed, is_retired=is_retired)


LOG = [
    Reviewed("one/q", DAY - timedelta(days=5), has_passed=True, interval=None),
    Reviewed("one/q", DAY - timedelta(days=4), has_passed=False, interval=1),
    Reviewed("two/q", DAY - timedelta(days=4), has_passed=True, interval=None),
    Reviewed("one/q", DAY - timedelta(days=2), has_passed=True, interval=2),
    Reviewed("two/q", DAY, has_passed=False, interval=4),
    Reviewed("one/q", DAY, has_passed=True, interval=2),
]


def test_true_retention_counts_intervals_of_two_days_or_more() -> None:
    found = reckon(LOG, (), LIBRARY, DAY)
    assert (found.attempts, found.passed) == (6, 4)
    assert (found.recalls, found.recalled) == (3, 2 / 3)
    assert [count for _, count in found.a_day] == [1, 2, 1, 2]


def test_without_long_intervals_there_is_no_retention() -> None:
    assert reckon(LOG[:3], (), LIBRARY, DAY).recalled is None


def test_the_forecast_counts_what_is_overdue_as_today_and_leaves_the_retired_out() -> None:
    cards = [_card("one", -3), _card("two", 2), _card("three", 8), _card("four", 0, is_retired=True), _card("gone", 0)]
    found = reckon((), cards, LIBRARY, DAY)
    assert found.forecast == (1, 0, 1, 0, 0, 0, 0, 0)
    assert found.known == 4


def test_topics_with_something_learnt_are_listed() -> None:
    found = reckon((), [_card("one", 0), _card("two", 0)], LIBRARY, DAY)
    assert [(m.topic_id, m.known, m.total, round(m.recall, 2)) for m in found.topics] == [("a", 2, 3, 0.9)]


def test_what_was_failed_last_is_weakest() -> None:
    cards = [_card("one", 0, lapses=1), _card("two", 0, has_failed=True), _card("three", 0)]
    assert reckon((), cards, LIBRARY, DAY).weakest == ("two", "one")
