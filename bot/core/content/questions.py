"""What is asked and how it is marked: questions of five kinds, rubrics and their key points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered and graded."""

    OPEN = "open"
    NUMERIC = "numeric"
    CHOICE = "choice"
    CLOZE = "cloze"
    ORDERING = "ordering"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a good answer says.

    Attributes:
        id: ASCII word, unique in its question.
        says: the point as a sentence; learners see it.
        weight: share of the mark, any positive number.
        accept: phrases any one of which states the point; ` / ` means or, ` + ` means and within a clause.
        contradict: phrases that state its opposite.
        of: what the clause must be about (a subject such as "soft-nms"); "" for anything.
    """

    id: str
    says: str
    weight: float
    accept: tuple[str, ...]
    contradict: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """How an open answer is marked.

    Attributes:
        points: in the order learners see them.
        full: the share of the weight that already earns the whole mark, in (0, 1].
        contrast: groups of point ids whose subjects are easily swapped.
    """

    points: tuple[KeyPoint, ...]
    full: float = 1.0
    contrast: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """A value that earns part of the mark, and why it is not the whole."""

    value: str
    fraction: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class NumericKey:
    """How a numeric or formula answer is marked.

    Attributes:
        answer: the exact value or formula, as an author writes it: "8/53", "1-(1-p)^3".
        also: other exact values that are right as well (another convention).
        tolerance: largest absolute difference still right; 0 means exact up to rounding of what was written.
        partial: values that earn part of the mark.
        about: phrases for what the number is of; "" in none.
        not_about: phrases that turn the number into that of something else.
        variables: letters that a formula may contain.
        weight: weight of the value beside the key points of the question's rubric, if it has one.
    """

    answer: str
    also: tuple[str, ...] = ()
    tolerance: float = 0.0
    partial: tuple[PartialAnswer, ...] = ()
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question and why it is right or wrong."""

    text: str
    is_right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that must not pass, and the kind of mistake it makes (swapped, negated, list, ...)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask about a concept.

    Attributes:
        id: "concept/question", for ever.
        difficulty: 1 (recall) to 5 (hard).
        rubric: for open questions; for numeric ones the points that the working must name, if any;
            None where key points are to be derived from `reference`.
        numeric: for numeric questions.
        options: for choice questions, in the author's order.
        blanks: for cloze questions, the accepted texts of each blank in turn.
        items: for ordering questions, in the right order.
        reference: the text that key points are derived from where there is no rubric.
        model: answers that earn the whole mark.
        wrong: answers that must not pass.
    """

    id: str
    concept_id: str
    kind: QuestionKind
    prompt: str
    difficulty: int = 2
    hint: str = ""
    rubric: Rubric | None = None
    numeric: NumericKey | None = None
    options: tuple[Option, ...] = ()
    blanks: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()
    reference: str = ""
    model: tuple[str, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()
    path: str = ""
    line: int = 1
