"""How sure the tutor is that a concept is meant: the evidence for each, against all others and against "none of them".

Each concept in question scores `bias + sum of weight * evidence`; that no concept is meant scores 0. The
confidences are the shares of exp(score):

    confidence(c) = exp(score(c)) / (1 + sum of exp(score) over all concepts in question)

Worked number: one concept scores 3, another 1: 20.1 / (1 + 20.1 + 2.7) = 0.84, 0.11, and 0.04 for none.
So rivals lower each other, and a query about nothing leaves everything to "none". The weights are fitted on the
development set (`tutor eval ask --fit`) and stand in `fitted.py`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple


class Evidence(NamedTuple):
    """What speaks for a concept, and what against it, in the order of the weights.

    Attributes:
        name: quality of the best name of it that was found, less where others share it or many concepts mention it.
        named: share of the query's weight that its names cover.
        clean: `name`, where nothing foreign stands in the query; else 0.
        phrase: likeness of the query to the nearest of its names, cues and prompts.
        asked: share of the query that stands in one of its names, cues or prompts.
        sentence: likeness of the query to the nearest sentence of its explanation.
        told: share of the query that stands in one sentence of its explanation.
        cover: share of the query's weight that its words cover.
        described: `cover`, where no name at all was found; else 0.
        strange: share of the query's weight that is words of other script which nothing in the pack uses.
        odd: the same for Chinese words, which may be chatter.
        neighbour: share of the query's weight that names what the pack does not teach, beside a name of the concept;
            what the concept at least mentions counts half.
        alone: the same where no name of the concept was found.
        versus: 1 where the query compares and one side is not taught.
        beside: 1 where something foreign touches the concept's name ("Mask RCNN").
        other: share of the query's weight that names other concepts that this one does not mention.
        brief: 1 for a single word, less the longer the query is.
    """

    name: float
    named: float
    clean: float
    phrase: float
    asked: float
    sentence: float
    told: float
    cover: float
    described: float
    strange: float
    odd: float
    neighbour: float
    alone: float
    versus: float
    beside: float
    other: float
    brief: float


EVIDENCE = Evidence._fields
"""Names of the pieces of evidence, in order."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the fit settles.

    Attributes:
        weights: one for each piece of evidence, in order.
        bias: score of a concept that nothing speaks for.
        answer: confidence, of all concepts under one heading, from which the best of them is answered.
        offer: confidence, of the best few concepts together, from which a choice is offered.
    """

    weights: tuple[float, ...]
    bias: float
    answer: float
    offer: float

    def confidences(self, evidence: Sequence[Evidence]) -> tuple[float, ...]:
        """Return the confidence (0-1) in each of the concepts in question; what is missing from 1 is for none."""
        bias, weights = self.bias, self.weights
        scores = [bias + sum(map(mul, weights, piece)) for piece in evidence]
        return shares(scores)


def shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Return exp(score) / (1 + sum of exp(scores)) for each.

    >>> [round(share, 2) for share in shares([3.0, 1.0])]
    [0.84, 0.11]
    """
    top = max((0.0, *scores))
    raised = [math.exp(score - top) for score in scores]
    total = math.exp(-top) + sum(raised)
    return tuple(value / total for value in raised)
