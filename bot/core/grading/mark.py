"""The outcome of grading one answer: a fraction, and a verdict on every key point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PASS_FRACTION = 0.6
"""A fraction of at least this passes."""


TURNED_NOTES = frozenset({"contradict", "swapped", "denied", "opposite"})
"""How a key point is contradicted: machine-readable notes of a mark, no sentences."""
VALUE_NOTES = frozenset({"no-value", "other-value", "other-quantity", "close"})
"""What is the matter with a number: machine-readable notes as well."""


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
