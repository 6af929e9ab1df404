"""The part of a transaction about a learner's own data: what they looked up, days that count, all of it, none of it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Table, bindparam, delete, exists, or_, select

from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables.tables import T
from bot.core.records.records import OwnerKind

FORGETTING_KEY = "forgetting"
_LOOKED_UP = (
    select(T.lookup.c.concept_id)
    .where(matching(T.lookup.c.learner_id))
    .order_by(T.lookup.c.at.desc(), T.lookup.c.concept_id)
    .limit(bindparam("limit", type_=Integer))
)
_EXCUSED = select(T.excused.c.day).where(matching(T.excused.c.learner_id)).order_by(T.excused.c.day)


class OwnData(Statements):
    """What belongs to one learner, beside the log."""

    def look_up(self, learner_id: int, concept_id: str, at: datetime) -> None:
        """Note that a learner asked about a concept."""
        values = {"learner_id": learner_id, "concept_id": concept_id, "at": at}
        self._put(T.lookup, ("learner_id", "concept_id"), values)

    def looked_up(self, learner_id: int, limit: int) -> Sequence[str]:
        """Return the concepts that a learner asked about, the latest first."""
        return [row.concept_id for row in self._all(_LOOKED_UP, {"learner_id": learner_id, "limit": limit})]

    def excuse(self, learner_id: int, days: Sequence[date]) -> None:
        """Note study days that break no streak."""
        for day in days:
            self._insert_new(T.excused, {"learner_id": learner_id, "day": day})

    def drop_excuses(self, learner_id: int, after: date) -> None:
        """Take back the excused days after a date."""
        later = (T.excused.c.learner_id == learner_id) & (T.excused.c.day > after)
        self._connection.execute(T.excused.delete().where(later))

    def excused(self, learner_id: int) -> Sequence[date]:
        """Return the study days that break no streak."""
        return [row.day for row in self._all(_EXCUSED, {"learner_id": learner_id})]

    def everything(self, learner_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row that is stored about a learner, by table."""
        private = (T.address, T.address.c.id.in_(self._private_addresses(learner_id)))
        return {
            table.name: [dict(row) for row in self._connection.execute(select(table).where(where)).mappings()]
            for table, where in reversed([private, *self._belongings(learner_id)])
        }

    def forget(self, learner_id: int, at: datetime) -> None:
        """Erase everything about a learner, and keep a keyed hash of their accounts so that nothing comes back."""
        accounts = select(T.account.c.platform, T.account.c.user_id).where(T.account.c.learner_id == learner_id)
        for platform, user_id in self._connection.execute(accounts).all():
            self._put(T.forgotten, ("key_hash",), {"key_hash": self._key_hash(platform, user_id), "at": at})
        self._hand_over(learner_id)
        alone = list(self._connection.execute(self._private_addresses(learner_id)).scalars())
        for table, where in self._belongings(learner_id):
            self._connection.execute(delete(table).where(where))
        self._drop_unused(alone)
        self._addresses.clear()

    def _hand_over(self, learner_id: int) -> None:
        """Take a learner's name off what others answered in a group, or are answering."""
        table, others = T.delivery, T.attempt.c.learner_id != learner_id
        are_there = T.conversation.c.learner_id != learner_id
        was_answered = exists().where(T.attempt.c.delivery_id == table.c.id, others)
        is_open = exists().where(T.conversation.c.delivery_id == table.c.id, are_there)
        mine = (table.c.owner_kind == OwnerKind.LEARNER) & (table.c.owner_id == learner_id)
        nobody = table.update().where(mine, was_answered | is_open)
        self._connection.execute(nobody.values(owner_kind=OwnerKind.NOBODY, owner_id=table.c.id))
        begun = T.live.update().where(T.live.c.begun_by == learner_id)
        self._connection.execute(begun.values(begun_by=None))  # the quiz is the group's, and goes on

    def forget_again(self) -> int:
        """Erase whoever asked to be forgotten and is back without having written, as out of an old backup."""
        forgotten = {row.key_hash: row.at for row in self._connection.execute(select(T.forgotten))}
        if not forgotten:
            return 0
        columns = (T.account.c.platform, T.account.c.user_id, T.learner.c.id, T.learner.c.created_at)
        people = select(*columns).select_from(T.account.join(T.learner))
        returned = {
            learner_id: at
            for platform, user_id, learner_id, created_at in self._connection.execute(people).all()
            if (at := forgotten.get(self._key_hash(platform, user_id))) and created_at <= at
        }
        for learner_id, at in returned.items():
            self.forget(learner_id, at)
        return len(returned)

    def is_forgotten(self, platform: str, user_id: str) -> bool:
        """Tell whether somebody asked to be forgotten and has not written since."""
        table = T.account
        is_back = select(table.c.id).where(table.c.platform == platform, table.c.user_id == user_id)
        if self._connection.execute(is_back).first():
            return False
        mine = T.forgotten.c.key_hash == self._key_hash(platform, user_id)
        return self._connection.execute(select(T.forgotten.c.at).where(mine)).first() is not None

    def _belongings(self, learner_id: int) -> list[tuple[Table, ColumnElement[bool]]]:
        """Return each table with what of it is a learner's, in an order in which it can be erased."""
        attempts = select(T.attempt.c.id).where(T.attempt.c.learner_id == learner_id)
        owned = (T.delivery.c.owner_kind == OwnerKind.LEARNER) & (T.delivery.c.owner_id == learner_id)
        deliveries = select(T.delivery.c.id).where(owned)
        alone = self._private_addresses(learner_id)
        is_owner = (T.due.c.owner_kind == OwnerKind.LEARNER) & (T.due.c.owner_id == learner_id)
        promised = (T.subscription.c.owner_kind == OwnerKind.LEARNER) & (T.subscription.c.owner_id == learner_id)
        accounts = select(T.account.c.id).where(T.account.c.learner_id == learner_id)
        return [
            (T.link_code, T.link_code.c.account_id.in_(accounts)),
            (T.wrong_code, T.wrong_code.c.account_id.in_(accounts)),
            (T.notice, or_(T.notice.c.learner_id == learner_id, T.notice.c.address_id.in_(alone))),
            (T.receipt, or_(T.receipt.c.learner_id == learner_id, T.receipt.c.address_id.in_(alone))),
            (T.unheard, T.unheard.c.learner_id == learner_id),
            (T.live, T.live.c.begun_by == learner_id),
            (T.award, T.award.c.learner_id == learner_id),
            (T.member, T.member.c.learner_id == learner_id),
            (T.contest, T.contest.c.learner_id == learner_id),
            (T.grading, T.grading.c.attempt_id.in_(attempts)),
            (T.card, T.card.c.learner_id == learner_id),
            (T.attempt, T.attempt.c.learner_id == learner_id),
            (T.conversation, T.conversation.c.learner_id == learner_id),
            (T.post, T.post.c.delivery_id.in_(deliveries)),
            (T.delivery, owned),
            (T.due, is_owner),
            (T.subscription, promised),
            (T.lookup, T.lookup.c.learner_id == learner_id),
            (T.excused, T.excused.c.learner_id == learner_id),
            (T.account, T.account.c.learner_id == learner_id),
            (T.learner, T.learner.c.id == learner_id),
        ]

    def _private_addresses(self, learner_id: int) -> Select[Any]:
        """Select the addresses where this learner and nobody else talks with the tutor."""
        theirs = select(T.conversation.c.address_id).where(T.conversation.c.learner_id == learner_id)
        others = select(T.conversation.c.address_id).where(T.conversation.c.learner_id != learner_id)
        return select(T.address.c.id).where(T.address.c.id.in_(theirs), T.address.c.id.not_in(others))

    def _drop_unused(self, address_ids: Sequence[int]) -> None:
        """Erase addresses that nothing stands at any more: a private chat's id is its owner's."""
        users = (T.subscription, T.due, T.delivery, T.post, T.conversation, T.receipt, T.notice, T.study_group)
        used = (T.address.c.id.in_(select(table.c.address_id)) for table in users)
        unused = T.address.c.id.in_(address_ids) & ~or_(*used)
        self._connection.execute(T.address.delete().where(unused))

    def _key_hash(self, platform: str, user_id: str) -> str:
        key = self._secret(FORGETTING_KEY)
        return hmac.new(bytes.fromhex(key), f"{platform}:{user_id}".encode(), hashlib.sha256).hexdigest()
