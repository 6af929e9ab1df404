"""The part of a transaction about live quizzes: the latest of each group, and what was answered in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, select

from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables.tables import T
from bot.core.groups.live_quiz import LiveAnswer, LivePlan, LiveQuiz, LiveState

_LATEST = select(T.live).where(matching(T.live.c.group_id))
_DUE = (
    select(T.live)
    .where(T.live.c.wakes_at <= bindparam("now"))
    .order_by(T.live.c.wakes_at)
    .limit(bindparam("limit", type_=Integer))
)


class Live(Statements):
    """Live quizzes."""

    def live(self, group_id: int) -> LiveQuiz | None:
        """Return the latest live quiz of a group, running or over."""
        row = self._first(_LATEST, {"group_id": group_id})
        return _quiz_of(row) if row else None

    def begin_live(self, quiz: LiveQuiz) -> bool:
        """Write a new quiz of a group; False where one runs there."""
        table = T.live
        again = table.update().where(table.c.group_id == quiz.group_id, table.c.state == LiveState.OVER)
        if self._connection.execute(again.values(**_values(quiz))).rowcount == 1:
            return True
        return self._insert_new(table, _values(quiz)) is not None

    def save_live(self, before: LiveQuiz, after: LiveQuiz) -> bool:
        """Compare and set a quiz; False where its state or its round is no longer what it was before."""
        table = T.live
        change = table.update().where(
            table.c.group_id == before.group_id,
            table.c.number == before.number,
            table.c.state == before.state,
            table.c.asked == _listed(before.asked),
            table.c.is_open == before.is_open,
        )
        return self._connection.execute(change.values(**_values(after))).rowcount == 1

    def lives_due(self, now: datetime, limit: int) -> Sequence[LiveQuiz]:
        """Return the quizzes with `wakes_at <= now`, earliest first."""
        return [_quiz_of(row) for row in self._all(_DUE, {"now": now, "limit": limit})]

    def live_answers(self, group_id: int, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        """Return the first answer of each member to each of these deliveries, in the order they came.

        Two learners that have become one may both have answered.
        """
        attempt, grading, member = T.attempt, T.grading, T.member
        last = (
            select(func.max(grading.c.id))
            .where(grading.c.attempt_id == attempt.c.id)
            .correlate(attempt)
            .scalar_subquery()
        )
        columns = (attempt.c.delivery_id, attempt.c.learner_id, member.c.name, member.c.is_hidden, grading.c.fraction)
        theirs = (member.c.group_id == group_id) & (member.c.learner_id == attempt.c.learner_id)
        found = select(*columns).select_from(attempt).join(grading, grading.c.id == last).join(member, theirs)
        found = found.where(attempt.c.delivery_id.in_(delivery_ids)).order_by(attempt.c.id)
        answers: dict[tuple[int, int], LiveAnswer] = {}
        for row in self._connection.execute(found):
            answers.setdefault((row.delivery_id, row.learner_id), LiveAnswer(*row))
        return list(answers.values())


def _values(quiz: LiveQuiz) -> dict[str, object]:
    lowest, highest = quiz.plan.difficulty
    return {
        "group_id": quiz.group_id,
        "number": quiz.number,
        "rounds": quiz.plan.rounds,
        "window_s": quiz.plan.window_s,
        "topics": _listed(quiz.plan.topics),
        "lowest": lowest,
        "highest": highest,
        "has_short": quiz.plan.has_short,
        "begun_by": quiz.begun_by,
        "begun_at": quiz.begun_at,
        "state": quiz.state,
        "asked": _listed(quiz.asked),
        "is_open": quiz.is_open,
        "closes_at": quiz.closes_at,
        "idle": quiz.idle,
        "wakes_at": quiz.wakes_at,
    }


def _quiz_of(row: Row[Any]) -> LiveQuiz:
    plan = LivePlan(row.rounds, row.window_s, tuple(row.topics.split()), (row.lowest, row.highest), row.has_short)
    return LiveQuiz(
        row.group_id,
        row.number,
        plan,
        row.begun_by,
        row.begun_at,
        LiveState(row.state),
        tuple(int(number) for number in row.asked.split()),
        row.is_open,
        row.closes_at,
        row.idle,
        row.wakes_at,
    )


def _listed(ids: Sequence[object]) -> str:
    """Write ids, which hold no white space, as one text."""
    return " ".join(map(str, ids))
