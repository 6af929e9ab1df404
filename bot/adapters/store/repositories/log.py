"""The part of a transaction about the log: attempts, gradings, rubrics, and the cards that are folds of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, exists, func
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables import AttemptRow, CardRow, GradingRow, RubricRow
from bot.core.grading.mark import PASS_FRACTION
from bot.core.memory.card import Card
from bot.core.records.records import Attempt, Cause, Grading

_IS_TAKEN_BACK = exists().where(col(GradingRow.attempt_id) == AttemptRow.id, col(GradingRow.cause) == Cause.WITHDRAWN)
_ACTIVE_DAYS = (
    select(col(AttemptRow.study_day))
    .where(matching(AttemptRow.learner_id), AttemptRow.text != "", ~_IS_TAKEN_BACK)
    .distinct()
    .order_by(col(AttemptRow.study_day))
)
_LAST_MARKS = (
    select(func.max(GradingRow.id))
    .join(AttemptRow)
    .where(matching(AttemptRow.learner_id), GradingRow.cause != Cause.WITHDRAWN)
    .group_by(col(AttemptRow.question_id))
)
_FAILED = (
    select(AttemptRow.question_id)
    .join(GradingRow)
    .where(col(GradingRow.id).in_(_LAST_MARKS), GradingRow.fraction < PASS_FRACTION)
    .order_by(col(GradingRow.id))
)
_MINE, _ASKED = matching(AttemptRow.learner_id), matching(AttemptRow.question_id)
_ATTEMPTS = select(AttemptRow).where(_MINE)
_ATTEMPTS_IN_ORDER = _ATTEMPTS.order_by(col(AttemptRow.id))
_ATTEMPTS_AT = _ATTEMPTS.where(matching(AttemptRow.delivery_id)).order_by(col(AttemptRow.id))
_GRADINGS = select(GradingRow).join(AttemptRow).where(_MINE)
_OF_ALL = _ATTEMPTS, _GRADINGS.order_by(col(GradingRow.id))
_OF_QUESTION = _ATTEMPTS.where(_ASKED), _GRADINGS.where(_ASKED).order_by(col(GradingRow.id))
_RUBRIC = select(RubricRow.json_text).where(matching(RubricRow.hash))
_CARDS = select(CardRow).where(matching(CardRow.learner_id))
_CARD = _CARDS.where(matching(CardRow.question_id))
_CARDS_IN_ORDER = _CARDS.order_by(col(CardRow.question_id))
_DROP_CARD = delete(CardRow).where(matching(CardRow.learner_id, CardRow.question_id))


class Log(Statements):
    """What was answered and how it was graded."""

    def add_attempt(self, attempt: Attempt) -> Attempt:
        """Append an attempt; return it with its id."""
        values = rows.values_of(attempt, "id") | {"aids": rows.dump_aids(attempt.aids)}
        return replace(attempt, id=self._insert(AttemptRow, values))

    def add_grading(self, grading: Grading, rubric_json: str) -> Grading:
        """Append a grading, keeping its rubric's text; return it with its id."""
        self._insert_new(RubricRow, {"hash": grading.rubric_hash, "json_text": rubric_json})
        values = {
            **rows.values_of(grading, "id", "grade"),
            "fraction": grading.grade.fraction,
            "reason": grading.grade.reason,
            "points": rows.dump_points(grading.grade.points),
        }
        return replace(grading, id=self._insert(GradingRow, values))

    def active_days(self, learner_id: int) -> Sequence[date]:
        """Return the study days on which a learner answered something, ascending; answers taken back do not count."""
        return self._all(_ACTIVE_DAYS, {"learner_id": learner_id})

    def failed_questions(self, learner_id: int) -> Sequence[str]:
        """Return the questions whose last mark is below the pass mark, the longest ago first."""
        return self._all(_FAILED, {"learner_id": learner_id})

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        """Return a learner's attempts, oldest first."""
        found = _ATTEMPTS_IN_ORDER if delivery_id is None else _ATTEMPTS_AT
        values = {"learner_id": learner_id, "delivery_id": delivery_id}
        return [rows.attempt_of(row) for row in self._all(found, values)]

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        """Return a learner's gradings with their attempts, in the order they were made."""
        attempts, gradings = _OF_ALL if question_id is None else _OF_QUESTION
        values = {"learner_id": learner_id, "question_id": question_id}
        made = {row.id: rows.attempt_of(row) for row in self._all(attempts, values)}
        return [(made[row.attempt_id], rows.grading_of(row)) for row in self._all(gradings, values)]

    def rubric(self, rubric_hash: str) -> str | None:
        """Return the JSON of a rubric that a grading was made by."""
        return self._first(_RUBRIC, {"hash": rubric_hash})

    def card(self, learner_id: int, question_id: str) -> Card | None:
        """Return a learner's card of a question."""
        return self._one(rows.card_of, _CARD, {"learner_id": learner_id, "question_id": question_id})

    def cards(self, learner_id: int) -> Sequence[Card]:
        """Return all cards of a learner."""
        return [rows.card_of(row) for row in self._all(_CARDS_IN_ORDER, {"learner_id": learner_id})]

    def save_card(self, learner_id: int, card: Card) -> None:
        """Write a card."""
        self._put(CardRow, ("learner_id", "question_id"), {"learner_id": learner_id, **rows.values_of(card)})

    def drop_card(self, learner_id: int, question_id: str) -> None:
        """Remove a card: nothing of it is rated any more."""
        self._run(_DROP_CARD, {"learner_id": learner_id, "question_id": question_id})
