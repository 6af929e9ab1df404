"""The first meeting: the hour, the time zone, the topics, and then a first question at once."""

from __future__ import annotations

from dataclasses import replace

from bot.core.chat.messages import Choice, Replies
from bot.features.asking import searching
from bot.features.daily import subscribing
from bot.features.daily.subscribing import HOURS
from bot.features.groups import answering
from bot.features.studying import posing
from bot.features.turn import Visit, choice, number

ZONES = ("Asia/Shanghai", "Asia/Taipei", "Asia/Singapore", "Europe/London", "America/New_York", "America/Los_Angeles")
"""Offered as buttons; any other is set in words."""


def start(visit: Visit, argument: str) -> Replies:
    """Greet, resume what was closed, or follow a link: c_CONCEPT shows it, q_DELIVERY asks that question."""
    subscribing.resume_if_closed(visit)
    kind, _, target = argument.partition("_")
    if kind == "c" and target:
        return searching.show(visit, target)
    if kind == "q" and target:
        is_own = target.isdecimal()
        return posing.reopen(visit, number(target)) if is_own else answering.open_alone(visit, target)
    if visit.tx.subscription(visit.owner):
        return visit.say("welcome.again", choice(visit.words, "next", "next"))
    hours = (Choice(f"w2:{hour}", hour) for hour in HOURS)
    return visit.save((visit.sentence("welcome"), visit.sentence("welcome.hour", *hours)))


def ask_zone(visit: Visit, wishes: str) -> Replies:
    """Ask for the time zone; the likely one first."""
    zones = dict.fromkeys((visit.learner.timezone, *ZONES))
    asked = visit.sentence("welcome.zone", *(Choice(f"w3:{wishes} {zone}", zone) for zone in zones))
    return visit.save((visit.in_place(asked),))


def ask_topics(visit: Visit, wishes: str) -> Replies:
    """Ask what to learn."""
    words, topics = visit.words, visit.knowledge.library.topics
    every = choice(words, "all-topics", f"w4:{wishes}")
    each = (Choice(f"w4:{wishes} {topic.id}", topic.titled(words.language)) for topic in topics)
    return visit.save((visit.in_place(visit.sentence("welcome.topics", every, *each)),))


def finish(visit: Visit, wishes: str) -> Replies:
    """Subscribe as wished, and ask a first question at once; the promise names the slot after it."""
    subscribing.subscribe(visit, wishes)
    visit = replace(visit, learner=visit.tx.learner(visit.learner.id))  # in the zone that was just chosen
    first = posing.daily(visit)
    asked = next((reply.ref.delivery_id for reply in first if reply.ref), None)
    promised = visit.in_place(subscribing.promise(visit))  # without choices: the question alone has them now
    return visit.save((promised, *first), delivery_id=asked)
