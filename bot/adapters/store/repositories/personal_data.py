"""The part of a transaction about a learner's own data: what they looked up, days that count, all of it, none of it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Integer, Table, bindparam, delete, or_
from sqlmodel import col, select

from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.ownership import (
    BLANKED,
    GIVEN_AWAY,
    belongs,
    erasing,
    exported,
    in_order,
    names,
    private_addresses,
    references,
    referred_by_others,
)
from bot.adapters.store.tables import METADATA, AccountRow, ExcusedRow, ForgottenRow, LearnerRow, LookupRow

FORGETTING_KEY = "forgetting"
_LOOKED_UP = (
    select(LookupRow.concept_id)
    .where(matching(LookupRow.learner_id))
    .order_by(col(LookupRow.at).desc(), col(LookupRow.concept_id))
    .limit(bindparam("limit", type_=Integer))
)
_EXCUSED = select(col(ExcusedRow.day)).where(matching(ExcusedRow.learner_id)).order_by(col(ExcusedRow.day))


class PersonalData(Statements):
    """What belongs to one learner, beside the log."""

    def look_up(self, learner_id: int, concept_id: str, at: datetime) -> None:
        """Note that a learner asked about a concept."""
        values = {"learner_id": learner_id, "concept_id": concept_id, "at": at}
        self._put(LookupRow, ("learner_id", "concept_id"), values)

    def looked_up(self, learner_id: int, limit: int) -> Sequence[str]:
        """Return the concepts that a learner asked about, the latest first."""
        return self._all(_LOOKED_UP, {"learner_id": learner_id, "limit": limit})

    def excuse(self, learner_id: int, days: Sequence[date]) -> None:
        """Note study days that break no streak."""
        for day in days:
            self._insert_new(ExcusedRow, {"learner_id": learner_id, "day": day})

    def drop_excuses(self, learner_id: int, after: date) -> None:
        """Take back the excused days after a date."""
        self._run(delete(ExcusedRow).where(col(ExcusedRow.learner_id) == learner_id, col(ExcusedRow.day) > after))

    def excused(self, learner_id: int) -> Sequence[date]:
        """Return the study days that break no streak."""
        return self._all(_EXCUSED, {"learner_id": learner_id})

    def everything(self, learner_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row that is stored about a learner, by table."""
        address = METADATA.tables["address"]
        found = {table: exported(table, learner_id) for table in in_order(METADATA)}
        found[address] = address.c.id.in_(private_addresses(METADATA, learner_id))
        return {
            table.name: [dict(row) for row in self._connection.execute(table.select().where(where)).mappings()]
            for table, where in found.items()
            if where is not None
        }

    def forget(self, learner_id: int, at: datetime) -> None:
        """Erase everything about a learner, and keep a keyed hash of their accounts so that nothing comes back."""
        accounts = select(AccountRow.platform, AccountRow.user_id).where(AccountRow.learner_id == learner_id)
        for platform, user_id in self._all(accounts):
            self._put(ForgottenRow, ("key_hash",), {"key_hash": self._key_hash(platform, user_id), "at": at})
        for table in in_order(METADATA):
            self._take_name_off(table, learner_id)
        alone = self._all(private_addresses(METADATA, learner_id))
        mine = {table.name: belongs(table, learner_id) for table in in_order(METADATA)}
        for statement in erasing(METADATA, {name: where for name, where in mine.items() if where is not None}):
            self._run(statement)
        self._drop_unused(alone)
        self._addresses.clear()

    def _take_name_off(self, table: Table, learner_id: int) -> None:
        """Keep the rows that are a group's, or that others answered or are answering, without whose they were."""
        for name in names(table):
            change = table.update().where(name.says(learner_id))
            if BLANKED in name.column.info:
                self._run(change.values({name.column: None}))
            if GIVEN_AWAY in name.column.info:
                change = change.where(referred_by_others(table, learner_id))
                others = name.column.info[GIVEN_AWAY]
                self._run(change.values({key: table.c.get(what, what) for key, what in others.items()}))

    def forget_again(self) -> int:
        """Erase whoever asked to be forgotten and is back without having written, as out of an old backup."""
        forgotten = {row.key_hash: row.at for row in self._all(select(ForgottenRow))}
        if not forgotten:
            return 0
        people = select(AccountRow.platform, AccountRow.user_id, LearnerRow.id, LearnerRow.created_at).join(LearnerRow)
        returned = {
            learner_id: at
            for platform, user_id, learner_id, created_at in self._all(people)
            if (at := forgotten.get(self._key_hash(platform, user_id))) and created_at <= at
        }
        for learner_id, at in returned.items():
            self.forget(learner_id, at)
        return len(returned)

    def is_forgotten(self, platform: str, user_id: str) -> bool:
        """Tell whether somebody asked to be forgotten and has not written since."""
        is_back = select(AccountRow.id).where(AccountRow.platform == platform, AccountRow.user_id == user_id)
        if self._first(is_back):
            return False
        mine = ForgottenRow.key_hash == self._key_hash(platform, user_id)
        return self._first(select(ForgottenRow.at).where(mine)) is not None

    def _drop_unused(self, address_ids: Sequence[int]) -> None:
        """Erase addresses that nothing stands at any more: a private chat's id is its owner's."""
        address = METADATA.tables["address"]
        places = (each for table in in_order(METADATA) for each in references(table) if each.target is address)
        used = (address.c.id.in_(select(*place.columns)) for place in places)
        self._run(address.delete().where(address.c.id.in_(address_ids), ~or_(*used)))

    def _key_hash(self, platform: str, user_id: str) -> str:
        key = self._secret(FORGETTING_KEY)
        return hmac.new(bytes.fromhex(key), f"{platform}:{user_id}".encode(), hashlib.sha256).hexdigest()
