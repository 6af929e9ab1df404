"""The tables of people: who they are, where they write from, what they are in the middle of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.adapters.store.columns import moment, text


class LearnerRow(SQLModel, table=True):
    """A person."""

    __tablename__ = "learner"
    id: int = Field(default=None, primary_key=True)
    language: str
    timezone: str
    created_at: datetime = moment()
    retention: float
    exam: date | None = None


class AccountRow(SQLModel, table=True):
    """A learner's identity on one platform."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "user_id"),)
    id: int = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", index=True)
    platform: str
    user_id: str
    name: str


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
    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    at: datetime = moment()


class AddressRow(SQLModel, table=True):
    """Where messages can be sent; a group that moves changes this row and nothing else."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("platform", "chat", "thread"),)
    id: int = Field(default=None, primary_key=True)
    platform: str
    chat: str
    thread: str


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
