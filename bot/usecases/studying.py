"""A question is taken, answered, helped with, left for later or shown; and how the learner is doing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.document import Block, paragraph
from bot.core.grading import Grade, Verdict
from bot.core.library import Question
from bot.core.messages import Replies, Reply
from bot.core.records import Aid, Attempt, Cause, Delivery, DeliveryKind, DeliveryState, Grading
from bot.core.scheduling import Card
from bot.core.selection import choose
from bot.usecases import asking, feedback, recording
from bot.usecases.visit import Visit, choice

OPEN_STATES = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)
PARTLY_RIGHT = 0.25
"""From this fraction on, an answer that does not pass gets a second chance."""
SECOND_CHANCE_LASTS = timedelta(minutes=30)
"""So long an addition is marked together with the answer it adds to."""


def daily(visit: Visit, kind: DeliveryKind = DeliveryKind.DAILY) -> Replies:
    """Give today's question: the one that is open, or the next; when all are answered, say so."""
    today = visit.tx.deliveries(visit.owner, kind, visit.today)
    answered = {attempt.delivery_id for attempt in visit.tx.attempts(visit.learner.id)}
    waiting = next((d for d in today if d.state in OPEN_STATES and d.id not in answered), None)
    if waiting:
        return _give(visit, waiting)
    if kind is DeliveryKind.DAILY and any(d.id in answered for d in today):
        return visit.say("done-today", choice(visit.words, "more", "more"))
    chosen = choose(visit.tx.cards(visit.learner.id), visit.knowledge.library, visit.study_day, asked=_asked(visit))
    if chosen is None:
        return visit.say("nothing-left")
    return _open(visit, kind, len(today), chosen.question, str(chosen.reason))


def _asked(visit: Visit) -> Sequence[str]:
    """Return the ids of all questions that were asked today."""
    return [
        delivery.question_id
        for kind in DeliveryKind
        for delivery in visit.tx.deliveries(visit.owner, kind, visit.today)
    ]


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
        return daily(visit, kind)
    return _give(visit, delivery)


def _give(visit: Visit, delivery: Delivery) -> Replies:
    """Show a delivery's question here and make it the open one."""
    delivery = ensure_question(visit, delivery)
    if delivery.state is not DeliveryState.SENT:
        visit.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SENT, visit.now)
    question = visit.knowledge.library.questions.get(delivery.question_id)
    if question is None:
        return visit.say("stale")
    reply = feedback.question(visit.words, visit.knowledge.library, question, delivery)
    return visit.save((reply,), delivery_id=delivery.id, concept_id="", aids=frozenset())


def ensure_question(visit: Visit, delivery: Delivery) -> Delivery:
    """Choose the question of a delivery that has none yet."""
    if delivery.question_id:
        return delivery
    chosen = choose(visit.tx.cards(visit.learner.id), visit.knowledge.library, visit.study_day, asked=_asked(visit))
    if chosen:
        visit.tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
    return visit.tx.delivery(delivery.id) or delivery


def quiz(visit: Visit, concept_id: str) -> Replies:
    """Ask about one concept now: the question of it that is remembered least."""
    concept = visit.knowledge.library.by_id.get(concept_id)
    if concept is None or not concept.questions:
        return visit.say("stale")
    cards = {card.question_id: card for card in visit.tx.cards(visit.learner.id)}
    question = min(concept.questions, key=lambda q: _last_review(cards.get(q.id)))
    ordinal = len(visit.tx.deliveries(visit.owner, DeliveryKind.PRACTICE, visit.today))
    return _open(visit, DeliveryKind.PRACTICE, ordinal, question, "")


def _last_review(card: Card | None) -> date:
    return card.last_review if card else date.min


def open_delivery(visit: Visit) -> tuple[Delivery, Question] | None:
    """Return the open question of this conversation."""
    if visit.conversation.delivery_id is None:
        return None
    delivery = visit.tx.delivery(visit.conversation.delivery_id)
    question = visit.knowledge.library.questions.get(delivery.question_id) if delivery else None
    return (delivery, question) if delivery and question else None


def attempt(visit: Visit, delivery: Delivery, text: str, *, is_sure: bool) -> Replies:
    """Grade an answer, keep it, and say what was hit, missed and contradicted.

    An answer that is partly right gets a second chance before anything is given away; its first mark
    counts at once.

    Args:
        is_sure: the text was certainly meant as an answer (a reply to the question, a tapped option).
    """
    found = visit.knowledge.library.questions.get(delivery.question_id)
    if found is None:
        return visit.say("stale")
    question = recording.overlaid(visit.tx, found)
    first = _first_of_two(visit, delivery)
    if first:
        return _second_chance(visit, delivery, question, first, text)
    grade = visit.knowledge.grader.grade(question, text)
    if grade.reason == "blank":
        return _offer_help(visit, delivery)
    is_practice = _is_practice(visit, question)
    made = recording.add_attempt(visit, delivery, question, text, visit.conversation.aids)
    card = recording.add_grading(visit, made, question, grade, Cause.FIRST)
    if _is_partly_right(question, grade) and not is_practice:
        reply = feedback.half_right(visit.words, question, grade, delivery.id)
        return visit.save(
            (_marked(visit, reply, delivery, is_sure=is_sure),),
            delivery_id=delivery.id,
            last_text=text,
            aids=visit.conversation.aids | {Aid.SECOND_CHANCE},
        )
    reply = feedback.graded(visit.words, question, grade, card, visit.study_day, is_practice=is_practice)
    return _close(visit, _marked(visit, reply, delivery, is_sure=is_sure), question, made, grade, text)


def _is_practice(visit: Visit, question: Question) -> bool:
    card = visit.tx.card(visit.learner.id, question.id)
    return card is not None and card.last_review >= visit.study_day


def _is_partly_right(question: Question, grade: Grade) -> bool:
    has_points = question.rubric is not None and any(mark.verdict is Verdict.MISSED for mark in grade.points)
    return has_points and not grade.has_passed and grade.fraction >= PARTLY_RIGHT


def _first_of_two(visit: Visit, delivery: Delivery) -> Attempt | None:
    """Return the attempt that a second chance was offered for, while it lasts."""
    is_open = visit.conversation.delivery_id == delivery.id and Aid.SECOND_CHANCE in visit.conversation.aids
    if not is_open or visit.now - visit.conversation.at > SECOND_CHANCE_LASTS:
        return None
    mine = [made for made in visit.tx.attempts(visit.learner.id, delivery.id) if made.text]
    return mine[-1] if mine else None


def _second_chance(visit: Visit, delivery: Delivery, question: Question, first: Attempt, text: str) -> Replies:
    """Grade both texts together; the mark never falls by trying."""
    recording.add_attempt(visit, delivery, question, text, frozenset({Aid.SECOND_CHANCE}))
    before = recording.last_grading(visit.tx, first)
    grade = visit.knowledge.grader.grade(question, recording.whole_text(visit.tx, first))
    if before and before.grade.fraction > grade.fraction:
        grade = before.grade
    card = recording.add_grading(visit, first, question, grade, Cause.SECOND_CHANCE)
    reply = feedback.graded(visit.words, question, grade, card, visit.study_day, is_practice=False)
    return _close(visit, reply, question, first, grade, text)


def _marked(visit: Visit, reply: Reply, delivery: Delivery, *, is_sure: bool) -> Reply:
    """Let the learner say that a text taken for an answer was a question."""
    return reply if is_sure else reply.with_choices(choice(visit.words, "was-question", f"k:{delivery.id}"))


def _close(visit: Visit, reply: Reply, question: Question, made: Attempt, grade: Grade, text: str) -> Replies:
    """Put the last choices under a final mark, and close the question."""
    contest = (choice(visit.words, "contest", f"x:{made.id}"),) if grade.fraction < 1 else ()
    reply = reply.with_choices(
        choice(visit.words, "explain", f"c:{question.concept_id}"), *contest, choice(visit.words, "more", "more")
    )
    return visit.save((reply,), delivery_id=None, concept_id=question.concept_id, last_text=text, aids=frozenset())


def _offer_help(visit: Visit, delivery: Delivery) -> Replies:
    """Answer "I don't know" with help instead of a mark."""
    has_hint = Aid.HINT not in visit.conversation.aids
    reply = visit.sentence("blank", *feedback.help_choices(visit.words, delivery.id, has_hint=has_hint))
    return visit.save((reply,), delivery_id=delivery.id)


def hint(visit: Visit) -> Replies:
    """Give the hint of the open question; an answer after it counts as helped."""
    found = open_delivery(visit)
    if found is None:
        return _none_open(visit)
    delivery, question = found
    text = visit.words("hint", hint=question.hint) if question.hint else visit.words("hint.none")
    aids = visit.conversation.aids | {Aid.HINT} if question.hint else visit.conversation.aids
    reply = Reply((paragraph(text),), feedback.help_choices(visit.words, delivery.id, has_hint=False))
    return visit.save((reply,), aids=aids)


def skip(visit: Visit) -> Replies:
    """Leave the open question for later: no rating."""
    found = open_delivery(visit)
    if found is None:
        return _none_open(visit)
    delivery, _ = found
    visit.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SKIPPED, visit.now)
    reply = visit.sentence("skip", choice(visit.words, "more", "more"))
    return visit.save((reply,), delivery_id=None, aids=frozenset())


def show_answer(visit: Visit) -> Replies:
    """Show the model answer; counts as not known."""
    found = open_delivery(visit)
    if found is None:
        return _none_open(visit)
    delivery, question = found
    made = recording.add_attempt(visit, delivery, question, "", visit.conversation.aids)
    card = recording.add_grading(visit, made, question, Grade(0.0, (), "shown"), Cause.SHOWN)
    reply = feedback.shown(visit.words, question, card, visit.study_day).with_choices(
        choice(visit.words, "explain", f"c:{question.concept_id}"), choice(visit.words, "more", "more")
    )
    return visit.save((reply,), delivery_id=None, concept_id=question.concept_id, aids=frozenset())


def _none_open(visit: Visit) -> Replies:
    return visit.say("none-open")


def withdraw(visit: Visit, delivery_id: int) -> Replies:
    """Take the last attempt on a delivery back: its text was a question. Then answer that question."""
    mine = [made for made in visit.tx.attempts(visit.learner.id, delivery_id) if made.text]
    # What was added at a second chance is marked with the attempt before it and has no mark of its own.
    marked = [(made, last) for made in mine if (last := recording.last_grading(visit.tx, made))]
    made, last = marked[-1] if marked else (None, None)
    question = visit.knowledge.library.questions.get(made.question_id) if made else None
    if made is None or last is None or last.cause is Cause.WITHDRAWN or question is None:
        return visit.say("nothing-to-withdraw")
    recording.add_grading(visit, made, question, Grade(0.0, ()), Cause.WITHDRAWN)
    note = visit.sentence("withdrawn")
    answers = asking.ask(visit, mine[-1].text)
    return visit.save((note, *answers), delivery_id=delivery_id, last_text=mine[-1].text, aids=frozenset())


def stats(visit: Visit) -> Replies:
    """Say how the learner is doing."""
    last: dict[int, tuple[Attempt, Grading]] = {
        made.id: (made, grading) for made, grading in visit.tx.gradings(visit.learner.id)
    }
    log = [pair for _, pair in sorted(last.items()) if pair[1].rating is not None]
    blocks: tuple[Block, ...] = feedback.stats(
        visit.words,
        visit.knowledge.library,
        log,
        visit.tx.cards(visit.learner.id),
        visit.study_day,
        visit.tx.subscription(visit.owner),
    )
    return visit.save((Reply(blocks),))
