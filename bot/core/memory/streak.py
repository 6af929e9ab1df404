"""Days of study in a row: one real attempt a study day, with a few days a month that may be missed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

FREEZES_A_MONTH = 2
"""So many missed days of a calendar month break no streak."""


@dataclass(frozen=True, slots=True)
class Streak:
    """How long somebody has studied without a break.

    Attributes:
        days: study days with an attempt in the current row; 0 where it is broken.
        longest: the longest row so far.
        freezes_left: days that may still be missed this month.
    """

    days: int
    longest: int
    freezes_left: int


def streak(active: Collection[date], excused: Collection[date], today: date) -> Streak:
    """Reckon the streak as it stands on a study day.

    A day without an attempt uses one of the month's freezes, unless it is excused (vacation, travel, a push
    of ours that failed). Today counts when it is active and is not missed yet when it is not.

    Args:
        active: study days with a real attempt.
        excused: days that cannot break it.
        today: the study day now.
    """
    days = longest = 0
    used: dict[tuple[int, int], int] = {}
    day = min(active, default=today)
    last = max(today, max(active, default=today))  # who flew west may have studied tomorrow already
    while day <= last:
        month = (day.year, day.month)
        if day in active:
            days += 1
        elif day not in excused and day < today and days:
            used[month] = used.get(month, 0) + 1
            days = days if used[month] <= FREEZES_A_MONTH else 0
        longest = max(longest, days)
        day += timedelta(days=1)
    left = FREEZES_A_MONTH - used.get((today.year, today.month), 0)
    return Streak(days, longest, max(0, left))
