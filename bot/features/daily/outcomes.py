"""What became of a push: it arrived, or did not, and what follows from why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.chat.messages import Address, Reply, Sent
from bot.core.records.records import Aid, Conversation, Delivery, DeliveryKind, DeliveryState, Learner, OwnerKind, Retry
from bot.core.scheduling.schedule import study_day
from bot.errors import DeliveryError, GoneError, MovedError, NotFoundError, RateLimitError, UncertainError
from bot.features.groups import daily_question
from bot.ports import Store, Transaction

MAX_TRIES = 5
"""A delivery that could not be sent this often is given up."""
BACK_OFF = timedelta(seconds=30)
"""After the first failure; it doubles with each."""
SHORTEST_WAIT = timedelta(seconds=1)
"""What a platform asks to wait is at least this: a wait is no try, so that nothing else would end a busy loop."""
STILL_AT_IT = timedelta(minutes=30)
"""Who wrote within this time is in the middle of the question that is open."""
ON_THE_WIRE = frozenset({DeliveryState.SENDING, DeliveryState.UNCERTAIN})
UNDER_WAY = ON_THE_WIRE | {DeliveryState.PENDING, DeliveryState.FAILED}
"""What is settled by an answer: it arrived, whatever is known of it."""


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
    """Note that a push arrived; its question is the open one now, unless its learner is at another."""
    if outgoing.reply.ref:
        tx.add_posts(outgoing.address, delivery.id, outgoing.reply.ref.role, sent)
    # Where the learner was quicker, and answered or put it off already, it is theirs to say what is open.
    if _has_arrived(tx, delivery, ON_THE_WIRE, now):
        _open(tx, delivery, outgoing.reply, now)
        daily_question.plan_reveal(tx, delivery, now)
    subscription = tx.subscription(delivery.owner) if outgoing.says_missed else None
    if subscription:
        tx.save_subscription(replace(subscription, missed=0))


def _open(tx: Transaction, delivery: Delivery, reply: Reply | None, now: datetime) -> None:
    """Make a delivery's question the open one where it was sent, unless its learner is at another."""
    if delivery.owner.kind is not OwnerKind.LEARNER:
        return
    before = tx.conversation(delivery.address, delivery.owner.id)
    if _is_about_another(tx, before, delivery, now):
        return
    before = before or Conversation(delivery.address, delivery.owner.id, now)
    choices = tuple(choice.id for choice in reply.choices) if reply else before.choices
    aids = before.aids if before.delivery_id == delivery.id else frozenset[Aid]()
    tx.save_conversation(replace(before, at=now, delivery_id=delivery.id, choices=choices, aids=aids))


def is_at_another(tx: Transaction, delivery: Delivery, now: datetime) -> bool:
    """Tell whether a learner is in the middle of another question: one of a session, just opened, or helped with."""
    is_ones_own = delivery.owner.kind is OwnerKind.LEARNER
    conversation = tx.conversation(delivery.address, delivery.owner.id) if is_ones_own else None
    return _is_about_another(tx, conversation, delivery, now)


def _is_about_another(tx: Transaction, conversation: Conversation | None, delivery: Delivery, now: datetime) -> bool:
    if conversation is None or conversation.delivery_id in (None, delivery.id) or now - conversation.at > STILL_AT_IT:
        return False
    other = tx.delivery(conversation.delivery_id)
    if other is None:
        return False
    return other.kind is DeliveryKind.REVIEW or bool(conversation.aids) or now - other.state_at <= STILL_AT_IT


def _failed(tx: Transaction, delivery: Delivery, error: DeliveryError, now: datetime) -> None:
    """Note that a push was not confirmed, and what follows from why."""
    match error:
        case UncertainError():
            make_uncertain(tx, delivery, now)
        case RateLimitError(retry_after_s=seconds):
            wait = max(SHORTEST_WAIT, timedelta(seconds=seconds))
            _again(tx, delivery, now, wait, tries=delivery.tries - 1)  # it was not the delivery's turn: no try
        case GoneError(reason=reason):
            tx.move_delivery(delivery.id, delivery.state, DeliveryState.GONE, now)
            pause_at(tx, delivery.address, reason)
        case MovedError(chat=chat):
            tx.move_address(delivery.address.platform, delivery.address.chat, chat)
            _again(tx, delivery, now, timedelta())
        case _ if delivery.tries < MAX_TRIES:
            _again(tx, delivery, now, BACK_OFF * 2 ** (delivery.tries - 1))
        case _:
            give_up(tx, delivery, DeliveryState.FAILED, now)


def _again(tx: Transaction, delivery: Delivery, now: datetime, wait: timedelta, tries: int | None = None) -> None:
    tx.move_delivery(delivery.id, delivery.state, DeliveryState.PENDING, now, Retry(due_at=now + wait, tries=tries))


def make_uncertain(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """It may be there to be answered already: its question is the open one, unless the learner is at another."""
    tx.move_delivery(delivery.id, delivery.state, DeliveryState.UNCERTAIN, now)
    _open(tx, delivery, None, now)


def pause_at(tx: Transaction, address: Address, reason: str) -> None:
    """Stop pushing to a chat that is closed to the tutor, and remember why."""
    for subscription in tx.subscriptions_at(address):
        if not subscription.paused:
            tx.save_subscription(replace(subscription, paused=reason))


def confirmed(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """A learner answered it, so it arrived: what was uncertain is settled, and no repeat is sent."""
    if _has_arrived(tx, delivery, UNDER_WAY, now):
        daily_question.plan_reveal(tx, delivery, now)


def _has_arrived(tx: Transaction, delivery: Delivery, states: Collection[DeliveryState], now: datetime) -> bool:
    """Move a delivery on where it was in one of some states; tell whether it was."""
    return delivery.state in states and tx.move_delivery(delivery.id, delivery.state, DeliveryState.SENT, now)


def give_up(tx: Transaction, delivery: Delivery, to: DeliveryState, now: datetime) -> None:
    """End a delivery that did not arrive; the day is not the learner's fault."""
    tx.move_delivery(delivery.id, delivery.state, to, now)
    learner = learner_of(tx, delivery)
    if learner:
        due_at = delivery.due_at or delivery.created_at
        tx.excuse(learner.id, [delivery.local_date, study_day(due_at, learner.timezone)])


def learner_of(tx: Transaction, delivery: Delivery) -> Learner | None:
    """Return whom a delivery is for; None where they asked to be forgotten, or it is no learner's."""
    if delivery.owner.kind is not OwnerKind.LEARNER:
        return None
    try:
        return tx.learner(delivery.owner.id)
    except NotFoundError:
        return None
