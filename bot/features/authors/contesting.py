"""The authors' desk: a learner contests a mark or reports a mistake; an owner accepts a phrasing or declines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.chat.messages import Replies, Reply
from bot.core.content.document import Block, Heading, Listing, Text, paragraph, spans
from bot.core.content.library import Question
from bot.core.grading import Grade, Verdict, phrase_faults
from bot.core.language.wording import Wording
from bot.core.memory.card import rate
from bot.core.records.contests import Contest, ContestKind, ContestState
from bot.core.records.records import Attempt, Cause
from bot.errors import NotFoundError
from bot.features.authors.gaps import group
from bot.features.studying import recording
from bot.features.turn import Knowledge, Turn
from bot.features.turn import number as to_id
from bot.ports import Transaction

MAX_LISTED = 5
MAX_TEXT = 500
READ_MISSES = 2000


# --- what a learner can do -------------------------------------------------------------------------


def contest(turn: Turn, attempt_id: int) -> Replies:
    """Take "我答对了" on an attempt of one's own to the desk."""
    made = turn.tx.attempt(attempt_id)
    if made is None or made.learner_id != turn.learner.id:
        return turn.say("stale")
    text = recording.whole_text(turn.tx, made)[:MAX_TEXT]
    opened = turn.tx.add_contest(
        Contest(0, ContestKind.GRADE, turn.learner.id, made.id, made.question_id, text, ContestState.OPEN, turn.now)
    )
    return turn.toast("contest.thanks" if opened else "contest.again")


def report(turn: Turn, argument: str) -> Replies:
    """Take "内容有误" on what is being discussed, with the learner's words, to the desk."""
    subject = argument if argument in turn.knowledge.library.by_id else turn.conversation.concept_id
    delivery = turn.tx.delivery(turn.conversation.delivery_id) if turn.conversation.delivery_id else None
    subject = subject or (delivery.question_id if delivery else "")
    if not subject:
        return turn.say("report.none")
    if not argument:
        return turn.say("report.what")
    text = (argument if argument != subject else turn.conversation.last_text)[:MAX_TEXT]
    turn.tx.add_contest(
        Contest(0, ContestKind.CONTENT, turn.learner.id, None, subject, text, ContestState.OPEN, turn.now)
    )
    return turn.toast("report.thanks")


# --- what an owner can do --------------------------------------------------------------------------


def contests(turn: Turn, argument: str) -> Replies:
    """List what is contested, or settle one: "3 point phrase" accepts, "3 no sentence" declines."""
    if not argument:
        return _list(turn)
    number, _, rest = argument.partition(" ")
    point_id, _, text = rest.strip().partition(" ")
    try:
        contest_id = to_id(number.lstrip("#"))
        if point_id == "no":
            decline(turn.tx, turn.knowledge, contest_id, text.strip(), turn.now)
            count = 0
        else:
            count = accept(turn.tx, turn.knowledge, Phrasing(contest_id, point_id, text.strip()), turn.now)
    except NotFoundError as error:
        return turn.say("contests.wrong", why=str(error))
    return turn.say("contests.done", id=contest_id, count=count)


def _list(turn: Turn) -> Replies:
    waiting = turn.tx.contests(ContestState.OPEN, MAX_LISTED)
    if not waiting:
        return turn.say("contests.none")
    items = tuple(tuple(_lines(turn, one)) for one in waiting)
    blocks: tuple[Block, ...] = (
        Heading(spans(turn.words("contests.title", count=len(waiting)))),
        Listing(items),
        paragraph(turn.words("contests.usage")),
    )
    return turn.save((Reply(blocks),))


def _lines(turn: Turn, one: Contest) -> Iterator[Block]:
    yield paragraph(turn.words("contests.line", id=one.id, subject=one.subject, text=one.text))
    made = turn.tx.attempt(one.attempt_id) if one.attempt_id else None
    last = recording.last_grading(turn.tx, made) if made else None
    if last:
        missed = (f"{m.point_id} {m.text}" for m in last.grade.points if m.verdict is not Verdict.HIT)
        yield paragraph(turn.words("contests.points", points=turn.words("points.join").join(missed)))


def gaps(turn: Turn) -> Replies:
    """List what was asked and not found, most frequent first."""
    found = group(turn.tx.misses(READ_MISSES))[:10]
    if not found:
        return turn.say("gaps.none")
    lines = (turn.words("gaps.line", count=gap.count, text=gap.text) for gap in found)
    items = tuple((paragraph(line),) for line in lines)
    return turn.save((Reply((Heading((Text(turn.words("gaps.title")),)), Listing(items))),))


# --- what both the chat and the command line do ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """An open contest of a mark with all that belongs to it."""

    contest: Contest
    attempt: Attempt
    question: Question


def _case(tx: Transaction, knowledge: Knowledge, contest_id: int) -> _Case:
    found = tx.contest(contest_id)
    if found is None or found.state is not ContestState.OPEN:
        raise NotFoundError(f"no contest {contest_id} is open")
    made = tx.attempt(found.attempt_id) if found.attempt_id else None
    question = knowledge.library.questions.get(found.subject)
    if made is None or question is None:
        raise NotFoundError(f"contest {contest_id} is about content: change the file, then decline it with a sentence")
    return _Case(found, made, question)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrase that is to be accepted for a key point, out of a contest."""

    contest_id: int
    point_id: str
    phrase: str


def accept(tx: Transaction, knowledge: Knowledge, phrasing: Phrasing, now: datetime) -> int:
    """Accept a phrase for a key point, and mark anew every answer that it helps; nobody's mark falls.

    Returns:
        How many answers have a better mark.

    Raises:
        NotFoundError: no such contest or point is open, or the phrase does not parse.
    """
    case, point_id, phrase = _case(tx, knowledge, phrasing.contest_id), phrasing.point_id, phrasing.phrase
    points = {point.id for point in case.question.points}
    if point_id not in points:
        raise NotFoundError(f"{case.question.id} has no point {point_id!r}: one of {', '.join(sorted(points))}")
    fault = phrase_faults(phrase) if phrase else "it is empty"
    if fault:
        raise NotFoundError(f"the phrase {phrase!r} cannot be used: {fault}")
    tx.add_phrase(case.question.id, point_id, phrase, now)
    tx.settle_contest(case.contest.id, ContestState.ACCEPTED)
    question = recording.overlaid(tx, case.question)
    better = 0
    for made in tx.attempts_at(question.id):
        grade = _better(tx, knowledge, question, made, point_id)
        if grade:
            cause = Cause.CONTEST if made.id == case.attempt.id else Cause.REGRADE
            rating = rate(has_passed=grade.has_passed, had_help=bool(made.aids))
            recording.append(tx, knowledge, question, recording.Mark(made, grade, cause, rating, now))
            _tell(tx, made, "contest.accepted", now, prompt=question.prompt, percent=round(100 * grade.fraction))
            better += 1
    return better


def _better(tx: Transaction, knowledge: Knowledge, question: Question, made: Attempt, point_id: str) -> Grade | None:
    """Return the new mark of an attempt that missed the point, where it is better than the one it has."""
    last = recording.last_grading(tx, made)
    if last is None or last.rating is None or not made.text:
        return None
    if not any(mark.point_id == point_id and mark.verdict is not Verdict.HIT for mark in last.grade.points):
        return None
    grade = knowledge.grader.grade(question, recording.whole_text(tx, made))
    return grade if grade.fraction > last.grade.fraction else None


def decline(tx: Transaction, knowledge: Knowledge, contest_id: int, sentence: str, now: datetime) -> None:
    """Leave a mark as it is, and tell the learner why. Raises NotFoundError."""
    found = tx.contest(contest_id)
    if found is None or not tx.settle_contest(contest_id, ContestState.DECLINED):
        raise NotFoundError(f"no contest {contest_id} is open")
    made = tx.attempt(found.attempt_id) if found.attempt_id else None
    question = knowledge.library.questions.get(found.subject)
    if made:
        prompt = question.prompt if question else found.subject
        _tell(tx, made, "contest.declined", now, prompt=prompt, sentence=sentence)


def _tell(tx: Transaction, made: Attempt, key: str, now: datetime, **values: object) -> None:
    """Put a notice for the author of an attempt into the outbox, to where the question was sent."""
    delivery = tx.delivery(made.delivery_id)
    if delivery:
        words = Wording(tx.learner(made.learner_id).language)
        tx.add_notice(delivery.address, Reply((paragraph(words(key, **values)),)), now)
