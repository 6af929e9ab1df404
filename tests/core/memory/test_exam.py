"""Plans towards an exam: what is covered, in turns over the topics, and the list of the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.content.library import Concept, Library, Passage, Topic
from bot.core.kinds import Open
from bot.core.memory.card import Card
from bot.core.memory.exam import LAST_DAY_ITEMS, plan
from bot.core.memory.selection import Need

DAY = date(2026, 11, 24)


def _concept(name: str) -> Concept:
    asked = (Open(f"{name}/q", name, f"{name}?", difficulty=1 + (name == "a9")),)
    return Concept(name, name[0], name, passages=(Passage(None, "", ()),), questions=asked)


LIBRARY = Library(
    (Topic("a", "甲"), Topic("b", "乙")), tuple(_concept(f"{t}{n}") for t in "ab" for n in range(12 if t == "a" else 4))
)


def _card(name: str, *, stability: float = 1.0, is_retired: bool = False) -> Card:
    return Card(f"{name}/q", stability, 5.0, DAY, DAY, is_retired=is_retired)


@pytest.mark.parametrize(
    ("days", "a_day", "expected"),
    [
        (-1, 3, None),
        (0, 3, (0, 0, 16)),
        (6, 3, (0, 0, 16)),
        (7, 3, (2, 2, 14)),
        (9, 3, (2, 6, 10)),
        (30, 3, (1, 16, 0)),
        (7, 1, (1, 1, 15)),
        (7, 50, (16, 16, 0)),
    ],
    ids=["past", "today", "in the last week", "a week", "nine days", "a month", "one a day", "many a day"],
)
def test_so_much_is_covered(days: int, a_day: int, expected: tuple[int, int, int] | None) -> None:
    found = plan((), LIBRARY, Need(DAY, exam=DAY + timedelta(days=days)), a_day)
    assert (found and (found.new_a_day, len(found.covered), len(found.uncovered))) == expected


def test_every_topic_gets_its_part() -> None:
    found = plan((), LIBRARY, Need(DAY, exam=DAY + timedelta(days=10)), 3)  # four days, two a day
    assert found
    assert [concept.topic_id for concept in found.covered].count("b") == 2
    assert len(found.covered) == 8


def test_only_what_is_wanted_is_planned() -> None:
    need = Need(DAY, exam=DAY + timedelta(days=60), topics=("a",), difficulty=(2, 5))
    found = plan((), LIBRARY, need, 3)
    assert found
    assert [concept.id for concept in found.covered] == ["a9"]


def test_the_last_day_lists_the_least_sure_and_not_what_is_known_for_good() -> None:
    cards = [_card(f"a{n}", stability=1.0 + n) for n in range(12)]
    cards += [_card("b0", stability=500), _card("b1", is_retired=True)]
    found = plan(cards, LIBRARY, Need(DAY, exam=DAY + timedelta(days=30)), 3)
    assert found
    assert found.last_day == tuple(f"a{n}/q" for n in range(LAST_DAY_ITEMS))
