"""A question answered by a number or a formula, which is compared as a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Gt, Le, Lt

from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, PointMark, Verdict, fraction_of, total_of
from bot.core.grading.points.gates import is_blank, is_question
from bot.core.grading.points.key_points import mark_points
from bot.core.grading.values.numeric import VALUE_POINT, Judgement, NumericKey, NumericReader, PartialAnswer
from bot.core.kinds import review
from bot.core.kinds.form import Form, Line, Lines, Points, rubric_of
from bot.core.kinds.kind import AnsweredBy, Kind, missed

METHOD_CEILING = 0.5
"""What a right method earns at most without the right value: no number, no pass."""


@dataclass(frozen=True, slots=True)
class PartialForm:
    """A value that earns part of the mark."""

    value: Line
    fraction: Annotated[float, Gt(0), Lt(1)]
    why: str = ""


@dataclass(frozen=True, slots=True)
class NumericForm(Form):
    """The key of the value, and points that the working must name, if any."""

    answer: Line
    also: Lines = ()
    tolerance: Annotated[float, Ge(0)] = 0.0
    partial: tuple[PartialForm, ...] = ()
    about: Lines = ()
    not_about: Lines = ()
    variables: Lines = ()
    weight: Annotated[float, Gt(0), Le(10)] = 1.0
    full: Annotated[float, Gt(0), Le(1)] = 1.0
    points: Points = field(default_factory=dict)

    def data(self) -> Mapping[str, Any]:
        """Return the key and the rubric."""
        key = NumericKey(
            self.answer,
            self.also,
            self.tolerance,
            tuple(PartialAnswer(part.value, part.fraction, part.why) for part in self.partial),
            self.about,
            self.not_about,
            self.variables,
            self.weight,
        )
        return {"numeric": key, "rubric": rubric_of(self.points, self.full)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Kind):
    """A question answered by a number or a formula; its rubric has what the working must name, if anything.

    Attributes:
        numeric: how its value is marked.
    """

    kind: ClassVar = "numeric"
    how: ClassVar = "question.numeric"
    answered_by: ClassVar = AnsweredBy.WORDS
    form: ClassVar = NumericForm

    numeric: NumericKey

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Mark the value that is claimed; a right one is enough, a right method without it earns a part."""
        folded = grader.fold(answer)
        if is_blank(folded):
            return Grade(0.0, self._missed(), "blank")
        mark, judged = NumericReader(self.numeric, grader.terms, self.prompt).mark(answer)
        if self.rubric is None:
            return Grade(judged.fraction, (mark,), _reason(judged))
        reader = grader.reader(self.prompt, self.rubric, self.model)
        marks = mark_points(reader, reader.read(folded))
        if judged.fraction == 1.0:
            lost = sum(m.weight for m in marks if m.note == "contradict")
            return Grade(round(max(0.0, 1.0 - lost / total_of((mark, *marks))), 4), (mark, *marks))
        earned = fraction_of((replace(mark, verdict=Verdict.MISSED), *marks), self.rubric.full)
        return Grade(max(judged.fraction, min(earned, METHOD_CEILING)), (mark, *marks), _reason(judged))

    def _missed(self) -> tuple[PointMark, ...]:
        value = PointMark(VALUE_POINT, self.numeric.says, Verdict.MISSED, None, self.numeric.weight)
        return (value, *missed(self.points))

    def looks_like_answer(self, text: str, grader: Grader) -> bool:
        """A question that holds a number is none on account of it: "54 张牌分成 6 份的概率是多少"."""
        return not is_question(grader.fold(text).text) and Kind.looks_like_answer(self, text, grader)

    @property
    def model_answer(self) -> str:
        """The first model answer, or the value."""
        return self.model[0] if self.model else self.numeric.answer

    def faults(self, grader: Grader) -> Iterator[tuple[str, str]]:
        """Look through the key and the rubric, and at what the author's answers earn by them."""
        yield from review.of_phrases(self.rubric)
        if not NumericReader(self.numeric, grader.terms).is_readable:
            mend = "write 8/53, 0.25, 1-(1-p)^3, and name the letters in variables"
            yield "its answer, also or partial is no formula", mend
        yield from review.of_models(self, grader)
        yield from review.of_wrong(self, grader)


def _reason(judged: Judgement) -> str:
    if judged.note in ("no-value", "other-value", "other-quantity", "close"):
        return judged.note
    return "partial-value" if 0 < judged.fraction < 1 else ""
