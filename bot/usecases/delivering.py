"""The daily push: claiming what is due, sending it once, and knowing what became of it.

A delivery is pending until it is taken, sending while it is on the wire, and then sent, uncertain (no answer
came back), pending again (a failure that may pass), failed, gone (the chat is closed) or skipped (too late).
Every move is a row, written before the send or after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.messages import Address, Reply, Sent
from bot.core.records import (
    Claim,
    Conversation,
    Delivery,
    DeliveryState,
    Due,
    Learner,
    OwnerKind,
    Subscription,
)
from bot.core.scheduling import (
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
from bot.core.wording import Wording
from bot.errors import DeliveryError, FloodError, GoneError, MovedError, NotFoundError, UncertainError
from bot.ports import Store, Transaction
from bot.usecases import feedback
from bot.usecases.choosing import Chooser
from bot.usecases.visit import Knowledge

CATCH_UP = timedelta(hours=3)
"""What is later than this is skipped, and said so with the next push."""
MAX_TRIES = 5
"""A delivery that could not be sent this often is given up."""
BACK_OFF = timedelta(seconds=30)
"""After the first failure; it doubles with each."""
SETTLES_AFTER = timedelta(minutes=10)
"""What may have arrived is sent again after this long, and says that it may be a repeat."""
SLOW_AFTER = 7
"""So many pushes without an answer, and they come once a week."""
MISSED = "push.missed"
SLOW_PACE = timedelta(days=6)
"""At the slow pace the next push is the first slot after this."""
STILL_AT_IT = timedelta(minutes=30)
"""Who wrote within this time is in the middle of the question that is open."""
MAX_SKIPPED_DAYS = 366


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent unasked."""

    delivery_id: int
    address: Address
    reply: Reply
    says_missed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one that was sent: what the platform confirmed, or why it did not."""

    outgoing: Outgoing
    result: Sent | DeliveryError


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
    """After a start: what was being sent when the last process ended may or may not have arrived."""
    with store.transaction() as tx:
        for delivery in tx.deliveries_in(DeliveryState.SENDING, now, 10_000):
            _make_uncertain(tx, delivery, now)


def settle(store: Store, now: datetime) -> None:
    """Send again, as a possible repeat, what has been uncertain for long and was not answered."""
    with store.transaction() as tx:
        for delivery in tx.deliveries_in(DeliveryState.SENDING, now - SETTLES_AFTER, 500):
            _make_uncertain(tx, delivery, now)  # whoever was sending it cannot write down what became of it
        for delivery in tx.deliveries_in(DeliveryState.UNCERTAIN, now - SETTLES_AFTER, 500):
            if delivery.tries < MAX_TRIES and not _is_late(delivery, now):
                tx.move_delivery(delivery.id, delivery.state, DeliveryState.PENDING, now, due_at=now, is_repeat=True)
            else:
                _give_up(tx, delivery, DeliveryState.FAILED, now)


def _is_late(delivery: Delivery, now: datetime) -> bool:
    return now - (delivery.due_at or delivery.created_at) > CATCH_UP


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
    learner = _learner(tx, delivery)
    if learner is None:
        tx.move_delivery(delivery.id, delivery.state, DeliveryState.GONE, now)
        return None
    subscription = tx.subscription(delivery.owner)
    if _is_put_off(tx, delivery, subscription, now):
        return None
    if delivery.question_id not in knowledge.library.questions:
        schedule = subscription.schedule if subscription else Schedule((DEFAULT_TIME,), learner.timezone)
        delivery = _with_question(tx, Chooser(tx, knowledge, learner, schedule, now), delivery)
    question = knowledge.library.questions.get(delivery.question_id)
    if question is None:  # nothing is left to ask
        _give_up(tx, delivery, DeliveryState.SKIPPED, now)
        return None
    if not tx.move_delivery(delivery.id, DeliveryState.PENDING, DeliveryState.SENDING, now):
        return None
    words = Wording(learner.language)
    reply = feedback.question(words, knowledge.library, question, delivery)
    notes = _notes(subscription)
    reply = feedback.pushed(words, reply, delivery, notes)
    return Outgoing(delivery.id, delivery.address, reply, says_missed=MISSED in notes)


def _learner(tx: Transaction, delivery: Delivery) -> Learner | None:
    """Return whom a delivery is for; None where they asked to be forgotten, or it is no learner's."""
    if delivery.owner.kind is not OwnerKind.LEARNER:
        return None
    try:
        return tx.learner(delivery.owner.id)
    except NotFoundError:
        return None


def _is_put_off(tx: Transaction, delivery: Delivery, subscription: Subscription | None, now: datetime) -> bool:
    """Skip what is too late, and put off what falls into quiet hours."""
    if _is_late(delivery, now):
        _give_up(tx, delivery, DeliveryState.SKIPPED, now)
        if subscription:
            tx.save_subscription(replace(subscription, missed=subscription.missed + 1))
        return True
    quiet_ends = after_quiet(subscription.schedule, now) if subscription else now
    if quiet_ends > now:
        tx.move_delivery(delivery.id, delivery.state, delivery.state, now, due_at=quiet_ends)
    return quiet_ends > now


def _give_up(tx: Transaction, delivery: Delivery, to: DeliveryState, now: datetime) -> None:
    """End a delivery that did not arrive; the day is not the learner's fault."""
    tx.move_delivery(delivery.id, delivery.state, to, now)
    learner = _learner(tx, delivery)
    if learner:
        due_at = delivery.due_at or delivery.created_at
        tx.excuse(learner.id, [delivery.local_date, study_day(due_at, learner.timezone)])


def _with_question(tx: Transaction, chooser: Chooser, delivery: Delivery) -> Delivery:
    chosen = chooser.daily(delivery.ordinal)
    if chosen is None:
        return delivery
    tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
    return replace(delivery, question_id=chosen.question.id, reason=str(chosen.reason))


def _notes(subscription: Subscription | None) -> Sequence[str]:
    """Return the keys of what has to be said with a push."""
    if subscription is None:
        return ()
    is_slow = subscription.unanswered >= SLOW_AFTER
    notes = {MISSED: subscription.missed > 0, "push.slow": is_slow}
    return [key for key, is_so in notes.items() if is_so]


# --- what became of it -----------------------------------------------------------------------------


def record(store: Store, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write down what became of pushes."""
    with store.transaction() as tx:
        for outcome in outcomes:
            delivery = tx.delivery(outcome.outgoing.delivery_id)
            if delivery is None:  # its learner was forgotten meanwhile
                continue
            if isinstance(outcome.result, Sent):
                _arrived(tx, delivery, outcome.outgoing, outcome.result, now)
            elif delivery.state is DeliveryState.SENDING:
                _failed(tx, delivery, outcome.result, now)


def _arrived(tx: Transaction, delivery: Delivery, outgoing: Outgoing, sent: Sent, now: datetime) -> None:
    """Note that a push arrived, and make its question the open one of its conversation."""
    if outgoing.reply.ref:
        tx.add_posts(outgoing.address, delivery.id, outgoing.reply.ref.role, sent)
    # Where the learner was quicker, and answered or put it off already, it is theirs to say what is open.
    under_way = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    if any(tx.move_delivery(delivery.id, state, DeliveryState.SENT, now) for state in under_way):
        _open(tx, delivery, outgoing.reply, now)
    subscription = tx.subscription(delivery.owner) if outgoing.says_missed else None
    if subscription:
        tx.save_subscription(replace(subscription, missed=0))


def _open(tx: Transaction, delivery: Delivery, reply: Reply | None, now: datetime) -> None:
    """Make a delivery's question the open one where it was sent."""
    if delivery.owner.kind is not OwnerKind.LEARNER:
        return
    before = tx.conversation(delivery.address, delivery.owner.id)
    before = before or Conversation(delivery.address, delivery.owner.id, now)
    choices = tuple(choice.id for choice in reply.choices) if reply else before.choices
    tx.save_conversation(replace(before, at=now, delivery_id=delivery.id, choices=choices, aids=frozenset()))


def _failed(tx: Transaction, delivery: Delivery, error: DeliveryError, now: datetime) -> None:
    """Note that a push was not confirmed, and what follows from why."""
    match error:
        case UncertainError():
            _make_uncertain(tx, delivery, now)
        case FloodError(retry_after_s=seconds):
            _again(tx, delivery, now, timedelta(seconds=seconds))
        case GoneError(reason=reason):
            tx.move_delivery(delivery.id, delivery.state, DeliveryState.GONE, now)
            pause_at(tx, delivery.address, reason)
        case MovedError(chat=chat):
            tx.move_address(delivery.address.platform, delivery.address.chat, chat)
            _again(tx, delivery, now, timedelta())
        case _ if delivery.tries < MAX_TRIES:
            _again(tx, delivery, now, BACK_OFF * 2 ** (delivery.tries - 1))
        case _:
            _give_up(tx, delivery, DeliveryState.FAILED, now)


def _again(tx: Transaction, delivery: Delivery, now: datetime, wait: timedelta) -> None:
    tx.move_delivery(delivery.id, delivery.state, DeliveryState.PENDING, now, due_at=now + wait)


def _make_uncertain(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """It may be there to be answered already: its question is the open one, unless the learner is at another."""
    tx.move_delivery(delivery.id, delivery.state, DeliveryState.UNCERTAIN, now)
    before = tx.conversation(delivery.address, delivery.owner.id)
    if before is None or before.delivery_id is None or now - before.at > STILL_AT_IT:
        _open(tx, delivery, None, now)


def pause_at(tx: Transaction, address: Address, reason: str) -> None:
    """Stop pushing to a chat that is closed to the tutor, and remember why."""
    for subscription in tx.subscriptions_at(address):
        if not subscription.paused:
            tx.save_subscription(replace(subscription, paused=reason))


def confirmed(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """A learner answered it, so it arrived: what was uncertain is settled, and no repeat is sent."""
    under_way = (DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.PENDING, DeliveryState.FAILED)
    for state in under_way:
        tx.move_delivery(delivery.id, state, DeliveryState.SENT, now)
