"""The part of a transaction about study groups: who is in them, what counts, and what they remember together."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Subquery, and_, case, func, update
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables import (
    AddressRow,
    AwardRow,
    CardRow,
    DeliveryRow,
    GroupRow,
    MemberRow,
    PostRow,
    SubscriptionRow,
)
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

_GROUP = select(GroupRow, AddressRow.platform, AddressRow.chat, AddressRow.thread).join(AddressRow)

_GROUP_BY_ID = _GROUP.where(matching(GroupRow.id))
_GROUP_AT = _GROUP.where(matching(GroupRow.address_id))
_GROUPS_OF = (
    _GROUP.join(MemberRow, col(MemberRow.group_id) == GroupRow.id)
    .where(matching(MemberRow.learner_id), ~col(MemberRow.has_left))
    .order_by(col(GroupRow.id))
)
_MEMBER = select(MemberRow).where(matching(MemberRow.group_id, MemberRow.learner_id))
_POST = select(PostRow.message_id).where(matching(PostRow.delivery_id, PostRow.role)).order_by(col(PostRow.id)).limit(1)


class Groups(Statements):
    """Groups and their members."""

    def group(self, group_id: int) -> StudyGroup | None:
        """Return a group."""
        return self._one(_group_of, _GROUP_BY_ID, {"id": group_id})

    def group_at(self, address: Address) -> StudyGroup | None:
        """Return the group of an address."""
        return self._one(_group_of, _GROUP_AT, {"address_id": self._address_id(address)})

    def groups_in(self, platform: str, chat: str) -> Sequence[StudyGroup]:
        """Return the groups of a chat: one for each topic that has one."""
        found = _GROUP.where(AddressRow.platform == platform, AddressRow.chat == chat)
        return [_group_of(row) for row in self._all(found.order_by(col(GroupRow.id)))]

    def paused_groups(self, platform: str) -> Sequence[StudyGroup]:
        """Return the groups of a platform that nothing is pushed to now, for whatever reason."""
        paused = select(SubscriptionRow.owner_id).where(
            SubscriptionRow.owner_kind == OwnerKind.GROUP, SubscriptionRow.paused != ""
        )
        found = _GROUP.where(col(AddressRow.platform) == platform, col(GroupRow.id).in_(paused))
        return [_group_of(row) for row in self._all(found.order_by(col(GroupRow.id)))]

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
        self._insert_new(GroupRow, values)
        made = self.group_at(address)
        if made is None:
            raise NotFoundError(f"the group of {address} vanished while it was written")
        return made

    def save_group(self, group: StudyGroup) -> None:
        """Write a group's settings."""
        change = update(GroupRow).where(col(GroupRow.id) == group.id)
        values = rows.values_of(group, "id", "address", "reveal_after", "created_at")
        self._run(change.values(**values, reveal_after_s=int(group.reveal_after.total_seconds())))

    def member(self, group_id: int, learner_id: int) -> Member | None:
        """Return a learner's place in a group."""
        row = self._first(_MEMBER, {"group_id": group_id, "learner_id": learner_id})
        return rows.read(Member, row) if row else None

    def save_member(self, member: Member) -> None:
        """Write a member, new or known."""
        self._put(MemberRow, ("group_id", "learner_id"), rows.values_of(member))

    # --- what a group remembers and has had ------------------------------------------------------

    def active_members(self, group_id: int, since: date) -> int:
        """Count the members whose answers counted on that day or later."""
        return self._all(select(func.count()).select_from(_active(group_id, since)))[0]

    def group_memory(self, group_id: int, day: date, since: date) -> Mapping[str, Memory]:
        """Return what the members active since a day remember, by question."""
        active = _active(group_id, since)
        is_due = and_(col(CardRow.due) <= day, ~col(CardRow.is_retired))
        due = func.sum(case((is_due, 1), else_=0))
        found = select(CardRow.question_id, due, func.count(), func.max(CardRow.last_review))
        found = found.join(active, active.c.learner_id == CardRow.learner_id).group_by(CardRow.question_id)
        return {question: Memory(int(due), int(seen), last) for question, due, seen, last in self._all(found)}

    def group_asked(self, group_id: int) -> Mapping[str, date]:
        """Return when each question was last asked in a group, by question."""
        asked = select(DeliveryRow.question_id, func.max(DeliveryRow.local_date)).where(*questions_of(group_id))
        found = asked.where(DeliveryRow.question_id != "").group_by(DeliveryRow.question_id)
        return {str(question): day for question, day in self._all(found)}

    def post_of(self, delivery_id: int, role: Role) -> str:
        """Return the platform's id of the first post of a delivery in a role; "" for none."""
        return self._first(_POST, {"delivery_id": delivery_id, "role": role}) or ""

    def seal(self, text: str) -> str:
        """Return a short mark that only this database can make of a text, for links that cannot be guessed."""
        key = bytes.fromhex(self._secret(LINKS_KEY))
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:SEAL_LENGTH]


def questions_of(group_id: int) -> tuple[ColumnElement[bool], ...]:
    """Select the daily questions of a group."""
    owned = (col(DeliveryRow.owner_kind) == OwnerKind.GROUP) & (col(DeliveryRow.owner_id) == group_id)
    return owned, col(DeliveryRow.kind) == DeliveryKind.DAILY


def _active(group_id: int, since: date) -> Subquery:
    """Select the learners whose answers counted in a group since a day, and who are still there."""
    is_theirs = (col(MemberRow.group_id) == AwardRow.group_id) & (col(MemberRow.learner_id) == AwardRow.learner_id)
    found = select(AwardRow.learner_id).distinct().join(MemberRow, is_theirs & ~col(MemberRow.has_left))
    return found.where(AwardRow.group_id == group_id, AwardRow.day >= since).subquery()


def _group_of(row: rows.Joined) -> StudyGroup:
    reveal_after = timedelta(seconds=row.reveal_after_s)
    return rows.read(StudyGroup, row, address=rows.address_of(row), reveal_after=reveal_after)
