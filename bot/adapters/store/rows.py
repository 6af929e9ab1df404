"""Rows <-> the core's values, and the small JSON texts that some columns hold."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import fields
from datetime import date, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter

from bot.adapters.store.tables import AccountRow, AttemptRow, CardRow, ContestRow, GradingRow, LearnerRow, MissRow
from bot.core.chat.messages import Address, Replies
from bot.core.grading.mark import Grade, PointMark
from bot.core.memory.card import Card
from bot.core.records.contests import Contest, Miss, Notice
from bot.core.records.records import (
    Account,
    Aid,
    Attempt,
    Conversation,
    Delivery,
    Grading,
    Learner,
    Owner,
    OwnerKind,
    Subscription,
)
from bot.core.scheduling.schedule import ANY_DIFFICULTY, Schedule

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_T = TypeVar("_T")


def dump_replies(replies: Replies) -> str:
    """Write replies as JSON."""
    return _reader(Replies).dump_json(replies).decode()


def load_replies(text: str) -> Replies:
    """Read replies back, equal to what was written."""
    replies: Replies = _reader(Replies).validate_json(text)
    return replies


def dump_points(points: tuple[PointMark, ...]) -> str:
    """Write the marks of key points as JSON."""
    return _reader(tuple[PointMark, ...]).dump_json(points).decode()


def load_points(text: str) -> tuple[PointMark, ...]:
    """Read the marks of key points back."""
    points: tuple[PointMark, ...] = _reader(tuple[PointMark, ...]).validate_json(text)
    return points


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


def values_of(record: DataclassInstance, *without: str) -> dict[str, object]:
    """Return what a record holds by the names of its fields, which are those of its columns; but for some."""
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in without}


def read(kind: type[_T], row: Joined, **made: object) -> _T:
    """Read a record out of the columns that its fields are named after.

    Args:
        made: the fields that no column holds as they are.
    """
    record: _T = _reader(cast("Hashable", kind)).validate_python(row._asdict() | made)
    return record


@cache
def _reader(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", kind))  # built with the first record, since a start should not wait for it


def address_of(row: Joined) -> Address:
    """Read the address columns of a joined row."""
    return Address(row.platform, row.chat, row.thread)


def _owner_of(row: Joined) -> Owner:
    return Owner(OwnerKind(row.owner_kind), row.owner_id)


def learner_of(row: LearnerRow) -> Learner:
    """Read a learner."""
    return read(Learner, row)


def account_of(row: AccountRow) -> Account:
    """Read an account."""
    return read(Account, row)


def subscription_of(row: Joined) -> Subscription:
    """Read a subscription joined with its address."""
    schedule = load_schedule(row.schedule)
    return read(Subscription, row, owner=_owner_of(row), address=address_of(row), schedule=schedule)


def delivery_of(row: Joined) -> Delivery:
    """Read a delivery joined with its address."""
    return read(Delivery, row, owner=_owner_of(row), address=address_of(row))


def attempt_of(row: AttemptRow) -> Attempt:
    """Read an attempt."""
    return read(Attempt, row, aids=load_aids(row.aids))


def grading_of(row: GradingRow) -> Grading:
    """Read a grading."""
    return read(Grading, row, grade=Grade(row.fraction, load_points(row.points), row.reason))


def card_of(row: CardRow) -> Card:
    """Read a card."""
    return read(Card, row)


def conversation_of(row: Joined) -> Conversation:
    """Read a conversation joined with its address."""
    choices = tuple(json.loads(row.choices))
    return read(Conversation, row, address=address_of(row), choices=choices, aids=load_aids(row.aids))


def contest_of(row: ContestRow) -> Contest:
    """Read a contest."""
    return read(Contest, row)


def notice_of(row: Joined) -> Notice:
    """Read a notice joined with its address."""
    (reply,) = load_replies(row.reply)
    return Notice(row.id, address_of(row), reply)


def miss_of(row: MissRow) -> Miss:
    """Read a miss."""
    return read(Miss, row)
