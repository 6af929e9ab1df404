"""Places, the time a board is about, and how the whole group does."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.groups.leaderboard import (
    TEAM_GOAL,
    TEAM_LOOKS_BACK,
    Period,
    Score,
    TeamDay,
    rank,
    since,
    team_mean,
    team_streak,
)

DAY = date(2026, 11, 24)

# points and answers by name, and the names in order with their places
BOARDS: dict[str, tuple[dict[str, tuple[int, int]], list[tuple[int, str]]]] = {
    "nobody": ({}, []),
    "who has nothing is not on it": ({"Ann": (0, 0), "Bob": (3, 1)}, [(1, "Bob")]),
    "who answered and earned nothing is on it": ({"Ann": (0, 2)}, [(1, "Ann")]),
    "more points come first": ({"Ann": (8, 1), "Bob": (10, 1)}, [(1, "Bob"), (2, "Ann")]),
    "of equal points more answers come first": ({"Ann": (8, 1), "Bob": (8, 2)}, [(1, "Bob"), (2, "Ann")]),
    "equals share a place and the next one is left out": (
        {"Dan": (1, 1), "Cat": (8, 1), "Bob": (8, 1), "Ann": (9, 1)},
        [(1, "Ann"), (2, "Bob"), (2, "Cat"), (4, "Dan")],
    ),
    "all equal": ({"Bob": (5, 1), "Ann": (5, 1), "Cat": (5, 1)}, [(1, "Ann"), (1, "Bob"), (1, "Cat")]),
}


@pytest.mark.parametrize(("members", "expected"), BOARDS.values(), ids=BOARDS)
def test_a_board_stands_as(members: dict[str, tuple[int, int]], expected: list[tuple[int, str]]) -> None:
    scores = [Score(n, name, *strength) for n, (name, strength) in enumerate(members.items())]
    assert [(standing.place, standing.score.name) for standing in rank(scores)] == expected


SCORES = st.lists(
    st.builds(
        Score, st.integers(1, 9999), st.sampled_from(["Ann", "Bob", "王", ""]), st.integers(0, 9), st.integers(0, 3)
    ),
    max_size=30,
    unique_by=lambda score: score.learner_id,
)


@given(SCORES)
def test_a_place_is_one_more_than_those_who_are_better(scores: list[Score]) -> None:
    standings = rank(scores)
    strengths = [(standing.score.points, standing.score.answers) for standing in standings]
    assert sorted(s.score.learner_id for s in standings) == sorted(
        s.learner_id for s in scores if s.points or s.answers
    )
    assert strengths == sorted(strengths, reverse=True)
    for standing, strength in zip(standings, strengths, strict=True):
        assert standing.place == 1 + sum(other > strength for other in strengths)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_they_come_in_changes_nothing(scores: list[Score], random: Random) -> None:
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert rank(shuffled) == rank(scores)


@pytest.mark.parametrize(
    ("today", "monday", "quarter"),
    [
        ("2026-11-24", "2026-11-23", "2026-10-01"),
        ("2026-11-23", "2026-11-23", "2026-10-01"),
        ("2026-11-29", "2026-11-23", "2026-10-01"),
        ("2027-01-01", "2026-12-28", "2027-01-01"),
        ("2026-03-31", "2026-03-30", "2026-01-01"),
        ("2026-04-01", "2026-03-30", "2026-04-01"),
        ("2026-05-31", "2026-05-25", "2026-04-01"),
        ("2028-02-29", "2028-02-28", "2028-01-01"),
        ("2026-12-31", "2026-12-28", "2026-10-01"),
    ],
)
def test_a_period_begins_on(today: str, monday: str, quarter: str) -> None:
    day = date.fromisoformat(today)
    assert since(Period.WEEK, day).isoformat() == monday
    assert since(Period.SEASON, day).isoformat() == quarter
    assert since(Period.ALL, day) == date.min


@given(st.dates(date(1, 1, 8)), st.sampled_from(Period))
def test_today_is_in_every_period(today: date, period: Period) -> None:
    first = since(period, today)
    assert first <= today
    assert since(period, max(first, date(1, 1, 8))) <= max(first, date(1, 1, 8))


def _days(*each: tuple[int, float]) -> list[TeamDay]:
    return [TeamDay(DAY + timedelta(days=n), answers, mean) for n, (answers, mean) in enumerate(each)]


# the questions in order, as answers and mean; the streak; the mean of the last
TEAMS: dict[str, tuple[list[TeamDay], int, float | None]] = {
    "no question yet": ([], 0, None),
    "nobody answered": (_days((0, 0.0)), 0, None),
    "half is enough": (_days((3, 0.5)), 1, 0.5),
    "a little less is not": (_days((3, 0.49)), 0, 0.49),
    "a question that nobody answered breaks it": (_days((1, 1.0), (0, 0.0), (2, 0.8), (1, 0.6)), 2, 0.8),
    "a bad one breaks it": (_days((1, 1.0), (4, 0.2)), 0, 0.36),
    "what is long ago does not count for the mean": (_days((9, 0.0), *[(1, 0.7)] * TEAM_LOOKS_BACK), 7, 0.7),
}


@pytest.mark.parametrize(("days", "streak", "mean"), TEAMS.values(), ids=TEAMS)
def test_a_team_does(days: list[TeamDay], streak: int, mean: float | None) -> None:
    assert team_streak(days) == streak
    assert team_mean(days) == (None if mean is None else pytest.approx(mean))


@given(st.lists(st.builds(TeamDay, st.just(DAY), st.integers(0, 5), st.floats(0, 1)), max_size=20))
def test_a_streak_grows_by_one_good_question_and_ends_with_a_bad_one(days: list[TeamDay]) -> None:
    good, bad, none = TeamDay(DAY, 1, TEAM_GOAL), TeamDay(DAY, 1, TEAM_GOAL - 0.01), TeamDay(DAY, 0, 0.0)
    assert team_streak([*days, good]) == team_streak(days) + 1
    assert team_streak([*days, bad]) == team_streak([*days, none]) == 0
    mean = team_mean(days)
    assert mean is None or -1e-9 <= mean <= 1 + 1e-9
