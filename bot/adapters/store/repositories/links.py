"""The part of a transaction about one learner on several platforms: codes, joining two learners, parting one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, func, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements
from bot.adapters.store.tables.tables import T
from bot.core.records.records import Account, Learner, OwnerKind

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is read as another, nor as a figure."""
CODE_LENGTH: Final = 8
_ONE_EACH: Final = (
    (T.conversation, "address_id"),
    (T.lookup, "concept_id"),
    (T.excused, "day"),
    (T.award, "delivery_id"),
    (T.member, "group_id"),
    (T.unheard, "delivery_id"),
)
"""Tables in which a learner has one row a key: where two are joined and both have one, the target's stays."""


class Links(Statements):
    """Accounts that are one learner's."""

    def accounts_of(self, learner_id: int) -> Sequence[Account]:
        """Return a learner's accounts."""
        mine = select(T.account).where(T.account.c.learner_id == learner_id).order_by(T.account.c.id)
        return [rows.account_of(row) for row in self._connection.execute(mine)]

    def issue_code(self, account_id: int, until: datetime) -> str:
        """Make a code that another account may redeem until then; the account's earlier one is void."""
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        self._put(T.link_code, ("account_id",), {"account_id": account_id, "code": code, "until": until})
        return code

    def account_of_code(self, code: str, now: datetime) -> Account | None:
        """Return whose code it is; None where it is nobody's, or too old."""
        table = T.link_code
        found = select(T.account).join(table, table.c.account_id == T.account.c.id)
        row = self._connection.execute(found.where(table.c.code == code, table.c.until > now)).first()
        return rows.account_of(row) if row else None

    def drop_code(self, account_id: int) -> None:
        """Make an account's code void."""
        self._connection.execute(T.link_code.delete().where(T.link_code.c.account_id == account_id))

    def add_wrong_code(self, account_id: int, at: datetime) -> None:
        """Note that an account tried a code that is none."""
        self._insert(T.wrong_code, {"account_id": account_id, "at": at})

    def wrong_codes(self, account_id: int, since: datetime) -> int:
        """Return how many wrong codes an account tried since then."""
        table = T.wrong_code
        tried = select(func.count()).select_from(table).where(table.c.account_id == account_id, table.c.at > since)
        return int(self._connection.execute(tried).scalar_one())

    def join(self, source: int, target: int) -> None:
        """Make all that is one learner's another's, but for subscription and cards; the first is no more."""
        self._make_room(source, target)
        for table in (T.account, T.attempt, T.contest, T.receipt, T.notice):
            self._rename(table, source, target)
        self._connection.execute(T.delivery.update().where(_owned(source)).values(owner_id=target))
        self._connection.execute(T.live.update().where(T.live.c.begun_by == source).values(begun_by=target))
        for table, key in _ONE_EACH:
            theirs = select(table.c[key]).where(table.c.learner_id == target)
            doubled = (table.c.learner_id == source) & table.c[key].in_(theirs)
            self._connection.execute(table.delete().where(doubled))
            self._rename(table, source, target)
        self._connection.execute(T.card.delete().where(T.card.c.learner_id == source))
        self._connection.execute(T.learner.delete().where(T.learner.c.id == source))

    def part(self, account: Account, learner: Learner, at: datetime) -> Learner:
        """Make a new learner of one account: its answers, and what was said on its platform; no cards."""
        kept = {"language": learner.language, "timezone": learner.timezone}
        made = self._insert(T.learner, {**kept, "created_at": at, "retention": learner.retention, "exam": learner.exam})
        moved = select(T.attempt.c.id).where(T.attempt.c.account_id == account.id)
        self._connection.execute(T.contest.update().where(T.contest.c.attempt_id.in_(moved)).values(learner_id=made))
        here = select(T.address.c.id).where(T.address.c.platform == account.platform)
        self._part_from_groups(moved, here, learner.id, made)
        for table in (T.conversation, T.receipt, T.notice):
            mine = (table.c.learner_id == learner.id) & table.c.address_id.in_(here)
            self._connection.execute(table.update().where(mine).values(learner_id=made))
        sent = _owned(learner.id) & T.delivery.c.address_id.in_(here)
        self._connection.execute(T.delivery.update().where(sent).values(owner_id=made))
        self._connection.execute(T.attempt.update().where(T.attempt.c.account_id == account.id).values(learner_id=made))
        self._connection.execute(T.account.update().where(T.account.c.id == account.id).values(learner_id=made))
        return Learner(made, learner.language, learner.timezone, at, learner.retention, learner.exam)

    def _part_from_groups(self, attempts: Select[Any], addresses: Select[Any], source: int, target: int) -> None:
        """Give a new learner what its answers are worth, and its place in the groups of its platform."""
        self._connection.execute(T.award.update().where(T.award.c.attempt_id.in_(attempts)).values(learner_id=target))
        groups = select(T.study_group.c.id).where(T.study_group.c.address_id.in_(addresses))
        for table in (T.member, T.unheard):
            here = (table.c.learner_id == source) & table.c.group_id.in_(groups)
            self._connection.execute(table.update().where(here).values(learner_id=target))
        begun = (T.live.c.begun_by == source) & T.live.c.group_id.in_(groups)
        self._connection.execute(T.live.update().where(begun).values(begun_by=target))

    def _rename(self, table: Table, source: int, target: int) -> None:
        self._connection.execute(table.update().where(table.c.learner_id == source).values(learner_id=target))

    def _make_room(self, source: int, target: int) -> None:
        """Give deliveries of the same day further places, so that both learners' stand beside each other."""
        table = T.delivery
        places = select(table.c.id, table.c.kind, table.c.local_date, table.c.ordinal, table.c.owner_id)
        found = self._connection.execute(places.where(_owned(source) | _owned(target))).all()
        taken = {(row.kind, row.local_date, row.ordinal) for row in found}
        theirs = {(row.kind, row.local_date, row.ordinal) for row in found if row.owner_id == target}
        for row in found:
            place = (row.kind, row.local_date, row.ordinal)
            if row.owner_id != source or place not in theirs:
                continue
            free = next(n for n in range(len(found) + 1) if (row.kind, row.local_date, n) not in taken)
            taken.add((row.kind, row.local_date, free))
            self._connection.execute(table.update().where(table.c.id == row.id).values(ordinal=free))


def _owned(learner_id: int) -> ColumnElement[bool]:
    return (T.delivery.c.owner_kind == OwnerKind.LEARNER) & (T.delivery.c.owner_id == learner_id)
