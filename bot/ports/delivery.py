"""What a store does for what is promised and sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.chat.messages import Address, Replies, Role, Sent
from bot.core.records.records import (
    AS_IT_IS,
    Claim,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Due,
    NewDelivery,
    Owner,
    Retry,
    Subscription,
)
from bot.core.scheduling.schedule import Schedule


class Deliveries(Protocol):
    """Subscriptions, deliveries, posts, and replies that a replay gets again."""

    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        """Return what a message of this id was answered with before, or None."""

    def remember_replies(
        self, address: Address, wire_id: str, replies: Replies, at: datetime, learner_id: int | None = None
    ) -> None:
        """Keep the replies to a message, so that its replay says the same and changes nothing."""

    def drop_replies(self, before: datetime) -> None:
        """Let go of the replies to messages from before a moment."""

    def subscription(self, owner: Owner) -> Subscription | None:
        """Return an owner's subscription."""

    def subscribe(self, owner: Owner, address: Address, schedule: Schedule, next_at: datetime) -> Subscription:
        """Create an owner's subscription, or replace it."""

    def save_subscription(self, subscription: Subscription) -> None:
        """Write a subscription."""

    def unsubscribe(self, owner: Owner) -> bool:
        """Remove an owner's subscription; tell whether there was one."""

    def subscriptions_at(self, address: Address) -> Sequence[Subscription]:
        """Return the subscriptions that push to an address."""

    def subscribed(self) -> Sequence[Address]:
        """Return every address that somebody's unpaused subscription pushes to, once."""

    def census(self) -> Mapping[str, int]:
        """Count "learners", "subscribed", "paused", "notices", and the deliveries of each state by its name."""

    def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return the unpaused subscriptions with `next_at <= now`, earliest first."""

    def claim(self, claims: Sequence[Claim], now: datetime) -> None:
        """Write the deliveries of due subscriptions, where they have none yet, and move them on."""

    def move_address(self, platform: str, old: str, new: str) -> None:
        """Follow a chat that has a new id; what is under way there goes on."""

    def add_delivery(self, new: NewDelivery) -> Delivery | None:
        """Create a delivery; None where this owner, kind, date and ordinal already has one."""

    def delivery(self, delivery_id: int) -> Delivery | None:
        """Return a delivery."""

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        """Return an owner's deliveries of one date by ordinal."""

    def deliveries_between(self, owner: Owner, first: date, last: date) -> Sequence[Delivery]:
        """Return an owner's deliveries from one date to another, of every kind, in the order they were made."""

    def waiting(self, platforms: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        """Return the pending deliveries of these platforms with `due_at <= now`, the latest due first."""

    def deliveries_in(self, state: DeliveryState, until: datetime, limit: int) -> Sequence[Delivery]:
        """Return deliveries that entered a state at or before a moment, and are in it still, oldest first."""

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        """Write which question a delivery asks."""

    def move_delivery(
        self, delivery_id: int, expected: DeliveryState, to: DeliveryState, at: datetime, retry: Retry = AS_IT_IS
    ) -> bool:
        """Compare and set a delivery's state; False where it was in another. Entering SENDING counts a try."""

    def add_posts(self, address: Address, delivery_id: int, role: Role, sent: Sent) -> None:
        """Tie platform messages (and a poll) to a delivery; the same post twice is one, tied to the last."""

    def delivery_of_post(self, address: Address, message_id: str) -> Delivery | None:
        """Return the delivery that a platform message belongs to."""

    def delivery_of_poll(self, platform: str, poll_id: str) -> Delivery | None:
        """Return the delivery that a poll belongs to."""
