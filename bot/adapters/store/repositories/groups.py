"""The part of a transaction about study groups: who is in them, what counts, and what they remember together."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, func, select

from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables.tables import T
from bot.core.chat.messages import Address, Role
from bot.core.groups.group import (
    DEFAULT_REVEAL,
    GroupMode,
    Member,
    Memory,
    StudyGroup,
)
from bot.core.records.records import DeliveryKind, OwnerKind
from bot.errors import NotFoundError

LINKS_KEY: Final = "links"
SEAL_LENGTH: Final = 12

_GROUP = select(T.study_group, T.address.c.platform, T.address.c.chat, T.address.c.thread).join(T.address)

_GROUP_BY_ID = _GROUP.where(matching(T.study_group.c.id))
_GROUP_AT = _GROUP.where(matching(T.study_group.c.address_id))
_GROUPS_OF = (
    _GROUP.join(T.member, T.member.c.group_id == T.study_group.c.id)
    .where(matching(T.member.c.learner_id), ~T.member.c.has_left)
    .order_by(T.study_group.c.id)
)
_MEMBER = select(T.member).where(matching(T.member.c.group_id, T.member.c.learner_id))
_POST = select(T.post.c.message_id).where(matching(T.post.c.delivery_id, T.post.c.role)).order_by(T.post.c.id).limit(1)


class Groups(Statements):
    """Groups and their members."""

    def group(self, group_id: int) -> StudyGroup | None:
        """Return a group."""
        row = self._first(_GROUP_BY_ID, {"id": group_id})
        return _group_of(row) if row else None

    def group_at(self, address: Address) -> StudyGroup | None:
        """Return the group of an address."""
        row = self._first(_GROUP_AT, {"address_id": self._address_id(address)})
        return _group_of(row) if row else None

    def groups_in(self, platform: str, chat: str) -> Sequence[StudyGroup]:
        """Return the groups of a chat: one for each topic that has one."""
        found = _GROUP.where(T.address.c.platform == platform, T.address.c.chat == chat)
        return [_group_of(row) for row in self._connection.execute(found.order_by(T.study_group.c.id))]

    def paused_groups(self, platform: str) -> Sequence[StudyGroup]:
        """Return the groups of a platform that nothing is pushed to now, for whatever reason."""
        table = T.subscription
        paused = select(table.c.owner_id).where(table.c.owner_kind == OwnerKind.GROUP, table.c.paused != "")
        found = _GROUP.where(T.address.c.platform == platform, T.study_group.c.id.in_(paused))
        return [_group_of(row) for row in self._connection.execute(found.order_by(T.study_group.c.id))]

    def groups_of(self, learner_id: int) -> Sequence[StudyGroup]:
        """Return the groups that a learner is in, oldest first."""
        return [_group_of(row) for row in self._all(_GROUPS_OF, {"learner_id": learner_id})]

    def add_group(self, address: Address, title: str, language: str, at: datetime) -> StudyGroup:
        """Make the group of an address, with the usual wishes; the one that is there stays."""
        values = {
            "address_id": self._address_id(address),
            "title": title,
            "language": language,
            "reveal_after_s": int(DEFAULT_REVEAL.total_seconds()),
            "mode": GroupMode.PRIVATE,
            "created_at": at,
        }
        self._insert_new(T.study_group, values)
        made = self.group_at(address)
        if made is None:
            raise NotFoundError(f"the group of {address} vanished while it was written")
        return made

    def save_group(self, group: StudyGroup) -> None:
        """Write a group's settings."""
        change = T.study_group.update().where(T.study_group.c.id == group.id)
        values = {
            "title": group.title,
            "language": group.language,
            "reveal_after_s": int(group.reveal_after.total_seconds()),
            "mode": group.mode,
        }
        self._connection.execute(change.values(**values))

    def member(self, group_id: int, learner_id: int) -> Member | None:
        """Return a learner's place in a group."""
        row = self._first(_MEMBER, {"group_id": group_id, "learner_id": learner_id})
        return Member(*row) if row else None

    def save_member(self, member: Member) -> None:
        """Write a member, new or known."""
        values = {
            "group_id": member.group_id,
            "learner_id": member.learner_id,
            "name": member.name,
            "joined_on": member.joined_on,
            "is_hidden": member.is_hidden,
            "has_left": member.has_left,
        }
        self._put(T.member, ("group_id", "learner_id"), values)

    # --- what a group remembers and has had ------------------------------------------------------

    def active_members(self, group_id: int, since: date) -> int:
        """Count the members whose answers counted on that day or later."""
        return int(self._connection.execute(select(func.count()).select_from(_active(group_id, since))).scalar_one())

    def group_memory(self, group_id: int, day: date, since: date) -> Mapping[str, Memory]:
        """Return what the members active since a day remember, by question."""
        card, active = T.card, _active(group_id, since)
        is_due = and_(card.c.due <= day, ~card.c.is_retired)
        due = func.sum(case((is_due, 1), else_=0))
        found = select(card.c.question_id, due, func.count(), func.max(card.c.last_review))
        found = found.join(active, active.c.learner_id == card.c.learner_id).group_by(card.c.question_id)
        return {
            question: Memory(int(due), int(seen), last) for question, due, seen, last in self._connection.execute(found)
        }

    def group_asked(self, group_id: int) -> Mapping[str, date]:
        """Return when each question was last asked in a group, by question."""
        table = T.delivery
        asked = select(table.c.question_id, func.max(table.c.local_date)).where(*questions_of(group_id))
        found = asked.where(table.c.question_id != "").group_by(table.c.question_id)
        return {str(question): day for question, day in self._connection.execute(found)}

    def post_of(self, delivery_id: int, role: Role) -> str:
        """Return the platform's id of the first post of a delivery in a role; "" for none."""
        row = self._first(_POST, {"delivery_id": delivery_id, "role": role})
        return str(row.message_id) if row else ""

    def seal(self, text: str) -> str:
        """Return a short mark that only this database can make of a text, for links that cannot be guessed."""
        key = bytes.fromhex(self._secret(LINKS_KEY))
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:SEAL_LENGTH]


def questions_of(group_id: int) -> tuple[ColumnElement[bool], ...]:
    """Select the daily questions of a group."""
    table = T.delivery
    owned = (table.c.owner_kind == OwnerKind.GROUP) & (table.c.owner_id == group_id)
    return owned, table.c.kind == DeliveryKind.DAILY


def _active(group_id: int, since: date) -> Subquery:
    """Select the learners whose answers counted in a group since a day, and who are still there."""
    award, member = T.award, T.member
    here = (member.c.group_id == award.c.group_id) & (member.c.learner_id == award.c.learner_id) & ~member.c.has_left
    found: Select[Any] = select(award.c.learner_id).distinct().join(member, here)
    return found.where(award.c.group_id == group_id, award.c.day >= since).subquery()


def _group_of(row: Row[Any]) -> StudyGroup:
    address = Address(row.platform, row.chat, row.thread)
    reveal_after = timedelta(seconds=row.reveal_after_s)
    return StudyGroup(row.id, address, row.title, row.language, reveal_after, GroupMode(row.mode), row.created_at)
