"""Who gets a message: a command or a tap; a reply to a question; the open question; asking; else silence."""

from dataclasses import replace

from bot.core.chat.command import When, Where, Who
from bot.core.chat.intents import MAX_TEXT, Empty, Intent, Pick, Pressed, Run, Say, TooLong, Unknown, reads_as_question
from bot.core.chat.messages import Replies
from bot.core.content.library import Question
from bot.core.kinds import LETTERS
from bot.core.records.records import Delivery, DeliveryKind
from bot.core.retrieval import DecisionKind
from bot.features.asking import searching
from bot.features.live import leading
from bot.features.registry import ACTS, BUTTONS, TABLE, TAPS
from bot.features.studying import attempting, posing
from bot.features.studying.buttons import WasAnswer
from bot.features.turn import Knowledge, Turn, choice

SHORT_TEXT = 16
"""A text of at most this many characters that names another concept and hits no key point is a question."""

_ELSEWHERE = {Where.GROUP: "only-in-groups", Where.PRIVATE: "only-in-private"}
"""How the key of the sentence ends that says where a command belongs."""


def route(turn: Turn, intent: Intent) -> Replies:
    """Give an intent to the use case that it wants."""
    match intent:
        case Run(command, argument):
            return _run(turn, command, argument)
        case Pressed(choice_id):
            return _press(turn, choice_id)
        case Pick(number, is_bare):
            return _pick(turn, number, is_bare=is_bare)
        case Say(text):
            return _say(turn, text)
        case Unknown() | Empty() | TooLong():
            return _misunderstood(turn, intent) if turn.message.is_to_me else ()


def _run(turn: Turn, name: str, argument: str) -> Replies:
    """Carry out a command, if the sender may, here."""
    command = TABLE.by_name[name]
    if command.who is Who.OWNER and not turn.is_owner:
        return turn.say("owner.only")
    if command.where is not Where.ANYWHERE and turn.message.is_direct != (command.where is Where.PRIVATE):
        return turn.say(f"{name}.{_ELSEWHERE[command.where]}")
    return ACTS[name](turn, argument)


def _press(turn: Turn, choice_id: str) -> Replies:
    """Do what a button means, if the sender may."""
    button = BUTTONS.read(choice_id)
    if button is None:
        return turn.toast("stale")
    if button.who is Who.OWNER and not turn.is_owner:
        return turn.say("owner.only")
    return TAPS[type(button)].act(turn, button)


def _misunderstood(turn: Turn, intent: Unknown | Empty | TooLong) -> Replies:
    match intent:
        case Unknown(name, ""):
            return turn.say("unknown", name=name)
        case Unknown(name, suggestion):
            return turn.say("unknown.near", name=name, suggestion=suggestion)
        case Empty():
            return searching.nothing_said(turn)
        case TooLong():
            return turn.say("too-long", limit=MAX_TEXT)


def _pick(turn: Turn, number: int, *, is_bare: bool) -> Replies:
    """Take the numbered choice; a bare number answers the open question, if there is one."""
    if is_bare and (turn.message.reply_to or posing.open_delivery(turn)):
        return _say(turn, turn.message.text.strip())
    offered = turn.conversation.choices
    if 1 <= number <= len(offered):
        return _press(turn, offered[number - 1])
    if is_bare and not offered:
        return _say(turn, turn.message.text.strip())
    return turn.say("no-choice", number=number)


def _say(turn: Turn, text: str) -> Replies:
    """Tell an answer from a question."""
    posted = _posted(turn)
    if posted and posted.kind is DeliveryKind.LIVE:
        return leading.answered(turn, posted, _voted(turn, posted, text))
    if turn.message.is_edit and (answered := attempting.answered_with(turn)):
        return attempting.reworded(turn, answered, text)
    if posted:
        return attempting.attempt(turn, posted, _voted(turn, posted, text), is_sure=True)
    return _written(turn, text)


def _written(turn: Turn, text: str) -> Replies:
    """Answer what replies to nothing."""
    found = posing.open_delivery(turn) if turn.message.is_direct else None
    taken = _to_open_question(turn, *found, text) if found else None
    if taken is not None or not turn.message.is_to_me:
        return taken or ()
    replies = searching.ask(turn, text)
    return _or_answer(turn, replies, found[0]) if found else replies


def _to_open_question(turn: Turn, delivery: Delivery, question: Question, text: str) -> Replies | None:
    """Take what was said under the open question, unless it is a question of its own."""
    meant = TABLE.meant(text.strip(), When.QUESTION_OPEN, turn.learner.language)
    if meant:
        return _run(turn, meant[0].name, meant[1])
    is_meant = is_attempt(turn.knowledge, question, text)
    return attempting.attempt(turn, delivery, text, is_sure=False) if is_meant else None


def _or_answer(turn: Turn, replies: Replies, delivery: Delivery) -> Replies:
    """Let the learner say that a text taken for a question was the answer."""
    was_answer = choice(turn.words, "was-answer", WasAnswer(delivery.id))
    marked = (*replies[:-1], replies[-1].with_choices(was_answer))
    kept = turn.tx.conversation(turn.message.address, turn.learner.id) or turn.conversation
    return replace(turn, conversation=kept).save(marked)


def _posted(turn: Turn) -> Delivery | None:
    """Return the delivery that the message replies to, or whose poll it answers."""
    if turn.message.poll_id:
        return turn.tx.delivery_of_poll(turn.message.address.platform, turn.message.poll_id)
    if turn.message.reply_to is None:
        return None
    return turn.tx.delivery_of_post(turn.message.address, turn.message.reply_to)


def _voted(turn: Turn, delivery: Delivery, text: str) -> str:
    """Write a vote as its option: a poll shows no letters, and shows its options in any order."""
    question = turn.knowledge.library.questions.get(delivery.question_id)
    index = LETTERS.find(text) if turn.message.poll_id and text else -1
    options = question.listed if question else ()
    return options[index] if 0 <= index < len(options) else text


def is_attempt(knowledge: Knowledge, question: Question, text: str) -> bool:
    """Tell whether a text is meant as the answer to the open question, as against a new question.

    An answer hits a key point. What hits none is a question when it reads as one, or when it is short and
    names another concept; in doubt it is a question, because an undo costs nothing and an Again does.
    """
    if question.looks_like_answer(text, knowledge.grader):
        return True
    if reads_as_question(text):
        return False
    if len(text) > SHORT_TEXT:
        return True
    decision = knowledge.index.search(text)
    return decision.kind is DecisionKind.REFUSE
