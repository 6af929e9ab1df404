"""A schedule is said back: in one sentence, with the next dates."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.content.library import Library
from bot.core.language.wording import Wording
from bot.core.scheduling.schedule import ALL_WEEK, ANY_DIFFICULTY, Schedule

WORKWEEK = frozenset(range(5))


def sentence(words: Wording, library: Library, schedule: Schedule, today: date, *, is_group: bool = False) -> str:
    """Put a schedule into one sentence; a vacation that is over is not spoken of."""
    when = words(
        "subscription.when",
        days=_said_days(words, schedule.weekdays),
        times=words.listed(f"{wall:%H:%M}" for wall in schedule.times),
        zone=schedule.timezone,
    )
    count = words("group.count") if is_group else words("subscription.count", count=schedule.per_push)
    parts = (when, count, *_wishes(words, library, schedule, today))
    return words("subscription.join").join(parts) + words("subscription.end")


def _wishes(words: Wording, library: Library, schedule: Schedule, today: date) -> Iterator[str]:
    """Say what is wished beside when and how many."""
    if schedule.topics:
        titles = (library.topics_by_id[t].titled(words.language) for t in schedule.topics if t in library.topics_by_id)
        yield words("subscription.topics", topics=words.listed(titles))
    if schedule.difficulty != ANY_DIFFICULTY:
        yield words("subscription.difficulty", low=schedule.difficulty[0], high=schedule.difficulty[1])
    if schedule.easy_days:
        yield words("subscription.easy", days=_said_days(words, schedule.easy_days))
    if schedule.quiet:
        start, end = (f"{wall:%H:%M}" for wall in schedule.quiet)
        yield words("subscription.quiet", start=start, end=end)
    if schedule.vacation_until and schedule.vacation_until >= today:
        yield words("subscription.vacation", date=schedule.vacation_until)


def _said_days(words: Wording, days: frozenset[int]) -> str:
    if days == ALL_WEEK:
        return words("days.all")
    if days == WORKWEEK:
        return words("days.work")
    return words.listed(words(f"day.{day}") for day in sorted(days))


def next_dates(words: Wording, schedule: Schedule, upcoming: Iterable[datetime]) -> str:
    """Say when the next pushes are due."""
    return words.listed(moment_in(moment, schedule) for moment in upcoming)


def moment_in(moment: datetime, schedule: Schedule) -> str:
    """Say a moment by the clock of a schedule."""
    return f"{moment.astimezone(ZoneInfo(schedule.timezone)):%Y-%m-%d %H:%M}"
