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
from bot.core.language.wording import LANGUAGES
from bot.core.records.records import Delivery, DeliveryKind
from bot.core.retrieval import DecisionKind
from bot.features.asking import searching
from bot.features.authors import contesting
from bot.features.daily import subscribing
from bot.features.groups import answering, leaderboards, settings
from bot.features.live import leading
from bot.features.owners import operating
from bot.features.people import linking, own_data, welcoming
from bot.features.progress import reporting
from bot.features.studying import attempting, feedback, posing, sessions
from bot.features.turn import Knowledge, Visit, choice

SHORT_TEXT = 16
"""A text of at most this many characters that names another concept and hits no key point is a question."""

Act = Callable[[Visit, str], Replies]


def route(visit: Visit, intent: Intent) -> Replies:
    """Give an intent to the use case that it wants."""
    match intent:
        case Run(command, argument):
            return _COMMANDS[command](visit, argument)
        case Press(choice_id):
            return _press(visit, choice_id)
        case Pick(number, is_bare):
            return _pick(visit, number, is_bare=is_bare)
        case Say(text):
            return _say(visit, text)
        case Unknown() | Empty() | TooLong():
            return _misunderstood(visit, intent) if visit.message.is_to_me else ()


def _misunderstood(visit: Visit, intent: Unknown | Empty | TooLong) -> Replies:
    if isinstance(intent, Empty) and visit.message.attachment:
        return visit.say("attachment.voice" if visit.message.attachment == "voice" else "attachment")
    match intent:
        case Unknown(name, ""):
            return visit.say("unknown", name=name)
        case Unknown(name, suggestion):
            return visit.say("unknown.near", name=name, suggestion=suggestion)
        case Empty():
            return visit.say("empty")
        case TooLong():
            return visit.say("too-long", limit=MAX_TEXT)


def _pick(visit: Visit, number: int, *, is_bare: bool) -> Replies:
    """Take the numbered choice; a bare number answers the open question, if there is one."""
    if is_bare and (visit.message.reply_to or posing.open_delivery(visit)):
        return _say(visit, visit.message.text.strip())
    offered = visit.conversation.choices
    if 1 <= number <= len(offered):
        return _press(visit, offered[number - 1])
    if is_bare and not offered:
        return _say(visit, visit.message.text.strip())
    return visit.say("no-choice", number=number)


def _say(visit: Visit, text: str) -> Replies:
    """Tell an answer from a question."""
    posted = _posted(visit)
    if posted and posted.kind is DeliveryKind.LIVE:
        return leading.answered(visit, posted, _voted(visit, posted, text))
    if visit.message.is_edit and (answered := attempting.answered_with(visit)):
        return attempting.reworded(visit, answered, text)
    if posted:
        return attempting.attempt(visit, posted, _voted(visit, posted, text), is_sure=True)
    found = posing.open_delivery(visit) if visit.message.is_direct else None
    if found and (act := _typed(visit, text)):
        return act(visit)
    if found and is_attempt(visit.knowledge, found[1], text):
        return attempting.attempt(visit, found[0], text, is_sure=False)
    if not visit.message.is_to_me:
        return ()
    replies = searching.ask(visit, text)
    return _or_answer(visit, replies, found[0]) if found else replies


def _typed(visit: Visit, text: str) -> Callable[[Visit], Replies] | None:
    """Return what a button under an open question does, where its words were written instead of tapped."""
    acts = {"hint": attempting.hint, "skip": attempting.skip, "answer": attempting.show_answer}
    return next((act for key, act in acts.items() if visit.words(f"do.{key}").lower() == text.strip().lower()), None)


def _or_answer(visit: Visit, replies: Replies, delivery: Delivery) -> Replies:
    """Let the learner say that a text taken for a question was the answer."""
    was_answer = choice(visit.words, "was-answer", f"m:{delivery.id}")
    marked = (*replies[:-1], replies[-1].with_choices(was_answer))
    kept = visit.tx.conversation(visit.message.address, visit.learner.id) or visit.conversation
    return replace(visit, conversation=kept).save(marked)


def _posted(visit: Visit) -> Delivery | None:
    """Return the delivery that the message replies to, or whose poll it answers."""
    if visit.message.poll_id:
        return visit.tx.delivery_of_poll(visit.message.address.platform, visit.message.poll_id)
    if visit.message.reply_to is None:
        return None
    return visit.tx.delivery_of_post(visit.message.address, visit.message.reply_to)


def _voted(visit: Visit, delivery: Delivery, text: str) -> str:
    """Write a vote as its option: a poll shows no letters, and shows its options in any order."""
    question = visit.knowledge.library.questions.get(delivery.question_id)
    index = feedback.LETTERS.find(text) if visit.message.poll_id and text else -1
    options = feedback.options(question) if question else ()
    return options[index] if 0 <= index < len(options) else text


def is_attempt(knowledge: Knowledge, question: Question, text: str) -> bool:
    """Tell whether a text is meant as the answer to the open question, as against a new question.

    An answer hits a key point. What hits none is a question when it reads as one, or when it is short and
    names another concept; in doubt it is a question, because an undo costs nothing and an Again does.
    """
    if knowledge.grader.looks_like_answer(question, text):
        return True
    if reads_as_question(text):
        return False
    if len(text) > SHORT_TEXT:
        return True
    decision = knowledge.index.search(text)
    return decision.kind is DecisionKind.REFUSE


def _press(visit: Visit, choice_id: str) -> Replies:
    verb, _, argument = choice_id.partition(":")
    act = _PRESSES.get(verb)
    if act is None:
        return visit.say("stale")
    return act(visit, argument)


def _was_answer(visit: Visit) -> Replies:
    found = posing.open_delivery(visit)
    if found is None or not visit.conversation.last_text:
        return visit.say("stale")
    return attempting.attempt(visit, found[0], visit.conversation.last_text, is_sure=True)


def _was_question(visit: Visit) -> Replies:
    return attempting.withdraw(visit, visit.conversation.delivery_id or 0)


_PRESSES: Mapping[str, Act] = {
    "c": searching.show,
    "w": searching.show_whole,
    "p": searching.show_card,
    "pd": lambda visit, concept_id: searching.show_card(visit, concept_id, is_dark=True),
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
    "z": posing.on_delivery(lambda visit: posing.snooze(visit, "")),
    "gq": answering.ask_alone,
    "gs": settings.tapped,
    "lv": leading.tapped,
    "bw": answering.may_quote,
    "ez": attempting.too_easy,
    "kn": attempting.known_for_good,
    "more": lambda visit, _: posing.practise(visit),
    "next": lambda visit, _: posing.daily(visit),
    "onward": lambda visit, _: sessions.onward(visit) if visit.conversation.session else visit.say("stale"),
    "set": subscribing.settings,
    "sc": lambda visit, _: reporting.stats_card(visit),
    "sd": lambda visit, _: reporting.stats_card(visit, is_dark=True),
    "lb": leaderboards.show,
    "w2": welcoming.ask_zone,
    "w3": welcoming.ask_topics,
    "w4": welcoming.finish,
}


def _ask(visit: Visit, argument: str) -> Replies:
    return searching.ask(visit, argument) if argument else _misunderstood(visit, Empty())


def _subscribe(visit: Visit, argument: str) -> Replies:
    """In a group the promise is everybody's, and its admins make it."""
    if visit.message.is_direct:
        return subscribing.subscribe(visit, argument)
    return settings.group(visit, argument or "daily")


def _help(visit: Visit, _: str) -> Replies:
    words = visit.words
    lines = (f"/{c.name} {c.usage}".rstrip() + f" — {c.zh if words.language == 'zh' else c.en}" for c in COMMANDS)
    blocks = (
        paragraph(words("welcome")),
        Heading(spans(words("help.title"))),
        Listing(tuple((paragraph(words(key)),) for key in ("help.ask", "help.answer", "help.pick"))),
        Listing(tuple((paragraph(line),) for line in lines)),
    )
    return visit.save((Reply(blocks),))


def _topics(visit: Visit, _: str) -> Replies:
    words, library = visit.words, visit.knowledge.library
    lines = (
        words("topics.line", topic=topic.titled(words.language), count=len(list(library.of_topic(topic.id))))
        for topic in library.topics
    )
    blocks = (Heading(spans(words("topics.title"))), Listing(tuple((paragraph(line),) for line in lines)))
    return visit.save((Reply(blocks),))


def _language(visit: Visit, argument: str) -> Replies:
    language = argument.lower()
    if language not in LANGUAGES:
        return visit.say("language.usage")
    learner = replace(visit.learner, language=language)
    visit.tx.save_learner(learner)
    return replace(visit, learner=learner).say("language.set")


_COMMANDS: Mapping[str, Act] = {
    "daily": lambda visit, _: posing.daily(visit),
    "ask": _ask,
    "hint": lambda visit, _: attempting.hint(visit),
    "skip": lambda visit, _: attempting.skip(visit),
    "answer": lambda visit, _: attempting.show_answer(visit),
    "review": sessions.review,
    "wrong": lambda visit, _: sessions.wrong(visit),
    "snooze": posing.snooze,
    "stats": lambda visit, _: reporting.stats(visit),
    "topics": _topics,
    "leaderboard": leaderboards.leaderboard,
    "optout": leaderboards.opt_out,
    "exam": reporting.exam,
    "group": settings.group,
    "live": leading.command,
    "subscribe": _subscribe,
    "settings": subscribing.settings,
    "pause": lambda visit, _: subscribing.pause(visit),
    "resume": lambda visit, _: subscribing.resume(visit),
    "unsubscribe": lambda visit, _: subscribing.unsubscribe(visit),
    "why": lambda visit, _: searching.why(visit),
    "report": contesting.report,
    "privacy": lambda visit, _: own_data.privacy(visit),
    "export": lambda visit, _: own_data.export(visit),
    "forget": own_data.forget,
    "link": linking.link,
    "unlink": linking.unlink,
    "gaps": lambda visit, _: contesting.gaps(visit),
    "health": lambda visit, _: operating.health(visit),
    "reload": lambda visit, _: operating.reload(visit),
    "broadcast": operating.broadcast,
    "contests": contesting.contests,
    "language": _language,
    "start": welcoming.start,
    "help": _help,
}
