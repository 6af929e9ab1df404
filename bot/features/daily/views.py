"""What a learner has set, as plain data for texts and pages."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.content.library import Library
from bot.core.memory.coverage import expected
from bot.core.records.records import Learner, Subscription
from bot.core.scheduling.schedule import Schedule, next_slot
from bot.ports import Transaction

SHOWN_SLOTS = 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is wanted a schedule covers, in questions.

    Attributes:
        seen: so far.
        total: that there are.
        quarter: seen by then, in three months.
        year: in a year.
    """

    seen: int
    total: int
    quarter: int
    year: int


@dataclass(frozen=True, slots=True)
class Pushes:
    """What is pushed to a learner.

    Attributes:
        upcoming: the next moments, aware UTC; none while it is paused.
    """

    schedule: Schedule
    is_paused: bool
    upcoming: tuple[datetime, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner has set.

    Attributes:
        pushes: None where nothing is promised.
        timezone: IANA name.
        retention: the share that they want to remember, 0-1.
        language: "zh" or "en".
    """

    pushes: Pushes | None
    timezone: str
    retention: float
    language: str


def settings(tx: Transaction, library: Library, learner: Learner) -> Settings:
    """Return what a learner has set."""
    subscription = tx.subscription(learner.owner)
    promised = pushes(tx, library, learner, subscription) if subscription else None
    return Settings(promised, learner.timezone, learner.retention, learner.language)


def pushes(tx: Transaction, library: Library, learner: Learner, subscription: Subscription) -> Pushes:
    """Return what a subscription of a learner promises."""
    covered = coverage(tx, library, learner, subscription.schedule)
    return Pushes(subscription.schedule, bool(subscription.paused), upcoming(subscription), covered)


def upcoming(subscription: Subscription) -> tuple[datetime, ...]:
    """Return when the next pushes are due, aware UTC; none while they are paused."""
    if subscription.paused:
        return ()
    moments = [subscription.next_at]
    while len(moments) < SHOWN_SLOTS:
        moments.append(next_slot(subscription.schedule, moments[-1]).at)
    return tuple(moments)


def coverage(tx: Transaction, library: Library, learner: Learner, schedule: Schedule) -> Coverage:
    """Reckon how much of what is wanted a schedule covers, and by when."""
    low, high = schedule.difficulty
    wanted = {
        question.id
        for question in library.questions.values()
        if low <= question.difficulty <= high and _is_wanted(library, question.concept_id, schedule)
    }
    seen = sum(card.question_id in wanted for card in tx.cards(learner.id))
    a_week = sum(schedule.questions_on_weekday(day) for day in schedule.weekdays) * len(schedule.times)
    quarter, year = (min(len(wanted), seen + more) for more in expected(a_week / 7))
    return Coverage(seen, len(wanted), quarter, year)


def _is_wanted(library: Library, concept_id: str, schedule: Schedule) -> bool:
    return not schedule.topics or library.by_id[concept_id].topic_id in schedule.topics
