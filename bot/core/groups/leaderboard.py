"""A group's board: who stands where, over which time, and how long the whole group has kept at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

TEAM_GOAL = 0.5
"""A question keeps the group's streak where its answers have this mean, 0-1."""

TEAM_LOOKS_BACK = 7
"""So many of the group's latest questions make its mean."""
SHOWN_PLACES = 10
"""A board has so many lines; who stands below is told their own."""


class Period(StrEnum):
    """The time that a board is about."""

    WEEK = "week"
    SEASON = "season"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Score:
    """What a member has gathered over some days.

    Attributes:
        points: of the group's questions and of what was recalled alone.
        answers: how many of the group's questions they answered; those they asked the answer of do not count.
    """

    learner_id: int
    name: str
    points: int
    answers: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place; those with the same points and answers share one."""

    place: int
    score: Score


@dataclass(frozen=True, slots=True)
class TeamDay:
    """How a group did at one of its questions.

    Attributes:
        answers: how many members answered; who asked for the answer did not.
        mean: of their points, as a share of the most there is, 0-1; 0 where nobody did.
    """

    day: date
    answers: int
    mean: float


def rank(scores: Sequence[Score]) -> tuple[Standing, ...]:
    """Put scores in order: more points first, then more answers; equal ones share a place, by name."""
    ordered = sorted((s for s in scores if s.points or s.answers), key=_order)
    standings: list[Standing] = []
    for number, score in enumerate(ordered, 1):
        before = standings[-1] if standings else None
        is_tied = before is not None and _strength(before.score) == _strength(score)
        standings.append(Standing(before.place if before and is_tied else number, score))
    return tuple(standings)


def _order(score: Score) -> tuple[int, int, str, int]:
    return -score.points, -score.answers, score.name, score.learner_id


def _strength(score: Score) -> tuple[int, int]:
    return score.points, score.answers


def since(period: Period, today: date) -> date:
    """Return the first day that a board of a period counts: Monday, the first of the quarter, or the very first."""
    match period:
        case Period.WEEK:
            return today - timedelta(days=today.weekday())
        case Period.SEASON:
            return today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
        case Period.ALL:
            return date.min


def team_streak(days: Sequence[TeamDay]) -> int:
    """Count the group's latest questions in a row that somebody answered, with a mean of at least half.

    Args:
        days: the questions whose answer has been revealed, ascending.
    """
    count = 0
    for day in reversed(days):
        if not day.answers or day.mean < TEAM_GOAL:
            break
        count += 1
    return count


def team_mean(days: Sequence[TeamDay]) -> float | None:
    """Return the mean of all answers to the group's latest questions, 0-1; None where nobody answered one.

    Args:
        days: the questions whose answer has been revealed, ascending; the last `TEAM_LOOKS_BACK` count.
    """
    latest = days[-TEAM_LOOKS_BACK:]
    answers = sum(day.answers for day in latest)
    return sum(day.mean * day.answers for day in latest) / answers if answers else None
