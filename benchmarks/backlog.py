"""After a holiday: in which order a backlog is best asked. Simulated learners, the same eight for every order.

    python -m benchmarks.backlog

Figures are means over eight years, and in brackets how they differ from the order in use, with the standard error of
that difference. "known" is how many questions would be answered right if all that were ever asked were asked that day.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from bot import knowledge, settings
from bot.cli.evaluate.simulate import START, Course
from bot.core.content.library import Library
from bot.core.memory import selection
from bot.core.memory.card import Card, retrievability

SEEDS = range(1, 9)
DAYS = 365
HOLIDAYS = ((3, 30), (3, 90), (5, 60))
"""Questions a day, and days away in the middle of the year."""
AFTER = (30, 90)
"""Days after the return at which is looked."""
Order = Callable[[Card, date], float]


def least_likely(card: Card, day: date) -> float:
    """The order in use."""
    return retrievability(card, day)


def most_likely(card: Card, day: date) -> float:
    """What Anki calls descending retrievability."""
    return -retrievability(card, day)


def most_overdue(card: Card, day: date) -> float:
    """What waited longest, measured by its own interval."""
    return -(day - card.last_review).days / max(1, (card.due - card.last_review).days)


def easiest(card: Card, _: date) -> float:
    """Lowest difficulty first."""
    return card.difficulty


ORDERS: Mapping[str, tuple[Order, int]] = {
    "least likely remembered first": (least_likely, 0),
    "most likely first": (most_likely, 0),
    "most likely first, over 5 days' worth": (most_likely, 5),
    "most likely first, over 10 days' worth": (most_likely, 10),
    "most overdue first, over 5 days' worth": (most_overdue, 5),
    "easiest first, over 5 days' worth": (easiest, 5),
}


def ask_by(order: Order, days_worth: int, per_day: int) -> None:
    """Ask what is due in an order, where it is more than so many days' worth."""

    def due_cards(self: selection._Choice) -> list[Card]:
        day = self.need.day
        backlog = sum(card.due <= day and not card.is_retired for card in self.cards.values())
        key = order if backlog > days_worth * per_day else least_likely
        due = (card for card in self.ready() if card.due <= day)
        return sorted(due, key=lambda card: (key(card, day), card.question_id))

    selection._Choice.due_cards = due_cards  # type: ignore[method-assign]  # noqa: SLF001


def year(library: Library, seed: int, per_day: int, away: int) -> dict[str, float]:
    """Return what came of one year."""
    course = Course(library, per_day, 0.9, Random(seed))
    leaves = (DAYS - away) // 2
    back, before, found = leaves + away, 0, dict[str, float]()
    for number in (*range(leaves), *range(back, DAYS)):
        if number == back:
            before, day = len(course.recalls), START + timedelta(days=number)
            found["due at the return"] = sum(card.due <= day for card in course.cards.values())
        course.study(number)
        if number - back in AFTER:
            rights = [is_right for _, is_right in course.recalls[before:]]
            found[f"% right in {number - back} days"] = 100 * sum(rights) / len(rights)
            found[f"known after {number - back}"] = known(course, number)
    return found | {"known after the year": known(course, DAYS)}


def known(course: Course, number: int) -> float:
    """Return how many questions a learner would answer right on a day."""
    day = START + timedelta(days=number)
    return sum(course._known(card, day) for card in course.cards.values())  # noqa: SLF001  the learner's own memory


def main() -> None:
    """Print a table for each holiday."""
    library = knowledge.load_library(settings.load())
    for per_day, away in HOLIDAYS:
        print(f"{per_day} a day, {away} days away")
        ours: list[dict[str, float]] = []
        for name, (order, days_worth) in ORDERS.items():
            ask_by(order, days_worth, per_day)
            years = [year(library, seed, per_day, away) for seed in SEEDS]
            ours = ours or years
            print(f"  {name:40}" + ", ".join(told(key, years, ours) for key in years[0]))


def told(key: str, years: list[dict[str, float]], ours: list[dict[str, float]]) -> str:
    """Say one figure, and how it differs."""
    mean = f"{key} {statistics.mean(one[key] for one in years):.1f}"
    differences = [one[key] - other[key] for one, other in zip(years, ours, strict=True)]
    error = statistics.stdev(differences) / len(differences) ** 0.5
    return f"{mean} ({statistics.mean(differences):+.1f} ± {error:.1f})" if error else mean


if __name__ == "__main__":
    main()
