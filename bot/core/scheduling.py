"""When a question comes back (FSRS on study days) and when the next push is due (local wall time)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

import fsrs

DAY_STARTS_AT = time(4, 0)
"""A study day begins at this local time: who answers at one in the morning is still in yesterday."""

ALL_WEEK = frozenset(range(7))


class Rating(IntEnum):
    """How well a question was recalled; FSRS's own scale."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a card stands; FSRS's own numbers."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One learner's memory of one question: a fold of the rated reviews in the log.

    Attributes:
        question_id: what is remembered.
        stability: days until retrievability falls to 0.9; > 0.
        difficulty: 1-10.
        due: the study day on which it should be asked again.
        last_review: the study day of the last rated review.
        reps: rated reviews so far.
        lapses: rated reviews that failed after the first.
        has_failed: the last rated review failed.
    """

    question_id: str
    stability: float
    difficulty: float
    due: date
    last_review: date
    state: State = State.REVIEW
    reps: int = 1
    lapses: int = 0
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """When and how much to push.

    Attributes:
        times: local wall times of the pushes, ascending; at least one.
        timezone: IANA name.
        weekdays: 0 is Monday.
        per_push: questions per push, 1-5.
        topics: topic ids to draw from; empty for all.
    """

    times: tuple[time, ...]
    timezone: str
    weekdays: frozenset[int] = field(default=ALL_WEEK)
    per_push: int = 1
    topics: tuple[str, ...] = ()


def study_day(moment: datetime, timezone: str) -> date:
    """Return the study day a moment falls in, for a learner in a time zone."""
    local = moment.astimezone(ZoneInfo(timezone))
    return (local - timedelta(hours=DAY_STARTS_AT.hour, minutes=DAY_STARTS_AT.minute)).date()


def civil_day(moment: datetime, timezone: str) -> date:
    """Return the calendar date of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


@dataclass(frozen=True, slots=True)
class Slot:
    """One push that is to happen.

    Attributes:
        at: aware UTC.
        local_date: the civil date it belongs to, in the schedule's zone.
        ordinal: its place among the pushes of that date, from 0.
    """

    at: datetime
    local_date: date
    ordinal: int


def next_slot(schedule: Schedule, after: datetime) -> Slot:
    """Return the first slot strictly after a moment.

    A wall time that does not exist that night moves to the first minute after the gap; one that happens
    twice fires the first time only; a local date that a zone skipped has no slot.
    """
    zone = ZoneInfo(schedule.timezone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    for _ in range(400):
        if day.weekday() in schedule.weekdays:
            for ordinal, wall in enumerate(schedule.times):
                at = _instant(day, wall, zone)
                if at is not None and at > after:
                    return Slot(at, day, ordinal)
        day += timedelta(days=1)
    raise ValueError("the schedule has no weekday")


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime | None:
    """Return the UTC instant of a local wall time, or None where the zone skipped that whole date."""
    naive = datetime.combine(day, wall)
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == naive:
        return instant
    return _after_gap(day, naive, zone)


def _after_gap(day: date, naive: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant after the gap that swallowed a wall time, if it is on the same date.

    The reading of a missing wall time by the offset before the gap (fold=0) lies after the gap, the one by
    the offset after it (fold=1) before; the edge is found by halving the time between them.
    """
    high = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    low = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    edge = high.replace(microsecond=0)
    return edge if edge.astimezone(zone).date() == day else None


DEFAULT_RETENTION = 0.9
"""The share of due questions that should still be known; learners may choose 0.8-0.97."""


def review(
    card: Card | None, question_id: str, rating: Rating, day: date, retention: float = DEFAULT_RETENTION
) -> Card:
    """Fold one rated review into a card.

    FSRS-6 by the `fsrs` package, without learning steps and without fuzz: a new card comes back after
    2, 11, 46, ... days of Good, a failed one on the next study day. FSRS reckons in study days, given
    as midnights of UTC, so that the hour of an answer never costs a day of interval.

    Args:
        card: the memory so far; None for a first review.
        rating: how it was recalled.
        day: the study day of the review.
        retention: desired retrievability on the due day, 0.8-0.97.

    Returns:
        The new card; `due` is later than `day`.
    """
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    before = fsrs.Card(card_id=0, due=midnight) if card is None else _to_fsrs(card)
    after, _ = _scheduler(retention).review_card(before, fsrs.Rating(rating), review_datetime=midnight)
    tomorrow = day + timedelta(days=1)
    has_lapsed = card is not None and rating is Rating.AGAIN
    return Card(
        question_id=question_id,
        stability=cast("float", after.stability),
        difficulty=cast("float", after.difficulty),
        due=tomorrow if rating is Rating.AGAIN else max(after.due.date(), tomorrow),
        last_review=day,
        state=State(after.state),
        reps=(card.reps if card else 0) + 1,
        lapses=(card.lapses if card else 0) + has_lapsed,
        has_failed=rating is Rating.AGAIN,
    )


def rate(*, has_passed: bool, had_help: bool) -> Rating:
    """Return the rating an answer earns: failed Again, passed with help Hard, passed Good."""
    if not has_passed:
        return Rating.AGAIN
    return Rating.HARD if had_help else Rating.GOOD


def retrievability(card: Card, day: date) -> float:
    """Return the probability (0-1) that a question is still known on a study day."""
    midnight = datetime.combine(max(day, card.last_review), time(), tzinfo=UTC)
    return float(_scheduler(DEFAULT_RETENTION).get_card_retrievability(_to_fsrs(card), current_datetime=midnight))


@cache
def _scheduler(retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _to_fsrs(card: Card) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(card.state),
        step=None,
        stability=card.stability,
        difficulty=card.difficulty,
        due=datetime.combine(card.due, time(), tzinfo=UTC),
        last_review=datetime.combine(card.last_review, time(), tzinfo=UTC),
    )
