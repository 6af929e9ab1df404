"""The tables of what the authors look at: misses, contests, and the phrases they accepted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.adapters.store.columns import moment, text


class MissRow(SQLModel, table=True):
    """A question that found nothing sure, without who asked."""

    __tablename__ = "miss"
    id: int = Field(default=None, primary_key=True)
    text: str = text()
    decision: str
    concept_id: str
    at: datetime = moment()


class ContestRow(SQLModel, table=True):
    """A mark, or something taught, that a learner says is wrong."""

    __tablename__ = "contest"
    id: int = Field(default=None, primary_key=True)
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
    id: int = Field(default=None, primary_key=True)
    question_id: str
    point_id: str
    phrase: str
    at: datetime = moment()
