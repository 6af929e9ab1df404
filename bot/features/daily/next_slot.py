"""Which slot comes next: one whose questions were asked already, ahead of it, is passed over."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.records.records import DeliveryKind, Owner
from bot.core.scheduling.schedule import MAX_PER_PUSH, Schedule, Slot, civil_day, next_slot, slot_of
from bot.ports import Transaction

_MOMENT = timedelta(microseconds=1)


def first_slot(tx: Transaction, owner: Owner, schedule: Schedule, now: datetime) -> datetime:
    """Return the first slot of a schedule that was changed just now.

    A new time zone skips no date: where today's slot has passed in it and today had no question, it is due now.
    It repeats none either: a slot whose questions were asked is not promised again.
    """
    before = tx.subscription(owner)
    if before and not before.paused and before.schedule.timezone != schedule.timezone:
        today = civil_day(now, schedule.timezone)
        passed = slot_of(schedule, today, 0)
        had = tx.deliveries(owner, DeliveryKind.DAILY, today)
        if passed and passed.at <= now and not had:
            return now
    return slot_after(tx, owner, schedule, now)


def slot_after(tx: Transaction, owner: Owner, schedule: Schedule, moment: datetime) -> datetime:
    """Return the first slot after a moment that is still to come."""
    slot = next_slot(schedule, moment)
    while _was_asked(tx, owner, slot):
        slot = next_slot(schedule, slot.at)
    return slot.at


def pass_over(tx: Transaction, owner: Owner) -> None:
    """A question was given ahead of its slot: the slot after it is the next."""
    subscription = tx.subscription(owner)
    if subscription is None:
        return
    schedule, just_before = subscription.schedule, subscription.next_at - _MOMENT
    is_a_slot = next_slot(schedule, just_before).at == subscription.next_at  # it may be due at once, out of turn
    following = slot_after(tx, owner, schedule, just_before)
    if is_a_slot and following != subscription.next_at:
        tx.save_subscription(replace(subscription, next_at=following))


def _was_asked(tx: Transaction, owner: Owner, slot: Slot) -> bool:
    asked = tx.deliveries(owner, DeliveryKind.DAILY, slot.local_date)
    return any(delivery.ordinal == slot.ordinal * MAX_PER_PUSH for delivery in asked)
