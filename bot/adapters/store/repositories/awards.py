"""The part of a transaction about what answers are worth in study groups, and what the groups are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ScalarSelect, and_, bindparam, case, delete, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.prepared import AnySelect
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.repositories.groups import questions_of
from bot.adapters.store.tables import AttemptRow, AwardRow, DeliveryRow, GradingRow, MemberRow, UnheardRow
from bot.core.groups.group import QUESTION_POINTS, Answered, Award, UnheardMark
from bot.core.groups.leaderboard import Score, TeamDay
from bot.core.records.records import Cause, DeliveryKind, DeliveryState, OwnerKind

TEAM_DAYS: Final = 400
"""So many questions of a group are looked back on for its streak."""

_AWARD = select(AwardRow).where(matching(AwardRow.attempt_id))
_AWARD_FOR = select(AwardRow).where(matching(AwardRow.delivery_id, AwardRow.learner_id))
_RECALLED = select(AwardRow.points).where(matching(AwardRow.learner_id, AwardRow.day), col(AwardRow.group_id).is_(None))


class Awards(Statements):
    """Points, boards, and marks that could not be said alone."""

    def add_award(self, award: Award) -> bool:
        """Write what an answer is worth; False where the learner's answer to this delivery counts already."""
        return self._insert_new(AwardRow, rows.values_of(award)) is not None

    def save_award(self, award: Award) -> None:
        """Write what an answer is worth now, and whether it may be quoted."""
        values = {"attempt_id": award.attempt_id, "points": award.points, "is_quotable": award.is_quotable}
        self._change(AwardRow, ("attempt_id",), values)

    def award(self, attempt_id: int) -> Award | None:
        """Return what an attempt is worth; None where it does not count."""
        return self._one(_award_of, _AWARD, {"attempt_id": attempt_id})

    def award_for(self, delivery_id: int, learner_id: int) -> Award | None:
        """Return what a learner's answer to a delivery is worth; None where none counts."""
        return self._one(_award_of, _AWARD_FOR, {"delivery_id": delivery_id, "learner_id": learner_id})

    def recalled_on(self, learner_id: int, day: date) -> Sequence[int]:
        """Return the points that a learner has for what was recalled alone on a study day."""
        return self._all(_RECALLED, {"learner_id": learner_id, "day": day})

    def answered(self, delivery_id: int) -> Sequence[Answered]:
        """Return the answers to a group's question that count, in the order they came, with the marks that hold.

        What was taken back is none.
        """
        columns: list[Any] = [
            col(AttemptRow.id),
            col(AttemptRow.learner_id),
            col(MemberRow.name),
            col(AttemptRow.text),
            col(AttemptRow.sent_at),
            col(GradingRow.fraction),
            col(GradingRow.points),
            col(AwardRow.is_quotable),
            col(MemberRow.is_hidden),
            _usual().label("usual"),
        ]
        found = (
            select(*columns)
            .select_from(AwardRow)
            .join(AttemptRow)
            .join(GradingRow, col(GradingRow.id) == last_of(AttemptRow.id))
            .join(
                MemberRow,
                (col(MemberRow.group_id) == AwardRow.group_id) & (col(MemberRow.learner_id) == AwardRow.learner_id),
            )
            .where(AwardRow.delivery_id == delivery_id, GradingRow.cause != Cause.WITHDRAWN)
            .order_by(col(AttemptRow.id))
        )
        return [_answered_of(row) for row in self._all(found)]

    def scores(self, group_id: int, first: date, last: date) -> Sequence[Score]:
        """Return what the members gathered between two days, without those who are hidden or have left."""
        is_theirs = (col(AwardRow.learner_id) == MemberRow.learner_id) & (col(AwardRow.day) >= MemberRow.joined_on)
        counts = or_(col(AwardRow.group_id) == group_id, col(AwardRow.group_id).is_(None))
        is_answer = (col(AwardRow.group_id) == group_id) & (
            col(AttemptRow.text) != ""
        )  # else the answer was shown to them
        answers = func.sum(case((is_answer, 1), else_=0))
        shown = (col(MemberRow.group_id) == group_id) & ~col(MemberRow.is_hidden) & ~col(MemberRow.has_left)
        found = (
            select(MemberRow.learner_id, MemberRow.name, func.sum(AwardRow.points), answers)
            .join(AwardRow, is_theirs & counts & col(AwardRow.day).between(first, last))
            .join(AttemptRow)
            .where(shown)
            .group_by(col(MemberRow.learner_id), col(MemberRow.name))
        )
        return [Score(who, name, int(points), int(count)) for who, name, points, count in self._all(found)]

    def team_days(self, group_id: int, revealing: int | None = None) -> Sequence[TeamDay]:
        """Return how a group did at its questions whose answer has been revealed, ascending.

        Args:
            revealing: the delivery of the question whose answer is being revealed now; it counts already.
        """
        reveal = aliased(DeliveryRow)
        means = select(AwardRow.delivery_id, func.count().label("answers"), func.avg(AwardRow.points).label("mean"))
        means = means.join(AttemptRow).group_by(col(AwardRow.delivery_id))
        given = means.where(AwardRow.group_id == group_id, AttemptRow.text != "").subquery()
        is_revealed = and_(
            col(reveal.owner_kind) == OwnerKind.GROUP,
            col(reveal.owner_id) == group_id,
            col(reveal.kind) == DeliveryKind.REVEAL,
            col(reveal.local_date) == DeliveryRow.local_date,
            col(reveal.ordinal) == DeliveryRow.ordinal,
            col(reveal.state) == DeliveryState.SENT,
        )
        found = (
            select(col(DeliveryRow.local_date), given.c.answers, given.c.mean)
            .outerjoin(reveal, is_revealed)
            .outerjoin(given, given.c.delivery_id == DeliveryRow.id)
            .where(*questions_of(group_id), col(reveal.id).is_not(None) | (col(DeliveryRow.id) == revealing))
            .order_by(col(DeliveryRow.local_date).desc(), col(DeliveryRow.id).desc())
            .limit(TEAM_DAYS)
        )
        days = [TeamDay(day, int(n or 0), float(mean or 0) / QUESTION_POINTS) for day, n, mean in self._all(found)]
        return days[::-1]

    # --- what could not be said alone ------------------------------------------------------------

    def add_unheard(self, group_id: int, learner_id: int, delivery_id: int, at: datetime) -> None:
        """Note that a mark could not be said to its reader alone."""
        values = {"group_id": group_id, "learner_id": learner_id, "delivery_id": delivery_id, "at": at}
        self._insert_new(UnheardRow, values)

    def unheard(self, until: datetime) -> Sequence[UnheardMark]:
        """Return all that waits to be told in the groups where something has waited since a moment or longer.

        Members who are hidden are not told of: all the others would hear it.
        """
        return [UnheardMark(*row) for row in self._all(_unheard(), {"until": until})]

    def drop_unheard(self, group_id: int) -> None:
        """Forget what waited to be told in a group."""
        self._run(delete(UnheardRow).where(col(UnheardRow.group_id) == group_id))


def last_of(attempt_id: object) -> ScalarSelect[int]:
    """Select the id of an attempt's last grading: the mark that holds."""
    later = aliased(GradingRow)
    return select(func.max(later.id)).where(col(later.attempt_id) == attempt_id).scalar_subquery()


@cache
def _unheard() -> AnySelect:
    """Select marks with the names of their readers, of the groups where one has waited since a moment."""
    waiting = select(UnheardRow.group_id).where(UnheardRow.at <= bindparam("until"))
    same = (col(AwardRow.delivery_id) == UnheardRow.delivery_id) & (col(AwardRow.learner_id) == UnheardRow.learner_id)
    named = (col(MemberRow.group_id) == UnheardRow.group_id) & (col(MemberRow.learner_id) == UnheardRow.learner_id)
    found = select(UnheardRow.group_id, MemberRow.name, GradingRow.fraction, UnheardRow.at).select_from(UnheardRow)
    last = col(GradingRow.id) == last_of(AwardRow.attempt_id)
    found = found.join(AwardRow, same).join(GradingRow, last).join(MemberRow, named)
    found = found.where(col(UnheardRow.group_id).in_(waiting), ~col(MemberRow.is_hidden))
    return found.order_by(col(UnheardRow.group_id), col(UnheardRow.at), col(MemberRow.name))


def _usual() -> ScalarSelect[float]:
    """Select the mean of the marks that hold for what a learner answered in a group before; help costs nothing here."""
    before, mark, made = aliased(AwardRow), aliased(GradingRow), aliased(AttemptRow)
    is_earlier = (
        (before.learner_id == AwardRow.learner_id)
        & (before.group_id == AwardRow.group_id)
        & (before.attempt_id < AwardRow.attempt_id)
    )
    found = select(func.avg(col(mark.fraction))).select_from(before).join(made, col(made.id) == before.attempt_id)
    found = found.join(mark, col(mark.id) == last_of(before.attempt_id))
    return found.where(is_earlier, made.text != "").correlate(AwardRow).scalar_subquery()


def _award_of(row: AwardRow) -> Award:
    return rows.read(Award, row)


def _answered_of(row: rows.Joined) -> Answered:
    return rows.read(Answered, row, attempt_id=row.id, points=rows.load_points(row.points))
