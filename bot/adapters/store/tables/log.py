"""The tables of the log: attempts, gradings, and the cards that are their fold."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Integer
from sqlmodel import Column, Field, SQLModel

from bot.adapters.store.columns import moment, text
from bot.adapters.store.ownership import MADE_ANEW


class AttemptRow(SQLModel, table=True):
    """What a learner answered; never changes."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_learner_question", "learner_id", "question_id"),)
    id: int = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    question_id: str
    text: str = text()
    sent_at: datetime = moment()
    study_day: date
    aids: str


class RubricRow(SQLModel, table=True):
    """A rubric as it stood when something was graded by it."""

    __tablename__ = "rubric"
    hash: str = Field(primary_key=True)
    json_text: str = text()


class GradingRow(SQLModel, table=True):
    """One grading of an attempt; only ever added."""

    __tablename__ = "grading"
    id: int = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    rubric_hash: str = Field(foreign_key="rubric.hash")
    grader_version: str
    fraction: float
    reason: str
    points: str = text()
    cause: str
    rating: int | None = Field(default=None, sa_column=Column(Integer(), nullable=True))
    at: datetime = moment()


class CardRow(SQLModel, table=True):
    """A cache: the fold of a learner's gradings of a question."""

    __tablename__ = "card"
    __table_args__ = ({"info": {MADE_ANEW: True}},)
    learner_id: int = Field(foreign_key="learner.id", primary_key=True)
    question_id: str = Field(primary_key=True)
    stability: float
    difficulty: float
    due: date
    last_review: date
    state: int
    reps: int
    lapses: int
    has_failed: bool
    is_retired: bool
