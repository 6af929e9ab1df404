"""The tables. SQLModel declares them; statements are written in SQLAlchemy Core over `T`."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.adapters.store.columns import moment, owner_id, reference, text
from bot.adapters.store.ownership import GIVEN_AWAY, LEFT_TO_LINKING, MAKES_ROOM, REFERS_TO, SAID_ALONE
from bot.adapters.store.tables import groups, log
from bot.core.records.records import OwnerKind


class LearnerRow(SQLModel, table=True):
    """A person."""

    __tablename__ = "learner"
    id: int | None = Field(default=None, primary_key=True)
    language: str
    timezone: str
    created_at: datetime = moment()
    retention: float
    exam: date | None = None


class AccountRow(SQLModel, table=True):
    """A learner's identity on one platform."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "user_id"),)
    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", index=True)
    platform: str
    user_id: str
    name: str


class AddressRow(SQLModel, table=True):
    """Where messages can be sent; a group that moves changes this row and nothing else."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("platform", "chat", "thread"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    chat: str
    thread: str


class SubscriptionRow(SQLModel, table=True):
    """A promise to push."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("owner_kind", "owner_id"),)
    id: int | None = Field(default=None, primary_key=True)
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
    id: int | None = Field(default=None, primary_key=True)
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
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    message_id: str
    poll_id: str | None = Field(default=None, index=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    role: str


class ConversationRow(SQLModel, table=True):
    """What a learner and the tutor are in the middle of, at one address."""

    __tablename__ = "conversation"
    address_id: int = Field(foreign_key="address.id", primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", primary_key=True)
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    concept_id: str
    choices: str = text()
    last_text: str = text()
    aids: str
    session: str
    at: datetime = moment()


class ReceiptRow(SQLModel, table=True):
    """What a message was answered with, so that its replay is answered alike."""

    __tablename__ = "receipt"
    address_id: int = reference({SAID_ALONE: True}, foreign_key="address.id", primary_key=True)
    wire_id: str = Field(primary_key=True)
    replies: str = text()
    at: datetime = moment(index=True)
    learner_id: int | None = Field(default=None, foreign_key="learner.id", index=True)


class MissRow(SQLModel, table=True):
    """A question that found nothing sure, without who asked."""

    __tablename__ = "miss"
    id: int | None = Field(default=None, primary_key=True)
    text: str = text()
    decision: str
    concept_id: str
    at: datetime = moment()


class ContestRow(SQLModel, table=True):
    """A mark, or something taught, that a learner says is wrong."""

    __tablename__ = "contest"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    learner_id: int = Field(foreign_key="learner.id", index=True)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", unique=True)
    subject: str
    text: str = text()
    state: str = Field(index=True)
    at: datetime = moment()


class PhraseRow(SQLModel, table=True):
    """A phrase that is accepted beside the pack, until the pack's files have it."""

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("question_id", "point_id", "phrase"),)
    id: int | None = Field(default=None, primary_key=True)
    question_id: str
    point_id: str
    phrase: str
    at: datetime = moment()


class NoticeRow(SQLModel, table=True):
    """A message in the outbox."""

    __tablename__ = "notice"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = reference({SAID_ALONE: True}, foreign_key="address.id")
    reply: str = text()
    at: datetime = moment()
    learner_id: int | None = Field(default=None, foreign_key="learner.id", index=True)


class LookupRow(SQLModel, table=True):
    """A concept that a learner asked about, and when last."""

    __tablename__ = "lookup"
    learner_id: int = Field(foreign_key="learner.id", primary_key=True)
    concept_id: str = Field(primary_key=True)
    at: datetime = moment()


class ExcusedRow(SQLModel, table=True):
    """A study day that breaks no streak: vacation, travel, a push of ours that failed."""

    __tablename__ = "excused"
    learner_id: int = Field(foreign_key="learner.id", primary_key=True)
    day: date = Field(primary_key=True)


class ForgottenRow(SQLModel, table=True):
    """Somebody who asked to be forgotten, by a keyed hash of who they are."""

    __tablename__ = "forgotten"
    key_hash: str = Field(primary_key=True)
    at: datetime = moment()


class SecretRow(SQLModel, table=True):
    """A random key of this database."""

    __tablename__ = "secret"
    name: str = Field(primary_key=True)
    value: str


class LinkCodeRow(SQLModel, table=True):
    """A code that joins two learners, while it lasts."""

    __tablename__ = "link_code"
    __table_args__ = (UniqueConstraint("code"),)
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    code: str
    until: datetime = moment()


class WrongCodeRow(SQLModel, table=True):
    """A code that was tried and is none."""

    __tablename__ = "wrong_code"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    at: datetime = moment()


METADATA = SQLModel.metadata
_LOG, _GROUPS = log.AttemptRow.metadata, groups.GroupRow.metadata
"""The same: the tables of the other files are in it once these are read."""


class T:
    """The tables by name, for Core statements."""

    learner: Table = METADATA.tables["learner"]
    account: Table = METADATA.tables["account"]
    address: Table = METADATA.tables["address"]
    subscription: Table = METADATA.tables["subscription"]
    due: Table = METADATA.tables["due"]
    delivery: Table = METADATA.tables["delivery"]
    post: Table = METADATA.tables["post"]
    attempt: Table = _LOG.tables["attempt"]
    rubric: Table = _LOG.tables["rubric"]
    grading: Table = _LOG.tables["grading"]
    card: Table = _LOG.tables["card"]
    conversation: Table = METADATA.tables["conversation"]
    receipt: Table = METADATA.tables["receipt"]
    miss: Table = METADATA.tables["miss"]
    contest: Table = METADATA.tables["contest"]
    phrase: Table = METADATA.tables["phrase"]
    notice: Table = METADATA.tables["notice"]
    lookup: Table = METADATA.tables["lookup"]
    excused: Table = METADATA.tables["excused"]
    forgotten: Table = METADATA.tables["forgotten"]
    secret: Table = METADATA.tables["secret"]
    link_code: Table = METADATA.tables["link_code"]
    wrong_code: Table = METADATA.tables["wrong_code"]
    study_group: Table = _GROUPS.tables["study_group"]
    member: Table = _GROUPS.tables["member"]
    award: Table = _GROUPS.tables["award"]
    unheard: Table = _GROUPS.tables["unheard"]
    live: Table = _GROUPS.tables["live"]
