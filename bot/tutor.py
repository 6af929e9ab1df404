"""The way in: one message is read once, decided on, written once, and answered.

Order: command or tap; reply to a post; direct chat with an open question; ask, when addressed; else silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.document import Heading, Listing, paragraph, spans
from bot.core.intents import (
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
    parse,
    reads_as_question,
)
from bot.core.library import Question
from bot.core.messages import Address, Message, Ref, Replies, Reply, Sent
from bot.core.records import Account, Conversation, Delivery, DeliveryKind, Learner
from bot.core.retrieval import DecisionKind
from bot.core.wording import Wording
from bot.ports import Store, Transaction
from bot.usecases import asking, delivering, studying
from bot.usecases.visit import Knowledge, Visit

log = logging.getLogger(__name__)

SHORT_TEXT = 16
"""A text of at most this many characters that names another concept and hits no key point is a question."""

Act = Callable[[Visit, str], Replies]


class Tutor:
    """Answers messages. Synchronous: the app calls it in one worker thread."""

    def __init__(self, store: Store, knowledge: Knowledge, *, language: str, timezone: str) -> None:
        self._store = store
        self._knowledge = knowledge
        self._language = language
        self._timezone = timezone

    def handle(self, message: Message) -> Replies:
        """Answer one message; a replayed one is answered as before and changes nothing."""
        try:
            with self._store.transaction() as tx:
                replies = tx.replies_to(message.address, message.wire_id)
                if replies is None:
                    replies = self._answer(tx, message)
                    tx.remember_replies(message.address, message.wire_id, replies, message.sent_at)
                return replies
        except Exception:
            log.exception("message %s of %s could not be handled", message.wire_id, message.address)
            return (Reply((paragraph(Wording(self._language)("sorry")),)),)

    def sent(self, address: Address, ref: Ref, sent: Sent) -> None:
        """Tie what was sent to its delivery, so that replies to it find their way back."""
        with self._store.transaction() as tx:
            tx.add_posts(address, ref.delivery_id, ref.role, sent)

    def claim_due(self, now: datetime) -> int:
        """Turn what is due into pending deliveries."""
        return delivering.claim(self._store, now)

    def recover(self, now: datetime) -> None:
        """Settle what the last process left unfinished."""
        delivering.recover(self._store, now)

    def take(self, platforms: frozenset[str], now: datetime) -> delivering.Outgoing | None:
        """Take the next push to send on one of these platforms."""
        return delivering.take(self._store, self._knowledge, platforms, now)

    def arrived(self, outgoing: delivering.Outgoing, sent: Sent, now: datetime) -> None:
        """Note that a push arrived."""
        delivering.arrived(self._store, outgoing, sent, now)

    def failed(self, outgoing: delivering.Outgoing, now: datetime) -> None:
        """Note that a push could not be sent."""
        delivering.failed(self._store, outgoing, now)

    def _answer(self, tx: Transaction, message: Message) -> Replies:
        learner, account = self._who(tx, message)
        before = tx.conversation(message.address, learner.id)
        conversation = before or Conversation(message.address, learner.id, message.sent_at)
        visit = Visit(tx, message, learner, account, conversation, self._knowledge)
        return route(visit, parse(message.text, message.pressed))

    def _who(self, tx: Transaction, message: Message) -> tuple[Learner, Account]:
        sender = message.sender
        account = tx.account(message.address.platform, sender.user_id)
        if account:
            return tx.learner(account.learner_id), account
        language = message.language[:2].lower() if message.language else self._language
        language = language if language in ("zh", "en") else self._language
        return tx.add_learner(
            message.address.platform, sender.user_id, sender.name, language, self._timezone, message.sent_at
        )


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
    words = visit.words
    match intent:
        case Unknown(name, ""):
            text = words("unknown", name=name)
        case Unknown(name, suggestion):
            text = words("unknown.near", name=name, suggestion=suggestion)
        case Empty():
            text = words("empty")
        case TooLong():
            text = words("too-long", limit=MAX_TEXT)
    return visit.save((Reply((paragraph(text),)),))


def _pick(visit: Visit, number: int, *, is_bare: bool) -> Replies:
    """Take the numbered choice; a bare number answers the open question, if there is one."""
    if is_bare and (visit.message.reply_to or studying.open_delivery(visit)):
        return _say(visit, visit.message.text.strip())
    offered = visit.conversation.choices
    if 1 <= number <= len(offered):
        return _press(visit, offered[number - 1])
    if is_bare and not offered:
        return _say(visit, visit.message.text.strip())
    return visit.save((Reply((paragraph(visit.words("no-choice", number=number)),)),))


def _say(visit: Visit, text: str) -> Replies:
    """Tell an answer from a question."""
    posted = _posted(visit)
    if posted:
        return studying.attempt(visit, posted, text, is_sure=True)
    found = studying.open_delivery(visit) if visit.message.is_direct else None
    if found and is_attempt(visit.knowledge, found[1], text):
        return studying.attempt(visit, found[0], text, is_sure=False)
    if not visit.message.is_to_me:
        return ()
    replies = asking.ask(visit, text)
    return _or_answer(visit, replies, found[0]) if found else replies


def _or_answer(visit: Visit, replies: Replies, delivery: Delivery) -> Replies:
    """Let the learner say that a text taken for a question was the answer."""
    was_answer = asking.choice(visit.words, "was-answer", f"m:{delivery.id}")
    marked = (*replies[:-1], replies[-1].with_choices(was_answer))
    kept = visit.tx.conversation(visit.message.address, visit.learner.id) or visit.conversation
    return replace(visit, conversation=kept).save(marked)


def _posted(visit: Visit) -> Delivery | None:
    """Return the delivery that the message replies to."""
    if visit.message.reply_to is None:
        return None
    return visit.tx.delivery_of_post(visit.message.address, visit.message.reply_to)


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
        return visit.save((Reply((paragraph(visit.words("stale")),)),))
    return act(visit, argument)


def _with_delivery(act: Callable[[Visit], Replies]) -> Act:
    """Make the delivery named by a button the open one, then act on it."""

    def acted(visit: Visit, argument: str) -> Replies:
        delivery = visit.tx.delivery(int(argument)) if argument.isdigit() else None
        if delivery is None or delivery.owner != visit.owner:
            return visit.save((Reply((paragraph(visit.words("stale")),)),))
        same = visit.conversation.delivery_id == delivery.id
        aids = visit.conversation.aids if same else frozenset()
        opened = replace(visit.conversation, delivery_id=delivery.id, aids=aids)
        return act(replace(visit, conversation=opened))

    return acted


def _was_answer(visit: Visit) -> Replies:
    found = studying.open_delivery(visit)
    if found is None or not visit.conversation.last_text:
        return visit.save((Reply((paragraph(visit.words("stale")),)),))
    return studying.attempt(visit, found[0], visit.conversation.last_text, is_sure=True)


def _was_question(visit: Visit) -> Replies:
    return studying.withdraw(visit, visit.conversation.delivery_id or 0)


_PRESSES: Mapping[str, Act] = {
    "c": asking.show,
    "w": asking.show_whole,
    "no": asking.reject,
    "q": studying.quiz,
    "h": _with_delivery(studying.hint),
    "s": _with_delivery(studying.skip),
    "a": _with_delivery(studying.show_answer),
    "m": _with_delivery(_was_answer),
    "k": _with_delivery(_was_question),
    "more": lambda visit, _: studying.daily(visit, DeliveryKind.PRACTICE),
}


def _ask(visit: Visit, argument: str) -> Replies:
    return asking.ask(visit, argument) if argument else _misunderstood(visit, Empty())


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
    if language not in ("zh", "en"):
        return visit.save((Reply((paragraph(visit.words("language.usage")),)),))
    visit.tx.save_learner(replace(visit.learner, language=language))
    return visit.save((Reply((paragraph(Wording(language)("language.set")),)),))


_COMMANDS: Mapping[str, Act] = {
    "daily": lambda visit, _: studying.daily(visit),
    "ask": _ask,
    "hint": lambda visit, _: studying.hint(visit),
    "skip": lambda visit, _: studying.skip(visit),
    "answer": lambda visit, _: studying.show_answer(visit),
    "stats": lambda visit, _: studying.stats(visit),
    "topics": _topics,
    "subscribe": delivering.subscribe,
    "pause": lambda visit, _: delivering.pause(visit),
    "resume": lambda visit, _: delivering.resume(visit),
    "unsubscribe": lambda visit, _: delivering.unsubscribe(visit),
    "why": lambda visit, _: asking.why(visit),
    "language": _language,
    "help": _help,
}
