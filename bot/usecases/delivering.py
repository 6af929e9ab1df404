"""The daily push: subscribing, claiming what is due, sending it once, and knowing that it arrived."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from bot.core.messages import Address, Replies, Reply, Sent
from bot.core.records import Conversation, Delivery, DeliveryKind, DeliveryState, OwnerKind, Subscription
from bot.core.scheduling import Schedule, next_slot, study_day
from bot.core.selection import choose
from bot.core.wording import Wording
from bot.ports import Store, Transaction
from bot.usecases import feedback
from bot.usecases.visit import Knowledge, Visit

DEFAULT_TIME = time(8, 0)
MAX_TRIES = 5
"""A delivery that could not be sent this often is given up."""
_TIME = re.compile(r"(\d{1,2})(?:[:：点時时](\d{1,2})?)?分?")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent unasked."""

    delivery_id: int
    address: Address
    reply: Reply


# --- what a learner can say ------------------------------------------------------------------------


def subscribe(visit: Visit, argument: str) -> Replies:
    """Promise a question every day at a local time: "08:00 Asia/Shanghai", "7点"; nothing means 08:00."""
    wall, zone = _read_schedule(argument, visit.learner.timezone)
    if wall is None:
        return visit.say("subscribe.usage")
    if zone not in available_timezones():
        return visit.say("subscribe.zone", zone=zone[:40])
    if zone != visit.learner.timezone:
        visit.tx.save_learner(replace(visit.learner, timezone=zone))
    schedule = Schedule((wall,), zone)
    slot = next_slot(schedule, visit.now)
    made = visit.tx.subscribe(visit.owner, visit.message.address, schedule, slot.at)
    return visit.say("subscribed", next=_local(made), **feedback.schedule(made))


def _read_schedule(argument: str, zone: str) -> tuple[time | None, str]:
    """Read a time and a zone in either order; None for a time that is none."""
    parts = argument.split()
    zones = [part for part in parts if "/" in part or part.upper() == "UTC"]
    rest = "".join(part for part in parts if part not in zones)
    zone = zones[0] if zones else zone
    if not rest:
        return (DEFAULT_TIME if not argument.strip() or zones else None), zone
    match = _TIME.fullmatch(rest)
    hour, minute = (int(match.group(1)), int(match.group(2) or 0)) if match else (99, 0)
    return (time(hour, minute) if hour < 24 and minute < 60 else None), zone


def pause(visit: Visit) -> Replies:
    """Stop pushing until the learner says otherwise."""
    subscription = visit.tx.subscription(visit.owner)
    if subscription is None:
        return visit.say("no-subscription")
    visit.tx.save_subscription(replace(subscription, paused="learner"))
    return visit.say("paused")


def resume(visit: Visit) -> Replies:
    """Push again, from the next slot on."""
    subscription = visit.tx.subscription(visit.owner)
    if subscription is None:
        return visit.say("no-subscription")
    slot = next_slot(subscription.schedule, visit.now)
    resumed = replace(subscription, paused="", next_at=slot.at)
    visit.tx.save_subscription(resumed)
    return visit.say("resumed", next=_local(resumed))


def unsubscribe(visit: Visit) -> Replies:
    """Forget the promise."""
    was_there = visit.tx.unsubscribe(visit.owner)
    return visit.say("unsubscribed" if was_there else "no-subscription")


def _local(subscription: Subscription) -> str:
    """Return the next push in local time, as shown."""
    zone = ZoneInfo(subscription.schedule.timezone)
    return f"{subscription.next_at.astimezone(zone):%Y-%m-%d %H:%M}"


# --- what the ticker does --------------------------------------------------------------------------


def claim(store: Store, now: datetime, limit: int = 500) -> int:
    """Turn every subscription that is due into a pending delivery, and move it on to its next slot.

    A tick that is late, doubled or run by two processes changes nothing: the delivery is unique by
    owner, kind, local date and ordinal.

    Returns:
        How many subscriptions were due.
    """
    with store.transaction() as tx:
        due = tx.due(now, limit)
        for subscription in due:
            _claim_one(tx, subscription, now)
        return len(due)


def _claim_one(tx: Transaction, subscription: Subscription, now: datetime) -> None:
    zone = ZoneInfo(subscription.schedule.timezone)
    local = subscription.next_at.astimezone(zone)
    earlier = sum(wall < local.time() for wall in subscription.schedule.times)
    tx.add_delivery(subscription.owner, DeliveryKind.DAILY, local.date(), earlier, subscription.address, now)
    tx.save_subscription(replace(subscription, next_at=next_slot(subscription.schedule, now).at))


def recover(store: Store, now: datetime) -> None:
    """After a start: what was being sent when the last process ended may or may not have arrived; send it again."""
    with store.transaction() as tx:
        for delivery in tx.deliveries_in((DeliveryState.SENDING,), 10_000):
            tx.move_delivery(delivery.id, DeliveryState.SENDING, DeliveryState.PENDING, now)


def take(store: Store, knowledge: Knowledge, platforms: Collection[str], now: datetime) -> Outgoing | None:
    """Take the oldest pending delivery of these platforms, choose its question and mark it as being sent."""
    with store.transaction() as tx:
        pending = tx.deliveries_in((DeliveryState.PENDING,), 1000)
        for delivery in pending:
            if delivery.address.platform in platforms and delivery.owner.kind is OwnerKind.LEARNER:
                outgoing = _prepare(tx, knowledge, delivery, now)
                if outgoing:
                    return outgoing
    return None


def _prepare(tx: Transaction, knowledge: Knowledge, delivery: Delivery, now: datetime) -> Outgoing | None:
    learner = tx.learner(delivery.owner.id)
    if not delivery.question_id:
        day = study_day(now, learner.timezone)
        asked = [d.question_id for d in tx.deliveries(delivery.owner, delivery.kind, delivery.local_date)]
        chosen = choose(tx.cards(learner.id), knowledge.library, day, asked=asked)
        if chosen is None:
            tx.move_delivery(delivery.id, DeliveryState.PENDING, DeliveryState.SKIPPED, now)
            return None
        tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
    if not tx.move_delivery(delivery.id, DeliveryState.PENDING, DeliveryState.SENDING, now):
        return None
    delivery = tx.delivery(delivery.id) or delivery
    question = knowledge.library.questions.get(delivery.question_id)
    if question is None:
        tx.move_delivery(delivery.id, DeliveryState.SENDING, DeliveryState.SKIPPED, now)
        return None
    reply = feedback.question(Wording(learner.language), knowledge.library, question, delivery)
    return Outgoing(delivery.id, delivery.address, reply)


def arrived(store: Store, outgoing: Outgoing, sent: Sent, now: datetime) -> None:
    """Note that a push arrived, and make its question the open one of its conversation."""
    with store.transaction() as tx:
        delivery = tx.delivery(outgoing.delivery_id)
        if delivery is None:
            return
        tx.move_delivery(delivery.id, DeliveryState.SENDING, DeliveryState.SENT, now)
        if outgoing.reply.ref:
            tx.add_posts(outgoing.address, delivery.id, outgoing.reply.ref.role, sent)
        before = tx.conversation(outgoing.address, delivery.owner.id) or Conversation(
            outgoing.address, delivery.owner.id, now
        )
        choices = tuple(choice.id for choice in outgoing.reply.choices)
        tx.save_conversation(replace(before, at=now, delivery_id=delivery.id, choices=choices, aids=frozenset()))


def failed(store: Store, outgoing: Outgoing, now: datetime) -> None:
    """Note that a push could not be sent; it is tried again by the next tick, up to a bound."""
    with store.transaction() as tx:
        delivery = tx.delivery(outgoing.delivery_id)
        if delivery:
            to = DeliveryState.PENDING if delivery.tries < MAX_TRIES else DeliveryState.FAILED
            tx.move_delivery(delivery.id, DeliveryState.SENDING, to, now)
