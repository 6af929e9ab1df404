"""A card is a fold of the log: replaying a learner's gradings of a question gives its card."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.records import Attempt, Grading
from bot.core.scheduling import DEFAULT_RETENTION, Card, review


def fold(log: Iterable[tuple[Attempt, Grading]], retention: float = DEFAULT_RETENTION) -> Card | None:
    """Rebuild a card from the gradings of one learner and one question.

    The last grading of an attempt overrules its earlier ones. One rated review a study day counts: what
    follows on the same day is practice. An attempt taken back rates nothing.

    Args:
        log: attempts with their gradings, in the order the gradings were made; all of one question.
        retention: desired retrievability on the due day.

    Returns:
        The card, or None where nothing was rated yet.
    """
    last: dict[int, tuple[Attempt, Grading]] = {}
    for attempt, grading in log:
        last[attempt.id] = (attempt, grading)
    card: Card | None = None
    for _, (attempt, grading) in sorted(last.items()):
        is_practice = card is not None and attempt.study_day <= card.last_review
        if grading.rating is not None and not is_practice:
            card = review(card, attempt.question_id, grading.rating, attempt.study_day, retention)
    return card
