"""The part of the store in memory about answers, marks and cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.grading.mark import Grade
from bot.core.memory.card import Card, Rating
from bot.core.records.records import (
    Aid,
    Attempt,
    Cause,
    Grading,
)
from tests.fake_rows import MemoryRows


@dataclass
class MemoryLog(MemoryRows):
    """Attempts, gradings, rubrics and cards."""

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
        made = Attempt(
            len(self.answers) + 1, learner_id, account_id, delivery_id, question_id, text, sent_at, study_day, aids
        )
        self.answers.append(made)
        return made

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
        self.rubrics.setdefault(rubric_hash, rubric_json)
        made = Grading(len(self.graded) + 1, attempt_id, rubric_hash, grader_version, grade, cause, rating, at)
        self.graded.append(made)
        return made

    def active_days(self, learner_id: int) -> Sequence[date]:
        taken_back = {g.attempt_id for g in self.graded if g.cause is Cause.WITHDRAWN}
        mine = [a for a in self.attempts(learner_id) if a.text and a.id not in taken_back]
        return sorted({a.study_day for a in mine})

    def failed_questions(self, learner_id: int) -> Sequence[str]:
        last = {a.question_id: g for a, g in self.gradings(learner_id) if g.cause is not Cause.WITHDRAWN}
        failed = sorted((g.id, q) for q, g in last.items() if not g.grade.has_passed)
        return [question_id for _, question_id in failed]

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        return [a for a in self.answers if a.learner_id == learner_id and delivery_id in (None, a.delivery_id)]

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        mine = {a.id: a for a in self.attempts(learner_id) if question_id in (None, a.question_id)}
        return [(mine[g.attempt_id], g) for g in self.graded if g.attempt_id in mine]

    def rubric(self, rubric_hash: str) -> str | None:
        return self.rubrics.get(rubric_hash)

    def card(self, learner_id: int, question_id: str) -> Card | None:
        return self.memory.get((learner_id, question_id))

    def cards(self, learner_id: int) -> Sequence[Card]:
        return [card for (owner, _), card in sorted(self.memory.items()) if owner == learner_id]

    def save_card(self, learner_id: int, card: Card) -> None:
        self.memory[learner_id, card.question_id] = card

    def drop_card(self, learner_id: int, question_id: str) -> None:
        self.memory.pop((learner_id, question_id), None)
