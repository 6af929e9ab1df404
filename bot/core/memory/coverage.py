"""How much of the pack a setting covers: what the simulated learner saw, by questions a day."""

from typing import Final

SEEN: Final[tuple[tuple[int, int], ...]] = ((0, 0), (18, 42), (31, 76), (44, 107), (55, 141), (62, 175))
"""Questions seen after 90 and after 365 days at 0-5 questions a day, at most one of them new.

Means of three seeds of `simulate` over the shipped pack at a retention of 0.9; a test repeats one of them.
"""


def expected(a_day: float) -> tuple[int, int]:
    """Return how many questions are seen after 90 and 365 days, on average.

    Args:
        a_day: questions a day, the mean over a week; beyond five it goes on as from four to five.
    """
    low = min(int(a_day), len(SEEN) - 2)
    share = a_day - low
    quarter, year = (a + share * (b - a) for a, b in zip(SEEN[low], SEEN[low + 1], strict=True))
    return round(quarter), round(year)
