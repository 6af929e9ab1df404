"""A question is taken, answered, helped with, left for later or shown; and how the learner is doing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.document import Block, paragraph
from bot.core.grading import GRADER_VERSION, Grade, rubric_hash, rubric_json
from bot.core.library import Question
from bot.core.memory import fold
from bot.core.messages import Replies, Reply
from bot.core.records import Aid, Attempt, Cause, Delivery, DeliveryKind, DeliveryState, Grading
from bot.core.scheduling import Card, rate
from bot.core.selection import choose
from bot.usecases import asking, feedback
from bot.usecases.visit import Visit, choice

OPEN_STATES = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)


def daily(visit: Visit, kind: DeliveryKind = DeliveryKind.DAILY) -> Replies:
    """Give today's question: the one that is open, or the next; when all are answered, say so."""
    today = visit.tx.deliveries(visit.owner, kind, visit.today)
    answered = {attempt.delivery_id for attempt in visit.tx.attempts(visit.learner.id)}
    waiting = next((d for d in today if d.state in OPEN_STATES and d.id not in answered), None)
    if waiting:
        return _give(visit, waiting)
    if kind is DeliveryKind.DAILY and any(d.id in answered for d in today):
        more = choice(visit.words, "more", "more")
        return visit.save((Reply((paragraph(visit.words("done-today")),), (more,)),))
    chosen = choose(visit.tx.cards(visit.learner.id), visit.knowledge.library, visit.study_day, asked=_asked(visit))
    if chosen is None:
        return visit.save((Reply((paragraph(visit.words("nothing-left")),)),))
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
        return visit.save((Reply((paragraph(visit.words("stale")),)),))
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
        return visit.save((Reply((paragraph(visit.words("stale")),)),))
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

    Args:
        is_sure: the text was certainly meant as an answer (a reply to the question, a tapped option).
    """
    question = visit.knowledge.library.questions.get(delivery.question_id)
    if question is None:
        return visit.save((Reply((paragraph(visit.words("stale")),)),))
    grade = visit.knowledge.grader.grade(question, text)
    if grade.reason == "blank":
        return _offer_help(visit, delivery)
    had_card = visit.tx.card(visit.learner.id, question.id)
    is_practice = had_card is not None and had_card.last_review >= visit.study_day
    card = _record(visit, delivery, question, text, grade, Cause.FIRST)
    reply = feedback.graded(visit.words, question, grade, card, visit.study_day, is_practice=is_practice)
    reply = reply.with_choices(choice(visit.words, "explain", f"c:{question.concept_id}"))
    if not is_sure:
        reply = reply.with_choices(choice(visit.words, "was-question", f"k:{delivery.id}"))
    reply = reply.with_choices(choice(visit.words, "more", "more"))
    return visit.save((reply,), delivery_id=None, concept_id=question.concept_id, last_text=text, aids=frozenset())


def _offer_help(visit: Visit, delivery: Delivery) -> Replies:
    """Answer "I don't know" with help instead of a mark."""
    reply = Reply((paragraph(visit.words("blank")),), feedback.help_choices(visit.words, delivery.id))
    return visit.save((reply,), delivery_id=delivery.id)


def _record(visit: Visit, delivery: Delivery, question: Question, text: str, grade: Grade, cause: Cause) -> Card | None:
    """Append the attempt and its grading, and fold the log into the card."""
    made = visit.tx.add_attempt(
        visit.learner.id,
        visit.account.id,
        delivery.id,
        question.id,
        text,
        visit.now,
        visit.study_day,
        visit.conversation.aids,
    )
    rating = rate(has_passed=grade.has_passed, had_help=bool(made.aids))
    visit.tx.add_grading(
        made.id, rubric_hash(question), rubric_json(question), GRADER_VERSION, grade, cause, rating, visit.now
    )
    return refold(visit, question.id)


def refold(visit: Visit, question_id: str) -> Card | None:
    """Rebuild a card from the log and write it; drop it where nothing is rated any more."""
    log = visit.tx.gradings(visit.learner.id, question_id)
    card = fold(log)
    if card:
        visit.tx.save_card(visit.learner.id, card)
    else:
        visit.tx.drop_card(visit.learner.id, question_id)
    return card


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
    more = choice(visit.words, "more", "more")
    return visit.save((Reply((paragraph(visit.words("skip")),), (more,)),), delivery_id=None, aids=frozenset())


def show_answer(visit: Visit) -> Replies:
    """Show the model answer; counts as not known."""
    found = open_delivery(visit)
    if found is None:
        return _none_open(visit)
    delivery, question = found
    card = _record(visit, delivery, question, "", Grade(0.0, (), "shown"), Cause.SHOWN)
    reply = feedback.shown(visit.words, question, card, visit.study_day)
    reply = reply.with_choices(
        choice(visit.words, "explain", f"c:{question.concept_id}"), choice(visit.words, "more", "more")
    )
    return visit.save((reply,), delivery_id=None, concept_id=question.concept_id, aids=frozenset())


def _none_open(visit: Visit) -> Replies:
    return visit.save((Reply((paragraph(visit.words("none-open")),)),))


def withdraw(visit: Visit, delivery_id: int) -> Replies:
    """Take the last attempt on a delivery back: its text was a question. Then answer that question."""
    mine = visit.tx.attempts(visit.learner.id, delivery_id)
    log = [(made, grading) for made, grading in _log(visit, mine) if made.text]
    if not log or log[-1][1].cause is Cause.WITHDRAWN:
        return visit.save((Reply((paragraph(visit.words("nothing-to-withdraw")),)),))
    made, grading = log[-1]
    question = visit.knowledge.library.questions.get(made.question_id)
    hash_, text = (rubric_hash(question), rubric_json(question)) if question else (grading.rubric_hash, "")
    visit.tx.add_grading(made.id, hash_, text, GRADER_VERSION, Grade(0.0, ()), Cause.WITHDRAWN, None, visit.now)
    refold(visit, made.question_id)
    note = Reply((paragraph(visit.words("withdrawn")),))
    answers = asking.ask(visit, made.text)
    return visit.save((note, *answers), delivery_id=delivery_id, last_text=made.text)


def _log(visit: Visit, attempts: Sequence[Attempt]) -> Sequence[tuple[Attempt, Grading]]:
    ids = {attempt.id for attempt in attempts}
    return [(made, grading) for made, grading in visit.tx.gradings(visit.learner.id) if made.id in ids]


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
