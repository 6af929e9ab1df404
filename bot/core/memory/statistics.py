"""A learner's figures: how much was recalled when it was due, what comes, how far each topic is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.content.library import Library
from bot.core.memory.card import Card, retrievability
from bot.core.memory.folding import Reviewed

FORECAST_DAYS = 7
RECALL_FROM_DAYS = 2
"""Shorter intervals tell little about memory: they are left out of the true retention."""
WEAKEST = 3
A_MONTH = 5
"""Recalls that a month must have to be worth a point on the line."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """How far a topic is.

    Attributes:
        known: questions that were learnt.
        total: questions that there are.
        recall: the mean probability, 0-1, that what was learnt is known today.
    """

    topic_id: str
    known: int
    total: int
    recall: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """What /stats shows.

    Attributes:
        attempts: rated answers.
        passed: those that passed.
        recalls: answers after an interval of two days or more.
        recalled: the share of those that passed, 0-1: the true retention; None where there are none.
        known: questions that were learnt.
        forecast: how many are due today, and on each of the seven days after it.
        topics: topics with something learnt.
        weakest: ids of the concepts most likely forgotten, the weakest first.
        a_day: answers by study day.
        months: first day of a month, share recalled in it (0-1); months with few answers are left out.
    """

    attempts: int
    passed: int
    recalls: int
    recalled: float | None
    known: int
    forecast: tuple[int, ...]
    topics: tuple[Mastery, ...]
    weakest: tuple[str, ...]
    a_day: tuple[tuple[date, int], ...]
    months: tuple[tuple[date, float], ...]


def reckon(log: Sequence[Reviewed], cards: Sequence[Card], library: Library, day: date) -> Statistics:
    """Reckon the figures of one learner on a study day.

    Args:
        log: what was rated, oldest first.
        cards: the memory of it.
    """
    known = [card for card in cards if card.question_id in library.questions]
    later = [review for review in log if review.interval is not None and review.interval >= RECALL_FROM_DAYS]
    recalled = sum(review.has_passed for review in later) / len(later) if later else None
    counts = Counter(review.day for review in log)
    return Statistics(
        attempts=len(log),
        passed=sum(review.has_passed for review in log),
        recalls=len(later),
        recalled=recalled,
        known=len(known),
        forecast=_forecast(known, day),
        topics=tuple(_topics(known, library, day)),
        weakest=_weakest(known, library, day),
        a_day=tuple(sorted(counts.items())),
        months=tuple(_months(later)),
    )


def _months(later: Sequence[Reviewed]) -> list[tuple[date, float]]:
    months: dict[date, list[bool]] = {}
    for review in later:
        months.setdefault(review.day.replace(day=1), []).append(review.has_passed)
    return [(month, sum(passed) / len(passed)) for month, passed in sorted(months.items()) if len(passed) >= A_MONTH]


def _forecast(cards: Sequence[Card], day: date) -> tuple[int, ...]:
    counts = Counter(max(card.due, day) for card in cards if not card.is_retired)
    return tuple(counts[day + timedelta(days=ahead)] for ahead in range(FORECAST_DAYS + 1))


def _topics(cards: Sequence[Card], library: Library, day: date) -> list[Mastery]:
    found = []
    for topic in library.topics:
        ids = {q.id for concept in library.of_topic(topic.id) for q in concept.questions}
        recalls = [retrievability(card, day) for card in cards if card.question_id in ids]
        if recalls:
            found.append(Mastery(topic.id, len(recalls), len(ids), sum(recalls) / len(recalls)))
    return found


def _weakest(cards: Sequence[Card], library: Library, day: date) -> tuple[str, ...]:
    """Return the concepts of what was failed last, or is least likely known."""
    shaky = [card for card in cards if card.has_failed or card.lapses]
    order = sorted(shaky, key=lambda card: (not card.has_failed, retrievability(card, day), card.question_id))
    return tuple(dict.fromkeys(library.questions[card.question_id].concept_id for card in order))[:WEAKEST]
