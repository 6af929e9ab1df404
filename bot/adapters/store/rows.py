"""Rows <-> the core's values, and the small JSON texts that some columns hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from bot.adapters.store.tables import AccountRow, AttemptRow, CardRow, ContestRow, GradingRow, LearnerRow, MissRow
from bot.core.chat.messages import Address, Replies, Reply
from bot.core.grading.mark import Grade, PointMark
from bot.core.memory.card import Card, Rating, State
from bot.core.records.contests import Contest, ContestKind, ContestState, Miss, Notice
from bot.core.records.records import (
    Account,
    Aid,
    Attempt,
    Cause,
    Conversation,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Grading,
    Learner,
    Owner,
    OwnerKind,
    Subscription,
)
from bot.core.scheduling.schedule import ANY_DIFFICULTY, Schedule


@cache
def _replies() -> TypeAdapter[Replies]:
    return TypeAdapter(tuple[Reply, ...])  # built with the first message, since a start should not wait for it


@cache
def _points() -> TypeAdapter[tuple[PointMark, ...]]:
    return TypeAdapter(tuple[PointMark, ...])


def dump_replies(replies: Replies) -> str:
    """Write replies as JSON."""
    return _replies().dump_json(replies).decode()


def load_replies(text: str) -> Replies:
    """Read replies back, equal to what was written."""
    return _replies().validate_json(text)


def dump_points(points: tuple[PointMark, ...]) -> str:
    """Write the marks of key points as JSON."""
    return _points().dump_json(points).decode()


def load_points(text: str) -> tuple[PointMark, ...]:
    """Read the marks of key points back."""
    return _points().validate_json(text)


def dump_schedule(schedule: Schedule) -> str:
    """Write a schedule as JSON."""
    return json.dumps(
        {
            "times": [wall.isoformat() for wall in schedule.times],
            "timezone": schedule.timezone,
            "weekdays": sorted(schedule.weekdays),
            "per_push": schedule.per_push,
            "topics": list(schedule.topics),
            "difficulty": list(schedule.difficulty),
            "quiet": [wall.isoformat() for wall in schedule.quiet] if schedule.quiet else None,
            "easy_days": sorted(schedule.easy_days),
            "vacation_until": schedule.vacation_until.isoformat() if schedule.vacation_until else None,
        }
    )


@lru_cache(4096)
def load_schedule(text: str) -> Schedule:
    """Read a schedule back."""
    value = json.loads(text)
    return Schedule(
        tuple(time.fromisoformat(wall) for wall in value["times"]),
        value["timezone"],
        frozenset(value["weekdays"]),
        value["per_push"],
        tuple(value["topics"]),
        # What follows came later: schedules of before do not say it.
        tuple(value.get("difficulty", ANY_DIFFICULTY)),
        _quiet_of(value.get("quiet")),
        frozenset(value.get("easy_days", ())),
        date.fromisoformat(value["vacation_until"]) if value.get("vacation_until") else None,
    )


def _quiet_of(walls: list[str] | None) -> tuple[time, time] | None:
    return (time.fromisoformat(walls[0]), time.fromisoformat(walls[1])) if walls else None


def dump_aids(aids: Iterable[Aid]) -> str:
    """Write aids as words."""
    return " ".join(sorted(aids))


def load_aids(text: str) -> frozenset[Aid]:
    """Read aids back."""
    return frozenset(Aid(word) for word in text.split())


Joined = Any
"""A row with the columns of its address; no class has them all."""


def address_of(row: Joined) -> Address:
    """Read the address columns of a joined row."""
    return Address(row.platform, row.chat, row.thread)


def learner_of(row: LearnerRow) -> Learner:
    """Read a learner."""
    return Learner(row.id, row.language, row.timezone, row.created_at, row.retention, row.exam)


def account_of(row: AccountRow) -> Account:
    """Read an account."""
    return Account(row.id, row.learner_id, row.platform, row.user_id, row.name)


def subscription_of(row: Joined) -> Subscription:
    """Read a subscription joined with its address."""
    owner = Owner(OwnerKind(row.owner_kind), row.owner_id)
    schedule = load_schedule(row.schedule)
    return Subscription(row.id, owner, address_of(row), schedule, row.next_at, row.paused, row.unanswered, row.missed)


def delivery_of(row: Joined) -> Delivery:
    """Read a delivery joined with its address."""
    return Delivery(
        id=row.id,
        owner=Owner(OwnerKind(row.owner_kind), row.owner_id),
        kind=DeliveryKind(row.kind),
        local_date=row.local_date,
        ordinal=row.ordinal,
        address=address_of(row),
        question_id=row.question_id,
        reason=row.reason,
        state=DeliveryState(row.state),
        created_at=row.created_at,
        state_at=row.state_at,
        tries=row.tries,
        due_at=row.due_at,
        is_repeat=row.is_repeat,
    )


def attempt_of(row: AttemptRow) -> Attempt:
    """Read an attempt."""
    return Attempt(
        row.id,
        row.learner_id,
        row.account_id,
        row.delivery_id,
        row.question_id,
        row.text,
        row.sent_at,
        row.study_day,
        load_aids(row.aids),
    )


def grading_of(row: GradingRow) -> Grading:
    """Read a grading."""
    return Grading(
        row.id,
        row.attempt_id,
        row.rubric_hash,
        row.grader_version,
        Grade(row.fraction, load_points(row.points), row.reason),
        Cause(row.cause),
        Rating(row.rating) if row.rating is not None else None,
        row.at,
    )


def card_of(row: CardRow) -> Card:
    """Read a card."""
    return Card(
        row.question_id,
        row.stability,
        row.difficulty,
        row.due,
        row.last_review,
        State(row.state),
        row.reps,
        row.lapses,
        row.has_failed,
        row.is_retired,
    )


def conversation_of(row: Joined) -> Conversation:
    """Read a conversation joined with its address."""
    return Conversation(
        address=address_of(row),
        learner_id=row.learner_id,
        at=row.at,
        delivery_id=row.delivery_id,
        concept_id=row.concept_id,
        choices=tuple(json.loads(row.choices)),
        last_text=row.last_text,
        aids=load_aids(row.aids),
        session=row.session,
    )


def contest_of(row: ContestRow) -> Contest:
    """Read a contest."""
    return Contest(
        row.id,
        ContestKind(row.kind),
        row.learner_id,
        row.attempt_id,
        row.subject,
        row.text,
        ContestState(row.state),
        row.at,
    )


def notice_of(row: Joined) -> Notice:
    """Read a notice joined with its address."""
    (reply,) = load_replies(row.reply)
    return Notice(row.id, address_of(row), reply)


def miss_of(row: MissRow) -> Miss:
    """Read a miss."""
    return Miss(row.id, row.text, row.decision, row.concept_id, row.at)
