"""A store in memory: the same port, for the contract and for fast tests."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core.grading.mark import Grade
from bot.core.messages import Address, Replies, Reply, Role, Sent
from bot.core.records import (
    Account,
    Aid,
    Attempt,
    Cause,
    Contest,
    ContestKind,
    ContestState,
    Conversation,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Grading,
    Learner,
    Miss,
    Notice,
    Owner,
    Subscription,
)
from bot.core.scheduling import Card, Rating, Schedule
from bot.errors import NotFoundError


@dataclass
class MemoryTransaction:
    """Everything there is, in dicts and lists."""

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
    notes: int = 0
    promises: int = 0

    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        return self.receipts.get((address, wire_id))

    def remember_replies(self, address: Address, wire_id: str, replies: Replies, at: datetime) -> None:
        self.receipts.setdefault((address, wire_id), replies)

    def account(self, platform: str, user_id: str) -> Account | None:
        return self.accounts.get((platform, user_id))

    def add_learner(
        self, platform: str, user_id: str, name: str, language: str, timezone: str, at: datetime
    ) -> tuple[Learner, Account]:
        learner = Learner(len(self.learners) + 1, language, timezone, at)
        account = Account(len(self.accounts) + 1, learner.id, platform, user_id, name)
        self.learners[learner.id] = learner
        self.accounts[platform, user_id] = account
        return learner, account

    def learner(self, learner_id: int) -> Learner:
        if learner_id not in self.learners:
            raise NotFoundError(f"there is no learner {learner_id}")
        return self.learners[learner_id]

    def save_learner(self, learner: Learner) -> None:
        if learner.id in self.learners:
            self.learners[learner.id] = learner

    def subscription(self, owner: Owner) -> Subscription | None:
        return self.subscriptions.get(owner)

    def subscribe(self, owner: Owner, address: Address, schedule: Schedule, next_at: datetime) -> Subscription:
        self.promises += 1
        known = self.subscriptions.get(owner)
        made = Subscription(known.id if known else self.promises, owner, address, schedule, next_at)
        self.subscriptions[owner] = made
        return made

    def save_subscription(self, subscription: Subscription) -> None:
        if subscription.owner in self.subscriptions:
            self.subscriptions[subscription.owner] = subscription

    def unsubscribe(self, owner: Owner) -> bool:
        return self.subscriptions.pop(owner, None) is not None

    def due(self, now: datetime, limit: int) -> Sequence[Subscription]:
        found = [s for s in self.subscriptions.values() if s.next_at <= now and not s.paused]
        return sorted(found, key=lambda s: (s.next_at, s.id))[:limit]

    def add_delivery(
        self,
        owner: Owner,
        kind: DeliveryKind,
        local_date: date,
        ordinal: int,
        address: Address,
        at: datetime,
        *,
        question_id: str = "",
        reason: str = "",
        state: DeliveryState = DeliveryState.PENDING,
    ) -> Delivery | None:
        key = (owner, kind, local_date, ordinal)
        if any((d.owner, d.kind, d.local_date, d.ordinal) == key for d in self.sent.values()):
            return None
        made = Delivery(len(self.sent) + 1, *key, address, question_id, reason, state, at, at)
        self.sent[made.id] = made
        return made

    def delivery(self, delivery_id: int) -> Delivery | None:
        return self.sent.get(delivery_id)

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        found = [d for d in self.sent.values() if (d.owner, d.kind, d.local_date) == (owner, kind, local_date)]
        return sorted(found, key=lambda d: d.ordinal)

    def deliveries_in(self, states: Sequence[DeliveryState], limit: int) -> Sequence[Delivery]:
        return [d for d in self.sent.values() if d.state in states][:limit]

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        if delivery_id in self.sent:
            self.sent[delivery_id] = replace(self.sent[delivery_id], question_id=question_id, reason=reason)

    def move_delivery(self, delivery_id: int, expected: DeliveryState, to: DeliveryState, at: datetime) -> bool:
        found = self.sent.get(delivery_id)
        if found is None or found.state is not expected:
            return False
        tries = found.tries + (to is DeliveryState.SENDING)
        self.sent[delivery_id] = replace(found, state=to, state_at=at, tries=tries)
        return True

    def add_posts(self, address: Address, delivery_id: int, role: Role, sent: Sent) -> None:
        for message_id in sent.message_ids:
            self.posts[address, message_id] = (delivery_id, sent.poll_id, role)

    def delivery_of_post(self, address: Address, message_id: str) -> Delivery | None:
        post = self.posts.get((address, message_id))
        return self.sent.get(post[0]) if post else None

    def delivery_of_poll(self, platform: str, poll_id: str) -> Delivery | None:
        found = (
            delivery_id
            for (address, _), (delivery_id, poll, _) in self.posts.items()
            if poll == poll_id and address.platform == platform
        )
        return self.sent.get(next(found, 0))

    def add_attempt(
        self,
        learner_id: int,
        account_id: int,
        delivery_id: int,
        question_id: str,
        text: str,
        sent_at: datetime,
        study_day: date,
        aids: frozenset[Aid],
    ) -> Attempt:
        made = Attempt(
            len(self.answers) + 1, learner_id, account_id, delivery_id, question_id, text, sent_at, study_day, aids
        )
        self.answers.append(made)
        return made

    def add_grading(
        self,
        attempt_id: int,
        rubric_hash: str,
        rubric_json: str,
        grader_version: str,
        grade: Grade,
        cause: Cause,
        rating: Rating | None,
        at: datetime,
    ) -> Grading:
        self.rubrics.setdefault(rubric_hash, rubric_json)
        made = Grading(len(self.graded) + 1, attempt_id, rubric_hash, grader_version, grade, cause, rating, at)
        self.graded.append(made)
        return made

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        return [a for a in self.answers if a.learner_id == learner_id and delivery_id in (None, a.delivery_id)]

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        mine = {a.id: a for a in self.attempts(learner_id) if question_id in (None, a.question_id)}
        return [(mine[g.attempt_id], g) for g in self.graded if g.attempt_id in mine]

    def rubric(self, rubric_hash: str) -> str | None:
        return self.rubrics.get(rubric_hash)

    def card(self, learner_id: int, question_id: str) -> Card | None:
        return self.memory.get((learner_id, question_id))

    def cards(self, learner_id: int) -> Sequence[Card]:
        return [card for (owner, _), card in sorted(self.memory.items()) if owner == learner_id]

    def save_card(self, learner_id: int, card: Card) -> None:
        self.memory[learner_id, card.question_id] = card

    def drop_card(self, learner_id: int, question_id: str) -> None:
        self.memory.pop((learner_id, question_id), None)

    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        return self.conversations.get((address, learner_id))

    def save_conversation(self, conversation: Conversation) -> None:
        self.conversations[conversation.address, conversation.learner_id] = conversation

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        self.missed.append(Miss(len(self.missed) + 1, text, decision, concept_id, at))

    def add_contest(
        self, kind: ContestKind, learner_id: int, attempt_id: int | None, subject: str, text: str, at: datetime
    ) -> Contest | None:
        if attempt_id is not None and any(c.attempt_id == attempt_id for c in self.contested.values()):
            return None
        number = len(self.contested) + 1
        made = Contest(number, kind, learner_id, attempt_id, subject, text, ContestState.OPEN, at)
        self.contested[number] = made
        return made

    def contest(self, contest_id: int) -> Contest | None:
        return self.contested.get(contest_id)

    def contests(self, state: ContestState, limit: int) -> Sequence[Contest]:
        return [c for c in self.contested.values() if c.state is state][:limit]

    def settle_contest(self, contest_id: int, to: ContestState) -> bool:
        found = self.contested.get(contest_id)
        if found is None or found.state is not ContestState.OPEN:
            return False
        self.contested[contest_id] = replace(found, state=to)
        return True

    def add_phrase(self, question_id: str, point_id: str, phrase: str, at: datetime) -> None:
        if (question_id, point_id, phrase) not in self.accepted:
            self.accepted.append((question_id, point_id, phrase))

    def phrases(self, question_id: str | None = None) -> Sequence[tuple[str, str, str]]:
        return [row for row in self.accepted if question_id in (None, row[0])]

    def attempt(self, attempt_id: int) -> Attempt | None:
        return next((a for a in self.answers if a.id == attempt_id), None)

    def attempts_at(self, question_id: str) -> Sequence[Attempt]:
        return [a for a in self.answers if a.question_id == question_id]

    def add_notice(self, address: Address, reply: Reply, at: datetime) -> None:
        self.notes += 1
        self.outbox[self.notes] = Notice(self.notes, address, reply)

    def notices(self, platforms: Sequence[str], limit: int) -> Sequence[Notice]:
        return [n for n in self.outbox.values() if n.address.platform in platforms][:limit]

    def drop_notice(self, notice_id: int) -> bool:
        return self.outbox.pop(notice_id, None) is not None

    def misses(self, limit: int) -> Sequence[Miss]:
        return self.missed[::-1][:limit]


class MemoryStore:
    """Commits by keeping the changed copy."""

    def __init__(self) -> None:
        self._kept = MemoryTransaction()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        changed = copy.deepcopy(self._kept)
        yield changed
        self._kept = changed

    def close(self) -> None:
        """There is nothing to let go of."""
