"""Local slots as literal lists, and the properties of a memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Card, Rating, rate, retrievability, review
from bot.core.scheduling import Schedule, civil_day, next_slot, study_day

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
