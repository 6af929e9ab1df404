"""Planning backwards from an exam: what will be seen, what will not, and what to look at on the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    mine = _wanted(library, need)
    seen = {library.questions[c.question_id].concept_id for c in cards if c.question_id in library.questions}
    unseen = _in_turn([concept for concept in mine if concept.id not in seen])
    learning_days = int(max(0, days - FINAL_DAYS + 1) * share_of_days)
    most = max(1, a_day - 1)
    new_a_day = min(most, ceil(len(unseen) / learning_days)) if learning_days else 0
    reached = unseen[: new_a_day * learning_days]
    covered = tuple(concept for concept in mine if concept.id in seen or concept in reached)
    exam = need.exam
    known = [card for card in cards if card.question_id in library.questions and not card.is_retired]
    shaky = sorted((retrievability(card, exam), card.question_id) for card in known)
    last_day = tuple(question_id for sure, question_id in shaky if sure < SURE)[:LAST_DAY_ITEMS]
    return ExamPlan(days, new_a_day, covered, tuple(unseen[len(reached) :]), last_day)


def _wanted(library: Library, need: Need) -> list[Concept]:
    """Return the concepts that have a question of the wanted difficulty, of the wanted topics."""
    low, high = need.difficulty
    return [
        concept
        for concept in library.concepts
        if (not need.topics or concept.topic_id in need.topics)
        and any(low <= question.difficulty <= high for question in concept.questions)
    ]


def _in_turn(concepts: Sequence[Concept]) -> list[Concept]:
    """Return concepts in such an order that every topic is equally far at any time."""
    topics: dict[str, list[Concept]] = {}
    for concept in concepts:
        topics.setdefault(concept.topic_id, []).append(concept)
    places = {c.id: (place + 1) / len(mine) for mine in topics.values() for place, c in enumerate(mine)}
    return sorted(concepts, key=lambda concept: places[concept.id])
