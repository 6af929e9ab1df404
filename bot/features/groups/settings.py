"""A study group is set up by its admins: hour, zone, days, topics, when the answer is revealed, how it is answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.core.chat.intents import OFF
from bot.core.chat.messages import Audience, Choice, Replies, Reply
from bot.core.content.document import Block, Heading, listing, paragraph, spans
from bot.core.groups.group import ACTIVE_DAYS, LONGEST_REVEAL, GroupMode, StudyGroup
from bot.core.groups.group_words import GroupWishes, read_group, shortest_gap
from bot.core.language.wording import Wording
from bot.core.records.records import Subscription
from bot.core.scheduling.schedule import Schedule, civil_day
from bot.core.scheduling.schedule_words import Wishes
from bot.features.daily import next_slot, subscribing
from bot.features.daily.describing import next_dates, sentence
from bot.features.daily.views import upcoming
from bot.features.groups.buttons import GroupSetting
from bot.features.turn import Turn, choice
from bot.ports import Transaction

DEFAULT_TIME = time(9)
HOURS = ("08:00", "09:00", "12:30", "20:00")
REVEALS = ("2h", "6h", "12h")
"""Times to the answer that are offered as buttons."""
STOP = OFF | {"停", "停止", "停用"}
ON = frozenset({"on", "开", "恢复", "继续", "启用"})
BY_ADMIN = "admin"
"""Why nothing is posted: an admin said so."""


def group(turn: Turn, argument: str) -> Replies:
    """Show what is set here, or change it in words; only admins of the chat may."""
    found = turn.tx.group_at(turn.message.address)
    if not argument:
        return _shown(turn, found)
    if not turn.message.is_admin:
        return _to_admins_only(turn)
    word = argument.strip().lower()
    if word in STOP | ON:
        return _switched(turn, found, is_on=word in ON)
    return _set(turn, found, argument)


def tapped(turn: Turn, argument: str) -> Replies:
    """Take a tapped wish, which only admins may."""
    if turn.message.is_direct:
        return turn.say("group.only-in-groups")
    if not turn.message.is_admin:
        return turn.toast("group.admins-only")
    return group(turn, argument)


def _to_admins_only(turn: Turn) -> Replies:
    return turn.save((replace(turn.sentence("group.admins-only"), audience=Audience.PRIVATE),))


def _switched(turn: Turn, found: StudyGroup | None, *, is_on: bool) -> Replies:
    subscription = turn.tx.subscription(found.owner) if found else None
    if found is None or subscription is None:
        return turn.say("group.none")
    if not is_on:
        turn.tx.save_subscription(replace(subscription, paused=BY_ADMIN))
        return turn.say("group.off")
    turn.tx.save_subscription(_resumed(turn.tx, subscription, turn.now))
    return _shown(turn, found)


def reopen(tx: Transaction, platform: str, chats: Collection[str], now: datetime) -> None:
    """Post again in the groups of chats that let the tutor in again, unless their admins stopped it."""
    for found in tx.paused_groups(platform):
        subscription = tx.subscription(found.owner) if found.address.chat in chats else None
        if subscription and subscription.paused != BY_ADMIN:
            tx.save_subscription(_resumed(tx, subscription, now))


def _resumed(tx: Transaction, subscription: Subscription, now: datetime) -> Subscription:
    first = next_slot.first_slot(tx, subscription.owner, subscription.schedule, now)
    return replace(subscription, paused="", next_at=first, unanswered=0)


@dataclass(frozen=True, slots=True)
class _Wished:
    """What was wished, and what cannot be: the key of a sentence, and the words it is about."""

    own: GroupWishes
    schedule: Schedule
    language: str | None
    fault: str = ""
    about: str = ""


def _set(turn: Turn, found: StudyGroup | None, text: str) -> Replies:
    """Make or change the group of this chat as wished, and say it back; what is not understood changes nothing."""
    wished = _read(turn, found, text)
    if wished.fault:
        return turn.save((turn.sentence(wished.fault, about=wished.about), turn.sentence("group.usage")))
    made = found or turn.tx.add_group(
        turn.message.address, turn.message.place, wished.language or turn.learner.language, turn.now
    )
    changed = replace(
        made,
        title=turn.message.place or made.title,
        language=wished.language or made.language,
        reveal_after=wished.own.reveal_after or _fitting(made.reveal_after, wished.schedule),
        mode=wished.own.mode or made.mode,
    )
    turn.tx.save_group(changed)
    first = next_slot.first_slot(turn.tx, made.owner, wished.schedule, turn.now)
    turn.tx.subscribe(made.owner, made.address, wished.schedule, first)
    return _shown(turn, changed)


def _read(turn: Turn, found: StudyGroup | None, text: str) -> _Wished:
    own = read_group(text)
    before = turn.tx.subscription(found.owner) if found else None
    schedule = before.schedule if before else Schedule((DEFAULT_TIME,), turn.learner.timezone, per_push=1)
    wishes = subscribing.read_wishes(turn, own.rest, schedule)
    fault, about = _fault(own, wishes)
    return _Wished(own, wishes.schedule, wishes.language, fault, about)


def _fault(own: GroupWishes, wishes: Wishes) -> tuple[str, str]:
    if wishes.fault:
        return wishes.fault, wishes.about
    if own.about or (own.reveal_after and own.reveal_after >= shortest_gap(wishes.schedule.times)):
        return "group.wish.reveal", own.about
    if wishes.schedule.per_push != 1 or wishes.retention:
        return "group.wish.one", ""
    return "", ""


def _fitting(reveal_after: timedelta, schedule: Schedule) -> timedelta:
    """Return how long to wait for the answer, sooner where the next question would come before it."""
    gap = shortest_gap(schedule.times)
    return reveal_after if reveal_after < gap else min(gap / 2, LONGEST_REVEAL)


# --- showing back ----------------------------------------------------------------------------------


def _shown(turn: Turn, found: StudyGroup | None) -> Replies:
    """Show what is set; who may change it sees how."""
    words = Wording(found.language) if found else turn.words
    if found is None:
        blocks: list[Block] = [Heading(spans(words("group.title"))), paragraph(words("group.none"))]
    else:
        blocks = [Heading(spans(words("group.title"))), *_said_back(turn, words, found)]
    if not turn.message.is_admin:
        return turn.save((Reply((*blocks, paragraph(words("group.admins-only")))),))
    usage = listing(words.all_of("group.usage"))
    reply = Reply((*blocks, paragraph(words("settings.words")), usage), _buttons(words, found))
    return turn.save((turn.in_place(reply),))


def _said_back(turn: Turn, words: Wording, found: StudyGroup) -> Iterator[Block]:
    subscription = turn.tx.subscription(found.owner)
    if subscription is None:
        yield paragraph(words("group.none"))
        return
    if subscription.paused:
        yield paragraph(words("group.paused"))
    today = civil_day(turn.now, subscription.schedule.timezone)
    yield paragraph(sentence(words, turn.knowledge.library, subscription.schedule, today, is_group=True))
    yield paragraph(words("group.reveal", span=said_span(words, found.reveal_after)))
    yield paragraph(words(f"group.mode.{found.mode}"))
    if not subscription.paused:
        yield paragraph(
            words("subscription.next", dates=next_dates(words, subscription.schedule, upcoming(subscription)))
        )
    count = turn.tx.active_members(found.id, today - timedelta(days=ACTIVE_DAYS))
    yield paragraph(words("group.members", count=count, days=ACTIVE_DAYS))


def said_span(words: Wording, span: timedelta) -> str:
    """Put a span of time into words: hours, minutes, or both."""
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    said = [words("span.hours", count=hours)] if hours else []
    return words("span.join").join([*said, words("span.minutes", count=minutes)] if minutes else said)


def _buttons(words: Wording, found: StudyGroup | None) -> tuple[Choice, ...]:
    """Offer the usual wishes; a tap says the words."""
    modes = [mode for mode in GroupMode if found and mode is not found.mode]
    return (
        *(Choice(GroupSetting(hour).id, hour) for hour in HOURS),
        choice(words, "workdays", GroupSetting("weekdays")),
        choice(words, "every-day", GroupSetting("daily")),
        *(Choice(GroupSetting(f"reveal {span}").id, words("do.reveal", span=span)) for span in REVEALS),
        *(choice(words, f"mode.{mode}", GroupSetting(mode)) for mode in modes),
        *((choice(words, "group-off", GroupSetting("off")),) if found else ()),
    )
