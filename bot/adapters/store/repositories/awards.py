"""The part of a transaction about what answers are worth in study groups, and what the groups are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, bindparam, case, func, or_, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.repositories.groups import questions_of
from bot.adapters.store.tables.tables import T
from bot.core.groups.group import QUESTION_POINTS, Answered, Award, UnheardMark
from bot.core.groups.leaderboard import Score, TeamDay
from bot.core.records.records import Cause, DeliveryKind, DeliveryState, OwnerKind

TEAM_DAYS: Final = 400
"""So many questions of a group are looked back on for its streak."""

_AWARD = select(T.award).where(matching(T.award.c.attempt_id))
_AWARD_FOR = select(T.award).where(matching(T.award.c.delivery_id, T.award.c.learner_id))
_RECALLED = select(T.award.c.points).where(matching(T.award.c.learner_id, T.award.c.day), T.award.c.group_id.is_(None))


class Awards(Statements):
    """Points, boards, and marks that could not be said alone."""

    def add_award(self, award: Award) -> bool:
        """Write what an answer is worth; False where the learner's answer to this delivery counts already."""
        values = {
            "attempt_id": award.attempt_id,
            "learner_id": award.learner_id,
            "group_id": award.group_id,
            "delivery_id": award.delivery_id,
            "day": award.day,
            "points": award.points,
            "is_quotable": award.is_quotable,
        }
        return self._insert_new(T.award, values) is not None

    def save_award(self, award: Award) -> None:
        """Write what an answer is worth now, and whether it may be quoted."""
        values = {"attempt_id": award.attempt_id, "points": award.points, "is_quotable": award.is_quotable}
        self._change(T.award, ("attempt_id",), values)

    def award(self, attempt_id: int) -> Award | None:
        """Return what an attempt is worth; None where it does not count."""
        row = self._first(_AWARD, {"attempt_id": attempt_id})
        return Award(*row) if row else None

    def award_for(self, delivery_id: int, learner_id: int) -> Award | None:
        """Return what a learner's answer to a delivery is worth; None where none counts."""
        row = self._first(_AWARD_FOR, {"delivery_id": delivery_id, "learner_id": learner_id})
        return Award(*row) if row else None

    def recalled_on(self, learner_id: int, day: date) -> Sequence[int]:
        """Return the points that a learner has for what was recalled alone on a study day."""
        return [row.points for row in self._all(_RECALLED, {"learner_id": learner_id, "day": day})]

    def answered(self, delivery_id: int) -> Sequence[Answered]:
        """Return the answers to a group's question that count, in the order they came, with the marks that hold.

        What was taken back is none.
        """
        award, attempt, grading, member = T.award, T.attempt, T.grading, T.member
        columns: list[ColumnElement[Any]] = [
            attempt.c.id,
            attempt.c.learner_id,
            member.c.name,
            attempt.c.text,
            attempt.c.sent_at,
            grading.c.fraction,
            grading.c.points,
            award.c.is_quotable,
            member.c.is_hidden,
            _usual().label("usual"),
        ]
        found = (
            select(*columns)
            .select_from(award)
            .join(attempt, attempt.c.id == award.c.attempt_id)
            .join(grading, grading.c.id == _last_of(attempt.c.id))
            .join(member, (member.c.group_id == award.c.group_id) & (member.c.learner_id == award.c.learner_id))
            .where(award.c.delivery_id == delivery_id, grading.c.cause != Cause.WITHDRAWN)
            .order_by(attempt.c.id)
        )
        return [_answered_of(row) for row in self._connection.execute(found).all()]

    def scores(self, group_id: int, first: date, last: date) -> Sequence[Score]:
        """Return what the members gathered between two days, without those who are hidden or have left."""
        award, member, attempt = T.award, T.member, T.attempt
        is_theirs = (award.c.learner_id == member.c.learner_id) & (award.c.day >= member.c.joined_on)
        counts = or_(award.c.group_id == group_id, award.c.group_id.is_(None))
        is_answer = (award.c.group_id == group_id) & (attempt.c.text != "")  # else the answer was shown to them
        answers = func.sum(case((is_answer, 1), else_=0))
        shown = (member.c.group_id == group_id) & ~member.c.is_hidden & ~member.c.has_left
        found = (
            select(member.c.learner_id, member.c.name, func.sum(award.c.points), answers)
            .join(award, is_theirs & counts & award.c.day.between(first, last))
            .join(attempt, attempt.c.id == award.c.attempt_id)
            .where(shown)
            .group_by(member.c.learner_id, member.c.name)
        )
        return [
            Score(who, name, int(points), int(count)) for who, name, points, count in self._connection.execute(found)
        ]

    def team_days(self, group_id: int, revealing: int | None = None) -> Sequence[TeamDay]:
        """Return how a group did at its questions whose answer has been revealed, ascending.

        Args:
            revealing: the delivery of the question whose answer is being revealed now; it counts already.
        """
        asked, reveal = T.delivery, T.delivery.alias("reveal")
        award, attempt = T.award, T.attempt
        means = select(award.c.delivery_id, func.count().label("answers"), func.avg(award.c.points).label("mean"))
        means = means.join(attempt, attempt.c.id == award.c.attempt_id).group_by(award.c.delivery_id)
        given = means.where(award.c.group_id == group_id, attempt.c.text != "").subquery()
        is_revealed = and_(
            reveal.c.owner_kind == OwnerKind.GROUP,
            reveal.c.owner_id == group_id,
            reveal.c.kind == DeliveryKind.REVEAL,
            reveal.c.local_date == asked.c.local_date,
            reveal.c.ordinal == asked.c.ordinal,
            reveal.c.state == DeliveryState.SENT,
        )
        found = (
            select(asked.c.local_date, given.c.answers, given.c.mean)
            .outerjoin(reveal, is_revealed)
            .outerjoin(given, given.c.delivery_id == asked.c.id)
            .where(*questions_of(group_id), reveal.c.id.is_not(None) | (asked.c.id == revealing))
            .order_by(asked.c.local_date.desc(), asked.c.id.desc())
            .limit(TEAM_DAYS)
        )
        days = [
            TeamDay(day, int(n or 0), float(mean or 0) / QUESTION_POINTS)
            for day, n, mean in self._connection.execute(found)
        ]
        return days[::-1]

    # --- what could not be said alone ------------------------------------------------------------

    def add_unheard(self, group_id: int, learner_id: int, delivery_id: int, at: datetime) -> None:
        """Note that a mark could not be said to its reader alone."""
        values = {"group_id": group_id, "learner_id": learner_id, "delivery_id": delivery_id, "at": at}
        self._insert_new(T.unheard, values)

    def unheard(self, until: datetime) -> Sequence[UnheardMark]:
        """Return all that waits to be told in the groups where something has waited since a moment or longer.

        Members who are hidden are not told of: all the others would hear it.
        """
        return [UnheardMark(*row) for row in self._all(_unheard(), {"until": until})]

    def drop_unheard(self, group_id: int) -> None:
        """Forget what waited to be told in a group."""
        self._connection.execute(T.unheard.delete().where(T.unheard.c.group_id == group_id))


def _last_of(attempt_id: ColumnElement[int]) -> ScalarSelect[int]:
    """Select the id of an attempt's last grading: the mark that holds."""
    grading = T.grading.alias("later")
    return select(func.max(grading.c.id)).where(grading.c.attempt_id == attempt_id).scalar_subquery()


@cache
def _unheard() -> Select[Any]:
    """Select marks with the names of their readers, of the groups where one has waited since a moment."""
    table, award, grading, member = T.unheard, T.award, T.grading, T.member
    waiting = select(table.c.group_id).where(table.c.at <= bindparam("until"))
    same = (award.c.delivery_id == table.c.delivery_id) & (award.c.learner_id == table.c.learner_id)
    named = (member.c.group_id == table.c.group_id) & (member.c.learner_id == table.c.learner_id)
    found = select(table.c.group_id, member.c.name, grading.c.fraction, table.c.at).select_from(table)
    found = found.join(award, same).join(grading, grading.c.id == _last_of(award.c.attempt_id)).join(member, named)
    found = found.where(table.c.group_id.in_(waiting), ~member.c.is_hidden)
    return found.order_by(table.c.group_id, table.c.at, member.c.name)


def _usual() -> ScalarSelect[float]:
    """Select the mean of the marks that hold for what a learner answered in a group before; help costs nothing here."""
    award, before, mark, made = T.award, T.award.alias("before"), T.grading.alias("mark"), T.attempt.alias("made")
    is_earlier = (
        (before.c.learner_id == award.c.learner_id)
        & (before.c.group_id == award.c.group_id)
        & (before.c.attempt_id < award.c.attempt_id)
    )
    found = select(func.avg(mark.c.fraction)).select_from(before).join(made, made.c.id == before.c.attempt_id)
    found = found.join(mark, mark.c.id == _last_of(before.c.attempt_id))
    return found.where(is_earlier, made.c.text != "").correlate(award).scalar_subquery()


def _answered_of(row: Row[Any]) -> Answered:
    return Answered(
        row.id,
        row.learner_id,
        row.name,
        row.text,
        row.sent_at,
        row.fraction,
        rows.load_points(row.points),
        row.is_quotable,
        row.is_hidden,
        float(row.usual) if row.usual is not None else None,
    )
