"""A question is taken, answered, helped with, left for later or shown."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.library import Question
from bot.core.grading import Grade, Verdict
from bot.core.memory.card import Card, Rating
from bot.core.records.records import Aid, Attempt, Cause, Delivery, DeliveryState
from bot.features.asking import searching
from bot.features.asking.buttons import ShowConcept
from bot.features.authors.buttons import ContestMark
from bot.features.daily import outcomes, subscribing
from bot.features.groups import answering, awarding
from bot.features.studying import feedback, posing, recording
from bot.features.studying.buttons import Known, TooEasy, WasQuestion
from bot.features.studying.feedback import Memory
from bot.features.turn import Turn, choice

PARTLY_RIGHT = 0.25
"""From this fraction on, an answer that does not pass gets a second chance."""
SECOND_CHANCE_LASTS = timedelta(minutes=30)
"""So long an addition is marked together with the answer it adds to."""


def attempt(turn: Turn, delivery: Delivery, text: str, *, is_sure: bool) -> Replies:
    """Grade an answer, keep it, and say what was hit, missed and contradicted.

    An answer that is partly right gets a second chance before anything is given away; its first mark
    counts at once.

    Args:
        is_sure: the text was certainly meant as an answer (a reply to the question, a tapped option).
    """
    found = turn.knowledge.library.questions.get(delivery.question_id)
    if found is None:
        return turn.say("stale")
    outcomes.confirmed(turn.tx, delivery, turn.now)
    _keep_pace(turn, delivery)
    answering.joined(turn, delivery)
    question = recording.overlaid(turn.tx, found)
    first = _first_of_two(turn, delivery)
    if first:
        return _second_chance(turn, delivery, question, first, text)
    grade = turn.knowledge.grader.grade(question, text)
    if grade.reason == "blank":
        return answering.told(turn, delivery, None, _offer_help(turn, delivery))
    before = turn.tx.card(turn.learner.id, question.id)
    is_practice = before is not None and before.last_review >= turn.study_day
    made = recording.add_attempt(turn, delivery, question, text, _aids(turn, delivery))
    card = recording.add_grading(turn, made, question, grade, Cause.FIRST)
    award = awarding.count(turn, delivery, made, grade, before)
    if _is_partly_right(question, grade) and not is_practice and _may_add(turn, delivery):
        reply = feedback.half_right(turn.words, question, grade, delivery.id)
        return turn.save(
            (_marked(turn, reply, delivery, is_sure=is_sure),),
            delivery_id=delivery.id,
            last_text=text,
            aids=made.aids | {Aid.SECOND_CHANCE},
        )
    reply = feedback.graded(turn.words, question, grade, Memory(card, turn.study_day, is_practice))
    reply = _marked(turn, reply, delivery, is_sure=is_sure)
    further = (*answering.quoting(turn, question, award, grade), *_after_pass(turn, made, grade, card))
    return answering.told(turn, delivery, grade, _close(turn, reply.with_choices(*further), delivery, made, grade))


def _may_add(turn: Turn, delivery: Delivery) -> bool:
    """Tell whether an addition would find its way to the answer it adds to: what is said alone has no next turn."""
    return turn.message.is_direct or not answering.is_groups(delivery)


def _keep_pace(turn: Turn, delivery: Delivery) -> None:
    """Whoever answers is there again, and so is the group whose question it was."""
    subscribing.keep_pace(turn.tx, turn.owner, turn.now)
    if answering.is_groups(delivery):
        subscribing.keep_pace(turn.tx, delivery.owner, turn.now)


def answered_with(turn: Turn) -> Attempt | None:
    """Return the attempt that this message was, before it was edited: an edit keeps the moment it was sent at."""
    mine = (made for made in turn.tx.attempts(turn.learner.id) if made.text and made.sent_at == turn.now)
    return next(mine, None)


def reworded(turn: Turn, made: Attempt, text: str) -> Replies:
    """Take the new wording of an answer as an addition while a second chance lasts; later it changes no mark."""
    delivery = turn.tx.delivery(made.delivery_id)
    if delivery and text != made.text and _first_of_two(turn, delivery):
        return attempt(turn, delivery, text, is_sure=True)
    return turn.say("edit.late") if text != made.text else ()


def _aids(turn: Turn, delivery: Delivery) -> frozenset[Aid]:
    """Return the help that was used with a question; what the open one was helped with is not another's."""
    return turn.conversation.aids if turn.conversation.delivery_id == delivery.id else frozenset()


def _is_partly_right(question: Question, grade: Grade) -> bool:
    has_points = bool(question.points) and any(mark.verdict is Verdict.MISSED for mark in grade.points)
    return has_points and not grade.has_passed and grade.fraction >= PARTLY_RIGHT


def _first_of_two(turn: Turn, delivery: Delivery) -> Attempt | None:
    """Return the attempt that a second chance was offered for, while it lasts."""
    is_open = turn.conversation.delivery_id == delivery.id and Aid.SECOND_CHANCE in turn.conversation.aids
    if not is_open or turn.now - turn.conversation.at > SECOND_CHANCE_LASTS:
        return None
    mine = [made for made in turn.tx.attempts(turn.learner.id, delivery.id) if made.text]
    return mine[-1] if mine else None


def _second_chance(turn: Turn, delivery: Delivery, question: Question, first: Attempt, text: str) -> Replies:
    """Grade both texts together; the mark never falls by trying."""
    recording.add_attempt(turn, delivery, question, text, frozenset({Aid.SECOND_CHANCE}))
    before = recording.last_grading(turn.tx, first)
    grade = turn.knowledge.grader.grade(question, recording.whole_text(turn.tx, first))
    if before and before.grade.fraction > grade.fraction:
        grade = before.grade
    card = recording.add_grading(turn, first, question, grade, Cause.SECOND_CHANCE)
    reply = feedback.graded(turn.words, question, grade, Memory(card, turn.study_day))
    return _close(turn, reply, delivery, first, grade)


def _marked(turn: Turn, reply: Reply, delivery: Delivery, *, is_sure: bool) -> Reply:
    """Let the learner say that a text taken for an answer was a question."""
    return reply if is_sure else reply.with_choices(choice(turn.words, "was-question", WasQuestion(delivery.id)))


def _after_pass(turn: Turn, made: Attempt, grade: Grade, card: Card | None) -> tuple[Choice, ...]:
    """Offer to see a question later still, or never again, where it was plainly known."""
    if card is None or grade.fraction < 1 or made.aids or card.last_review != made.study_day:
        return ()
    known = (choice(turn.words, "known", Known(made.id)),) if card.reps > 1 else ()
    return (choice(turn.words, "easy", TooEasy(made.id)), *known)


def _close(turn: Turn, reply: Reply, delivery: Delivery, made: Attempt, grade: Grade) -> Replies:
    """Put the last choices under a final mark, and close the question."""
    contest = (choice(turn.words, "contest", ContestMark(made.id)),) if grade.fraction < 1 else ()
    text = turn.message.text or turn.conversation.last_text
    return _closed(turn, reply, delivery, contest, last_text=text)


def _closed(turn: Turn, reply: Reply, delivery: Delivery, extra: tuple[Choice, ...], **changes: str) -> Replies:
    concept_id = turn.knowledge.library.questions[delivery.question_id].concept_id
    choices = (choice(turn.words, "explain", ShowConcept(concept_id)), *extra, posing.onward(turn, delivery))
    kept = (reply.with_choices(*choices),)
    return turn.save(kept, concept_id=concept_id, **posing.closing(turn, delivery), **changes)


def _offer_help(turn: Turn, delivery: Delivery) -> Replies:
    """Answer "I don't know" with help instead of a mark."""
    aids = _aids(turn, delivery)
    reply = turn.sentence("blank", *feedback.help_choices(turn.words, delivery.id, has_hint=Aid.HINT not in aids))
    return turn.save((reply,), delivery_id=delivery.id, aids=aids)


def hint(turn: Turn) -> Replies:
    """Give the hint of the open question; an answer after it counts as helped."""
    found = posing.open_delivery(turn)
    if found is None:
        return turn.say("none-open")
    delivery, question = found
    aids = turn.conversation.aids | {Aid.HINT} if question.hint else turn.conversation.aids
    choices = feedback.help_choices(turn.words, delivery.id, has_hint=False)
    reply = turn.sentence("hint" if question.hint else "hint.none", *choices, hint=question.hint)
    return turn.save((reply,), aids=aids)


def skip(turn: Turn) -> Replies:
    """Leave the open question for later: no rating."""
    found = posing.open_delivery(turn)
    if found is None:
        return turn.say("none-open")
    delivery, _ = found
    if not answering.is_groups(delivery):
        turn.tx.move_delivery(delivery.id, delivery.state, DeliveryState.SKIPPED, turn.now)
    reply = turn.sentence("skip", posing.onward(turn, delivery))
    return turn.save((reply,), **posing.closing(turn, delivery))


def show_answer(turn: Turn) -> Replies:
    """Show the model answer; counts as not known."""
    found = posing.open_delivery(turn)
    if found is None:
        return turn.say("none-open")
    delivery, question = found
    made = recording.add_attempt(turn, delivery, question, "", turn.conversation.aids)
    before, grade = turn.tx.card(turn.learner.id, question.id), Grade(0.0, (), "shown")
    card = recording.add_grading(turn, made, question, grade, Cause.SHOWN)
    awarding.count(turn, delivery, made, grade, before)
    outcomes.confirmed(turn.tx, delivery, turn.now)
    _keep_pace(turn, delivery)
    return _closed(turn, feedback.shown(turn.words, question, Memory(card, turn.study_day)), delivery, ())


def was_answer(turn: Turn) -> Replies:
    """Take the text that was read as a question for the answer to the open question."""
    found = posing.open_delivery(turn)
    if found is None or not turn.conversation.last_text:
        return turn.say("stale")
    return attempt(turn, found[0], turn.conversation.last_text, is_sure=True)


def was_question(turn: Turn) -> Replies:
    """Take the last answer to the open question back."""
    return _withdraw(turn, turn.conversation.delivery_id or 0)


def _withdraw(turn: Turn, delivery_id: int) -> Replies:
    """Take the last attempt on a delivery back: its text was a question. Then answer that question."""
    mine = [made for made in turn.tx.attempts(turn.learner.id, delivery_id) if made.text]
    found = _marked_last(turn, mine)
    if found is None:
        return turn.say("nothing-to-withdraw")
    made, question = found
    recording.add_grading(turn, made, question, Grade(0.0, ()), Cause.WITHDRAWN)
    note = turn.sentence("withdrawn")
    answers = searching.ask(turn, mine[-1].text)
    return turn.save((note, *answers), delivery_id=delivery_id, last_text=mine[-1].text, aids=frozenset())


def _marked_last(turn: Turn, mine: Sequence[Attempt]) -> tuple[Attempt, Question] | None:
    """Return the last attempt that has a mark, with its question; None where that was taken back already."""
    # What was added at a second chance is marked with the attempt before it and has no mark of its own.
    marked = [(made, last) for made in mine if (last := recording.last_grading(turn.tx, made))]
    if not marked or marked[-1][1].cause is Cause.WITHDRAWN:
        return None
    made = marked[-1][0]
    question = turn.knowledge.library.questions.get(made.question_id)
    return (made, question) if question else None


def too_easy(turn: Turn, attempt_id: int) -> Replies:
    """Take "太简单": the last mark of an attempt is rated Easy."""
    found = _passed(turn, attempt_id)
    if found is None:
        return turn.say("stale")
    made, question, grade = found
    mark = recording.Mark(made, grade, Cause.EASY, Rating.EASY, turn.now)
    card = recording.append(turn.tx, turn.knowledge, question, mark)
    when = feedback.when(turn.words, card.due, turn.study_day) if card else ""
    return turn.say("easy.done", when=when)


def known_for_good(turn: Turn, attempt_id: int) -> Replies:
    """Take "我会了": the question is not asked again, unless it is failed elsewhere."""
    found = _passed(turn, attempt_id)
    if found is None:
        return turn.say("stale")
    made, question, grade = found
    last = recording.last_grading(turn.tx, made)
    mark = recording.Mark(made, grade, Cause.RETIRED, last.rating if last else Rating.GOOD, turn.now)
    recording.append(turn.tx, turn.knowledge, question, mark)
    return turn.say("known.done")


def _passed(turn: Turn, attempt_id: int) -> tuple[Attempt, Question, Grade] | None:
    """Return an attempt of the learner's own that passed without help, with its question and its mark."""
    made = turn.tx.attempt(attempt_id)
    if made is None or made.learner_id != turn.learner.id:
        return None
    question = turn.knowledge.library.questions.get(made.question_id)
    last = recording.last_grading(turn.tx, made)
    return (made, question, last.grade) if question and last and last.grade.has_passed else None
