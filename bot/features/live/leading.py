"""A live quiz is begun, led and answered in a group's chat; `live_rounds` moves it on."""

from __future__ import annotations

from dataclasses import replace

from bot.core.chat.intents import reads_as_question
from bot.core.chat.messages import Audience, Mode, Replies, Reply
from bot.core.content.document import paragraph
from bot.core.content.library import Question
from bot.core.grading import Grade
from bot.core.groups import live_quiz
from bot.core.groups.group import StudyGroup
from bot.core.groups.live_quiz import Ending, LiveQuiz, LiveState
from bot.core.groups.live_words import LiveVerb, LiveWish, read_live
from bot.core.language.wording import Wording
from bot.core.records.records import Cause, Delivery
from bot.features.daily import outcomes, subscribing
from bot.features.groups import awarding
from bot.features.live import describing
from bot.features.live.rounds import Rounds, as_it_stands, had
from bot.features.studying import recording
from bot.features.turn import Visit, number

RECEIVED = "👌"
"""A public answer has come; how it is marked is told with the others'."""
SHOWN_ANSWER = 40


# --- beginning and leading -------------------------------------------------------------------------


def command(visit: Visit, argument: str) -> Replies:
    """Begin a quiz as wished, say how one stands, or pause, resume or stop it."""
    if visit.message.is_direct:
        return visit.say("live.only-in-groups")
    wish = read_live(argument, visit.today, subscribing.topic_names(visit.knowledge.library))
    group = visit.tx.group_at(visit.message.address)
    quiz = _running(visit, group)
    if group is None or quiz is None:
        is_new = not wish.verb or not argument
        return _begin(visit, group, wish) if is_new else visit.say("live.none")
    if wish.verb in (None, LiveVerb.STATE):
        words = Wording(group.language)
        said = describing.state(words, visit.knowledge.library, quiz, is_second=wish.verb is None)
        return visit.save((said,))
    return _lead(visit, group, quiz, LiveVerb(wish.verb))


def tapped(visit: Visit, argument: str) -> Replies:
    """Take a tapped button of a quiz; one of an earlier quiz is stale."""
    verb, _, which = argument.partition(":")
    group = visit.tx.group_at(visit.message.address)
    quiz = _running(visit, group)
    if group is None or quiz is None or quiz.number != number(which) or verb not in list(LiveVerb):
        return visit.toast("stale")
    return _lead(visit, group, quiz, LiveVerb(verb))


def _running(visit: Visit, group: StudyGroup | None) -> LiveQuiz | None:
    quiz = visit.tx.live(group.id) if group else None
    return quiz if quiz and quiz.state is not LiveState.OVER else None


def _begin(visit: Visit, group: StudyGroup | None, wish: LiveWish) -> Replies:
    """Begin a quiz; a chat that is no study group yet becomes one, without a daily question."""
    if wish.fault:
        return visit.save((visit.sentence(wish.fault, about=wish.about), visit.sentence("live.usage")))
    message = visit.message
    group = group or visit.tx.add_group(message.address, message.place, visit.learner.language, visit.now)
    there = len(live_quiz.drawn_from(visit.knowledge.library, wish.plan, had(visit.tx, group, None, visit.now)))
    if not there:
        return visit.say("live.none-fit")
    plan = replace(wish.plan, rounds=min(wish.plan.rounds, there))
    quiz = live_quiz.begin(group.id, visit.tx.live(group.id), plan, visit.learner.id, visit.now)
    if not visit.tx.begin_live(quiz):
        return visit.say("live.runs")
    is_fewer = plan.rounds < wish.plan.rounds
    return visit.save((describing.began(Wording(group.language), visit.knowledge.library, quiz, is_fewer=is_fewer),))


def _lead(visit: Visit, group: StudyGroup, quiz: LiveQuiz, verb: LiveVerb) -> Replies:
    """Pause, resume or stop a quiz, which whoever began it and the admins may."""
    if not (visit.message.is_admin or quiz.begun_by == visit.learner.id):
        said = replace(visit.sentence("live.not-yours"), audience=Audience.PRIVATE)
        return visit.toast("live.not-yours") if visit.message.pressed else visit.save((said,))
    if verb is LiveVerb.STOP:
        said_last = Rounds(visit.tx, visit.knowledge, group, visit.now).ended(quiz, Ending.STOPPED)
        return _announce(visit, group, said_last) if said_last else visit.toast("stale")
    moved = live_quiz.pause(quiz, visit.now) if verb is LiveVerb.PAUSE else live_quiz.resume(quiz, visit.now)
    words = Wording(group.language)
    if moved == quiz or not visit.tx.save_live(quiz, moved):
        return visit.save((describing.state(words, visit.knowledge.library, quiz, is_second=False),))
    is_after = verb is LiveVerb.PAUSE and quiz.is_open
    key = (
        "live.paused-after" if is_after else "live.paused" if verb is LiveVerb.PAUSE else "live.resumed"
    )
    return _announce(visit, group, Reply((paragraph(words(key)),), describing.buttons(words, moved)))


def _announce(visit: Visit, group: StudyGroup, said: Reply) -> Replies:
    """Tell the whole group: what answers a tap may be seen by one alone."""
    if not visit.message.pressed:
        return visit.save((said,))
    visit.tx.add_notice(group.address, said, visit.now)
    return visit.toast("live.done")


# --- answering -------------------------------------------------------------------------------------


def answered(visit: Visit, delivery: Delivery, text: str) -> Replies:
    """Take an answer to a question of a quiz: graded and remembered now, told with everybody's when time is up."""
    found = visit.knowledge.library.questions.get(delivery.question_id)
    group = awarding.group_of(visit.tx, delivery)
    if found is None or group is None:
        return _whisper(visit, "stale")
    mine = visit.tx.attempts(visit.learner.id, delivery.id)
    if mine:
        is_same = mine[0].text == text
        return (
            _received(visit, text) if is_same else _whisper(visit, "live.first-counts", answer=_cut(mine[0].text))
        )
    quiz = visit.tx.live(group.id)
    if quiz is None or not as_it_stands(quiz, delivery, found).takes(delivery.id, visit.now):
        return _whisper(visit, "live.too-late")
    question = recording.overlaid(visit.tx, found)
    grade = visit.knowledge.grader.grade(question, text)
    if not _is_meant(visit, question, grade, text):
        return _whisper(visit, "live.not-an-answer")
    outcomes.confirmed(visit.tx, delivery, visit.now)
    awarding.join(visit, group)
    subscribing.keep_pace(visit.tx, visit.owner, visit.now)
    made = recording.add_attempt(visit, delivery, question, text, frozenset())
    recording.add_grading(visit, made, question, grade, Cause.FIRST)
    return _received(visit, text)


def _is_meant(visit: Visit, question: Question, grade: Grade, text: str) -> bool:
    """Tell an answer from talk under the question, which uses up nobody's first answer."""
    if grade.reason in ("blank", "no-option"):
        return False
    return not reads_as_question(text) or visit.knowledge.grader.looks_like_answer(question, text)


def _received(visit: Visit, text: str) -> Replies:
    """Say that an answer has come, and nothing of its mark; a poll shows that itself."""
    if visit.message.poll_id:
        return ()
    if visit.message.is_unseen or visit.message.is_direct:
        return _whisper(visit, "live.got", answer=_cut(text))
    return (Reply((paragraph(RECEIVED),), mode=Mode.REACTION),)


def _whisper(visit: Visit, key: str, **values: object) -> Replies:
    return (replace(visit.sentence(key, **values), audience=Audience.WHISPER),)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_ANSWER else f"{line[:SHOWN_ANSWER]}…"
