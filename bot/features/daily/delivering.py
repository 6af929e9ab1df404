"""The daily push: claiming what is due, and sending it once; `outcomes` knows what became of it.

A delivery is pending until it is taken, sending while it is on the wire, and then sent, uncertain (no answer
came back), pending again (a failure that may pass), failed, gone (the chat is closed) or skipped (too late).
Every move is a row, written before the send or after it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.core.chat.messages import Reply
from bot.core.language.wording import Wording
from bot.core.records.records import Claim, Delivery, DeliveryKind, DeliveryState, Due, OwnerKind, Retry, Subscription
from bot.core.scheduling.schedule import (
    DEFAULT_TIME,
    MAX_PER_PUSH,
    Schedule,
    after_quiet,
    civil_day,
    last_slot,
    next_slot,
    slot_of,
    study_day,
)
from bot.features.daily.outcomes import MAX_TRIES, Outgoing, give_up, is_at_another, learner_of, make_uncertain
from bot.features.groups.awarding import group_of
from bot.features.groups.daily_question import GroupPost
from bot.features.live import rounds
from bot.features.studying import feedback
from bot.features.studying.choosing import Chooser
from bot.features.turn import Knowledge
from bot.ports import Store, Transaction

CATCH_UP = timedelta(hours=3)
"""What is later than this is skipped, and said so with the next push."""
REVEAL_CATCH_UP = timedelta(hours=24)
"""An answer that was promised is told even late, until the next question's."""
SETTLES_AFTER = timedelta(minutes=10)
"""What may have arrived is sent again after this long, and says that it may be a repeat."""
SLOW_AFTER = 7
"""So many pushes without an answer, and they come once a week."""
MISSED = "push.missed"
SLOW_PACE = timedelta(days=6)
"""At the slow pace the next push is the first slot after this."""
MAX_SKIPPED_DAYS = 366
REPLAYS_COME = timedelta(days=2)
"""No platform repeats a message after this long."""


# --- what the ticker does --------------------------------------------------------------------------


def claim(store: Store, now: datetime, limit: int = 500) -> int:
    """Turn subscriptions that are due into pending deliveries, and move each on to its next slot.

    A tick that is late, doubled or run by two processes changes nothing: the delivery is unique by
    owner, kind, local date and ordinal. Of several slots that were missed the latest is served, if it is
    not too long ago.

    Returns:
        How many were due; `limit` means that there may be more.
    """
    with store.transaction() as tx:
        due = tx.due(now, limit)
        slots: dict[tuple[object, ...], Claim] = {}
        claims = [_claim(one, now, slots) for one in due]
        tx.claim(claims, now)
        for made in claims:
            if made.skipped and made.due.owner.kind is OwnerKind.LEARNER:
                tx.excuse(made.due.owner.id, made.skipped)
        return len(due)


def _claim(due: Due, now: datetime, known: dict[tuple[object, ...], Claim]) -> Claim:
    """Reckon what becomes of one that is due; those with the same schedule at the same slot share the reckoning."""
    is_slow = due.unanswered + 1 >= SLOW_AFTER
    key = (due.schedule, due.next_at, is_slow)
    same = known.get(key)
    if same is None:
        same = known[key] = _reckon(due, now, is_slow=is_slow)
    return Claim(due, same.local_date, same.ordinal, same.is_late, same.next_at, same.skipped)


def _reckon(due: Due, now: datetime, *, is_slow: bool) -> Claim:
    slot = last_slot(due.schedule, now, due.next_at)
    at = slot.at if slot else due.next_at
    day = slot.local_date if slot else civil_day(due.next_at, due.schedule.timezone)
    ordinal = (slot.ordinal if slot else 0) * MAX_PER_PUSH
    following = next_slot(due.schedule, now + SLOW_PACE if is_slow else now)
    is_late = now - at > CATCH_UP
    skipped = _skipped(due, day + timedelta(days=1) if is_late else day)
    return Claim(due, day, ordinal, is_late, following.at, skipped)


def _skipped(due: Due, until: date) -> tuple[date, ...]:
    """Return the days before a date whose pushes never came, by the calendar and by the study day."""
    schedule = due.schedule
    first = civil_day(due.next_at, schedule.timezone)
    days = (first + timedelta(days=n) for n in range(min((until - first).days, MAX_SKIPPED_DAYS)))
    slots = [slot for day in days if (slot := slot_of(schedule, day, 0))]
    return tuple(sorted({day for s in slots for day in (s.local_date, study_day(s.at, schedule.timezone))}))


def recover(store: Store, now: datetime) -> None:
    """After a start: what was being sent when the last process ended may or may not have arrived.

    Whoever asked to be forgotten and came back with an old backup is erased again.
    """
    with store.transaction() as tx:
        tx.forget_again()
        for delivery in tx.deliveries_in(DeliveryState.SENDING, now, 10_000):
            make_uncertain(tx, delivery, now)


def settle(store: Store, now: datetime) -> None:
    """Send again, as a possible repeat, what has been uncertain for long and was not answered.

    What was kept for replays that can no longer come is let go.
    """
    with store.transaction() as tx:
        tx.drop_replies(now - REPLAYS_COME)
        for delivery in tx.deliveries_in(DeliveryState.SENDING, now - SETTLES_AFTER, 500):
            make_uncertain(tx, delivery, now)  # whoever was sending it cannot write down what became of it
        for delivery in tx.deliveries_in(DeliveryState.UNCERTAIN, now - SETTLES_AFTER, 500):
            if delivery.tries < MAX_TRIES and not _is_late(delivery, now):
                tx.move_delivery(
                    delivery.id, delivery.state, DeliveryState.PENDING, now, Retry(due_at=now, is_repeat=True)
                )
            else:
                give_up(tx, delivery, DeliveryState.FAILED, now)


def _is_late(delivery: Delivery, now: datetime) -> bool:
    lasts = REVEAL_CATCH_UP if delivery.kind is DeliveryKind.REVEAL else CATCH_UP
    return now - (delivery.due_at or delivery.created_at) > lasts


def take(
    store: Store, knowledge: Knowledge, platforms: Collection[str], now: datetime, limit: int = 1
) -> list[Outgoing]:
    """Take the pending deliveries that are due latest, choose their questions and mark them as being sent.

    Returns:
        At most `limit`; none where nothing waits.
    """
    taken: list[Outgoing] = []
    with store.transaction() as tx:
        while len(taken) < limit and (found := tx.waiting(sorted(platforms), now, limit - len(taken))):
            prepared = (_prepare(tx, knowledge, delivery, now) for delivery in found)
            taken += [outgoing for outgoing in prepared if outgoing]
    return taken


def _prepare(tx: Transaction, knowledge: Knowledge, delivery: Delivery, now: datetime) -> Outgoing | None:
    """Make a delivery ready, or move it out of the way: put off, skipped or gone."""
    is_promised = delivery.kind is not DeliveryKind.LIVE  # what was asked for just now knows no quiet hours
    subscription = tx.subscription(delivery.owner) if is_promised else None
    notes = _notes(tx, subscription, delivery, now)
    compose = _composer(_Taken(tx, knowledge, delivery, subscription, now), notes)
    if compose is None:
        tx.move_delivery(delivery.id, delivery.state, DeliveryState.GONE, now)
        return None
    if _is_put_off(tx, delivery, subscription, now):
        return None
    reply = compose()
    if reply is None:  # nothing is left to ask
        give_up(tx, delivery, DeliveryState.SKIPPED, now)
        return None
    if not tx.move_delivery(delivery.id, DeliveryState.PENDING, DeliveryState.SENDING, now):
        return None
    return Outgoing(delivery.id, delivery.address, reply, says_missed=MISSED in notes)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A delivery that is taken now, with the subscription that promised it."""

    tx: Transaction
    knowledge: Knowledge
    delivery: Delivery
    subscription: Subscription | None
    now: datetime


def _composer(taken: _Taken, notes: Sequence[str]) -> Callable[[], Reply | None] | None:
    """Return what makes the message of a delivery; None where whoever it was for is gone."""
    tx, knowledge, delivery, subscription = taken.tx, taken.knowledge, taken.delivery, taken.subscription
    learner, group = learner_of(tx, delivery), group_of(tx, delivery)
    if learner:
        schedule = subscription.schedule if subscription else Schedule((DEFAULT_TIME,), learner.timezone)
        return partial(_for_learner, Chooser(tx, knowledge, learner, schedule, taken.now), delivery, notes)
    if group and delivery.kind is DeliveryKind.LIVE:
        return partial(rounds.prepare, tx, knowledge, group, delivery, taken.now)
    if group and subscription:
        return partial(GroupPost(tx, knowledge, group, subscription.schedule).compose, delivery, notes)
    return None


def _for_learner(chooser: Chooser, delivery: Delivery, notes: Sequence[str]) -> Reply | None:
    library = chooser.knowledge.library
    if delivery.question_id not in library.questions:
        delivery = _with_question(chooser.tx, chooser, delivery)
    question = library.questions.get(delivery.question_id)
    words = Wording(chooser.learner.language)
    asked = feedback.question(words, library, question, delivery) if question else None
    return feedback.pushed(words, asked, delivery, notes) if asked else None


def _is_put_off(tx: Transaction, delivery: Delivery, subscription: Subscription | None, now: datetime) -> bool:
    """Skip what is too late, and put off what falls into quiet hours."""
    if _is_late(delivery, now):
        give_up(tx, delivery, DeliveryState.SKIPPED, now)
        if subscription:
            tx.save_subscription(replace(subscription, missed=subscription.missed + 1))
        return True
    quiet_ends = after_quiet(subscription.schedule, now) if subscription else now
    if quiet_ends > now:
        tx.move_delivery(delivery.id, delivery.state, delivery.state, now, Retry(due_at=quiet_ends))
    return quiet_ends > now


def _with_question(tx: Transaction, chooser: Chooser, delivery: Delivery) -> Delivery:
    chosen = chooser.daily(delivery.ordinal)
    if chosen is None:
        return delivery
    tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
    return replace(delivery, question_id=chosen.question.id, reason=str(chosen.reason))


def _notes(tx: Transaction, subscription: Subscription | None, delivery: Delivery, now: datetime) -> Sequence[str]:
    """Return the keys of what has to be said with a push."""
    if delivery.kind is not DeliveryKind.DAILY:
        return ()
    missed, unanswered = (subscription.missed, subscription.unanswered) if subscription else (0, 0)
    is_busy = is_at_another(tx, delivery, now)
    notes = {MISSED: missed > 0, "push.slow": unanswered >= SLOW_AFTER, "push.busy": is_busy}
    return [key for key, is_so in notes.items() if is_so]
