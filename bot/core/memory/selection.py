"""Which question comes next, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property

from bot.core.content.library import Library, Question
from bot.core.memory.card import Card, retrievability
from bot.core.scheduling.schedule import ANY_DIFFICULTY

LEECH_LAPSES = 4
"""A question forgotten this often comes back as a smaller one."""
STABLE_DAYS = 21.0
"""From this stability on, concepts that are easily confused may meet on one day."""
WEAK_SHARE = 0.4
"""A topic is weak where at least this share of its cards was failed last..."""
WEAK_CARDS = 5
"""...of at least so many."""
FINAL_DAYS = 7
"""So long before an exam nothing new is begun: what was learnt is brought up to that day."""
_REASON = re.compile(r"([a-z-]+) (\d+) (\d+) (\d+)(?: (\S+))?")


class Because(StrEnum):
    """Why a question was chosen."""

    DUE = "due"
    LAPSED = "lapsed"
    LEECH = "leech"
    """A smaller question in place of one that was forgotten again and again."""
    CONTRAST = "contrast"
    """Beside a concept asked today that it is easily confused with."""
    LOOKED_UP = "looked-up"
    WEAK = "weak"
    NEW = "new"
    EXAM = "exam"
    AHEAD = "ahead"
    GROUP_DUE = "group-due"
    """In a group: due for some of its members."""
    GROUP_NEW = "group-new"
    GROUP_PARTLY = "group-partly"
    """In a group: due for nobody, new to some."""


_KINDS = {because.value: because for because in Because}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was chosen, with what its sentence needs.

    Attributes:
        because: the kind of reason.
        days: days since the last review; until the exam for EXAM.
        place: which new question of its topic this is, from 1; how many members it is due for or new to, for
            GROUP_DUE and GROUP_PARTLY.
        total: how many questions the topic has; how many members are active, for those two.
        concept_id: the other concept, for CONTRAST and LEECH.
    """

    because: Because
    days: int = 0
    place: int = 0
    total: int = 0
    concept_id: str = "-"

    def __str__(self) -> str:
        """Write the reason as the store keeps it."""
        return f"{self.because} {self.days} {self.place} {self.total} {self.concept_id}"

    @classmethod
    def read(cls, text: str) -> Reason | None:
        """Read what `str` wrote; None for "" or anything else."""
        match = _REASON.fullmatch(text)
        if match is None or match[1] not in _KINDS:
            return None
        return cls(_KINDS[match[1]], int(match[2]), int(match[3]), int(match[4]), match[5] or "-")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question and why it was chosen."""

    question: Question
    reason: Reason


@dataclass(frozen=True, slots=True)
class Need:
    """What a learner wants and has had today.

    Attributes:
        day: the study day.
        asked: ids of the questions that were asked today.
        new_left: how many questions may still be new today.
        topics: topic ids to draw from; empty for all.
        difficulty: lowest and highest, 1-5.
        looked_up: ids of concepts that were asked about, the latest first.
        exam: the day that recall should peak on; None for none.
        may_go_ahead: where nothing is due or new, what is due next will do.
    """

    day: date
    asked: tuple[str, ...] = ()
    new_left: int = 1
    topics: tuple[str, ...] = ()
    difficulty: tuple[int, int] = ANY_DIFFICULTY
    looked_up: tuple[str, ...] = ()
    exam: date | None = None
    may_go_ahead: bool = False

    @property
    def days_to_exam(self) -> int | None:
        """Days until the exam, 0 on its day; None where none is ahead."""
        days = (self.exam - self.day).days if self.exam else -1
        return days if days >= 0 else None


def choose(cards: Sequence[Card], library: Library, need: Need) -> Chosen | None:
    """Choose the next question: what is due; then, within what may be new today, what was looked up, weak or next.

    Questions of one concept never share a day, nor do concepts that are easily confused, until both are stable.

    Args:
        cards: the learner's memory.
        library: what there is to ask.
        need: what is wanted.

    Returns:
        The choice, or None where nothing is left for today.
    """
    return _Choice(cards, library, need).make()


def next_due(cards: Sequence[Card], library: Library, need: Need) -> date | None:
    """Return the first day after this one on which something that is wanted is due; None where nothing was learnt."""
    wanted = _Choice(cards, library, replace(need, asked=())).ready()
    tomorrow = need.day + timedelta(days=1)
    return min((max(card.due, tomorrow) for card in wanted), default=None)


class _Choice:
    """One choice: the cards sorted out against what is needed."""

    def __init__(self, cards: Sequence[Card], library: Library, need: Need) -> None:
        self.library, self.need = library, need
        self.cards = {card.question_id: card for card in cards if card.question_id in library.questions}
        self.done = {library.questions[q].concept_id for q in need.asked if q in library.questions}

    def make(self) -> Chosen | None:
        is_final = self.need.days_to_exam is not None and self.need.days_to_exam < FINAL_DAYS
        steps = (self.for_exam,) if is_final else (self.contrast, self.due, self.new)
        found = next((chosen for step in steps if (chosen := step())), None)
        return found or (self.ahead() if self.need.may_go_ahead else None)

    # --- what can be asked ---------------------------------------------------------------------

    def is_wanted(self, question: Question) -> bool:
        """Tell whether a question fits the topics, the difficulty and what was asked today."""
        topic_id = self.library.by_id[question.concept_id].topic_id
        low, high = self.need.difficulty
        return (
            question.concept_id not in self.done
            and (not self.need.topics or topic_id in self.need.topics)
            and low <= question.difficulty <= high
        )

    def rivals(self, concept_id: str) -> frozenset[str]:
        """Return the concepts asked today that a concept is easily confused with."""
        return self.library.confusable[concept_id] & self.done

    def is_stable(self, concept_id: str) -> bool:
        """Tell whether everything learnt of a concept is remembered for long."""
        known = [card.stability for q, card in self.cards.items() if self.library.questions[q].concept_id == concept_id]
        return bool(known) and min(known) >= STABLE_DAYS

    def may_join(self, concept_id: str) -> bool:
        """Tell whether a concept may share the day with what was asked already."""
        rivals = self.rivals(concept_id)
        return not rivals or all(self.is_stable(each) for each in (concept_id, *rivals))

    def ready(self) -> list[Card]:
        """Return the cards that could be asked, due or not."""
        questions = self.library.questions
        return [c for c in self.cards.values() if not c.is_retired and self.is_wanted(questions[c.question_id])]

    # --- the steps -----------------------------------------------------------------------------

    @cached_property
    def due_cards(self) -> list[Card]:
        """What is due, the least likely remembered first."""
        due = [card for card in self.ready() if card.due <= self.need.day]
        return sorted(due, key=lambda card: (retrievability(card, self.need.day), card.question_id))

    def contrast(self) -> Chosen | None:
        """Choose what is due and easily confused with something asked today, where both are stable."""
        for card in self.due_cards:
            concept_id = self.library.questions[card.question_id].concept_id
            rivals = self.rivals(concept_id)
            if rivals and self.may_join(concept_id):
                return self._of(card, Because.CONTRAST, min(rivals))
        return None

    def due(self) -> Chosen | None:
        """Choose what is due; in place of a leech, a smaller question of the same concept."""
        for card in self.due_cards:
            if not self.may_join(self.library.questions[card.question_id].concept_id):
                continue
            smaller = self.smaller(card)
            if smaller:
                return Chosen(smaller, Reason(Because.LEECH, self._age(card), concept_id=smaller.concept_id))
            return self._of(card, Because.LAPSED if card.has_failed else Because.DUE)
        return None

    def smaller(self, card: Card) -> Question | None:
        """Return what to ask before a leech is tried again: a choice or cloze of its concept, or the wider concept."""
        if card.lapses < LEECH_LAPSES or not card.has_failed:
            return None
        options = self._below(self.library.questions[card.question_id])
        return next((q for q in options if self.is_wanted(q) and not self._was_passed_since(q, card)), None)

    def _below(self, leech: Question) -> Sequence[Question]:
        concept = self.library.by_id[leech.concept_id]
        small = [q for q in concept.questions if q.is_small]
        wider = self.library.by_id.get(concept.part_of)
        return [q for q in small if q.id != leech.id] or (wider.questions[:1] if wider else ())

    def _was_passed_since(self, question: Question, card: Card) -> bool:
        other = self.cards.get(question.id)
        return other is not None and other.last_review > card.last_review and not other.has_failed

    def new(self) -> Chosen | None:
        """Choose something that was never asked, where that is still wanted today."""
        if self.need.new_left <= 0:
            return None
        return self._looked_up() or self._weak() or self._next()

    def _fresh(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Yield of some questions those that may be asked for the first time."""
        return (q for q in questions if q.id not in self.cards and self.is_wanted(q) and self.may_join(q.concept_id))

    def _looked_up(self) -> Chosen | None:
        concepts = [c for id_ in self.need.looked_up if (c := self.library.by_id.get(id_)) and c.id == id_]
        quizzed = {self.library.questions[q].concept_id for q in self.cards} if concepts else ()
        unquizzed = (q for concept in concepts if concept.id not in quizzed for q in concept.questions)
        return self._as_new(next(self._fresh(unquizzed), None), Because.LOOKED_UP)

    def _weak(self) -> Chosen | None:
        topics = Counter(map(self._topic_of, self.cards))
        failed = Counter(self._topic_of(card.question_id) for card in self.cards.values() if card.has_failed)
        weak = {topic_id for topic_id, n in topics.items() if n >= WEAK_CARDS and failed[topic_id] >= WEAK_SHARE * n}
        questions = (q for q in self.library.in_curriculum_order if self._topic_of(q.id) in weak) if weak else ()
        return self._as_new(next(self._fresh(questions), None), Because.WEAK)

    def _next(self) -> Chosen | None:
        fresh = self._fresh(self.library.in_curriculum_order)
        if self.need.days_to_exam is not None:
            share_seen = cache(self._share_seen)
            fresh = iter(sorted(fresh, key=lambda q: share_seen(self._topic_of(q.id))))
        return self._as_new(next(fresh, None), Because.NEW)

    def _share_seen(self, topic_id: str) -> float:
        """Return how much of a topic was asked, 0-1: before an exam every topic gets its part."""
        asked = [any(q.id in self.cards for q in c.questions) for c in self.library.of_topic(topic_id) if c.questions]
        return sum(asked) / len(asked)

    def for_exam(self) -> Chosen | None:
        """Choose what would be remembered least on the day of the exam, due or not."""
        exam = self.need.exam or self.need.day
        waiting = (card for card in self.ready() if card.last_review < self.need.day)
        worst = min(waiting, key=lambda card: (retrievability(card, exam), card.question_id), default=None)
        reason = Reason(Because.EXAM, (exam - self.need.day).days)
        return Chosen(self.library.questions[worst.question_id], reason) if worst else None

    def ahead(self) -> Chosen | None:
        """Choose what is due next, before its time."""
        card = min(self.ready(), key=lambda card: (card.due, card.question_id), default=None)
        return self._of(card, Because.AHEAD) if card else None

    # --- reasons -------------------------------------------------------------------------------

    def _topic_of(self, question_id: str) -> str:
        return self.library.by_id[self.library.questions[question_id].concept_id].topic_id

    def _age(self, card: Card) -> int:
        return max(0, (self.need.day - card.last_review).days)

    def _of(self, card: Card, because: Because, concept_id: str = "-") -> Chosen:
        return Chosen(self.library.questions[card.question_id], Reason(because, self._age(card), concept_id=concept_id))

    def _as_new(self, question: Question | None, because: Because) -> Chosen | None:
        if question is None:
            return None
        of_topic = self.library.questions_by_topic[self._topic_of(question.id)]
        place = sum(q in self.cards for q in of_topic) + 1
        return Chosen(question, Reason(because, place=place, total=len(of_topic)))
