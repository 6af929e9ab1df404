"""A question is given: today's, one more, one of a concept; or put off for a while."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.chat.messages import Choice, Replies
from bot.core.content.library import Question
from bot.core.memory.card import Card
from bot.core.memory.selection import Chosen
from bot.core.records.records import Delivery, DeliveryKind, DeliveryState, NewDelivery, Retry
from bot.core.scheduling.schedule import after_quiet, slot_of
from bot.core.scheduling.time_words import read_span
from bot.features.daily import next_slot
from bot.features.groups import answering
from bot.features.studying import feedback
from bot.features.studying.buttons import More, Next, OnDelivery, Onward
from bot.features.studying.choosing import Chooser, free_ordinal
from bot.features.turn import Turn, choice

SNOOZE = timedelta(hours=1)
SHORTEST_SNOOZE = timedelta(minutes=5)
LONGEST_SNOOZE = timedelta(hours=24)
OPEN_STATES = frozenset(DeliveryState) - {DeliveryState.SKIPPED}
"""What waits to be answered today, whether or not a push of it arrived: whoever is back after blocking gets it."""


def daily(turn: Turn) -> Replies:
    """Give today's question: the one that is open, or the next; when all are answered, say so."""
    today = turn.tx.deliveries(turn.owner, DeliveryKind.DAILY, turn.today)
    waiting = next((d for d in today if d.state in OPEN_STATES and not _is_answered(turn, d)), None)
    if waiting:
        return _give(turn, waiting)
    following = _next_daily(turn)
    if following:
        ordinal, chosen = following
        return _open(turn, DeliveryKind.DAILY, ordinal, chosen.question, str(chosen.reason))
    return turn.say("done-today" if today else "nothing-left", choice(turn.words, "more", More()))


def _is_answered(turn: Turn, delivery: Delivery) -> bool:
    return bool(turn.tx.attempts(turn.learner.id, delivery.id))


def _next_daily(turn: Turn) -> tuple[int, Chosen] | None:
    """Return the next place among today's questions, and what to ask there; None where today is done."""
    schedule = turn.schedule
    today = turn.tx.deliveries(turn.owner, DeliveryKind.DAILY, turn.today)
    slots = (slot_of(schedule, turn.today, ordinal) for ordinal in range(len(schedule.times)))
    begun = sum(slot is not None and slot.at <= turn.now for slot in slots)
    ordinal = free_ordinal(max(1, begun), today, schedule.questions_on(turn.today))
    choosing = Chooser(turn.tx, turn.knowledge, turn.learner, schedule, turn.now)
    chosen = choosing.daily(ordinal) if ordinal is not None else None
    return (ordinal, chosen) if ordinal is not None and chosen else None


def chooser(turn: Turn) -> Chooser:
    """Return who chooses questions for the learner at hand."""
    return Chooser(turn.tx, turn.knowledge, turn.learner, turn.schedule, turn.now)


def practise(turn: Turn) -> Replies:
    """Give one more question beside the daily ones."""
    chosen = chooser(turn).practice()
    if chosen is None:
        return turn.say("nothing-left")
    return give(turn, DeliveryKind.PRACTICE, chosen.question, str(chosen.reason))


def give(turn: Turn, kind: DeliveryKind, question: Question, reason: str = "") -> Replies:
    """Ask a question now, beside the daily ones."""
    return _open(turn, kind, len(turn.tx.deliveries(turn.owner, kind, turn.today)), question, reason)


def _open(turn: Turn, kind: DeliveryKind, ordinal: int, question: Question, reason: str) -> Replies:
    delivery = turn.tx.add_delivery(
        NewDelivery(
            turn.owner,
            kind,
            turn.today,
            ordinal,
            turn.message.address,
            turn.now,
            question_id=question.id,
            reason=reason,
            state=DeliveryState.SENT,
        )
    )
    if delivery is None:  # another process took this ordinal in the same moment
        return daily(turn) if kind is DeliveryKind.DAILY else _open(turn, kind, ordinal + 1, question, reason)
    if kind is DeliveryKind.DAILY:
        next_slot.pass_over(turn.tx, turn.owner)
    return _give(turn, delivery)


def _give(turn: Turn, delivery: Delivery) -> Replies:
    """Show a delivery's question here and make it the open one."""
    if not delivery.question_id:
        chosen = chooser(turn).daily(delivery.ordinal)
        if chosen is None:
            return turn.say("nothing-left")
        turn.tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
        delivery = replace(delivery, question_id=chosen.question.id, reason=str(chosen.reason))
    if delivery.state is not DeliveryState.SENT:
        turn.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SENT, turn.now)
    question = turn.knowledge.library.questions.get(delivery.question_id)
    if question is None:
        return turn.say("stale")
    reply = feedback.question(turn.words, turn.knowledge.library, question, delivery)
    return turn.save((reply,), delivery_id=delivery.id, concept_id="", aids=frozenset())


def quiz(turn: Turn, concept_id: str) -> Replies:
    """Ask about one concept now: the question of it that is remembered least."""
    concept = turn.knowledge.library.by_id.get(concept_id)
    if concept is None or not concept.questions:
        return turn.say("stale")
    cards = {card.question_id: card for card in turn.tx.cards(turn.learner.id)}
    question = min(concept.questions, key=lambda q: _last_review(cards.get(q.id)))
    return give(turn, DeliveryKind.PRACTICE, question)


def _last_review(card: Card | None) -> date:
    return card.last_review if card else date.min


def open_delivery(turn: Turn) -> tuple[Delivery, Question] | None:
    """Return the open question of this conversation."""
    if turn.conversation.delivery_id is None:
        return None
    delivery = turn.tx.delivery(turn.conversation.delivery_id)
    question = turn.knowledge.library.questions.get(delivery.question_id) if delivery else None
    return (delivery, question) if delivery and question else None


def reopen(turn: Turn, delivery_id: int) -> Replies:
    """Show the question of one of the learner's own deliveries again."""
    delivery = turn.tx.delivery(delivery_id)
    if delivery is None or delivery.owner != turn.owner:
        return turn.say("stale")
    return _give(turn, delivery)


def snooze(turn: Turn, argument: str) -> Replies:
    """Ask the open question again after a while: "30分钟", or an hour where nothing is said."""
    wait = read_span(argument) or SNOOZE
    found = open_delivery(turn)
    if found is None:
        return turn.say("none-open")
    delivery, _ = found
    if answering.is_groups(delivery):
        return turn.say("group.no-snooze")
    wait = min(max(wait, SHORTEST_SNOOZE), LONGEST_SNOOZE)
    again_at = after_quiet(turn.schedule, turn.now + wait)
    # They have had it: what is sent then is a new beginning, and no repeat.
    waits = DeliveryState.PENDING
    turn.tx.move_delivery(
        delivery.id, delivery.state, waits, turn.now, Retry(due_at=again_at, is_repeat=False, tries=0)
    )
    local = again_at.astimezone(ZoneInfo(turn.learner.timezone))
    return turn.save((turn.sentence("snoozed", time=f"{local:%H:%M}"),), **closing(turn, delivery))


def closing(turn: Turn, delivery: Delivery) -> dict[str, Any]:
    """Return what becomes of the conversation when a question is closed.

    Another that is open stays so. Where none is, one of today's that came here meanwhile and waits is open now.
    """
    if turn.conversation.delivery_id not in (None, delivery.id):
        return {}
    here = (d for d in _waiting(turn, delivery) if d.address == turn.message.address)
    return {"delivery_id": next((d.id for d in here), None), "aids": frozenset()}


def _waiting(turn: Turn, delivery: Delivery | None = None) -> Iterator[Delivery]:
    """Yield today's questions, but for one, that have come and were not answered."""
    arrived = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
    for each in turn.tx.deliveries_between(turn.owner, turn.study_day, turn.today):
        is_other = each.kind is DeliveryKind.DAILY and (delivery is None or each.id != delivery.id)
        if is_other and each.state in arrived and not _is_answered(turn, each):
            yield each


def onward(turn: Turn, delivery: Delivery) -> Choice:
    """Offer what follows a question: the next of a session, one of today's, or one more."""
    if delivery.kind is DeliveryKind.REVIEW and turn.conversation.session:
        return choice(turn.words, "next", Onward())
    if delivery.kind is DeliveryKind.DAILY and _next_daily(turn):
        return choice(turn.words, "next", Next())
    return after_all(turn, delivery)


def after_all(turn: Turn, delivery: Delivery | None = None) -> Choice:
    """Offer one of today's questions that waits, or one more."""
    is_waiting = any(True for _ in _waiting(turn, delivery))
    return choice(turn.words, "next", Next()) if is_waiting else choice(turn.words, "more", More())


def on_delivery(act: Callable[[Turn], Replies]) -> Callable[[Turn, OnDelivery], Replies]:
    """Make the delivery named by a button the open one, then act on it."""

    def acted(turn: Turn, tapped: OnDelivery) -> Replies:
        delivery = turn.tx.delivery(tapped.delivery_id)
        if delivery is None or not answering.may_act(turn, delivery):
            return turn.say("stale")
        same = turn.conversation.delivery_id == delivery.id
        aids = turn.conversation.aids if same else frozenset()
        opened = replace(turn.conversation, delivery_id=delivery.id, aids=aids)
        replies = act(replace(turn, conversation=opened))
        if not same:
            _leave_open(turn, delivery)
        return answering.told(turn, delivery, None, replies)

    return acted


def _leave_open(turn: Turn, closed: Delivery) -> None:
    """Where a button has closed its own question, the one that was open before stays so."""
    before, after = turn.conversation, turn.tx.conversation(turn.message.address, turn.learner.id)
    if before.delivery_id is not None and after and after.delivery_id != closed.id:
        turn.tx.save_conversation(replace(after, delivery_id=before.delivery_id, aids=before.aids))
