"""`simulate`: what a setting comes to over a year, for a learner who forgets as people do."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot import knowledge
from bot.core.content.library import Library
from bot.core.memory.card import Card, Rating, rate, retrievability, review
from bot.core.memory.selection import Because, Need, Reason, choose
from bot.core.memory.statistics import RECALL_FROM_DAYS
from bot.settings import Settings

START = date(2026, 1, 1)
KNOWS_NEW = 0.5
"""How often a question that was never asked is answered right: interviews ask what people have met before."""
SPREAD = 0.2
"""Standard deviation of the logarithm of how much longer or shorter a memory lasts than FSRS expects."""
MONTH = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "A learner who forgets takes every question that the schedule would bring. "
        "Memory fades by FSRS's curve, each question's a little faster or slower than expected."
    )
    parser.epilog = "example: tutor simulate --days 365 --seed 1 --per-day 3"
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--days", type=int, default=365, help="how long, in days (default 365)")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (default 1)")
    parser.add_argument("--per-day", type=int, default=3, help="questions a day, 1-5 (default 3)")
    parser.add_argument("--retention", type=float, default=0.9, help="desired retention, 0.8-0.97 (default 0.9)")
    parser.add_argument("--away", type=int, default=0, help="a holiday of so many days in the middle (default 0)")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated.

    Attributes:
        seed: of the random numbers.
        per_day: questions a day, 1-5.
        retention: the desired one, 0.8-0.97.
        away: a holiday of so many days in the middle.
    """

    days: int
    seed: int
    per_day: int = 3
    retention: float = 0.9
    away: int = 0


@dataclass
class Course:
    """One simulated learner.

    Attributes:
        a_day: questions of each day.
        recalls: (month, was right) of every answer after two days or more.
        seen: questions seen by the end of each month.
    """

    library: Library
    per_day: int
    retention: float
    rng: random.Random
    cards: dict[str, Card] = field(default_factory=dict)
    lasting: dict[str, float] = field(default_factory=dict)
    a_day: Counter[int] = field(default_factory=Counter)
    recalls: list[tuple[int, bool]] = field(default_factory=list)
    reasons: Counter[Because] = field(default_factory=Counter)
    seen: dict[int, int] = field(default_factory=dict)

    def study(self, number: int) -> None:
        """Live through one day."""
        day = START + timedelta(days=number)
        need = Need(day)
        while len(need.asked) < self.per_day:
            chosen = choose(list(self.cards.values()), self.library, need)
            if chosen is None:
                break
            self._answer(chosen.question.id, day, number)
            self.reasons[chosen.reason.because] += 1
            need = replace(
                need, asked=(*need.asked, chosen.question.id), new_left=need.new_left - _was_new(chosen.reason)
            )
        self.a_day[number] = len(need.asked)
        self.seen[number // MONTH] = len(self.cards)

    def _answer(self, question_id: str, day: date, number: int) -> None:
        card = self.cards.get(question_id)
        is_right = self.rng.random() < (KNOWS_NEW if card is None else self._known(card, day))
        if card and (day - card.last_review).days >= RECALL_FROM_DAYS:
            self.recalls.append((number // MONTH, is_right))
        rating = rate(has_passed=is_right, had_help=False)
        self.cards[question_id] = review(card, question_id, Rating(rating), day, self.retention)

    def _known(self, card: Card, day: date) -> float:
        """Return how likely a memory is still there: the curve of FSRS, on this question's own clock."""
        lasts = self.lasting.setdefault(card.question_id, self.rng.lognormvariate(0, SPREAD))
        return retrievability(replace(card, stability=card.stability * lasts), day)


def _was_new(reason: Reason) -> int:
    return reason.because in (Because.NEW, Because.WEAK, Because.LOOKED_UP)


def simulate(library: Library, plan: Plan) -> Course:
    """Simulate a learner; the same plan gives the same course."""
    course = Course(library, plan.per_day, plan.retention, random.Random(plan.seed))  # noqa: S311  no secret
    holiday = range((plan.days - plan.away) // 2, (plan.days + plan.away) // 2)
    for number in range(plan.days):
        if number not in holiday:
            course.study(number)
    return course


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the course month by month, and what it comes to."""
    library = knowledge.load_library(settings)
    course = simulate(library, Plan(args.days, args.seed, args.per_day, args.retention, args.away))
    print(f"{'month':>5} {'questions':>9} {'recalled':>9} {'seen':>5}")
    for month in sorted(course.seen):
        asked = sum(count for number, count in course.a_day.items() if number // MONTH == month)
        print(f"{month + 1:5} {asked:9} {_share(course, month):>9} {course.seen[month]:5}")
    total = len(library.questions)
    rights = [is_right for _, is_right in course.recalls]
    recalled = f"{_percent(rights)} of {len(rights)}"
    print(f"retention after {RECALL_FROM_DAYS} days or more: {recalled}, wanted {args.retention:.0%}")
    print(f"most questions on one day: {max(course.a_day.values(), default=0)} of {args.per_day}")
    print(f"seen: {len(course.cards)} of {total} questions ({len(course.cards) / total:.0%})")
    print("why: " + ", ".join(f"{because} {count}" for because, count in course.reasons.most_common()))
    return 0


def _share(course: Course, month: int) -> str:
    return _percent([is_right for when, is_right in course.recalls if when == month])


def _percent(rights: list[bool]) -> str:
    return f"{sum(rights) / len(rights):.1%}" if rights else "-"
