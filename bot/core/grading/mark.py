"""The outcome of grading one answer: a fraction, and a verdict on every key point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PASS_FRACTION = 0.6
"""A fraction of at least this passes."""


TURNED_NOTES = frozenset({"contradict", "swapped", "denied", "opposite"})
"""How a key point is contradicted: machine-readable notes of a mark, no sentences."""
VALUE_NOTES = frozenset({"no-value", "other-value", "other-quantity", "close"})
"""What is the matter with a number: machine-readable notes as well."""
PENALTY: Mapping[str, float] = {"contradict": 0.6, "swapped": 0.75, "denied": 0.5, "opposite": 0.5}
"""What a contradicted point costs beyond its own weight, as a share of that weight."""
WRONG_CLAIM_CEILING = 0.5
"""What an answer earns at most that claims the contrary of a point of some weight, whatever else is right."""
SOME_WEIGHT = 0.1
"""As a share of the weight of all points."""


class Verdict(StrEnum):
    """What an answer says about one key point."""

    HIT = "hit"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class PointMark:
    """The verdict on one key point.

    Attributes:
        point_id: the key point's id in its question.
        text: the point as a sentence.
        verdict: hit, missed or contradicted.
        evidence: the learner's own words that decided it, cut from the answer; None when missed.
        weight: the point's weight in the rubric.
        note: why, where the words alone do not tell ("the number is that of …"); "" for none.
    """

    point_id: str
    text: str
    verdict: Verdict
    evidence: str | None
    weight: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How an answer was graded.

    Attributes:
        fraction: 0-1.
        points: one mark a key point, in the rubric's order.
        reason: a machine-readable word for what decided beyond the points ("blank", "echo", "list",
            "off-topic", "partial-value", ...); "" where the points alone decided. The wording has a sentence for each.
    """

    fraction: float
    points: tuple[PointMark, ...]
    reason: str = ""

    @property
    def has_passed(self) -> bool:
        """Whether the fraction reaches the pass mark."""
        return self.fraction >= PASS_FRACTION


def total_of(marks: Sequence[PointMark]) -> float:
    """Return the weight of all marks; 1 where there are none."""
    return sum(mark.weight for mark in marks) or 1.0


def fraction_of(marks: Sequence[PointMark], full: float) -> float:
    """Return the share of the weight that was earned, less what contradictions cost, over what is enough."""
    total = total_of(marks)
    earned = sum(mark.weight for mark in marks if mark.verdict is Verdict.HIT)
    lost = sum(mark.weight * PENALTY.get(mark.note, 0.5) for mark in marks if mark.verdict is Verdict.CONTRADICTED)
    claimed = sum(mark.weight for mark in marks if mark.note in ("contradict", "swapped"))
    ceiling = WRONG_CLAIM_CEILING if claimed >= SOME_WEIGHT * total else 1.0
    return round(min(ceiling, max(0.0, (earned - lost) / (full * total))), 4)
