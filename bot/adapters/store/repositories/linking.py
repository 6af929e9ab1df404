"""The part of a transaction about one learner on several platforms: codes, joining two learners, parting one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Final

from sqlalchemy import ColumnElement, delete, func, or_
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.ownership import LEFT_TO_LINKING, MADE_ANEW, Name, erasing, in_order, leaves, names
from bot.adapters.store.repositories.people import People
from bot.adapters.store.tables import METADATA, AccountRow, LearnerRow, LinkCodeRow, WrongCodeRow
from bot.core.records.records import Account, Learner

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is read as another, nor as a figure."""
CODE_LENGTH: Final = 8


class Linking(People):
    """Accounts that are one learner's."""

    def accounts_of(self, learner_id: int) -> Sequence[Account]:
        """Return a learner's accounts."""
        mine = select(AccountRow).where(col(AccountRow.learner_id) == learner_id).order_by(col(AccountRow.id))
        return [rows.account_of(row) for row in self._all(mine)]

    def issue_code(self, account_id: int, until: datetime) -> str:
        """Make a code that another account may redeem until then; the account's earlier one is void."""
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        self._put(LinkCodeRow, ("account_id",), {"account_id": account_id, "code": code, "until": until})
        return code

    def account_of_code(self, code: str, now: datetime) -> Account | None:
        """Return whose code it is; None where it is nobody's, or too old."""
        found = select(AccountRow).join(LinkCodeRow, col(LinkCodeRow.account_id) == AccountRow.id)
        return self._one(rows.account_of, found.where(LinkCodeRow.code == code, LinkCodeRow.until > now))

    def drop_code(self, account_id: int) -> None:
        """Make an account's code void."""
        self._run(delete(LinkCodeRow).where(col(LinkCodeRow.account_id) == account_id))

    def add_wrong_code(self, account_id: int, at: datetime) -> None:
        """Note that an account tried a code that is none."""
        self._insert(WrongCodeRow, {"account_id": account_id, "at": at})

    def wrong_codes(self, account_id: int, since: datetime) -> int:
        """Return how many wrong codes an account tried since then."""
        tried = (
            select(func.count())
            .select_from(WrongCodeRow)
            .where(WrongCodeRow.account_id == account_id, WrongCodeRow.at > since)
        )
        return int(self._all(tried)[0])

    def join(self, source: int, target: int) -> None:
        """Make all that is one learner's another's, but for subscription and cards; the first is no more."""
        named = _renamed()
        for name in named:
            self._make_room(name, source, target)
        for statement in erasing(METADATA, _superfluous(named, source, target)):
            self._run(statement)
        for name in named:
            change = name.column.table.update().where(name.says(source))
            self._run(change.values({name.column: target}))
        self._run(delete(LearnerRow).where(col(LearnerRow.id) == source))

    def part(self, account: Account, learner: Learner, at: datetime) -> Learner:
        """Make a new learner of one account: its answers, and what was said on its platform; no cards."""
        made = self._add(replace(learner, created_at=at))
        for name in _renamed():
            table = name.column.table
            where = leaves(table, account.id, account.platform)
            if where is not None:
                change = table.update().where(name.says(learner.id), where)
                self._run(change.values({name.column: made.id}))
        return made

    def _make_room(self, name: Name, source: int, target: int) -> None:
        """Give rows that would collide further numbers, so that both learners' stand beside each other."""
        room = name.room()
        if room is None:
            return
        column, others = room
        table = name.column.table
        places = select(table.c.id, name.column, column, *others).where(name.says(source) | name.says(target))
        found = self._all(places.order_by(table.c.id))
        theirs = {tuple(place) for _, owner, *place in found if owner == target}
        taken = {tuple(place) for _, _, *place in found}
        for number, owner, *place in found:
            if owner == source and tuple(place) in theirs:
                rest = place[1:]
                free = next(n for n in count() if (n, *rest) not in taken)
                taken.add((free, *rest))
                self._run(table.update().where(table.c.id == number).values({column: free}))


def _renamed() -> list[Name]:
    """Return the columns that name a learner and say another one's name where learners are joined or parted."""
    found = (name for table in in_order(METADATA) for name in names(table))
    return [name for name in found if LEFT_TO_LINKING not in name.column.info]


def _superfluous(named: Sequence[Name], source: int, target: int) -> dict[str, ColumnElement[bool]]:
    """Select, by table, what of the source cannot stand beside what the target has, or is made anew."""
    found: dict[str, ColumnElement[bool]] = {}
    for name in named:
        table = name.column.table
        for where in [name.says(source)] if MADE_ANEW in table.info else name.doubles(source, target):
            found[table.name] = or_(found[table.name], where) if table.name in found else where
    return found
