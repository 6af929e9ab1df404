"""Planning backwards from an exam: what will be seen, what will not, and what to look at on the last day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.core.content.library import Concept, Library
from bot.core.memory.card import Card, retrievability
from bot.core.memory.selection import FINAL_DAYS, Need

SURE = 0.9
"""What is expected to be known less surely than this on the day goes onto the last day's list."""
LAST_DAY_ITEMS = 10


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """What stands between now and the exam.

    Attributes:
        days: days until the exam, 0 on its day.
        new_a_day: new questions a day from now until the last week.
        covered: concepts that were seen or will be.
        uncovered: concepts for which the time is too short.
        last_day: ids of known questions, the least sure on the day first.
    """

    days: int
    new_a_day: int
    covered: tuple[Concept, ...]
    uncovered: tuple[Concept, ...]
    last_day: tuple[str, ...]


def plan(
    cards: Sequence[Card], library: Library, need: Need, a_day: int, share_of_days: float = 1.0
) -> ExamPlan | None:
    """Plan until the exam of a need; None where none is ahead.

    Args:
        cards: the learner's memory.
        library: what there is to learn.
        need: the day, the exam, the topics and the difficulty.
        a_day: questions asked a day. One of several stays free for repetition.
        share_of_days: how many of all days bring questions, 0-1.
    """
    days = need.days_to_exam
    if days is None or need.exam is None:
        return None
    known = [card for card in cards if card.question_id in library.questions]
    seen = {library.questions[card.question_id].concept_id for card in known}
    mine = _wanted(library, need)
    unseen = _unseen(mine, seen)
    learning_days = int(max(0, days - FINAL_DAYS + 1) * share_of_days)
    new_a_day = min(max(1, a_day - 1), ceil(len(unseen) / learning_days)) if learning_days else 0
    uncovered = tuple(unseen[new_a_day * learning_days :])
    covered = tuple(concept for concept in mine if concept not in uncovered)
    return ExamPlan(days, new_a_day, covered, uncovered, _last_day(known, need.exam))


def _last_day(known: Sequence[Card], exam: date) -> tuple[str, ...]:
    """Return the questions that will be known least surely on the day of the exam, the worst first."""
    shaky = sorted((retrievability(card, exam), card.question_id) for card in known if not card.is_retired)
    return tuple(question_id for sure, question_id in shaky if sure < SURE)[:LAST_DAY_ITEMS]


def _wanted(library: Library, need: Need) -> list[Concept]:
    """Return the concepts that have a question of the wanted difficulty, of the wanted topics."""
    low, high = need.difficulty
    return [
        concept
        for concept in library.concepts
        if (not need.topics or concept.topic_id in need.topics)
        and any(low <= question.difficulty <= high for question in concept.questions)
    ]


def _unseen(concepts: Sequence[Concept], seen: Collection[str]) -> list[Concept]:
    """Return the concepts not seen yet, in such an order that every topic is equally far at any time."""
    unseen = [concept for concept in concepts if concept.id not in seen]
    topics: dict[str, list[Concept]] = {}
    for concept in unseen:
        topics.setdefault(concept.topic_id, []).append(concept)
    places = {c.id: (place + 1) / len(mine) for mine in topics.values() for place, c in enumerate(mine)}
    return sorted(unseen, key=lambda concept: places[concept.id])
