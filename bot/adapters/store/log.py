"""The part of a transaction about the log: attempts, gradings, rubrics, and the cards that are folds of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select

from bot.adapters.store import rows
from bot.adapters.store.statements import Statements
from bot.adapters.store.tables import T
from bot.core.cards import Card, Rating
from bot.core.grading.mark import PASS_FRACTION, Grade
from bot.core.records import Aid, Attempt, Cause, Grading


class Log(Statements):
    """What was answered and how it was graded."""

    def add_attempt(
        self,
        learner_id: int,
        account_id: int,
        delivery_id: int,
        question_id: str,
        text: str,
        sent_at: datetime,
        study_day: date,
        aids: frozenset[Aid],
    ) -> Attempt:
        """Append an attempt."""
        values = {
            "learner_id": learner_id,
            "account_id": account_id,
            "delivery_id": delivery_id,
            "question_id": question_id,
            "text": text,
            "sent_at": sent_at,
            "study_day": study_day,
            "aids": rows.dump_aids(aids),
        }
        made = self._insert(T.attempt, values)
        return Attempt(made, learner_id, account_id, delivery_id, question_id, text, sent_at, study_day, aids)

    def add_grading(
        self,
        attempt_id: int,
        rubric_hash: str,
        rubric_json: str,
        grader_version: str,
        grade: Grade,
        cause: Cause,
        rating: Rating | None,
        at: datetime,
    ) -> Grading:
        """Append a grading, keeping its rubric's text."""
        self._insert_new(T.rubric, {"hash": rubric_hash, "json_text": rubric_json})
        values = {
            "attempt_id": attempt_id,
            "rubric_hash": rubric_hash,
            "grader_version": grader_version,
            "fraction": grade.fraction,
            "reason": grade.reason,
            "points": rows.dump_points(grade.points),
            "cause": cause,
            "rating": int(rating) if rating is not None else None,
            "at": at,
        }
        made = self._insert(T.grading, values)
        return Grading(made, attempt_id, rubric_hash, grader_version, grade, cause, rating, at)

    def active_days(self, learner_id: int) -> Sequence[date]:
        """Return the study days on which a learner answered something, ascending; answers taken back do not count."""
        table = T.attempt
        is_its = (T.grading.c.attempt_id == table.c.id) & (T.grading.c.cause == Cause.WITHDRAWN)
        mine = (table.c.learner_id == learner_id) & (table.c.text != "") & ~exists().where(is_its)
        found = select(table.c.study_day).where(mine).distinct().order_by(table.c.study_day)
        return list(self._connection.execute(found).scalars())

    def failed_questions(self, learner_id: int) -> Sequence[str]:
        """Return the questions whose last mark is below the pass mark, the longest ago first."""
        marked = T.grading.join(T.attempt)
        last = (
            select(func.max(T.grading.c.id))
            .select_from(marked)
            .where(T.attempt.c.learner_id == learner_id, T.grading.c.cause != Cause.WITHDRAWN)
            .group_by(T.attempt.c.question_id)
        )
        failed = T.grading.c.id.in_(last) & (T.grading.c.fraction < PASS_FRACTION)
        found = select(T.attempt.c.question_id).select_from(marked).where(failed).order_by(T.grading.c.id)
        return list(self._connection.execute(found).scalars())

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        """Return a learner's attempts, oldest first."""
        found = select(T.attempt).where(T.attempt.c.learner_id == learner_id)
        if delivery_id is not None:
            found = found.where(T.attempt.c.delivery_id == delivery_id)
        return [rows.attempt_of(row) for row in self._connection.execute(found.order_by(T.attempt.c.id))]

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        """Return a learner's gradings with their attempts, in the order they were made."""
        mine = T.attempt.c.learner_id == learner_id
        if question_id is not None:
            mine &= T.attempt.c.question_id == question_id
        attempts = select(T.attempt).where(mine)
        made = {row.id: rows.attempt_of(row) for row in self._connection.execute(attempts)}
        graded = select(T.grading).join(T.attempt).where(mine).order_by(T.grading.c.id)
        return [(made[row.attempt_id], rows.grading_of(row)) for row in self._connection.execute(graded)]

    def rubric(self, rubric_hash: str) -> str | None:
        """Return the JSON of a rubric that a grading was made by."""
        return self._connection.execute(select(T.rubric.c.json_text).where(T.rubric.c.hash == rubric_hash)).scalar()

    def card(self, learner_id: int, question_id: str) -> Card | None:
        """Return a learner's card of a question."""
        row = self._connection.execute(select(T.card).where(*_card(learner_id, question_id))).first()
        return rows.card_of(row) if row else None

    def cards(self, learner_id: int) -> Sequence[Card]:
        """Return all cards of a learner."""
        found = select(T.card).where(T.card.c.learner_id == learner_id).order_by(T.card.c.question_id)
        return [rows.card_of(row) for row in self._connection.execute(found)]

    def save_card(self, learner_id: int, card: Card) -> None:
        """Write a card."""
        values = {
            "learner_id": learner_id,
            "question_id": card.question_id,
            "stability": card.stability,
            "difficulty": card.difficulty,
            "due": card.due,
            "last_review": card.last_review,
            "state": int(card.state),
            "reps": card.reps,
            "lapses": card.lapses,
            "has_failed": card.has_failed,
            "is_retired": card.is_retired,
        }
        self._put(T.card, ("learner_id", "question_id"), values)

    def drop_card(self, learner_id: int, question_id: str) -> None:
        """Remove a card: nothing of it is rated any more."""
        self._connection.execute(T.card.delete().where(*_card(learner_id, question_id)))


def _card(learner_id: int, question_id: str) -> tuple[ColumnElement[bool], ...]:
    return (T.card.c.learner_id == learner_id, T.card.c.question_id == question_id)
