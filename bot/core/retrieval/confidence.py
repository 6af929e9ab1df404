"""How sure the tutor is that a concept is meant: a logistic model over a few pieces of evidence.

    confidence = 1 / (1 + exp(-(bias + sum of weight * evidence)))

Worked number: bias -3, name 1 with weight 4, coverage 1 with weight 2 give 1 / (1 + exp(-3)) = 0.95.
The weights are fitted on the development set (`python -m bot eval ask --fit`) and stand in `fitted.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a concept, and what against it.

    Attributes:
        name: quality of the best name of it that was found, less where other concepts share the name.
        named: share of the query's weight that its names cover.
        clean: `name`, where nothing foreign stands in the query; else 0.
        phrase: likeness of the query to the nearest of its names, cues and prompts.
        sentence: likeness of the query to the nearest sentence of its explanation.
        cover: share of the query's weight that its words cover.
        described: `cover`, where no name at all was found; else 0.
        strange: weight of the words that nothing in the pack uses, up to 1.
        neighbour: 1 where a term is named that the pack does not teach and the concept does not mention.
        beside: 1 where something foreign touches the concept's name ("Mask RCNN").
        other: share of the query's weight that names other concepts that this one does not mention.
        brief: 1 for a single word, less the longer the query is.
    """

    name: float
    named: float
    clean: float
    phrase: float
    sentence: float
    cover: float
    described: float
    strange: float
    neighbour: float
    beside: float
    other: float
    brief: float

    def as_tuple(self) -> tuple[float, ...]:
        """Return the values in the order of the weights."""
        return astuple(self)

    def named_values(self) -> tuple[tuple[str, float], ...]:
        """Return the values with their names, for an explanation."""
        return tuple(zip(EVIDENCE, self.as_tuple(), strict=True))


EVIDENCE = tuple(field.name for field in fields(Evidence))
"""Names of the pieces of evidence, in order."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the fit settles.

    Attributes:
        weights: one for each piece of evidence, in order.
        bias: confidence of no evidence at all, as a logit.
        answer: confidence from which a concept is answered.
        margin: by which it must lead the best concept of another heading.
        offer: confidence from which a choice is offered.
    """

    weights: tuple[float, ...]
    bias: float
    answer: float
    margin: float
    offer: float

    def confidence(self, evidence: Evidence) -> float:
        """Return the confidence (0-1) that the evidence gives."""
        return logistic(self.bias + dot(self.weights, evidence.as_tuple()))


def dot(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the sum of products."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def logistic(x: float) -> float:
    """Return 1 / (1 + e^-x), for any x."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))
