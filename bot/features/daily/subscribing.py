"""What a learner wishes about pushes: when, how much, of what; put into words and shown back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.document import Block, Heading, listing, paragraph, spans
from bot.core.content.library import Library
from bot.core.language.wording import LANGUAGES
from bot.core.records.records import Owner, Subscription
from bot.core.scheduling.schedule import Schedule
from bot.core.scheduling.schedule_words import Wishes, read
from bot.features.daily import next_slot, views
from bot.features.daily.buttons import Setting
from bot.features.daily.describing import moment_in, next_dates, sentence
from bot.features.daily.views import Pushes
from bot.features.studying import recording
from bot.features.turn import Turn, choice
from bot.ports import Transaction

HOURS = ("07:30", "08:00", "12:30", "21:00")
"""Times offered as buttons."""
COUNTS = (1, 3, 5)
"""Questions per push offered as buttons."""


# --- commands --------------------------------------------------------------------------------------


def subscribe(turn: Turn, argument: str) -> Replies:
    """Promise questions at the times that are wished: "7:30 周一到周五 Asia/Shanghai"; nothing means 08:00 daily."""
    wishes = read_wishes(turn, argument, turn.schedule)
    return _refused(turn, wishes) if wishes.fault else _apply(turn, wishes)


def settings(turn: Turn, argument: str) -> Replies:
    """Show what is set, with buttons to change it, or change it in words."""
    if argument:
        wishes = read_wishes(turn, argument, turn.schedule)
        if wishes.fault:
            return _refused(turn, wishes)
        before, is_elsewhere = turn.tx.subscription(turn.owner), replace(turn.schedule, timezone="UTC")
        if before is None and replace(wishes.schedule, timezone="UTC") == is_elsewhere:
            return _apply_person(turn, wishes)
        return _apply(turn, wishes, paused=before.paused if before else "")
    return turn.save((turn.in_place(_overview(turn)),))


def pause(turn: Turn) -> Replies:
    """Stop pushing until the learner says otherwise."""
    subscription = turn.tx.subscription(turn.owner)
    if subscription is None:
        return turn.say("no-subscription")
    turn.tx.save_subscription(replace(subscription, paused="learner"))
    return turn.say("paused")


def promise(turn: Turn) -> Reply:
    """Say what is promised, and when it comes next."""
    found = views.settings(turn.tx, turn.knowledge.library, turn.learner).pushes
    return Reply(tuple(_said_back(turn, found))) if found else turn.sentence("no-subscription")


def resume(turn: Turn) -> Replies:
    """Push again, from the next slot on."""
    subscription = turn.tx.subscription(turn.owner)
    if subscription is None:
        return turn.say("no-subscription")
    resumed = _resumed(turn, subscription)
    return turn.say("resumed", next=moment_in(resumed.next_at, resumed.schedule))


def resume_if_closed(turn: Turn) -> None:
    """Push again where that ended because the chat was closed to the tutor: the learner has just opened it."""
    subscription = turn.tx.subscription(turn.owner)
    if subscription and subscription.paused not in ("", "learner"):
        _resumed(turn, subscription)


def keep_pace(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Somebody answered: a slowed subscription goes back to its own pace."""
    subscription = tx.subscription(owner)
    if subscription and subscription.unanswered:
        following = next_slot.slot_after(tx, owner, subscription.schedule, now)
        sooner = min(subscription.next_at, following) if not subscription.paused else subscription.next_at
        tx.save_subscription(replace(subscription, unanswered=0, next_at=sooner))


def _resumed(turn: Turn, subscription: Subscription) -> Subscription:
    following = next_slot.slot_after(turn.tx, turn.owner, subscription.schedule, turn.now)
    resumed = replace(subscription, paused="", next_at=following, unanswered=0)
    turn.tx.save_subscription(resumed)
    return resumed


def unsubscribe(turn: Turn) -> Replies:
    """Forget the promise."""
    was_there = turn.tx.unsubscribe(turn.owner)
    return turn.say("unsubscribed" if was_there else "no-subscription")


# --- reading and writing ---------------------------------------------------------------------------


def read_wishes(turn: Turn, text: str, schedule: Schedule) -> Wishes:
    """Read wishes in words, as changes of a schedule."""
    names = topic_names(turn.knowledge.library)
    return read(text, schedule, turn.today, topics=names, zones=_zones())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # looks into every file of the zones


def topic_names(library: Library) -> Mapping[str, str]:
    """Return topic ids by every name they go by."""
    named = {topic.titled(language): topic.id for topic in library.topics for language in LANGUAGES}
    return named | {topic.id: topic.id for topic in library.topics}


def _refused(turn: Turn, wishes: Wishes) -> Replies:
    return turn.save((turn.sentence(wishes.fault, about=wishes.about), turn.sentence("subscribe.usage")))


def _apply(turn: Turn, wishes: Wishes, *, paused: str = "") -> Replies:
    """Write the wishes, and say them back as one sentence with the next dates; what was paused may stay so."""
    turn = _with_person(turn, wishes)
    made = turn.tx.subscribe(
        turn.owner,
        turn.message.address,
        wishes.schedule,
        next_slot.first_slot(turn.tx, turn.owner, wishes.schedule, turn.now),
    )
    if paused == "learner":
        made = replace(made, paused=paused)
        turn.tx.save_subscription(made)
    promised = views.pushes(turn.tx, turn.knowledge.library, turn.learner, made)
    return turn.save((turn.in_place(Reply(tuple(_said_back(turn, promised)), _buttons(turn))),))


def _apply_person(turn: Turn, wishes: Wishes) -> Replies:
    turn = _with_person(turn, wishes)
    return turn.save((turn.in_place(_overview(turn)),))


def _with_person(turn: Turn, wishes: Wishes) -> Turn:
    """Write what the wishes say about the learner: language, zone, how much to remember, days away."""
    before, schedule = turn.learner, wishes.schedule
    learner = replace(
        before,
        language=wishes.language or before.language,
        timezone=schedule.timezone,
        retention=wishes.retention or before.retention,
    )
    turn.tx.save_learner(learner)
    changed = replace(turn, learner=learner)
    if learner.retention != before.retention:
        recording.refold_all(turn.tx, learner)
    if learner.timezone != before.timezone:
        _excuse_travel(turn, changed)
    _excuse_vacation(changed, schedule)
    return changed


def _excuse_travel(before: Turn, after: Turn) -> None:
    """A flight over the date line takes a day away, or half of one: neither breaks a streak."""
    first, last = sorted((before.study_day, after.study_day))
    around = [first - timedelta(days=1), *_days(first, last)] if first != last else [first]
    after.tx.excuse(after.learner.id, around)


def _excuse_vacation(turn: Turn, schedule: Schedule) -> None:
    turn.tx.drop_excuses(turn.learner.id, turn.study_day)
    if schedule.vacation_until:
        turn.tx.excuse(turn.learner.id, list(_days(turn.study_day, schedule.vacation_until)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


# --- showing back ----------------------------------------------------------------------------------


def _overview(turn: Turn) -> Reply:
    words, found = turn.words, views.settings(turn.tx, turn.knowledge.library, turn.learner)
    blocks: list[Block] = [Heading(spans(words("settings.title")))]
    blocks += _said_back(turn, found.pushes) if found.pushes else [paragraph(words("no-subscription"))]
    person = words(
        "settings.person",
        zone=found.timezone,
        retention=round(100 * found.retention),
        language=words.named(found.language),
    )
    usage = listing(words.all_of("settings.usage"))
    return Reply((*blocks, paragraph(person), paragraph(words("settings.words")), usage), _buttons(turn))


def _buttons(turn: Turn) -> tuple[Choice, ...]:
    """Offer the usual wishes; a tap says the words."""
    words = turn.words
    return (
        *(Choice(Setting(hour).id, hour) for hour in HOURS),
        *(Choice(Setting(f"{count} questions").id, words("do.count", count=count)) for count in COUNTS),
        choice(words, "workdays", Setting("weekdays")),
        choice(words, "every-day", Setting("daily")),
    )


def _said_back(turn: Turn, pushes: Pushes) -> Iterator[Block]:
    words, covered = turn.words, pushes.coverage
    if pushes.is_paused:
        yield paragraph(words("subscription.paused"))
    yield paragraph(sentence(words, turn.knowledge.library, pushes.schedule, turn.today))
    if not pushes.is_paused:
        yield paragraph(words("subscription.next", dates=next_dates(words, pushes.schedule, pushes.upcoming)))
    shown = {"seen": covered.seen, "total": covered.total, "quarter": covered.quarter, "year": covered.year}
    yield paragraph(words("subscription.coverage", **shown))
