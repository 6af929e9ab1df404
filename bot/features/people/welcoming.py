"""The first meeting: the hour, the time zone, the topics, and then a first question at once."""

from dataclasses import replace

from bot.core.chat.messages import Choice, Replies
from bot.features.asking import searching
from bot.features.daily import subscribing
from bot.features.daily.subscribing import HOURS
from bot.features.groups import answering
from bot.features.people.buttons import AskTopics, AskZone, Begin
from bot.features.studying import posing
from bot.features.studying.buttons import Next
from bot.features.turn import Turn, choice, number

ZONES = ("Asia/Shanghai", "Asia/Taipei", "Asia/Singapore", "Europe/London", "America/New_York", "America/Los_Angeles")
"""Offered as buttons; any other is set in words."""


def start(turn: Turn, argument: str) -> Replies:
    """Greet, resume what was closed, or follow a link: c_CONCEPT shows it, q_DELIVERY asks that question."""
    subscribing.resume_if_closed(turn)
    kind, _, target = argument.partition("_")
    if kind == "c" and target:
        return searching.show(turn, target)
    if kind == "q" and target:
        is_own = target.isdecimal()
        return posing.reopen(turn, number(target)) if is_own else answering.open_alone(turn, target)
    if turn.tx.subscription(turn.owner):
        return turn.say("welcome.again", choice(turn.words, "next", Next()))
    hours = (Choice(AskZone(hour).id, hour) for hour in HOURS)
    return turn.save((turn.sentence("welcome"), turn.sentence("welcome.hour", *hours)))


def ask_zone(turn: Turn, wishes: str) -> Replies:
    """Ask for the time zone; the likely one first."""
    zones = dict.fromkeys((turn.learner.timezone, *ZONES))
    asked = turn.sentence("welcome.zone", *(Choice(AskTopics(f"{wishes} {zone}").id, zone) for zone in zones))
    return turn.save((turn.in_place(asked),))


def ask_topics(turn: Turn, wishes: str) -> Replies:
    """Ask what to learn."""
    words, topics = turn.words, turn.knowledge.library.topics
    every = choice(words, "all-topics", Begin(wishes))
    each = (Choice(Begin(f"{wishes} {topic.id}").id, topic.titled(words.language)) for topic in topics)
    return turn.save((turn.in_place(turn.sentence("welcome.topics", every, *each)),))


def finish(turn: Turn, wishes: str) -> Replies:
    """Subscribe as wished, and ask a first question at once; the promise names the slot after it."""
    subscribing.subscribe(turn, wishes)
    turn = replace(turn, learner=turn.tx.learner(turn.learner.id))  # in the zone that was just chosen
    first = posing.daily(turn)
    asked = next((reply.ref.delivery_id for reply in first if reply.ref), None)
    promised = turn.in_place(subscribing.promise(turn))  # without choices: the question alone has them now
    return turn.save((promised, *first), delivery_id=asked)
