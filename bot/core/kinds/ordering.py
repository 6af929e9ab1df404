"""A question answered by putting items in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar

from annotated_types import Len

from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.points.terms import Terms
from bot.core.kinds.comparing import MAX_ANSWER, bare, place_of
from bot.core.kinds.form import Lines
from bot.core.kinds.kind import AnsweredBy, Kind

_COMPACT = re.compile(r"\s*([0-9]+|[a-jA-J]+)\s*")
_WORD = re.compile(r"[一-鿿]|[a-zA-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Kind):
    """A question answered by an order.

    Attributes:
        items: in the right order.
    """

    kind: ClassVar = "ordering"
    how: ClassVar = "question.ordering"
    answered_by: ClassVar = AnsweredBy.ORDER

    items: Annotated[Lines, Len(2, 9)]

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Grade an order: right only where all items are in place, partly by the share of neighbours in order."""
        order = self._read(answer[:MAX_ANSWER], grader.terms)
        evidence = answer.strip()[:80] if order else None
        marks = tuple(
            PointMark(f"item-{place + 1}", text, _verdict(order, place), evidence)
            for place, text in enumerate(self.items)
        )
        if not order:
            return Grade(0.0, marks, "no-order")
        if order == list(range(len(self.items))):
            return Grade(1.0, marks)
        pairs = sum(later == earlier + 1 for earlier, later in pairwise(order))
        return Grade(round(0.5 * pairs / max(1, len(self.items) - 1), 4), marks)

    def _read(self, answer: str, terms: Terms) -> list[int]:
        """Read an order: labels (2 1 3, B A C, 213), or the items' texts."""
        compact = _COMPACT.fullmatch(answer)
        if compact and len(compact[1]) == len(self.items):
            return self._labelled(list(compact[1]))
        labels = re.findall(r"[0-9]{1,2}|[a-zA-Z]", answer)
        if labels and not _WORD.search(answer):
            return self._labelled(labels)
        own = bare(answer, terms)
        found = sorted((own.find(bare(item, terms)), number) for number, item in enumerate(self.items))
        return [number for at, number in found] if found and found[0][0] >= 0 else []

    def _labelled(self, labels: Sequence[str]) -> list[int]:
        places = [place_of(label) for label in labels]
        is_all = sorted(places) == list(range(len(self.items)))
        return [self.shown_order()[place] for place in places] if is_all else []

    def shown_order(self) -> tuple[int, ...]:
        """Return for each letter the index of its item, the same everywhere and always.

        They are sorted by their text, and turned by one where that would give the answer away.
        """
        order = sorted(range(len(self.items)), key=lambda index: self.items[index])
        is_right = order == list(range(len(order)))
        return (*order[1:], order[0]) if is_right and order else tuple(order)

    @property
    def listed(self) -> tuple[str, ...]:
        """The items as they are shown."""
        return tuple(self.items[index] for index in self.shown_order())

    @property
    def model_answer(self) -> str:
        """The items in order."""
        return " → ".join(self.items)


def _verdict(order: Sequence[int], place: int) -> Verdict:
    if place not in order:
        return Verdict.MISSED
    return Verdict.HIT if len(order) > place and order[place] == place else Verdict.CONTRADICTED
