"""A live quiz is begun, led and answered in a group's chat; `live_rounds` moves it on."""

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
from bot.features.live.buttons import LeadQuiz
from bot.features.live.rounds import Rounds, as_it_stands, had
from bot.features.studying import recording
from bot.features.turn import Turn

RECEIVED = "👌"
"""A public answer has come; how it is marked is told with the others'."""
SHOWN_ANSWER = 40


# --- beginning and leading -------------------------------------------------------------------------


def command(turn: Turn, argument: str) -> Replies:
    """Begin a quiz as wished, say how one stands, or pause, resume or stop it."""
    wish = read_live(argument, turn.today, subscribing.topic_names(turn.knowledge.library))
    group = turn.tx.group_at(turn.message.address)
    quiz = _running(turn, group)
    if group is None or quiz is None:
        is_new = not wish.verb or not argument
        return _begin(turn, group, wish) if is_new else turn.say("live.none")
    if wish.verb in (None, LiveVerb.STATE):
        words = Wording(group.language)
        said = describing.state(words, turn.knowledge.library, quiz, is_second=wish.verb is None)
        return turn.save((said,))
    return _lead(turn, group, quiz, LiveVerb(wish.verb))


def tapped(turn: Turn, button: LeadQuiz) -> Replies:
    """Take a tapped button of a quiz; one of an earlier quiz is stale."""
    group = turn.tx.group_at(turn.message.address)
    quiz = _running(turn, group)
    if group is None or quiz is None or quiz.number != button.number:
        return turn.toast("stale")
    return _lead(turn, group, quiz, button.verb)


def _running(turn: Turn, group: StudyGroup | None) -> LiveQuiz | None:
    quiz = turn.tx.live(group.id) if group else None
    return quiz if quiz and quiz.state is not LiveState.OVER else None


def _begin(turn: Turn, group: StudyGroup | None, wish: LiveWish) -> Replies:
    """Begin a quiz; a chat that is no study group yet becomes one, without a daily question."""
    if wish.fault:
        return turn.save((turn.sentence(wish.fault, about=wish.about), turn.sentence("live.usage")))
    message = turn.message
    group = group or turn.tx.add_group(message.address, message.place, turn.learner.language, turn.now)
    there = len(live_quiz.drawn_from(turn.knowledge.library, wish.plan, had(turn.tx, group, None, turn.now)))
    if not there:
        return turn.say("live.none-fit")
    plan = replace(wish.plan, rounds=min(wish.plan.rounds, there))
    quiz = live_quiz.begin(group.id, turn.tx.live(group.id), plan, turn.learner.id, turn.now)
    if not turn.tx.begin_live(quiz):
        return turn.say("live.runs")
    is_fewer = plan.rounds < wish.plan.rounds
    return turn.save((describing.began(Wording(group.language), turn.knowledge.library, quiz, is_fewer=is_fewer),))


def _lead(turn: Turn, group: StudyGroup, quiz: LiveQuiz, verb: LiveVerb) -> Replies:
    """Pause, resume or stop a quiz, which whoever began it and the admins may."""
    if not (turn.message.is_admin or quiz.begun_by == turn.learner.id):
        said = replace(turn.sentence("live.not-yours"), audience=Audience.PRIVATE)
        return turn.toast("live.not-yours") if turn.message.pressed else turn.save((said,))
    if verb is LiveVerb.STOP:
        said_last = Rounds(turn.tx, turn.knowledge, group, turn.now).ended(quiz, Ending.STOPPED)
        return _announce(turn, group, said_last) if said_last else turn.toast("stale")
    return _move(turn, group, quiz, verb)


def _move(turn: Turn, group: StudyGroup, quiz: LiveQuiz, verb: LiveVerb) -> Replies:
    """Pause or resume a quiz; where it is so already, say how it stands."""
    moved = live_quiz.pause(quiz, turn.now) if verb is LiveVerb.PAUSE else live_quiz.resume(quiz, turn.now)
    words = Wording(group.language)
    if moved == quiz or not turn.tx.save_live(quiz, moved):
        return turn.save((describing.state(words, turn.knowledge.library, quiz, is_second=False),))
    is_after = verb is LiveVerb.PAUSE and quiz.is_open
    key = "live.paused-after" if is_after else "live.paused" if verb is LiveVerb.PAUSE else "live.resumed"
    return _announce(turn, group, Reply((paragraph(words(key)),), describing.buttons(words, moved)))


def _announce(turn: Turn, group: StudyGroup, said: Reply) -> Replies:
    """Tell the whole group: what answers a tap may be seen by one alone."""
    if not turn.message.pressed:
        return turn.save((said,))
    turn.tx.add_notice(group.address, said, turn.now)
    return turn.toast("live.done")


# --- answering -------------------------------------------------------------------------------------


def answered(turn: Turn, delivery: Delivery, text: str) -> Replies:
    """Take an answer to a question of a quiz: graded and remembered now, told with everybody's when time is up."""
    found = turn.knowledge.library.questions.get(delivery.question_id)
    group = awarding.group_of(turn.tx, delivery)
    if found is None or group is None:
        return _whisper(turn, "stale")
    mine = turn.tx.attempts(turn.learner.id, delivery.id)
    if mine:
        is_same = mine[0].text == text
        return _received(turn, text) if is_same else _whisper(turn, "live.first-counts", answer=_cut(mine[0].text))
    quiz = turn.tx.live(group.id)
    if quiz is None or not as_it_stands(quiz, delivery, found).takes(delivery.id, turn.now):
        return _whisper(turn, "live.too-late")
    question = recording.overlaid(turn.tx, found)
    grade = turn.knowledge.grader.grade(question, text)
    if not _is_meant(turn, question, grade, text):
        return _whisper(turn, "live.not-an-answer")
    outcomes.confirmed(turn.tx, delivery, turn.now)
    awarding.join(turn, group)
    subscribing.keep_pace(turn.tx, turn.owner, turn.now)
    made = recording.add_attempt(turn, delivery, question, text, frozenset())
    recording.add_grading(turn, made, question, grade, Cause.FIRST)
    return _received(turn, text)


def _is_meant(turn: Turn, question: Question, grade: Grade, text: str) -> bool:
    """Tell an answer from talk under the question, which uses up nobody's first answer."""
    if grade.reason in ("blank", "no-option"):
        return False
    return not reads_as_question(text) or question.looks_like_answer(text, turn.knowledge.grader)


def _received(turn: Turn, text: str) -> Replies:
    """Say that an answer has come, and nothing of its mark; a poll shows that itself."""
    if turn.message.poll_id:
        return ()
    if turn.message.is_unseen or turn.message.is_direct:
        return _whisper(turn, "live.got", answer=_cut(text))
    return (Reply((paragraph(RECEIVED),), mode=Mode.REACTION),)


def _whisper(turn: Turn, key: str, **values: object) -> Replies:
    return (replace(turn.sentence(key, **values), audience=Audience.WHISPER),)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_ANSWER else f"{line[:SHOWN_ANSWER]}…"
