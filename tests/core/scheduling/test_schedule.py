"""Local slots as literal lists, and the properties of a memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.memory.card import Card, Rating, rate, retrievability, review
from bot.core.scheduling.schedule import Schedule, after_quiet, civil_day, last_slot, next_slot, slot_of, study_day

# id: (zone, wall time, after, the next local moments)
SLOTS: dict[str, tuple[str, str, str, list[str]]] = {
    "Shanghai has no summer time": (
        "Asia/Shanghai",
        "08:00",
        "2026-12-30T08:00+08:00",
        ["2026-12-31 08:00 +0800", "2027-01-01 08:00 +0800", "2027-01-02 08:00 +0800"],
    ),
    "Berlin in spring: the missing time moves to the first minute after": (
        "Europe/Berlin",
        "02:30",
        "2026-03-27T12:00+01:00",
        ["2026-03-28 02:30 +0100", "2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200"],
    ),
    "Berlin in autumn: the doubled time fires once": (
        "Europe/Berlin",
        "02:30",
        "2026-10-23T12:00+02:00",
        ["2026-10-24 02:30 +0200", "2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"],
    ),
    "New York in spring": (
        "America/New_York",
        "02:00",
        "2026-03-07T01:00-05:00",
        ["2026-03-07 02:00 -0500", "2026-03-08 03:00 -0400", "2026-03-09 02:00 -0400"],
    ),
    "New York in autumn": (
        "America/New_York",
        "01:30",
        "2026-10-31T12:00-04:00",
        ["2026-11-01 01:30 -0400", "2026-11-02 01:30 -0500"],
    ),
    "Lord Howe moves by half an hour": (
        "Australia/Lord_Howe",
        "02:15",
        "2026-10-03T12:00+10:30",
        ["2026-10-04 02:30 +1100", "2026-10-05 02:15 +1100"],
    ),
    "Kathmandu is 5:45 ahead": (
        "Asia/Kathmandu",
        "00:00",
        "2026-02-28T12:00+05:45",
        ["2026-03-01 00:00 +0545", "2026-03-02 00:00 +0545"],
    ),
    "Apia has no 30 December 2011": (
        "Pacific/Apia",
        "08:00",
        "2011-12-28T12:00-10:00",
        ["2011-12-29 08:00 -1000", "2011-12-31 08:00 +1400", "2012-01-01 08:00 +1400"],
    ),
    "leap day": (
        "Europe/Berlin",
        "08:00",
        "2028-02-28T09:00+01:00",
        ["2028-02-29 08:00 +0100", "2028-03-01 08:00 +0100"],
    ),
}


@pytest.mark.parametrize(("zone", "wall", "after", "expected"), SLOTS.values(), ids=SLOTS)
def test_the_next_slots_are(zone: str, wall: str, after: str, expected: list[str]) -> None:
    schedule = Schedule((time.fromisoformat(wall),), zone)
    moment, found = datetime.fromisoformat(after), []
    for _ in expected:
        slot = next_slot(schedule, moment)
        moment = slot.at
        found.append(f"{slot.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %z}")
        assert slot.at.tzinfo is UTC
    assert found == expected


def test_several_times_a_day_and_chosen_weekdays() -> None:
    schedule = Schedule((time(8), time(20)), "UTC", frozenset({0, 4}))  # Monday and Friday
    moment, found = datetime(2026, 11, 23, 8, tzinfo=UTC), []
    for _ in range(4):
        slot = next_slot(schedule, moment)
        moment = slot.at
        found.append((slot.local_date.isoformat(), slot.ordinal, slot.at.hour))
    assert found == [("2026-11-23", 1, 20), ("2026-11-27", 0, 8), ("2026-11-27", 1, 20), ("2026-11-30", 0, 8)]


def test_a_schedule_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no weekday"):
        next_slot(Schedule((time(8),), "UTC", frozenset()), datetime(2026, 1, 1, tzinfo=UTC))


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu", "Pacific/Apia")


@given(
    st.sampled_from(ZONES),
    st.times(),
    st.dates(date(2010, 1, 1), date(2030, 1, 1)),
)
def test_every_local_date_that_exists_has_exactly_one_slot(zone: str, wall: time, start: date) -> None:
    wall = wall.replace(second=0, microsecond=0, fold=0)
    schedule = Schedule((wall,), zone)
    moment = datetime.combine(start, time(12), tzinfo=UTC)
    previous = next_slot(schedule, moment)
    for _ in range(9):
        slot = next_slot(schedule, previous.at)
        assert slot.at > previous.at
        days = (slot.local_date - previous.local_date).days
        assert days == 1 or (zone == "Pacific/Apia" and slot.local_date == date(2011, 12, 31))
        assert slot.at.astimezone(ZoneInfo(zone)).date() == slot.local_date
        previous = slot


def test_a_study_day_begins_at_four() -> None:
    before, after = datetime(2026, 11, 24, 19, 59, tzinfo=UTC), datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert study_day(before, "Asia/Shanghai") == date(2026, 11, 24)
    assert study_day(after, "Asia/Shanghai") == date(2026, 11, 25)
    assert civil_day(before, "Asia/Shanghai") == date(2026, 11, 25)


def _intervals(ratings: str) -> list[int]:
    card, day, found = None, date(2026, 1, 1), []
    for letter in ratings:
        card = review(card, "q", Rating("AHGE".index(letter) + 1), day)
        found.append((card.due - day).days)
        day = card.due
    return found


HISTORIES: dict[str, list[int]] = {
    "GGG": [2, 11, 46],
    "GGGA": [2, 11, 46, 1],
    "A": [1],
    "H": [1],
    "E": [8],
    "AGG": [1, 2, 6],
}


@pytest.mark.parametrize(("ratings", "intervals"), HISTORIES.items(), ids=HISTORIES)
def test_intervals_in_days(ratings: str, intervals: list[int]) -> None:
    assert _intervals(ratings) == intervals


RATINGS = st.lists(st.sampled_from(list(Rating)), max_size=8)


@given(RATINGS, st.integers(0, 40))
def test_a_better_rating_is_due_later(history: list[Rating], late: int) -> None:
    card: Card | None = None
    day = date(2026, 1, 1)
    for rating in history:
        card = review(card, "q", rating, day)
        day = card.due + timedelta(days=late)
    dues = [review(card, "q", rating, day) for rating in Rating]
    assert all(after.due > day for after in dues)
    assert [after.due for after in dues] == sorted(after.due for after in dues)
    assert all(0 < retrievability(after, after.due) <= 1 for after in dues)
    assert all(1 <= after.difficulty <= 10 for after in dues)


def test_a_failed_card_counts_a_lapse_only_after_it_was_known() -> None:
    first = review(None, "q", Rating.AGAIN, date(2026, 1, 1))
    again = review(first, "q", Rating.AGAIN, first.due)
    assert (first.lapses, first.has_failed) == (0, True)
    assert (again.lapses, again.reps) == (1, 2)


@pytest.mark.parametrize(
    ("has_passed", "had_help", "rating"),
    [(False, False, Rating.AGAIN), (False, True, Rating.AGAIN), (True, True, Rating.HARD), (True, False, Rating.GOOD)],
)
def test_help_makes_a_pass_hard_and_never_a_fail(has_passed: bool, had_help: bool, rating: Rating) -> None:
    assert rate(has_passed=has_passed, had_help=had_help) is rating


# --- days away, days that are easy, hours that are quiet -------------------------------------------


def _local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _on(schedule: Schedule, after: str, count: int = 2) -> list[str]:
    moment, found = _local(after, schedule.timezone), []
    for _ in range(count):
        slot = next_slot(schedule, moment)
        moment = slot.at
        found.append(f"{slot.local_date} #{slot.ordinal}")
    return found


def test_a_vacation_has_no_slots_until_its_last_day_is_over() -> None:
    schedule = Schedule((time(8),), "Europe/Berlin", vacation_until=date(2028, 2, 29))
    assert _on(schedule, "2027-12-30 08:00") == ["2028-03-01 #0", "2028-03-02 #0"]


def test_a_vacation_that_ends_on_a_day_off_waits_for_the_next_day_on() -> None:
    schedule = Schedule((time(8),), "UTC", frozenset({0}), vacation_until=date(2026, 11, 30))  # a Monday
    assert _on(schedule, "2026-11-24 09:00") == ["2026-12-07 #0", "2026-12-14 #0"]


def test_an_easy_day_holds_one_question() -> None:
    schedule = Schedule((time(8),), "UTC", per_push=4, easy_days=frozenset({5}))
    assert [schedule.questions_on(date(2026, 11, 27) + timedelta(days=n)) for n in range(3)] == [4, 1, 4]


# id: (zone, quiet hours, moment, when it may come)
QUIET: dict[str, tuple[str, str, str, str]] = {
    "before they begin": ("Asia/Shanghai", "23:00-07:00", "2026-11-24 22:59", "2026-11-24 22:59"),
    "as they begin": ("Asia/Shanghai", "23:00-07:00", "2026-11-24 23:00", "2026-11-25 07:00"),
    "after midnight": ("Asia/Shanghai", "23:00-07:00", "2026-11-25 00:30", "2026-11-25 07:00"),
    "as they end": ("Asia/Shanghai", "23:00-07:00", "2026-11-25 07:00", "2026-11-25 07:00"),
    "in the middle of the day": ("Asia/Shanghai", "12:00-14:00", "2026-11-24 13:00", "2026-11-24 14:00"),
    "over New Year": ("Asia/Kathmandu", "23:00-07:00", "2026-12-31 23:30", "2027-01-01 07:00"),
    "in the night that loses an hour": ("Europe/Berlin", "23:00-07:00", "2026-03-29 01:30", "2026-03-29 07:00"),
    "ending in the lost hour": ("Europe/Berlin", "23:00-02:30", "2026-03-29 01:30", "2026-03-29 03:00"),
    "in the night that has an hour twice": ("Europe/Berlin", "23:00-07:00", "2026-10-25 02:30", "2026-10-25 07:00"),
    "ending in the half hour that Lord Howe loses": (
        "Australia/Lord_Howe",
        "22:00-02:15",
        "2026-10-04 01:00",
        "2026-10-04 02:30",
    ),
    "before the date that Apia never had": ("Pacific/Apia", "01:00-07:00", "2011-12-31 02:00", "2011-12-31 07:00"),
}


@pytest.mark.parametrize(("zone", "hours", "moment", "expected"), QUIET.values(), ids=QUIET)
def test_after_quiet_hours(zone: str, hours: str, moment: str, expected: str) -> None:
    start, end = (time.fromisoformat(part) for part in hours.split("-"))
    schedule = Schedule((time(8),), zone, quiet=(start, end))
    assert after_quiet(schedule, _local(moment, zone)) == _local(expected, zone)


def test_quiet_hours_that_were_to_end_on_a_date_that_is_skipped_end_on_the_next() -> None:
    schedule = Schedule((time(8),), "Pacific/Apia", quiet=(time(22), time(7)))
    late = _local("2011-12-29 23:00", "Pacific/Apia")
    assert after_quiet(schedule, late) == _local("2011-12-31 07:00", "Pacific/Apia")


@given(st.sampled_from(ZONES), st.times(), st.times(), st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001  made aware below
def test_what_comes_after_quiet_hours_is_not_in_them(zone: str, start: time, end: time, moment: datetime) -> None:
    start, end = (wall.replace(second=0, microsecond=0, fold=0) for wall in (start, end))
    if start == end:
        return
    schedule = Schedule((time(8),), zone, quiet=(start, end))
    given_at = moment.replace(tzinfo=UTC, second=0, microsecond=0)
    found = after_quiet(schedule, given_at)
    assert found >= given_at
    assert found - given_at <= timedelta(hours=49)


TWICE = Schedule((time(8), time(20)), "Europe/Berlin", frozenset(range(5)))
# (until, not before): the slot
LAST: dict[str, tuple[str, str, str | None]] = {
    "just now": ("2026-11-24 20:00", "2026-11-24 08:00", "2026-11-24 #1"),
    "a minute before the second": ("2026-11-24 19:59", "2026-11-24 08:00", "2026-11-24 #0"),
    "over a weekend": ("2026-11-29 12:00", "2026-11-24 08:00", "2026-11-27 #1"),
    "none since": ("2026-11-29 12:00", "2026-11-28 08:00", None),
    "of many days the latest": ("2026-12-31 21:00", "2026-11-24 08:00", "2026-12-31 #1"),
}


@pytest.mark.parametrize(("until", "not_before", "expected"), LAST.values(), ids=LAST)
def test_the_last_slot(until: str, not_before: str, expected: str | None) -> None:
    slot = last_slot(TWICE, _local(until, "Europe/Berlin"), _local(not_before, "Europe/Berlin"))
    assert (slot and f"{slot.local_date} #{slot.ordinal}") == expected


@given(st.sampled_from(ZONES), st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.times())
def test_the_slot_of_a_date_is_the_one_that_comes(zone: str, day: date, wall: time) -> None:
    schedule = Schedule((wall.replace(second=0, microsecond=0, fold=0),), zone)
    slot = slot_of(schedule, day, 0)
    assert slot_of(schedule, day, 1) is None
    if slot is None:
        assert (zone, day) == ("Pacific/Apia", date(2011, 12, 30))
        return
    assert next_slot(schedule, slot.at - timedelta(seconds=1)) == slot
    assert last_slot(schedule, slot.at, slot.at) == slot
