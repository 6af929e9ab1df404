"""The tables of what is promised and sent: subscriptions, deliveries, posts, receipts, notices."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.adapters.store.columns import moment, owner_id, reference, text
from bot.adapters.store.ownership import GIVEN_AWAY, LEFT_TO_LINKING, MAKES_ROOM, REFERS_TO, SAID_ALONE
from bot.core.records.records import OwnerKind


class SubscriptionRow(SQLModel, table=True):
    """A promise to push."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("owner_kind", "owner_id"),)
    id: int = Field(default=None, primary_key=True)
    owner_kind: str
    owner_id: int = owner_id({LEFT_TO_LINKING: True})
    address_id: int = Field(foreign_key="address.id", index=True)
    schedule: str = text()
    next_at: datetime = moment()
    paused: str
    unanswered: int
    missed: int


class DueRow(SQLModel, table=True):
    """A subscription that is not paused, where the tick finds it: clustered by when it is due.

    Holds all that the tick needs, so that claiming is one walk along the table.
    """

    __tablename__ = "due"
    __table_args__ = ({"sqlite_with_rowid": False},)
    next_at: datetime = moment(primary_key=True)
    subscription_id: int = reference({REFERS_TO: "subscription.id"}, primary_key=True)
    owner_kind: str
    owner_id: int = owner_id({LEFT_TO_LINKING: True})
    address_id: int = reference({REFERS_TO: "address.id"})
    platform: str
    schedule: str = text()
    unanswered: int


class DeliveryRow(SQLModel, table=True):
    """One question for one owner on one date."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("owner_kind", "owner_id", "kind", "local_date", "ordinal"),
        Index("ix_delivery_waiting", "state", "platform", "due_at", "id"),
    )
    id: int = Field(default=None, primary_key=True)
    owner_kind: str
    owner_id: int = owner_id({GIVEN_AWAY: {"owner_kind": OwnerKind.NOBODY.value, "owner_id": "id"}})
    kind: str
    local_date: date
    ordinal: int = reference({MAKES_ROOM: True})
    address_id: int = Field(foreign_key="address.id", index=True)
    question_id: str
    reason: str
    state: str
    created_at: datetime = moment()
    state_at: datetime = moment()
    tries: int
    platform: str
    due_at: datetime = moment()
    is_repeat: bool


class PostRow(SQLModel, table=True):
    """A platform message, or a poll, that belongs to a delivery."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("address_id", "message_id"),)
    id: int = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    message_id: str
    poll_id: str | None = Field(default=None, index=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    role: str


class ReceiptRow(SQLModel, table=True):
    """What a message was answered with, so that its replay is answered alike."""

    __tablename__ = "receipt"
    address_id: int = reference({SAID_ALONE: True}, foreign_key="address.id", primary_key=True)
    wire_id: str = Field(primary_key=True)
    replies: str = text()
    at: datetime = moment(index=True)
    learner_id: int | None = Field(default=None, foreign_key="learner.id", index=True)


class NoticeRow(SQLModel, table=True):
    """A message in the outbox."""

    __tablename__ = "notice"
    id: int = Field(default=None, primary_key=True)
    address_id: int = reference({SAID_ALONE: True}, foreign_key="address.id")
    reply: str = text()
    at: datetime = moment()
    learner_id: int | None = Field(default=None, foreign_key="learner.id", index=True)
