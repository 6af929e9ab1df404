"""What the store in memory keeps, in dicts and lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.core.chat.messages import Address, Replies, Role
from bot.core.groups.group import Award, Member, StudyGroup
from bot.core.groups.live_quiz import LiveQuiz
from bot.core.memory.card import Card
from bot.core.records.contests import Contest, Miss, Notice
from bot.core.records.records import Account, Attempt, Conversation, Delivery, Grading, Learner, Owner, Subscription


@dataclass
class MemoryRows:
    """Everything there is."""

    receipts: dict[tuple[Address, str], Replies] = field(default_factory=dict)
    learners: dict[int, Learner] = field(default_factory=dict)
    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    subscriptions: dict[Owner, Subscription] = field(default_factory=dict)
    sent: dict[int, Delivery] = field(default_factory=dict)
    posts: dict[tuple[Address, str], tuple[int, str | None, Role]] = field(default_factory=dict)
    answers: list[Attempt] = field(default_factory=list)
    graded: list[Grading] = field(default_factory=list)
    rubrics: dict[str, str] = field(default_factory=dict)
    memory: dict[tuple[int, str], Card] = field(default_factory=dict)
    conversations: dict[tuple[Address, int], Conversation] = field(default_factory=dict)
    missed: list[Miss] = field(default_factory=list)
    contested: dict[int, Contest] = field(default_factory=dict)
    accepted: list[tuple[str, str, str]] = field(default_factory=list)
    outbox: dict[int, Notice] = field(default_factory=dict)
    lookups: dict[tuple[int, str], datetime] = field(default_factory=dict)
    excuses: set[tuple[int, date]] = field(default_factory=set)
    tombs: set[tuple[str, str]] = field(default_factory=set)
    buried_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    codes: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    wrong: list[tuple[int, datetime]] = field(default_factory=list)
    issued: int = 0
    readers: dict[tuple[Address, str], int | None] = field(default_factory=dict)
    replied_at: dict[tuple[Address, str], datetime] = field(default_factory=dict)
    addressees: dict[int, int | None] = field(default_factory=dict)
    notes: int = 0
    promises: int = 0
    groups: dict[int, StudyGroup] = field(default_factory=dict)
    joined: dict[tuple[int, int], Member] = field(default_factory=dict)
    awards: dict[int, Award] = field(default_factory=dict)
    unsaid: dict[tuple[int, int, int], datetime] = field(default_factory=dict)
    quizzes: dict[int, LiveQuiz] = field(default_factory=dict)
