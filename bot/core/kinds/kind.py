"""What every kind of question has and can do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from bot.core.chat.messages import Quiz
from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.rubric import KeyPoint, Overlay, Rubric
from bot.core.kinds.form import Form, Misfit

LETTERS = "ABCDEFGHIJ"
"""Labels of what is listed under a prompt."""


class AnsweredBy(StrEnum):
    """What a learner sends."""

    LETTER = "letter"
    WORDS = "words"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that must not pass, and the kind of mistake it makes (swapped, negated, list, ...)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind(ABC):
    """Something to ask about a concept: what questions of all kinds have. A kind adds its own fields, by keyword.

    Attributes:
        kind: the kind's name in content files and stored rubrics, for ever.
        how: key of the sentence that tells how to answer.
        answered_by: what is sent as an answer; a poll and a round of letters ask what is answered by a letter.
        is_small: easy enough to be asked before a leech is tried again.
        has_wording: answers have a wording of one's own, which is worth showing to others.
        form: what is written in a file, where that is not the kind's own fields.
        id: "concept/question", for ever.
        difficulty: 1 (recall) to 5 (hard).
        rubric: the key points that an author wrote, for the kinds that are marked by points.
        model: answers that earn the whole mark.
        wrong: answers that must not pass.
    """

    kind: ClassVar[str]
    how: ClassVar[str]
    answered_by: ClassVar[AnsweredBy]
    is_small: ClassVar[bool] = False
    has_wording: ClassVar[bool] = False
    form: ClassVar[type[Form] | None] = None

    id: str
    concept_id: str
    prompt: str
    difficulty: int = 2
    hint: str = ""
    rubric: Rubric | None = None
    model: tuple[str, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()
    path: str = ""
    line: int = 1

    # --- how it is graded --------------------------------------------------------------------------

    @abstractmethod
    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Grade an answer."""

    def looks_like_answer(self, text: str, grader: Grader) -> bool:
        """Tell whether a text says anything about what is asked, rightly or wrongly."""
        grade = self.grade(text, grader)
        is_said = any(mark.verdict is not Verdict.MISSED for mark in grade.points)
        return is_said and grade.reason not in ("blank", "echo")

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """The key points that an author wrote."""
        return self.rubric.points if self.rubric else ()

    def accepting(self, phrases: Overlay) -> Self:
        """Return the question with key points that also accept these phrases, by point id."""
        return replace(self, rubric=self.rubric.accepting(phrases)) if self.rubric else self

    # --- how it is shown ---------------------------------------------------------------------------

    @property
    def listed(self) -> tuple[str, ...]:
        """What is listed by letter under the prompt, in the order in which it is shown."""
        return ()

    @property
    def quiz(self) -> Quiz | None:
        """The question as a poll, with what explains its right option; None where it can be none."""
        return None

    @property
    @abstractmethod
    def model_answer(self) -> str:
        """One answer that earns the whole mark; "" where none is known."""

    # --- what its author may have done wrong -------------------------------------------------------

    def misfits(self) -> Iterator[Misfit]:
        """Yield what does not fit together in its fields."""
        yield from ()

    def faults(self, grader: Grader) -> Iterator[tuple[str, str]]:  # noqa: ARG002  most kinds cannot be graded wrongly
        """Yield (what is wrong, how to mend it), found by grading the author's own answers."""
        yield from ()


def missed(points: Iterable[KeyPoint]) -> tuple[PointMark, ...]:
    """Return the marks of an answer that says nothing of any point."""
    return tuple(PointMark(point.id, point.says, Verdict.MISSED, None, point.weight) for point in points)
