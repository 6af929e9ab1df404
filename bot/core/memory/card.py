"""What a learner remembers of a question, and when it should come back: FSRS on study days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import cache
from typing import cast

import fsrs


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
        is_retired: the learner knows it for good ("我会了"): it is not asked again until it is failed elsewhere.
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
    is_retired: bool = False


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
        is_retired=card is not None and card.is_retired and rating is not Rating.AGAIN,
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
