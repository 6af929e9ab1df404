"""Who gets a message: a command or a tap; a reply to a question; the open question; asking; else silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.chat.intents import (
    COMMANDS,
    MAX_TEXT,
    Empty,
    Intent,
    Pick,
    Press,
    Run,
    Say,
    TooLong,
    Unknown,
    reads_as_question,
)
from bot.core.chat.messages import Replies, Reply
from bot.core.content.document import Heading, Listing, paragraph, spans
from bot.core.content.library import Question
from bot.core.kinds import LETTERS
from bot.core.language.wording import LANGUAGES
from bot.core.records.records import Delivery, DeliveryKind
from bot.core.retrieval import DecisionKind
from bot.features.asking import searching
from bot.features.authors import contesting
from bot.features.daily import subscribing
from bot.features.groups import answering, leaderboards, settings
from bot.features.live import leading
from bot.features.owners import operating
from bot.features.people import linking, personal_data, welcoming
from bot.features.progress import reporting
from bot.features.studying import attempting, posing, sessions
from bot.features.turn import Knowledge, Turn, choice

SHORT_TEXT = 16
"""A text of at most this many characters that names another concept and hits no key point is a question."""

Act = Callable[[Turn, str], Replies]


def route(turn: Turn, intent: Intent) -> Replies:
    """Give an intent to the use case that it wants."""
    match intent:
        case Run(command, argument):
            return _COMMANDS[command](turn, argument)
        case Press(choice_id):
            return _press(turn, choice_id)
        case Pick(number, is_bare):
            return _pick(turn, number, is_bare=is_bare)
        case Say(text):
            return _say(turn, text)
        case Unknown() | Empty() | TooLong():
            return _misunderstood(turn, intent) if turn.message.is_to_me else ()


def _misunderstood(turn: Turn, intent: Unknown | Empty | TooLong) -> Replies:
    if isinstance(intent, Empty) and turn.message.attachment:
        return turn.say("attachment.voice" if turn.message.attachment == "voice" else "attachment")
    match intent:
        case Unknown(name, ""):
            return turn.say("unknown", name=name)
        case Unknown(name, suggestion):
            return turn.say("unknown.near", name=name, suggestion=suggestion)
        case Empty():
            return turn.say("empty")
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
    found = posing.open_delivery(turn) if turn.message.is_direct else None
    if found and (act := _typed(turn, text)):
        return act(turn)
    if found and is_attempt(turn.knowledge, found[1], text):
        return attempting.attempt(turn, found[0], text, is_sure=False)
    if not turn.message.is_to_me:
        return ()
    replies = searching.ask(turn, text)
    return _or_answer(turn, replies, found[0]) if found else replies


def _typed(turn: Turn, text: str) -> Callable[[Turn], Replies] | None:
    """Return what a button under an open question does, where its words were written instead of tapped."""
    acts = {"hint": attempting.hint, "skip": attempting.skip, "answer": attempting.show_answer}
    return next((act for key, act in acts.items() if turn.words(f"do.{key}").lower() == text.strip().lower()), None)


def _or_answer(turn: Turn, replies: Replies, delivery: Delivery) -> Replies:
    """Let the learner say that a text taken for a question was the answer."""
    was_answer = choice(turn.words, "was-answer", f"m:{delivery.id}")
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


def _press(turn: Turn, choice_id: str) -> Replies:
    verb, _, argument = choice_id.partition(":")
    act = _PRESSES.get(verb)
    if act is None:
        return turn.say("stale")
    return act(turn, argument)


def _was_answer(turn: Turn) -> Replies:
    found = posing.open_delivery(turn)
    if found is None or not turn.conversation.last_text:
        return turn.say("stale")
    return attempting.attempt(turn, found[0], turn.conversation.last_text, is_sure=True)


def _was_question(turn: Turn) -> Replies:
    return attempting.withdraw(turn, turn.conversation.delivery_id or 0)


_PRESSES: Mapping[str, Act] = {
    "c": searching.show,
    "w": searching.show_whole,
    "p": searching.show_card,
    "pd": lambda turn, concept_id: searching.show_card(turn, concept_id, is_dark=True),
    "no": searching.reject,
    "q": posing.quiz,
    "x": contesting.contest,
    "e": contesting.report,
    "bs": operating.send,
    "bx": operating.cancel,
    "h": posing.on_delivery(attempting.hint),
    "s": posing.on_delivery(attempting.skip),
    "a": posing.on_delivery(attempting.show_answer),
    "m": posing.on_delivery(_was_answer),
    "k": posing.on_delivery(_was_question),
    "z": posing.on_delivery(lambda turn: posing.snooze(turn, "")),
    "gq": answering.ask_alone,
    "gs": settings.tapped,
    "lv": leading.tapped,
    "bw": answering.may_quote,
    "ez": attempting.too_easy,
    "kn": attempting.known_for_good,
    "more": lambda turn, _: posing.practise(turn),
    "next": lambda turn, _: posing.daily(turn),
    "onward": lambda turn, _: sessions.onward(turn) if turn.conversation.session else turn.say("stale"),
    "set": subscribing.settings,
    "sc": lambda turn, _: reporting.stats_card(turn),
    "sd": lambda turn, _: reporting.stats_card(turn, is_dark=True),
    "lb": leaderboards.show,
    "w2": welcoming.ask_zone,
    "w3": welcoming.ask_topics,
    "w4": welcoming.finish,
}


def _ask(turn: Turn, argument: str) -> Replies:
    return searching.ask(turn, argument) if argument else _misunderstood(turn, Empty())


def _subscribe(turn: Turn, argument: str) -> Replies:
    """In a group the promise is everybody's, and its admins make it."""
    if turn.message.is_direct:
        return subscribing.subscribe(turn, argument)
    return settings.group(turn, argument or "daily")


def _help(turn: Turn, _: str) -> Replies:
    words = turn.words
    lines = (f"/{c.name} {c.usage}".rstrip() + f" — {c.zh if words.language == 'zh' else c.en}" for c in COMMANDS)
    blocks = (
        paragraph(words("welcome")),
        Heading(spans(words("help.title"))),
        Listing(tuple((paragraph(words(key)),) for key in ("help.ask", "help.answer", "help.pick"))),
        Listing(tuple((paragraph(line),) for line in lines)),
    )
    return turn.save((Reply(blocks),))


def _topics(turn: Turn, _: str) -> Replies:
    words, library = turn.words, turn.knowledge.library
    lines = (
        words("topics.line", topic=topic.titled(words.language), count=len(list(library.of_topic(topic.id))))
        for topic in library.topics
    )
    blocks = (Heading(spans(words("topics.title"))), Listing(tuple((paragraph(line),) for line in lines)))
    return turn.save((Reply(blocks),))


def _language(turn: Turn, argument: str) -> Replies:
    language = argument.lower()
    if language not in LANGUAGES:
        return turn.say("language.usage")
    learner = replace(turn.learner, language=language)
    turn.tx.save_learner(learner)
    return replace(turn, learner=learner).say("language.set")


_COMMANDS: Mapping[str, Act] = {
    "daily": lambda turn, _: posing.daily(turn),
    "ask": _ask,
    "hint": lambda turn, _: attempting.hint(turn),
    "skip": lambda turn, _: attempting.skip(turn),
    "answer": lambda turn, _: attempting.show_answer(turn),
    "review": sessions.review,
    "wrong": lambda turn, _: sessions.wrong(turn),
    "snooze": posing.snooze,
    "stats": lambda turn, _: reporting.stats(turn),
    "topics": _topics,
    "leaderboard": leaderboards.leaderboard,
    "optout": leaderboards.opt_out,
    "exam": reporting.exam,
    "group": settings.group,
    "live": leading.command,
    "subscribe": _subscribe,
    "settings": subscribing.settings,
    "pause": lambda turn, _: subscribing.pause(turn),
    "resume": lambda turn, _: subscribing.resume(turn),
    "unsubscribe": lambda turn, _: subscribing.unsubscribe(turn),
    "why": lambda turn, _: searching.why(turn),
    "report": contesting.report,
    "privacy": lambda turn, _: personal_data.privacy(turn),
    "export": lambda turn, _: personal_data.export(turn),
    "forget": personal_data.forget,
    "link": linking.link,
    "unlink": linking.unlink,
    "gaps": lambda turn, _: contesting.gaps(turn),
    "health": lambda turn, _: operating.health(turn),
    "reload": lambda turn, _: operating.reload(turn),
    "broadcast": operating.broadcast,
    "contests": contesting.contests,
    "language": _language,
    "start": welcoming.start,
    "help": _help,
}
