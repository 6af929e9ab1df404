"""The part of the store in memory about what is promised and sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.chat.messages import Address, Role, Sent
from bot.core.records.records import (
    Claim,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Due,
    Owner,
    Subscription,
)
from bot.core.scheduling.schedule import Schedule
from tests.fake_rows import MemoryRows


@dataclass
class MemoryDeliveries(MemoryRows):
    """Subscriptions, deliveries and posts."""

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

    def subscriptions_at(self, address: Address) -> Sequence[Subscription]:
        return sorted((s for s in self.subscriptions.values() if s.address == address), key=lambda s: s.id)

    def subscribed(self) -> Sequence[Address]:
        return list(dict.fromkeys(s.address for s in self.subscriptions.values() if not s.paused))

    def census(self) -> Mapping[str, int]:
        paused = sum(bool(s.paused) for s in self.subscriptions.values())
        counts = {"learners": len(self.learners), "subscribed": len(self.subscriptions) - paused, "paused": paused}
        return counts | {"notices": len(self.outbox)} | Counter(str(d.state) for d in self.sent.values())

    def due(self, now: datetime, limit: int) -> Sequence[Due]:
        found = [s for s in self.subscriptions.values() if s.next_at <= now and not s.paused]
        ordered = sorted(found, key=lambda s: (s.next_at, s.id))[:limit]
        return [Due(s.id, s.owner, 0, s.address.platform, s.schedule, s.next_at, s.unanswered) for s in ordered]

    def claim(self, claims: Sequence[Claim], now: datetime) -> None:
        for claim in claims:
            owner = claim.due.owner
            known = self.subscriptions[owner]
            state = DeliveryState.SKIPPED if claim.is_late else DeliveryState.PENDING
            self.add_delivery(
                owner, DeliveryKind.DAILY, claim.local_date, claim.ordinal, known.address, now, state=state
            )
            self.subscriptions[owner] = replace(
                known,
                next_at=claim.next_at,
                unanswered=known.unanswered + (not claim.is_late),
                missed=known.missed + (claim.is_late or bool(claim.skipped)),
            )

    def move_address(self, platform: str, old: str, new: str) -> None:
        def moved(address: Address) -> Address:
            is_it = (address.platform, address.chat) == (platform, old)
            return replace(address, chat=new) if is_it else address

        self.subscriptions = {o: replace(s, address=moved(s.address)) for o, s in self.subscriptions.items()}
        self.sent = {i: replace(d, address=moved(d.address)) for i, d in self.sent.items()}
        self.posts = {
            (moved(a), m if moved(a) == a else f"moved {m}"): post
            for (a, m), post in self.posts.items()
            if moved(a) == a or post[1]
        }
        self.outbox = {i: replace(n, address=moved(n.address)) for i, n in self.outbox.items()}
        self.groups = {i: replace(g, address=moved(g.address)) for i, g in self.groups.items()}
        self.conversations = {
            (moved(a), who): replace(c, address=moved(a)) for (a, who), c in self.conversations.items()
        }

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
        made = Delivery(len(self.sent) + 1, *key, address, question_id, reason, state, at, at, due_at=at)
        self.sent[made.id] = made
        return made

    def delivery(self, delivery_id: int) -> Delivery | None:
        return self.sent.get(delivery_id)

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        found = [d for d in self.sent.values() if (d.owner, d.kind, d.local_date) == (owner, kind, local_date)]
        return sorted(found, key=lambda d: d.ordinal)

    def deliveries_between(self, owner: Owner, first: date, last: date) -> Sequence[Delivery]:
        return [d for d in self.sent.values() if d.owner == owner and first <= d.local_date <= last]

    def waiting(self, platforms: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        found = [
            d
            for d in self.sent.values()
            if d.state is DeliveryState.PENDING and d.address.platform in platforms and (d.due_at or now) <= now
        ]
        return sorted(found, key=lambda d: (d.due_at or now, d.id), reverse=True)[:limit]

    def deliveries_in(self, state: DeliveryState, until: datetime, limit: int) -> Sequence[Delivery]:
        return [d for d in self.sent.values() if d.state is state and d.state_at <= until][:limit]

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        if delivery_id in self.sent:
            self.sent[delivery_id] = replace(self.sent[delivery_id], question_id=question_id, reason=reason)

    def move_delivery(
        self,
        delivery_id: int,
        expected: DeliveryState,
        to: DeliveryState,
        at: datetime,
        *,
        due_at: datetime | None = None,
        is_repeat: bool | None = None,
        tries: int | None = None,
    ) -> bool:
        found = self.sent.get(delivery_id)
        if found is None or found.state is not expected:
            return False
        self.sent[delivery_id] = replace(
            found,
            state=to,
            state_at=at,
            tries=found.tries + (to is DeliveryState.SENDING) if tries is None else tries,
            due_at=due_at or found.due_at,
            is_repeat=found.is_repeat if is_repeat is None else is_repeat,
        )
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
