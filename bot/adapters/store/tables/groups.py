"""The tables of study groups."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.adapters.store.columns import moment, moment_or_none, reference
from bot.adapters.store.ownership import BLANKED


class GroupRow(SQLModel, table=True):
    """A chat, channel or topic whose members get one question together."""

    __tablename__ = "study_group"
    id: int = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", unique=True)
    title: str
    language: str
    reveal_after_s: int
    mode: str
    created_at: datetime = moment()


class MemberRow(SQLModel, table=True):
    """A learner in a group."""

    __tablename__ = "member"
    group_id: int = Field(foreign_key="study_group.id", primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", primary_key=True, index=True)
    name: str
    joined_on: date
    is_hidden: bool
    has_left: bool


class AwardRow(SQLModel, table=True):
    """Points for the answer of a learner to a delivery that counts."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("delivery_id", "learner_id"),
        Index("ix_award_group_day", "group_id", "day"),
        Index("ix_award_learner_day", "learner_id", "day"),
    )
    attempt_id: int = Field(foreign_key="attempt.id", primary_key=True)
    learner_id: int = Field(foreign_key="learner.id")
    group_id: int | None = Field(default=None, foreign_key="study_group.id")
    delivery_id: int = Field(foreign_key="delivery.id")
    day: date
    points: int
    is_quotable: bool


class UnheardRow(SQLModel, table=True):
    """A mark that could not be said to its reader alone, until the group is told of all such at once."""

    __tablename__ = "unheard"
    group_id: int = Field(foreign_key="study_group.id", primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    at: datetime = moment(index=True)


class LiveRow(SQLModel, table=True):
    """The latest live quiz of a group."""

    __tablename__ = "live"
    group_id: int = Field(foreign_key="study_group.id", primary_key=True)
    number: int
    rounds: int
    window_s: int
    topics: str
    lowest: int
    highest: int
    has_short: bool
    begun_by: int | None = reference({BLANKED: True}, default=None, foreign_key="learner.id", index=True)
    begun_at: datetime = moment()
    state: str
    asked: str
    is_open: bool
    closes_at: datetime | None = moment_or_none()
    idle: int
    wakes_at: datetime | None = moment_or_none(index=True)
