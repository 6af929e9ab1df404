"""Streaks as literal lists of days: x studied, . missed, v excused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.memory.streak import Streak, streak

# the days up to and with today, the first day, and what comes of them
ROWS: dict[str, tuple[str, str, Streak]] = {
    "nothing yet": (".", "2026-11-10", Streak(0, 0, 2)),
    "the first day": ("x", "2026-11-10", Streak(1, 1, 2)),
    "today is not missed yet": ("xx.", "2026-11-10", Streak(2, 2, 2)),
    "one missed day uses a freeze": ("xx.x", "2026-11-10", Streak(3, 3, 1)),
    "two missed days use both": ("x.x.x", "2026-11-10", Streak(3, 3, 0)),
    "the third missed day breaks it": ("x.x.x.x", "2026-11-10", Streak(1, 3, 0)),
    "three in a row break it": ("xx...", "2026-11-10", Streak(2, 2, 0)),
    "and one more day shows it": ("xx....", "2026-11-10", Streak(0, 2, 0)),
    "a new month brings new freezes": ("x..x..x", "2026-11-28", Streak(3, 3, 0)),
    "days before the first use none": ("...x", "2026-11-10", Streak(1, 1, 2)),
    "a vacation breaks nothing and uses nothing": ("xvvvvvvvvvx", "2026-11-10", Streak(2, 2, 2)),
    "a studied day of a vacation counts": ("xvxvx", "2026-11-10", Streak(3, 3, 2)),
    "leap day is a day": ("xxx", "2028-02-28", Streak(3, 3, 2)),
    "over New Year": ("xx.x", "2026-12-30", Streak(3, 3, 1)),
}


@pytest.mark.parametrize(("days", "first", "expected"), ROWS.values(), ids=ROWS)
def test_a_row_of_days_is(days: str, first: str, expected: Streak) -> None:
    dates = [date.fromisoformat(first) + timedelta(days=n) for n in range(len(days))]
    active = {day for day, sign in zip(dates, days, strict=True) if sign == "x"}
    excused = {day for day, sign in zip(dates, days, strict=True) if sign == "v"}
    assert streak(active, excused, dates[-1]) == expected


def test_who_flew_west_over_the_date_line_keeps_the_day_they_studied() -> None:
    days = {date(2026, 11, 24), date(2026, 11, 25)}  # in Auckland it was the 25th already
    assert streak(days, set(), date(2026, 11, 24)) == Streak(2, 2, 2)
    assert streak({date(2026, 11, 25)}, set(), date(2026, 11, 24)) == Streak(1, 1, 2)


def test_who_flew_east_loses_a_date_and_no_streak() -> None:
    days = {date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25)}
    assert streak(days, {date(2026, 11, 24)}, date(2026, 11, 25)) == Streak(3, 3, 2)
