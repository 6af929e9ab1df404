"""The part of a transaction about people: learners, accounts, subscriptions, conversations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from bot.adapters.store import rows
from bot.adapters.store.statements import Statements
from bot.adapters.store.tables import T
from bot.core.messages import Address
from bot.core.records import Account, Conversation, Learner, Miss, Owner, Subscription
from bot.core.scheduling import Schedule
from bot.errors import NotFoundError

_SUBSCRIPTION = select(T.subscription, T.address.c.platform, T.address.c.chat, T.address.c.thread).join(T.address)
_CONVERSATION = select(T.conversation, T.address.c.platform, T.address.c.chat, T.address.c.thread).join(T.address)


class People(Statements):
    """Learners and what is promised to them."""

    def account(self, platform: str, user_id: str) -> Account | None:
        """Return the account of a platform's user."""
        table = T.account
        where = (table.c.platform == platform) & (table.c.user_id == user_id)
        row = self._connection.execute(select(table).where(where)).first()
        return rows.account_of(row) if row else None

    def add_learner(
        self, platform: str, user_id: str, name: str, language: str, timezone: str, at: datetime
    ) -> tuple[Learner, Account]:
        """Create a learner with their first account."""
        learner_id = self._insert(T.learner, {"language": language, "timezone": timezone, "created_at": at})
        values = {"learner_id": learner_id, "platform": platform, "user_id": user_id, "name": name}
        account_id = self._insert(T.account, values)
        return Learner(learner_id, language, timezone, at), Account(account_id, learner_id, platform, user_id, name)

    def learner(self, learner_id: int) -> Learner:
        """Return a learner. Raises NotFoundError."""
        row = self._connection.execute(select(T.learner).where(T.learner.c.id == learner_id)).first()
        if row is None:
            raise NotFoundError(f"there is no learner {learner_id}")
        return rows.learner_of(row)

    def save_learner(self, learner: Learner) -> None:
        """Write a learner's settings."""
        values = {"language": learner.language, "timezone": learner.timezone}
        self._connection.execute(T.learner.update().where(T.learner.c.id == learner.id).values(**values))

    def subscription(self, owner: Owner) -> Subscription | None:
        """Return an owner's subscription."""
        row = self._connection.execute(_SUBSCRIPTION.where(*_owned_by(owner))).first()
        return rows.subscription_of(row) if row else None

    def subscribe(self, owner: Owner, address: Address, schedule: Schedule, next_at: datetime) -> Subscription:
        """Create an owner's subscription, or replace it."""
        values = {
            "owner_kind": owner.kind,
            "owner_id": owner.id,
            "address_id": self._address_id(address),
            "schedule": rows.dump_schedule(schedule),
            "next_at": next_at,
            "paused": "",
        }
        self._put(T.subscription, ("owner_kind", "owner_id"), values)
        made = self.subscription(owner)
        if made is None:
            raise NotFoundError(f"the subscription of {owner} vanished while it was written")
        return made

    def save_subscription(self, subscription: Subscription) -> None:
        """Write a subscription."""
        values = {
            "address_id": self._address_id(subscription.address),
            "schedule": rows.dump_schedule(subscription.schedule),
            "next_at": subscription.next_at,
            "paused": subscription.paused,
        }
        self._connection.execute(T.subscription.update().where(T.subscription.c.id == subscription.id).values(**values))

    def unsubscribe(self, owner: Owner) -> bool:
        """Remove an owner's subscription; tell whether there was one."""
        return self._connection.execute(T.subscription.delete().where(*_owned_by(owner))).rowcount > 0

    def due(self, now: datetime, limit: int) -> Sequence[Subscription]:
        """Return the unpaused subscriptions with `next_at <= now`, earliest first."""
        table = T.subscription
        found = _SUBSCRIPTION.where(table.c.next_at <= now, table.c.paused == "")
        ordered = found.order_by(table.c.next_at, table.c.id).limit(limit)
        return [rows.subscription_of(row) for row in self._connection.execute(ordered)]

    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        """Return what a learner and the tutor are in the middle of."""
        where = (T.address.c.platform, T.address.c.chat, T.address.c.thread, T.conversation.c.learner_id)
        values = (address.platform, address.chat, address.thread, learner_id)
        matches = (column == value for column, value in zip(where, values, strict=True))
        row = self._connection.execute(_CONVERSATION.where(*matches)).first()
        return rows.conversation_of(row) if row else None

    def save_conversation(self, conversation: Conversation) -> None:
        """Write a conversation."""
        values = {
            "address_id": self._address_id(conversation.address),
            "learner_id": conversation.learner_id,
            "delivery_id": conversation.delivery_id,
            "concept_id": conversation.concept_id,
            "choices": json.dumps(conversation.choices),
            "last_text": conversation.last_text,
            "aids": rows.dump_aids(conversation.aids),
            "at": conversation.at,
        }
        self._put(T.conversation, ("address_id", "learner_id"), values)

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        """Note a question that found nothing sure."""
        self._insert(T.miss, {"text": text, "decision": decision, "concept_id": concept_id, "at": at})

    def misses(self, limit: int) -> Sequence[Miss]:
        """Return the newest misses."""
        newest = select(T.miss).order_by(T.miss.c.id.desc()).limit(limit)
        return [rows.miss_of(row) for row in self._connection.execute(newest)]


def _owned_by(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return (T.subscription.c.owner_kind == owner.kind, T.subscription.c.owner_id == owner.id)
