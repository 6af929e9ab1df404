"""The part of a transaction about live quizzes: the latest of each group, and what was answered in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, update
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.repositories.awards import last_of
from bot.adapters.store.tables import AttemptRow, GradingRow, LiveRow, MemberRow
from bot.core.groups.live_quiz import LiveAnswer, LivePlan, LiveQuiz, LiveState

_LATEST = select(LiveRow).where(matching(LiveRow.group_id))
_DUE = (
    select(LiveRow)
    .where(LiveRow.wakes_at <= bindparam("now"))
    .order_by(col(LiveRow.wakes_at))
    .limit(bindparam("limit", type_=Integer))
)


class Live(Statements):
    """Live quizzes."""

    def live(self, group_id: int) -> LiveQuiz | None:
        """Return the latest live quiz of a group, running or over."""
        return self._one(_quiz_of, _LATEST, {"group_id": group_id})

    def begin_live(self, quiz: LiveQuiz) -> bool:
        """Write a new quiz of a group; False where one runs there."""
        again = update(LiveRow).where(col(LiveRow.group_id) == quiz.group_id, col(LiveRow.state) == LiveState.OVER)
        if self._run(again.values(**_values(quiz))) == 1:
            return True
        return self._insert_new(LiveRow, _values(quiz)) is not None

    def save_live(self, before: LiveQuiz, after: LiveQuiz) -> bool:
        """Compare and set a quiz; False where its state or its round is no longer what it was before."""
        change = update(LiveRow).where(
            col(LiveRow.group_id) == before.group_id,
            col(LiveRow.number) == before.number,
            col(LiveRow.state) == before.state,
            col(LiveRow.asked) == _listed(before.asked),
            col(LiveRow.is_open) == before.is_open,
        )
        return self._run(change.values(**_values(after))) == 1

    def lives_due(self, now: datetime, limit: int) -> Sequence[LiveQuiz]:
        """Return the quizzes with `wakes_at <= now`, earliest first."""
        return [_quiz_of(row) for row in self._all(_DUE, {"now": now, "limit": limit})]

    def live_answers(self, group_id: int, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        """Return the first answer of each member to each of these deliveries, in the order they came.

        Two learners that have become one may both have answered.
        """
        theirs = (col(MemberRow.group_id) == group_id) & (col(MemberRow.learner_id) == AttemptRow.learner_id)
        found = (
            select(AttemptRow.delivery_id, AttemptRow.learner_id, MemberRow.name, MemberRow.is_hidden)
            .add_columns(col(GradingRow.fraction))
            .select_from(AttemptRow)
            .join(GradingRow, col(GradingRow.id) == last_of(AttemptRow.id))
            .join(MemberRow, theirs)
        )
        found = found.where(col(AttemptRow.delivery_id).in_(delivery_ids)).order_by(col(AttemptRow.id))
        answers: dict[tuple[int, int], LiveAnswer] = {}
        for row in self._all(found):
            answers.setdefault((row.delivery_id, row.learner_id), LiveAnswer(*row))
        return list(answers.values())


def _values(quiz: LiveQuiz) -> dict[str, object]:
    lowest, highest = quiz.plan.difficulty
    return {
        **rows.values_of(quiz, "plan"),
        **rows.values_of(quiz.plan, "difficulty"),
        "topics": _listed(quiz.plan.topics),
        "lowest": lowest,
        "highest": highest,
        "asked": _listed(quiz.asked),
    }


def _quiz_of(row: LiveRow) -> LiveQuiz:
    plan = LivePlan(row.rounds, row.window_s, tuple(row.topics.split()), (row.lowest, row.highest), row.has_short)
    return rows.read(LiveQuiz, row, plan=plan, asked=tuple(map(int, row.asked.split())))


def _listed(ids: Sequence[object]) -> str:
    """Write ids, which hold no white space, as one text."""
    return " ".join(map(str, ids))
