"""A question is taken, answered, helped with, left for later or shown."""

from __future__ import annotations

from datetime import timedelta

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.library import Question
from bot.core.grading import Grade, Verdict
from bot.core.memory.card import Card, Rating
from bot.core.records.records import Aid, Attempt, Cause, Delivery, DeliveryState
from bot.features.asking import searching
from bot.features.daily import outcomes, subscribing
from bot.features.groups import answering, awarding
from bot.features.studying import feedback, posing, recording
from bot.features.turn import Visit, choice, number

PARTLY_RIGHT = 0.25
"""From this fraction on, an answer that does not pass gets a second chance."""
SECOND_CHANCE_LASTS = timedelta(minutes=30)
"""So long an addition is marked together with the answer it adds to."""


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
    outcomes.confirmed(visit.tx, delivery, visit.now)
    _keep_pace(visit, delivery)
    answering.joined(visit, delivery)
    question = recording.overlaid(visit.tx, found)
    first = _first_of_two(visit, delivery)
    if first:
        return _second_chance(visit, delivery, question, first, text)
    grade = visit.knowledge.grader.grade(question, text)
    if grade.reason == "blank":
        return answering.told(visit, delivery, None, _offer_help(visit, delivery))
    before = visit.tx.card(visit.learner.id, question.id)
    is_practice = before is not None and before.last_review >= visit.study_day
    made = recording.add_attempt(visit, delivery, question, text, _aids(visit, delivery))
    card = recording.add_grading(visit, made, question, grade, Cause.FIRST)
    award = awarding.count(visit, delivery, made, grade, before)
    if _is_partly_right(question, grade) and not is_practice and _may_add(visit, delivery):
        reply = feedback.half_right(visit.words, question, grade, delivery.id)
        return visit.save(
            (_marked(visit, reply, delivery, is_sure=is_sure),),
            delivery_id=delivery.id,
            last_text=text,
            aids=made.aids | {Aid.SECOND_CHANCE},
        )
    reply = feedback.graded(visit.words, question, grade, card, visit.study_day, is_practice=is_practice)
    reply = _marked(visit, reply, delivery, is_sure=is_sure)
    further = (*answering.quoting(visit, question, award, grade), *_after_pass(visit, made, grade, card))
    return answering.told(visit, delivery, grade, _close(visit, reply.with_choices(*further), delivery, made, grade))


def _may_add(visit: Visit, delivery: Delivery) -> bool:
    """Tell whether an addition would find its way to the answer it adds to: what is said alone has no next turn."""
    return visit.message.is_direct or not answering.is_groups(delivery)


def _keep_pace(visit: Visit, delivery: Delivery) -> None:
    """Whoever answers is there again, and so is the group whose question it was."""
    subscribing.keep_pace(visit.tx, visit.owner, visit.now)
    if answering.is_groups(delivery):
        subscribing.keep_pace(visit.tx, delivery.owner, visit.now)


def answered_with(visit: Visit) -> Attempt | None:
    """Return the attempt that this message was, before it was edited: an edit keeps the moment it was sent at."""
    mine = (made for made in visit.tx.attempts(visit.learner.id) if made.text and made.sent_at == visit.now)
    return next(mine, None)


def reworded(visit: Visit, made: Attempt, text: str) -> Replies:
    """Take the new wording of an answer as an addition while a second chance lasts; later it changes no mark."""
    delivery = visit.tx.delivery(made.delivery_id)
    if delivery and text != made.text and _first_of_two(visit, delivery):
        return attempt(visit, delivery, text, is_sure=True)
    return visit.say("edit.late") if text != made.text else ()


def _aids(visit: Visit, delivery: Delivery) -> frozenset[Aid]:
    """Return the help that was used with a question; what the open one was helped with is not another's."""
    return visit.conversation.aids if visit.conversation.delivery_id == delivery.id else frozenset()


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
    return _close(visit, reply, delivery, first, grade)


def _marked(visit: Visit, reply: Reply, delivery: Delivery, *, is_sure: bool) -> Reply:
    """Let the learner say that a text taken for an answer was a question."""
    return reply if is_sure else reply.with_choices(choice(visit.words, "was-question", f"k:{delivery.id}"))


def _after_pass(visit: Visit, made: Attempt, grade: Grade, card: Card | None) -> tuple[Choice, ...]:
    """Offer to see a question later still, or never again, where it was plainly known."""
    if card is None or grade.fraction < 1 or made.aids or card.last_review != made.study_day:
        return ()
    known = (choice(visit.words, "known", f"kn:{made.id}"),) if card.reps > 1 else ()
    return (choice(visit.words, "easy", f"ez:{made.id}"), *known)


def _close(visit: Visit, reply: Reply, delivery: Delivery, made: Attempt, grade: Grade) -> Replies:
    """Put the last choices under a final mark, and close the question."""
    contest = (choice(visit.words, "contest", f"x:{made.id}"),) if grade.fraction < 1 else ()
    text = visit.message.text or visit.conversation.last_text
    return _closed(visit, reply, delivery, contest, last_text=text)


def _closed(visit: Visit, reply: Reply, delivery: Delivery, extra: tuple[Choice, ...], **changes: str) -> Replies:
    concept_id = visit.knowledge.library.questions[delivery.question_id].concept_id
    choices = (choice(visit.words, "explain", f"c:{concept_id}"), *extra, posing.onward(visit, delivery))
    kept = (reply.with_choices(*choices),)
    return visit.save(kept, concept_id=concept_id, **posing.closing(visit, delivery), **changes)


def _offer_help(visit: Visit, delivery: Delivery) -> Replies:
    """Answer "I don't know" with help instead of a mark."""
    aids = _aids(visit, delivery)
    reply = visit.sentence("blank", *feedback.help_choices(visit.words, delivery.id, has_hint=Aid.HINT not in aids))
    return visit.save((reply,), delivery_id=delivery.id, aids=aids)


def hint(visit: Visit) -> Replies:
    """Give the hint of the open question; an answer after it counts as helped."""
    found = posing.open_delivery(visit)
    if found is None:
        return visit.say("none-open")
    delivery, question = found
    aids = visit.conversation.aids | {Aid.HINT} if question.hint else visit.conversation.aids
    choices = feedback.help_choices(visit.words, delivery.id, has_hint=False)
    reply = visit.sentence("hint" if question.hint else "hint.none", *choices, hint=question.hint)
    return visit.save((reply,), aids=aids)


def skip(visit: Visit) -> Replies:
    """Leave the open question for later: no rating."""
    found = posing.open_delivery(visit)
    if found is None:
        return visit.say("none-open")
    delivery, _ = found
    if not answering.is_groups(delivery):
        visit.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SKIPPED, visit.now)
    reply = visit.sentence("skip", posing.onward(visit, delivery))
    return visit.save((reply,), **posing.closing(visit, delivery))


def show_answer(visit: Visit) -> Replies:
    """Show the model answer; counts as not known."""
    found = posing.open_delivery(visit)
    if found is None:
        return visit.say("none-open")
    delivery, question = found
    made = recording.add_attempt(visit, delivery, question, "", visit.conversation.aids)
    before, grade = visit.tx.card(visit.learner.id, question.id), Grade(0.0, (), "shown")
    card = recording.add_grading(visit, made, question, grade, Cause.SHOWN)
    awarding.count(visit, delivery, made, grade, before)
    outcomes.confirmed(visit.tx, delivery, visit.now)
    _keep_pace(visit, delivery)
    return _closed(visit, feedback.shown(visit.words, question, card, visit.study_day), delivery, ())


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
    answers = searching.ask(visit, mine[-1].text)
    return visit.save((note, *answers), delivery_id=delivery_id, last_text=mine[-1].text, aids=frozenset())


def too_easy(visit: Visit, attempt_id: str) -> Replies:
    """Take "太简单": the last mark of an attempt is rated Easy."""
    found = _passed(visit, attempt_id)
    if found is None:
        return visit.say("stale")
    made, question, grade = found
    lexicon = visit.knowledge.library.lexicon
    card = recording.append(visit.tx, made, question, lexicon, grade, Cause.EASY, Rating.EASY, visit.now)
    when = feedback.when(visit.words, card.due, visit.study_day) if card else ""
    return visit.say("easy.done", when=when)


def known_for_good(visit: Visit, attempt_id: str) -> Replies:
    """Take "我会了": the question is not asked again, unless it is failed elsewhere."""
    found = _passed(visit, attempt_id)
    if found is None:
        return visit.say("stale")
    made, question, grade = found
    last = recording.last_grading(visit.tx, made)
    rating = last.rating if last else Rating.GOOD
    lexicon = visit.knowledge.library.lexicon
    recording.append(visit.tx, made, question, lexicon, grade, Cause.RETIRED, rating, visit.now)
    return visit.say("known.done")


def _passed(visit: Visit, attempt_id: str) -> tuple[Attempt, Question, Grade] | None:
    """Return an attempt of the learner's own that passed without help, with its question and its mark."""
    made = visit.tx.attempt(number(attempt_id))
    if made is None or made.learner_id != visit.learner.id:
        return None
    question = visit.knowledge.library.questions.get(made.question_id)
    last = recording.last_grading(visit.tx, made)
    return (made, question, last.grade) if question and last and last.grade.has_passed else None
