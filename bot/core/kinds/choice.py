"""A question answered by picking one option, with the reason for the one that was taken."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from annotated_types import Len

from bot.core.chat.messages import Quiz
from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.points.terms import Terms
from bot.core.kinds.comparing import MAX_ANSWER, bare, is_equal, place_of
from bot.core.kinds.form import Form, Misfit
from bot.core.kinds.kind import LETTERS, AnsweredBy, Kind

_LABEL = re.compile(
    r"\s*(?:我?选|答案是?|应该是|第|option|answer|choice|[(（\[])*\s*([a-jA-J]|[0-9]{1,2}|[一二三四五六七八九十])\s*(?:个|项|号)?\s*[.)）\]、。:：]*\s*"
)
_LABEL_BEFORE = re.compile(r"\s*([a-jA-J])(?:[.)）、:：]|\s+(?![a-zA-Z]\b))")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question and why it is right or wrong."""

    text: str
    is_right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class OptionForm:
    """One option: `right` or `wrong`, and why."""

    right: str | None = None
    wrong: str | None = None
    why: str = ""

    @property
    def option(self) -> Option:
        """The option that is written."""
        return Option(str(self.right if self.right is not None else self.wrong), self.right is not None, self.why)


@dataclass(frozen=True, slots=True)
class ChoiceForm(Form):
    """The options, in any order."""

    options: Annotated[tuple[OptionForm, ...], Len(2, 10)]

    def data(self) -> Mapping[str, Any]:
        """Return the options."""
        return {"options": tuple(each.option for each in self.options)}

    def misfits(self) -> Iterator[Misfit]:
        """Yield what makes a choice impossible."""
        if sum(option.right is not None for option in self.options) != 1:
            yield "options", "exactly one option must be right", "write `right:` for one, `wrong:` for the rest"
        if any((option.right is None) == (option.wrong is None) for option in self.options):
            yield "options", "an option is both or neither of right and wrong", "give each exactly one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Kind):
    """A question answered by picking one option.

    Attributes:
        options: in the author's order; one of them is right.
    """

    kind: ClassVar = "choice"
    how: ClassVar = "question.choice"
    answered_by: ClassVar = AnsweredBy.LETTER
    is_small: ClassVar = True
    form: ClassVar = ChoiceForm

    options: tuple[Option, ...]

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Grade the option that an answer takes: its letter, its number, or its text."""
        answer = answer[:MAX_ANSWER]
        taken = self._taken(answer, grader.terms)
        says = next((option.text for option in self.options if option.is_right), "")
        if taken is None:
            return Grade(0.0, (PointMark("option", says, Verdict.MISSED, None),), "no-option")
        verdict = Verdict.HIT if taken.is_right else Verdict.CONTRADICTED
        return Grade(float(taken.is_right), (PointMark("option", says, verdict, answer.strip()[:80], 1.0, taken.why),))

    def _taken(self, answer: str, terms: Terms) -> Option | None:
        """Return which option is taken; the text of one wins over a label, for options may be numbers."""
        own = bare(answer, terms)
        texts = [bare(option.text, terms) for option in self.options]
        if own and own in texts:
            return self.options[texts.index(own)]
        equal = [option for option in self.options if is_equal(option.text, answer, terms)]
        if len(equal) == 1:
            return equal[0]
        label = _LABEL.fullmatch(answer) or _LABEL_BEFORE.match(answer)
        return self._labelled(place_of(label[1])) if label else self._held(own, texts)

    def _held(self, own: str, texts: Sequence[str]) -> Option | None:
        """Return the only option whose text stands in an answer."""
        held = [option for option, text in zip(self.options, texts, strict=True) if len(text) >= 2 and text in own]
        return held[0] if len(held) == 1 else None

    def _labelled(self, place: int) -> Option | None:
        return self.options[self.shown_order()[place]] if 0 <= place < len(self.options) else None

    def shown_order(self) -> tuple[int, ...]:
        """Return for each letter the index of its option, the same everywhere and always.

        They stand by a hash, for authors write the right one first.
        """
        keys = [hashlib.sha256(f"{self.id} {option.text}".encode()).digest() for option in self.options]
        return tuple(sorted(range(len(keys)), key=keys.__getitem__))

    @property
    def listed(self) -> tuple[str, ...]:
        """The options as they are shown."""
        return tuple(self.options[index].text for index in self.shown_order())

    @property
    def quiz(self) -> Quiz:
        """The options as a poll."""
        shown = [self.options[index] for index in self.shown_order()]
        right = next(index for index, option in enumerate(shown) if option.is_right)
        return Quiz(self.prompt, self.listed, right, shown[right].why)

    @property
    def model_answer(self) -> str:
        """The right option with its letter."""
        quiz = self.quiz
        return f"{LETTERS[quiz.right]}. {quiz.options[quiz.right]}"
