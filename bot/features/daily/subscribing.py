"""What a learner wishes about pushes: when, how much, of what; put into words and shown back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.document import Block, Heading, Listing, paragraph, spans
from bot.core.content.library import Library
from bot.core.memory.coverage import expected
from bot.core.records.records import Owner, Subscription
from bot.core.scheduling.schedule import Schedule
from bot.core.scheduling.schedule_words import Wishes, read
from bot.features.daily import next_slot
from bot.features.daily.describing import moment_in, next_dates, sentence
from bot.features.studying import recording
from bot.features.turn import Visit
from bot.ports import Transaction

HOURS = ("07:30", "08:00", "12:30", "21:00")
"""Times offered as buttons."""
COUNTS = (1, 3, 5)
"""Questions per push offered as buttons."""


# --- commands --------------------------------------------------------------------------------------


def subscribe(visit: Visit, argument: str) -> Replies:
    """Promise questions at the times that are wished: "7:30 周一到周五 Asia/Shanghai"; nothing means 08:00 daily."""
    wishes = read_wishes(visit, argument, visit.schedule)
    return _refused(visit, wishes) if wishes.fault else _apply(visit, wishes)


def settings(visit: Visit, argument: str) -> Replies:
    """Show what is set, with buttons to change it, or change it in words."""
    if argument:
        wishes = read_wishes(visit, argument, visit.schedule)
        if wishes.fault:
            return _refused(visit, wishes)
        before, is_elsewhere = visit.tx.subscription(visit.owner), replace(visit.schedule, timezone="UTC")
        if before is None and replace(wishes.schedule, timezone="UTC") == is_elsewhere:
            return _apply_person(visit, wishes)
        return _apply(visit, wishes, paused=before.paused if before else "")
    return visit.save((visit.in_place(_overview(visit)),))


def pause(visit: Visit) -> Replies:
    """Stop pushing until the learner says otherwise."""
    subscription = visit.tx.subscription(visit.owner)
    if subscription is None:
        return visit.say("no-subscription")
    visit.tx.save_subscription(replace(subscription, paused="learner"))
    return visit.say("paused")


def promise(visit: Visit) -> Reply:
    """Say what is promised, and when it comes next."""
    subscription = visit.tx.subscription(visit.owner)
    return Reply(tuple(_said_back(visit, subscription))) if subscription else visit.sentence("no-subscription")


def resume(visit: Visit) -> Replies:
    """Push again, from the next slot on."""
    subscription = visit.tx.subscription(visit.owner)
    if subscription is None:
        return visit.say("no-subscription")
    resumed = _resumed(visit, subscription)
    return visit.say("resumed", next=moment_in(resumed.next_at, resumed.schedule))


def resume_if_closed(visit: Visit) -> None:
    """Push again where that ended because the chat was closed to the tutor: the learner has just opened it."""
    subscription = visit.tx.subscription(visit.owner)
    if subscription and subscription.paused not in ("", "learner"):
        _resumed(visit, subscription)


def keep_pace(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Somebody answered: a slowed subscription goes back to its own pace."""
    subscription = tx.subscription(owner)
    if subscription and subscription.unanswered:
        following = next_slot.slot_after(tx, owner, subscription.schedule, now)
        sooner = min(subscription.next_at, following) if not subscription.paused else subscription.next_at
        tx.save_subscription(replace(subscription, unanswered=0, next_at=sooner))


def _resumed(visit: Visit, subscription: Subscription) -> Subscription:
    following = next_slot.slot_after(visit.tx, visit.owner, subscription.schedule, visit.now)
    resumed = replace(subscription, paused="", next_at=following, unanswered=0)
    visit.tx.save_subscription(resumed)
    return resumed


def unsubscribe(visit: Visit) -> Replies:
    """Forget the promise."""
    was_there = visit.tx.unsubscribe(visit.owner)
    return visit.say("unsubscribed" if was_there else "no-subscription")


# --- reading and writing ---------------------------------------------------------------------------


def read_wishes(visit: Visit, text: str, schedule: Schedule) -> Wishes:
    """Read wishes in words, as changes of a schedule."""
    names = topic_names(visit.knowledge.library)
    return read(text, schedule, visit.today, topics=names, zones=_zones())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # looks into every file of the zones


def topic_names(library: Library) -> Mapping[str, str]:
    """Return topic ids by every name they go by."""
    named = {topic.titled(language): topic.id for topic in library.topics for language in ("zh", "en")}
    return named | {topic.id: topic.id for topic in library.topics}


def _refused(visit: Visit, wishes: Wishes) -> Replies:
    return visit.save((visit.sentence(wishes.fault, about=wishes.about), visit.sentence("subscribe.usage")))


def _apply(visit: Visit, wishes: Wishes, *, paused: str = "") -> Replies:
    """Write the wishes, and say them back as one sentence with the next dates; what was paused may stay so."""
    visit = _with_person(visit, wishes)
    made = visit.tx.subscribe(
        visit.owner,
        visit.message.address,
        wishes.schedule,
        next_slot.first_slot(visit.tx, visit.owner, wishes.schedule, visit.now),
    )
    if paused == "learner":
        made = replace(made, paused=paused)
        visit.tx.save_subscription(made)
    return visit.save((visit.in_place(Reply(tuple(_said_back(visit, made)), _buttons(visit))),))


def _apply_person(visit: Visit, wishes: Wishes) -> Replies:
    visit = _with_person(visit, wishes)
    return visit.save((visit.in_place(_overview(visit)),))


def _with_person(visit: Visit, wishes: Wishes) -> Visit:
    """Write what the wishes say about the learner: language, zone, how much to remember, days away."""
    before, schedule = visit.learner, wishes.schedule
    learner = replace(
        before,
        language=wishes.language or before.language,
        timezone=schedule.timezone,
        retention=wishes.retention or before.retention,
    )
    visit.tx.save_learner(learner)
    changed = replace(visit, learner=learner)
    if learner.retention != before.retention:
        recording.refold_all(visit.tx, learner)
    if learner.timezone != before.timezone:
        _excuse_travel(visit, changed)
    _excuse_vacation(changed, schedule)
    return changed


def _excuse_travel(before: Visit, after: Visit) -> None:
    """A flight over the date line takes a day away, or half of one: neither breaks a streak."""
    first, last = sorted((before.study_day, after.study_day))
    around = [first - timedelta(days=1), *_days(first, last)] if first != last else [first]
    after.tx.excuse(after.learner.id, around)


def _excuse_vacation(visit: Visit, schedule: Schedule) -> None:
    visit.tx.drop_excuses(visit.learner.id, visit.study_day)
    if schedule.vacation_until:
        visit.tx.excuse(visit.learner.id, list(_days(visit.study_day, schedule.vacation_until)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


# --- showing back ----------------------------------------------------------------------------------


def _overview(visit: Visit) -> Reply:
    words, learner = visit.words, visit.learner
    subscription = visit.tx.subscription(visit.owner)
    blocks: list[Block] = [Heading(spans(words("settings.title")))]
    blocks += _said_back(visit, subscription) if subscription else [paragraph(words("no-subscription"))]
    person = words(
        "settings.person",
        zone=learner.timezone,
        retention=round(100 * learner.retention),
        language=words(f"language.{learner.language}"),
    )
    usage = Listing(tuple((paragraph(line),) for line in words.all_of("settings.usage")))
    return Reply((*blocks, paragraph(person), paragraph(words("settings.words")), usage), _buttons(visit))


def _buttons(visit: Visit) -> tuple[Choice, ...]:
    """Offer the usual wishes; a tap says the words."""
    words = visit.words
    return (
        *(Choice(f"set:{hour}", hour) for hour in HOURS),
        *(Choice(f"set:{count} questions", words("do.count", count=count)) for count in COUNTS),
        Choice("set:weekdays", words("do.workdays")),
        Choice("set:daily", words("do.every-day")),
    )


def _said_back(visit: Visit, subscription: Subscription) -> Iterator[Block]:
    words, schedule = visit.words, subscription.schedule
    if subscription.paused:
        yield paragraph(words("subscription.paused"))
    yield paragraph(sentence(words, visit.knowledge.library, schedule, visit.today))
    if not subscription.paused:
        yield paragraph(words("subscription.next", dates=next_dates(words, subscription)))
    yield paragraph(_coverage(visit, schedule))


def _coverage(visit: Visit, schedule: Schedule) -> str:
    """Say how much of what is wanted this covers, and by when."""
    library = visit.knowledge.library
    low, high = schedule.difficulty
    wanted = {
        q.id
        for q in library.questions.values()
        if low <= q.difficulty <= high and (not schedule.topics or _topic(library, q.concept_id) in schedule.topics)
    }
    seen = sum(card.question_id in wanted for card in visit.tx.cards(visit.learner.id))
    a_week = sum(schedule.questions_on_weekday(day) for day in schedule.weekdays) * len(schedule.times)
    quarter, year = (min(len(wanted), seen + more) for more in expected(a_week / 7))
    return visit.words("subscription.coverage", seen=seen, total=len(wanted), quarter=quarter, year=year)


def _topic(library: Library, concept_id: str) -> str:
    return library.by_id[concept_id].topic_id
