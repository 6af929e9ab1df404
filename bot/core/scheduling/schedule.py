"""When a push is due: local wall times, weekdays, quiet hours, easy days and vacations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_STARTS_AT = time(4, 0)
"""A study day begins at this local time: who answers at one in the morning is still in yesterday."""

ALL_WEEK = frozenset(range(7))
MAX_PER_PUSH = 5
"""Questions of one push at most; a date's ordinals are numbered in steps of it."""
DEFAULT_TIME = time(8, 0)
ANY_DIFFICULTY = (1, 5)
LOOKS_AHEAD_DAYS = 800
"""Further than any vacation that can be set and the week after it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When and how much to push.

    Attributes:
        times: local wall times of the pushes, ascending; at least one.
        timezone: IANA name.
        weekdays: 0 is Monday.
        per_push: questions per push, 1-5.
        topics: topic ids to draw from; empty for all.
        difficulty: lowest and highest, 1-5.
        quiet: local times between which nothing comes unasked, from and until; None for never.
        easy_days: weekdays with one question a push.
        vacation_until: the last civil date without pushes; None for none.
    """

    times: tuple[time, ...]
    timezone: str
    weekdays: frozenset[int] = field(default=ALL_WEEK)
    per_push: int = 3
    topics: tuple[str, ...] = ()
    difficulty: tuple[int, int] = ANY_DIFFICULTY
    quiet: tuple[time, time] | None = None
    easy_days: frozenset[int] = field(default=frozenset())
    vacation_until: date | None = None

    def questions_on(self, day: date) -> int:
        """Return how many questions a push of this date holds, 1-5."""
        return self.questions_on_weekday(day.weekday())

    def questions_on_weekday(self, weekday: int) -> int:
        """Return how many questions a push of this weekday (0 is Monday) holds, 1-5."""
        return 1 if weekday in self.easy_days else self.per_push

    def is_on(self, day: date) -> bool:
        """Tell whether this civil date has pushes."""
        is_away = self.vacation_until is not None and day <= self.vacation_until
        return day.weekday() in self.weekdays and not is_away

    def is_quiet_at(self, wall: time) -> bool:
        """Tell whether a local time lies in the quiet hours."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        return start <= wall < end if start < end else wall >= start or wall < end


def study_day(moment: datetime, timezone: str) -> date:
    """Return the study day a moment falls in, for a learner in a time zone."""
    local = moment.astimezone(ZoneInfo(timezone))
    return (local - timedelta(hours=DAY_STARTS_AT.hour, minutes=DAY_STARTS_AT.minute)).date()


def civil_day(moment: datetime, timezone: str) -> date:
    """Return the calendar date of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


@dataclass(frozen=True, slots=True)
class Slot:
    """One push that is to happen.

    Attributes:
        at: aware UTC.
        local_date: the civil date it belongs to, in the schedule's zone.
        ordinal: its place among the pushes of that date, from 0.
    """

    at: datetime
    local_date: date
    ordinal: int


def next_slot(schedule: Schedule, after: datetime) -> Slot:
    """Return the first slot strictly after a moment.

    A wall time that does not exist that night moves to the first minute after the gap; one that happens
    twice fires the first time only; a local date that a zone skipped has no slot.
    """
    day = after.astimezone(ZoneInfo(schedule.timezone)).date() - timedelta(days=1)
    for _ in range(LOOKS_AHEAD_DAYS):
        for slot in _slots_of(schedule, day):
            if slot.at > after:
                return slot
        day += timedelta(days=1)
    raise ValueError("the schedule has no weekday")


def last_slot(schedule: Schedule, until: datetime, not_before: datetime) -> Slot | None:
    """Return the latest slot at or before a moment, or None where none lies after `not_before` (inclusive)."""
    zone = ZoneInfo(schedule.timezone)
    day, first = until.astimezone(zone).date() + timedelta(days=1), not_before.astimezone(zone).date()
    while day >= first - timedelta(days=1):
        for slot in reversed(_slots_of(schedule, day)):
            if not_before <= slot.at <= until:
                return slot
        day -= timedelta(days=1)
    return None


def slot_of(schedule: Schedule, day: date, ordinal: int) -> Slot | None:
    """Return the slot of a date by its ordinal; None where that date or ordinal has none."""
    return next((slot for slot in _slots_of(schedule, day) if slot.ordinal == ordinal), None)


def _slots_of(schedule: Schedule, day: date) -> list[Slot]:
    if not schedule.is_on(day):
        return []
    zone = ZoneInfo(schedule.timezone)
    found = ((ordinal, _instant(day, wall, zone)) for ordinal, wall in enumerate(schedule.times))
    return [Slot(at, day, ordinal) for ordinal, at in found if at is not None]


def after_quiet(schedule: Schedule, moment: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it lies in."""
    zone = ZoneInfo(schedule.timezone)
    local = moment.astimezone(zone)
    if schedule.quiet is None or not schedule.is_quiet_at(local.time()):
        return moment
    end = schedule.quiet[1]
    day = local.date() + timedelta(days=1 if end <= local.time() else 0)
    ends = (_instant(day + timedelta(days=n), end, zone) for n in range(2))  # a zone may skip the first date
    return next((each for each in ends if each), moment)


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime | None:
    """Return the UTC instant of a local wall time, or None where the zone skipped that whole date."""
    naive = datetime.combine(day, wall)
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == naive:
        return instant
    return _after_gap(day, naive, zone)


def _after_gap(day: date, naive: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant after the gap that swallowed a wall time, if it is on the same date.

    The reading of a missing wall time by the offset before the gap (fold=0) lies after the gap, the one by
    the offset after it (fold=1) before; the edge is found by halving the time between them.
    """
    high = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    low = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    edge = high.replace(microsecond=0)
    return edge if edge.astimezone(zone).date() == day else None
