"""A card is a fold of the log: replaying a learner's gradings of a question gives its card."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.core.memory.card import DEFAULT_RETENTION, Card, review
from bot.core.records.records import Attempt, Cause, Grading


def fold(log: Iterable[tuple[Attempt, Grading]], retention: float = DEFAULT_RETENTION) -> Card | None:
    """Rebuild a card from the gradings of one learner and one question.

    The last grading of an attempt overrules its earlier ones. One rated review a study day counts: what
    follows on the same day is practice. An attempt taken back rates nothing. "我会了" after an attempt
    retires the card, until it is failed.

    Args:
        log: attempts with their gradings, in the order the gradings were made; all of one question.
        retention: desired retrievability on the due day, 0.8-0.97.

    Returns:
        The card, or None where nothing was rated yet.
    """
    last: dict[int, tuple[Attempt, Grading]] = {}
    retired: set[int] = set()
    for attempt, grading in log:
        last[attempt.id] = (attempt, grading)
        if grading.cause is Cause.RETIRED:
            retired.add(attempt.id)
    card: Card | None = None
    for attempt_id, (attempt, grading) in sorted(last.items()):
        is_practice = card is not None and attempt.study_day <= card.last_review
        if grading.rating is not None and not is_practice:
            card = review(card, attempt.question_id, grading.rating, attempt.study_day, retention)
        if card is not None and attempt_id in retired:
            card = replace(card, is_retired=True)
    return card


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One answer that was rated.

    Attributes:
        day: its study day.
        interval: days since the question was rated before; None for the first time.
    """

    question_id: str
    day: date
    has_passed: bool
    interval: int | None


def reviews(log: Iterable[tuple[Attempt, Grading]]) -> list[Reviewed]:
    """Return what a learner's log counts: the last mark of each attempt that rates something, oldest first."""
    last: dict[int, tuple[Attempt, Grading]] = {}
    for attempt, grading in log:
        last[attempt.id] = (attempt, grading)
    before: dict[str, date] = {}
    found = []
    for _, (attempt, grading) in sorted(last.items()):
        if grading.rating is None:
            continue
        seen = before.get(attempt.question_id)
        interval = (attempt.study_day - seen).days if seen else None
        found.append(Reviewed(attempt.question_id, attempt.study_day, grading.grade.has_passed, interval))
        before[attempt.question_id] = attempt.study_day
    return found
