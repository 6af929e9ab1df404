"""What the default setting comes to: held by the simulated year."""

from __future__ import annotations

import pytest

from bot.cli import main
from bot.cli.evaluate.simulate import Plan, simulate
from bot.core.content.library import Library
from bot.core.memory.coverage import SEEN, expected


def test_a_year_at_the_default_keeps_the_wanted_retention(pack: Library) -> None:
    course = simulate(pack, Plan(days=365, seed=1))
    rights = [is_right for _, is_right in course.recalls]
    assert len(rights) > 500
    assert abs(sum(rights) / len(rights) - 0.9) <= 0.03
    assert max(course.a_day.values()) <= 3


def test_after_a_holiday_the_backlog_is_spread(pack: Library) -> None:
    course = simulate(pack, Plan(days=120, seed=1, away=30))
    assert max(course.a_day.values()) <= 3
    assert sum(course.a_day[number] for number in range(75, 85)) > 20, "there was something to catch up with"


def test_the_same_seed_gives_the_same_course(pack: Library) -> None:
    one, two = (simulate(pack, Plan(days=60, seed=7)) for _ in range(2))
    assert (one.cards, one.a_day) == (two.cards, two.a_day)


def test_what_learners_are_told_is_what_the_simulation_shows(pack: Library) -> None:
    course = simulate(pack, Plan(days=90, seed=1))
    assert abs(len(course.cards) - SEEN[3][0]) <= 0.2 * SEEN[3][0]


@pytest.mark.parametrize(("a_day", "quarter"), [(0, 0), (1, 18), (2.5, 38), (5, 62), (8, 83)])
def test_in_between_is_in_between(a_day: float, quarter: int) -> None:
    assert abs(expected(a_day)[0] - quarter) <= 1


def test_the_command_prints_a_line_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--days", "61", "--seed", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["month", "questions", "recalled", "seen"]
    assert "most questions on one day: 3 of 3" in lines
