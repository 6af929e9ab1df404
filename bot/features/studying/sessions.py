"""A learner goes through several questions at one go: what is to be repeated, or what was failed."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.chat.messages import Replies
from bot.core.records.records import DeliveryKind
from bot.core.scheduling.time_words import folded
from bot.features.daily.subscribing import topic_names
from bot.features.studying import feedback, posing
from bot.features.turn import Visit

DEFAULT_COUNT = 10
MAX_COUNT = 50


def review(visit: Visit, argument: str) -> Replies:
    """Begin a session of n questions that were learnt, of one topic or of all."""
    number = re.search(r"\d+", argument)
    count = int(number.group()) if number else DEFAULT_COUNT
    name = re.sub(r"\d+\s?[题題]?", "", argument).strip()
    topics = {folded(said): topic_id for said, topic_id in topic_names(visit.knowledge.library).items()}
    topic_id = topics.get(folded(name), "")
    if not 1 <= count <= MAX_COUNT or (name and not topic_id):
        return visit.say("review.usage", most=MAX_COUNT)
    if posing.chooser(visit).known(topic_id) is None:
        return _nothing(visit, topic_id)
    return onward(_within(visit, f"review {count} {topic_id}"))


def _nothing(visit: Visit, topic_id: str) -> Replies:
    """Say why there is nothing to review, and when there will be."""
    day = posing.chooser(visit).next_due(topic_id)
    if day is None:
        return _ended(visit, "review.none")
    return _ended(visit, "review.nothing", when=feedback.when(visit.words, day, visit.study_day))


def wrong(visit: Visit) -> Replies:
    """Begin to repeat what was failed, until it is right."""
    return onward(_within(visit, "wrong"))


def _within(visit: Visit, session: str) -> Visit:
    return replace(visit, conversation=replace(visit.conversation, session=session))


def onward(visit: Visit) -> Replies:
    """Give the next question of the session that the learner is in."""
    kind, *rest = visit.conversation.session.split()
    if kind == "wrong":
        return _next_failed(visit)
    left = int(rest[0]) if rest else 0
    topic_id = rest[1] if len(rest) > 1 else ""
    chosen = posing.chooser(visit).known(topic_id) if left else None
    if chosen is None:
        return _ended(visit, "review.done")
    later = _within(visit, f"review {left - 1} {topic_id}".rstrip())
    return posing.give(later, DeliveryKind.REVIEW, chosen.question, str(chosen.reason))


def _next_failed(visit: Visit) -> Replies:
    questions = visit.knowledge.library.questions
    failed = [questions[q] for q in visit.tx.failed_questions(visit.learner.id) if q in questions]
    return posing.give(visit, DeliveryKind.REVIEW, failed[0]) if failed else _ended(visit, "wrong.done")


def _ended(visit: Visit, key: str, **values: object) -> Replies:
    return visit.save((visit.sentence(key, posing.after_all(visit), **values),), session="")
