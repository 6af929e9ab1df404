"""A question answered by filling the `____` of its prompt in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Len

from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.points.terms import Terms
from bot.core.kinds.comparing import MAX_ANSWER, bare, is_equal
from bot.core.kinds.form import Lines, Misfit
from bot.core.kinds.kind import AnsweredBy, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Kind):
    """A question with gaps.

    Attributes:
        blanks: the accepted texts of each blank in turn.
    """

    kind: ClassVar = "cloze"
    how: ClassVar = "question.cloze"
    answered_by: ClassVar = AnsweredBy.WORDS
    is_small: ClassVar = True

    blanks: Annotated[tuple[Lines, ...], Len(1, 6)]

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Grade the blanks in turn; a single blank takes the whole answer."""
        given = _pieces(answer[:MAX_ANSWER], len(self.blanks))
        marks = tuple(
            _marked(number, accepted, given[number - 1] if number <= len(given) else "", grader.terms)
            for number, accepted in enumerate(self.blanks, 1)
        )
        hits = sum(mark.verdict is Verdict.HIT for mark in marks)
        return Grade(round(hits / len(marks), 4) if marks else 0.0, marks)

    @property
    def model_answer(self) -> str:
        """The first accepted text of each blank."""
        return "，".join(blank[0] for blank in self.blanks)

    def misfits(self) -> Iterator[Misfit]:
        """Yield that gaps and blanks do not pair."""
        if len(re.findall(r"_{3,}", self.prompt)) != len(self.blanks):
            yield "blanks", "the prompt has another number of ____ than there are blanks", "make them equal"


def _pieces(answer: str, count: int) -> list[str]:
    if count == 1:
        return [answer.strip()]
    marked = [piece.strip() for piece in re.split(r"[,，;；、\n]|\s+/\s+", answer) if piece.strip()]
    return marked if len(marked) >= count else answer.split()


def _marked(number: int, accepted: Sequence[str], given: str, terms: Terms) -> PointMark:
    own = bare(re.sub(r"^\s*(?:[(（]?\d+[)）.、:：]|[①-⑨])\s*", "", given), terms)
    is_hit = any(own == bare(text, terms) or terms.pattern(text).fullmatch(terms.fold(given)) for text in accepted)
    is_hit = is_hit or any(is_equal(text, given, terms) for text in accepted)
    verdict = Verdict.HIT if is_hit else Verdict.CONTRADICTED if own else Verdict.MISSED
    return PointMark(f"blank-{number}", accepted[0], verdict, given or None)
