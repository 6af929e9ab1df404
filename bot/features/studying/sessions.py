"""A learner goes through several questions at one go: what is to be repeated, or what was failed."""

import re
from dataclasses import replace

from bot.core.chat.messages import Replies
from bot.core.records.records import DeliveryKind
from bot.core.scheduling.time_words import folded
from bot.features.daily.subscribing import topic_names
from bot.features.studying import feedback, posing
from bot.features.turn import Turn

DEFAULT_COUNT = 10
MAX_COUNT = 50


def review(turn: Turn, argument: str) -> Replies:
    """Begin a session of n questions that were learnt, of one topic or of all."""
    number = re.search(r"\d+", argument)
    count = int(number.group()) if number else DEFAULT_COUNT
    name = re.sub(r"\d+\s?[题題]?", "", argument).strip()
    topics = {folded(said): topic_id for said, topic_id in topic_names(turn.knowledge.library).items()}
    topic_id = topics.get(folded(name), "")
    if not 1 <= count <= MAX_COUNT or (name and not topic_id):
        return turn.say("review.usage", most=MAX_COUNT)
    if posing.chooser(turn).known(topic_id) is None:
        return _nothing(turn, topic_id)
    return onward(_within(turn, f"review {count} {topic_id}"))


def _nothing(turn: Turn, topic_id: str) -> Replies:
    """Say why there is nothing to review, and when there will be."""
    day = posing.chooser(turn).next_due(topic_id)
    if day is None:
        return _ended(turn, "review.none")
    return _ended(turn, "review.nothing", when=feedback.when(turn.words, day, turn.study_day))


def wrong(turn: Turn) -> Replies:
    """Begin to repeat what was failed, until it is right."""
    return onward(_within(turn, "wrong"))


def _within(turn: Turn, session: str) -> Turn:
    return replace(turn, conversation=replace(turn.conversation, session=session))


def go_on(turn: Turn) -> Replies:
    """Give the next question, where the learner is in a session."""
    return onward(turn) if turn.conversation.session else turn.say("stale")


def onward(turn: Turn) -> Replies:
    """Give the next question of the session that the learner is in."""
    kind, *rest = turn.conversation.session.split()
    if kind == "wrong":
        return _next_failed(turn)
    left = int(rest[0]) if rest else 0
    topic_id = rest[1] if len(rest) > 1 else ""
    chosen = posing.chooser(turn).known(topic_id) if left else None
    if chosen is None:
        return _ended(turn, "review.done")
    later = _within(turn, f"review {left - 1} {topic_id}".rstrip())
    return posing.give(later, DeliveryKind.REVIEW, chosen.question, str(chosen.reason))


def _next_failed(turn: Turn) -> Replies:
    questions = turn.knowledge.library.questions
    failed = [questions[q] for q in turn.tx.failed_questions(turn.learner.id) if q in questions]
    return posing.give(turn, DeliveryKind.REVIEW, failed[0]) if failed else _ended(turn, "wrong.done")


def _ended(turn: Turn, key: str, **values: object) -> Replies:
    return turn.save((turn.sentence(key, posing.after_all(turn), **values),), session="")
