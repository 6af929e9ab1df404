"""A question is given: today's, one more, one of a concept; or put off for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.chat.messages import Choice, Replies
from bot.core.content.library import Question
from bot.core.memory.card import Card
from bot.core.memory.selection import Chosen
from bot.core.records.records import Delivery, DeliveryKind, DeliveryState
from bot.core.scheduling.schedule import after_quiet, slot_of
from bot.core.scheduling.time_words import read_span
from bot.features.daily import next_slot
from bot.features.groups import answering
from bot.features.studying import feedback
from bot.features.studying.choosing import Chooser, free_ordinal
from bot.features.turn import Visit, choice, number

SNOOZE = timedelta(hours=1)
SHORTEST_SNOOZE = timedelta(minutes=5)
LONGEST_SNOOZE = timedelta(hours=24)
OPEN_STATES = frozenset(DeliveryState) - {DeliveryState.SKIPPED}
"""What waits to be answered today, whether or not a push of it arrived: whoever is back after blocking gets it."""


def daily(visit: Visit) -> Replies:
    """Give today's question: the one that is open, or the next; when all are answered, say so."""
    today = visit.tx.deliveries(visit.owner, DeliveryKind.DAILY, visit.today)
    waiting = next((d for d in today if d.state in OPEN_STATES and not _is_answered(visit, d)), None)
    if waiting:
        return _give(visit, waiting)
    following = _next_daily(visit)
    if following:
        ordinal, chosen = following
        return _open(visit, DeliveryKind.DAILY, ordinal, chosen.question, str(chosen.reason))
    return visit.say("done-today" if today else "nothing-left", choice(visit.words, "more", "more"))


def _is_answered(visit: Visit, delivery: Delivery) -> bool:
    return bool(visit.tx.attempts(visit.learner.id, delivery.id))


def _next_daily(visit: Visit) -> tuple[int, Chosen] | None:
    """Return the next place among today's questions, and what to ask there; None where today is done."""
    schedule = visit.schedule
    today = visit.tx.deliveries(visit.owner, DeliveryKind.DAILY, visit.today)
    slots = (slot_of(schedule, visit.today, ordinal) for ordinal in range(len(schedule.times)))
    begun = sum(slot is not None and slot.at <= visit.now for slot in slots)
    ordinal = free_ordinal(max(1, begun), today, schedule.questions_on(visit.today))
    choosing = Chooser(visit.tx, visit.knowledge, visit.learner, schedule, visit.now)
    chosen = choosing.daily(ordinal) if ordinal is not None else None
    return (ordinal, chosen) if ordinal is not None and chosen else None


def chooser(visit: Visit) -> Chooser:
    """Return who chooses questions for the learner at hand."""
    return Chooser(visit.tx, visit.knowledge, visit.learner, visit.schedule, visit.now)


def practise(visit: Visit) -> Replies:
    """Give one more question beside the daily ones."""
    chosen = chooser(visit).practice()
    if chosen is None:
        return visit.say("nothing-left")
    return give(visit, DeliveryKind.PRACTICE, chosen.question, str(chosen.reason))


def give(visit: Visit, kind: DeliveryKind, question: Question, reason: str = "") -> Replies:
    """Ask a question now, beside the daily ones."""
    return _open(visit, kind, len(visit.tx.deliveries(visit.owner, kind, visit.today)), question, reason)


def _open(visit: Visit, kind: DeliveryKind, ordinal: int, question: Question, reason: str) -> Replies:
    delivery = visit.tx.add_delivery(
        visit.owner,
        kind,
        visit.today,
        ordinal,
        visit.message.address,
        visit.now,
        question_id=question.id,
        reason=reason,
        state=DeliveryState.SENT,
    )
    if delivery is None:  # another process took this ordinal in the same moment
        return daily(visit) if kind is DeliveryKind.DAILY else _open(visit, kind, ordinal + 1, question, reason)
    if kind is DeliveryKind.DAILY:
        next_slot.pass_over(visit.tx, visit.owner)
    return _give(visit, delivery)


def _give(visit: Visit, delivery: Delivery) -> Replies:
    """Show a delivery's question here and make it the open one."""
    if not delivery.question_id:
        chosen = chooser(visit).daily(delivery.ordinal)
        if chosen is None:
            return visit.say("nothing-left")
        visit.tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
        delivery = replace(delivery, question_id=chosen.question.id, reason=str(chosen.reason))
    if delivery.state is not DeliveryState.SENT:
        visit.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SENT, visit.now)
    question = visit.knowledge.library.questions.get(delivery.question_id)
    if question is None:
        return visit.say("stale")
    reply = feedback.question(visit.words, visit.knowledge.library, question, delivery)
    return visit.save((reply,), delivery_id=delivery.id, concept_id="", aids=frozenset())


def quiz(visit: Visit, concept_id: str) -> Replies:
    """Ask about one concept now: the question of it that is remembered least."""
    concept = visit.knowledge.library.by_id.get(concept_id)
    if concept is None or not concept.questions:
        return visit.say("stale")
    cards = {card.question_id: card for card in visit.tx.cards(visit.learner.id)}
    question = min(concept.questions, key=lambda q: _last_review(cards.get(q.id)))
    return give(visit, DeliveryKind.PRACTICE, question)


def _last_review(card: Card | None) -> date:
    return card.last_review if card else date.min


def open_delivery(visit: Visit) -> tuple[Delivery, Question] | None:
    """Return the open question of this conversation."""
    if visit.conversation.delivery_id is None:
        return None
    delivery = visit.tx.delivery(visit.conversation.delivery_id)
    question = visit.knowledge.library.questions.get(delivery.question_id) if delivery else None
    return (delivery, question) if delivery and question else None


def reopen(visit: Visit, delivery_id: int) -> Replies:
    """Show the question of one of the learner's own deliveries again."""
    delivery = visit.tx.delivery(delivery_id)
    if delivery is None or delivery.owner != visit.owner:
        return visit.say("stale")
    return _give(visit, delivery)


def snooze(visit: Visit, argument: str) -> Replies:
    """Ask the open question again after a while: "30分钟", or an hour where nothing is said."""
    wait = read_span(argument) or SNOOZE
    found = open_delivery(visit)
    if found is None:
        return visit.say("none-open")
    delivery, _ = found
    if answering.is_groups(delivery):
        return visit.say("group.no-snooze")
    wait = min(max(wait, SHORTEST_SNOOZE), LONGEST_SNOOZE)
    again_at = after_quiet(visit.schedule, visit.now + wait)
    # They have had it: what is sent then is a new beginning, and no repeat.
    waits = DeliveryState.PENDING
    visit.tx.move_delivery(delivery.id, delivery.state, waits, visit.now, due_at=again_at, is_repeat=False, tries=0)
    local = again_at.astimezone(ZoneInfo(visit.learner.timezone))
    return visit.save((visit.sentence("snoozed", time=f"{local:%H:%M}"),), **closing(visit, delivery))


def closing(visit: Visit, delivery: Delivery) -> dict[str, Any]:
    """Return what becomes of the conversation when a question is closed.

    Another that is open stays so. Where none is, one of today's that came here meanwhile and waits is open now.
    """
    if visit.conversation.delivery_id not in (None, delivery.id):
        return {}
    here = (d for d in _waiting(visit, delivery) if d.address == visit.message.address)
    return {"delivery_id": next((d.id for d in here), None), "aids": frozenset()}


def _waiting(visit: Visit, delivery: Delivery | None = None) -> Iterator[Delivery]:
    """Yield today's questions, but for one, that have come and were not answered."""
    arrived = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
    for each in visit.tx.deliveries_between(visit.owner, visit.study_day, visit.today):
        is_other = each.kind is DeliveryKind.DAILY and (delivery is None or each.id != delivery.id)
        if is_other and each.state in arrived and not _is_answered(visit, each):
            yield each


def onward(visit: Visit, delivery: Delivery) -> Choice:
    """Offer what follows a question: the next of a session, one of today's, or one more."""
    if delivery.kind is DeliveryKind.REVIEW and visit.conversation.session:
        return choice(visit.words, "next", "onward")
    if delivery.kind is DeliveryKind.DAILY and _next_daily(visit):
        return choice(visit.words, "next", "next")
    return after_all(visit, delivery)


def after_all(visit: Visit, delivery: Delivery | None = None) -> Choice:
    """Offer one of today's questions that waits, or one more."""
    is_waiting = any(True for _ in _waiting(visit, delivery))
    return choice(visit.words, "next", "next") if is_waiting else choice(visit.words, "more", "more")


def on_delivery(act: Callable[[Visit], Replies]) -> Callable[[Visit, str], Replies]:
    """Make the delivery named by a button the open one, then act on it."""

    def acted(visit: Visit, argument: str) -> Replies:
        delivery = visit.tx.delivery(number(argument))
        if delivery is None or not answering.may_act(visit, delivery):
            return visit.say("stale")
        same = visit.conversation.delivery_id == delivery.id
        aids = visit.conversation.aids if same else frozenset()
        opened = replace(visit.conversation, delivery_id=delivery.id, aids=aids)
        replies = act(replace(visit, conversation=opened))
        if not same:
            _leave_open(visit, delivery)
        return answering.told(visit, delivery, None, replies)

    return acted


def _leave_open(visit: Visit, closed: Delivery) -> None:
    """Where a button has closed its own question, the one that was open before stays so."""
    before, after = visit.conversation, visit.tx.conversation(visit.message.address, visit.learner.id)
    if before.delivery_id is not None and after and after.delivery_id != closed.id:
        visit.tx.save_conversation(replace(after, delivery_id=before.delivery_id, aids=before.aids))
