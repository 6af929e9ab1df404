"""A question answered in the learner's own words, marked point by point."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from annotated_types import Gt, Le

from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, Verdict, fraction_of
from bot.core.grading.points.deriving import derive_rubric
from bot.core.grading.points.gates import is_blank, is_echo
from bot.core.grading.points.key_points import mark_points
from bot.core.grading.points.lists import LONGEST_NAME, LONGEST_TERM, Lists, asks_for_names, is_marked
from bot.core.grading.text.folding import content_length
from bot.core.kinds import review
from bot.core.kinds.form import Form, Id, Misfit, Points, rubric_of
from bot.core.kinds.kind import AnsweredBy, Kind, missed

LIST_CEILING = 0.25
"""What a list of terms without claims earns at most."""
NAMES_CEILING = 0.5
"""What such a list earns at most where names of methods were asked for."""


@dataclass(frozen=True, slots=True)
class OpenForm(Form):
    """Without points they are derived from the concept's text."""

    full: Annotated[float, Gt(0), Le(1)] = 1.0
    points: Points = field(default_factory=dict)
    contrast: tuple[tuple[Id, ...], ...] = ()

    def data(self) -> Mapping[str, Any]:
        """Return the rubric."""
        return {"rubric": rubric_of(self.points, self.full, self.contrast)}

    def misfits(self) -> Iterator[Misfit]:
        """Yield what is contrasted and is no point."""
        for name in (name for group in self.contrast for name in group if name not in self.points):
            yield "contrast", f"contrast names no point {name}", f"use one of {', '.join(self.points)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Kind):
    """A question answered in one's own words.

    Attributes:
        reference: the text that key points are derived from where there is no rubric.
    """

    kind: ClassVar = "open"
    how: ClassVar = "question.open"
    answered_by: ClassVar = AnsweredBy.WORDS
    has_wording: ClassVar = True
    form: ClassVar = OpenForm

    reference: str = ""

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Mark every key point; what is only a list, or one word, cannot earn everything."""
        rubric = self.rubric or derive_rubric(self.prompt, self.reference)
        folded, prompt = grader.fold(answer), grader.fold(self.prompt)
        if is_blank(folded):
            return Grade(0.0, missed(rubric.points), "blank")
        if is_echo(folded, prompt):
            return Grade(0.0, missed(rubric.points), "echo")
        reader = grader.reader(self.prompt, rubric, self.model)
        marks = mark_points(reader, reader.read(reader.repairer.mend(folded)))
        fraction = fraction_of(marks, rubric.full)
        ceiling = _list_ceiling(folded.original, prompt.text, grader.terms.lists)
        if fraction > ceiling:
            return Grade(ceiling, marks, "list")
        if content_length(folded.text) <= 2 and len(marks) > 1 and fraction > LIST_CEILING:
            return Grade(LIST_CEILING, marks, "one-word")
        is_silent = all(mark.verdict is Verdict.MISSED for mark in marks)
        return Grade(fraction, marks, "off-topic" if is_silent else "")

    @property
    def model_answer(self) -> str:
        """The first model answer, or the text that is the answer."""
        return self.model[0] if self.model else self.reference

    def faults(self, grader: Grader) -> Iterator[tuple[str, str]]:
        """Look through the rubric, and at what the author's answers earn by it."""
        yield from review.of_phrases(self.rubric)
        yield from review.of_models(self, grader)
        yield from review.of_points(self, grader)
        yield from review.of_wrong(self, grader)


def _list_ceiling(answer: str, prompt: str, lists: Lists) -> float:
    """Return what the form of an answer lets it earn at most."""
    is_of_names = asks_for_names(prompt) and is_marked(answer)
    if not lists.is_list(answer, LONGEST_NAME if is_of_names else LONGEST_TERM):
        return 1.0
    return NAMES_CEILING if is_of_names else LIST_CEILING
