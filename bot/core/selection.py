"""Which question comes next, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.library import Library, Question
from bot.core.scheduling import Card, retrievability


class Because(StrEnum):
    """Why a question was chosen."""

    DUE = "due"
    LAPSED = "lapsed"
    NEW = "new"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was chosen, with the numbers that its sentence needs.

    Attributes:
        because: the kind of reason.
        days: days since the last review, for DUE, LAPSED and AHEAD.
        place: which new question of its topic this is, from 1, for NEW.
        total: how many questions the topic has, for NEW.
    """

    because: Because
    days: int = 0
    place: int = 0
    total: int = 0

    def __str__(self) -> str:
        """Write the reason as the store keeps it."""
        return f"{self.because} {self.days} {self.place} {self.total}"

    @classmethod
    def read(cls, text: str) -> Reason | None:
        """Read what `str` wrote; None for "" or anything else."""
        parts = text.split()
        if len(parts) != 4 or parts[0] not in list(Because) or not all(part.isdigit() for part in parts[1:]):
            return None
        return cls(Because(parts[0]), *map(int, parts[1:]))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question and why it was chosen."""

    question: Question
    reason: Reason


def choose(
    cards: Sequence[Card],
    library: Library,
    day: date,
    *,
    asked: Collection[str] = (),
    topics: Collection[str] = (),
) -> Chosen | None:
    """Choose the next question: what is due, least likely remembered first; then new; then what is due next.

    Args:
        cards: the learner's memory.
        library: what there is to ask.
        day: the study day.
        asked: question ids already asked today; no question of their concepts is chosen.
        topics: topic ids to draw from; empty for all.

    Returns:
        The choice, or None where nothing is left for today.
    """
    done = {library.questions[q].concept_id for q in asked if q in library.questions}

    def is_open(question: Question) -> bool:
        concept = library.by_id[question.concept_id]
        return question.concept_id not in done and (not topics or concept.topic_id in topics)

    known = [card for card in cards if card.question_id in library.questions]
    ready = [card for card in known if is_open(library.questions[card.question_id])]
    due = [card for card in ready if card.due <= day]
    if due:
        return _again(min(due, key=lambda card: (retrievability(card, day), card.question_id)), library, day)
    seen = {card.question_id for card in known}
    fresh = next((q for q in in_curriculum_order(library) if q.id not in seen and is_open(q)), None)
    if fresh:
        return Chosen(fresh, _as_new(fresh, seen, library))
    if ready:
        card = min(ready, key=lambda card: (card.due, card.question_id))
        return Chosen(library.questions[card.question_id], Reason(Because.AHEAD, (day - card.last_review).days))
    return None


def in_curriculum_order(library: Library) -> Iterator[Question]:
    """Yield every question: the first of each concept in the order of study, then the second, and so on."""
    rounds = max((len(concept.questions) for concept in library.concepts), default=0)
    for number in range(rounds):
        for concept in library.concepts:
            if number < len(concept.questions):
                yield concept.questions[number]


def _again(card: Card, library: Library, day: date) -> Chosen:
    because = Because.LAPSED if card.has_failed else Because.DUE
    return Chosen(library.questions[card.question_id], Reason(because, (day - card.last_review).days))


def _as_new(question: Question, seen: Collection[str], library: Library) -> Reason:
    topic_id = library.by_id[question.concept_id].topic_id
    of_topic = [q.id for concept in library.of_topic(topic_id) for q in concept.questions]
    place = sum(question_id in seen for question_id in of_topic) + 1
    return Reason(Because.NEW, place=place, total=len(of_topic))
