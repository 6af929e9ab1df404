"""Confidence -> answer, choose or refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.retrieval.confidence import Thresholds
from bot.core.retrieval.decision import Candidate, DecisionKind

OFFERED = 4
"""Candidates of a choice, at most."""
PLAUSIBLE = 0.25
"""A candidate is offered with this share of the best one's score, or more."""
NEXT_BEST = 3
"""Candidates told beside an answer."""


def decide(
    ranked: Sequence[Candidate], thresholds: Thresholds, origin_of: Callable[[Candidate], str]
) -> tuple[DecisionKind, tuple[Candidate, ...]]:
    """Return what to do, and with which candidates.

    Args:
        ranked: best first.
        thresholds: confidences from 0 to 1.
        origin_of: the heading that a candidate answers; rivals under one heading are no doubt.
    """
    if not ranked or ranked[0].score < 100 * thresholds.offer:
        return DecisionKind.REFUSE, ()
    best = ranked[0]
    rival = next((other for other in ranked[1:] if origin_of(other) != origin_of(best)), None)
    lead = best.score - rival.score if rival else 100.0
    if best.score >= 100 * thresholds.answer and lead >= 100 * thresholds.margin:
        return DecisionKind.ANSWER, tuple(ranked[: NEXT_BEST + 1])
    return DecisionKind.CHOOSE, _offer(ranked, origin_of)


def _offer(ranked: Sequence[Candidate], origin_of: Callable[[Candidate], str]) -> tuple[Candidate, ...]:
    """Return two to four candidates: the best of each heading first, then further ones under the same headings."""
    firsts: dict[str, Candidate] = {}
    for candidate in ranked:
        firsts.setdefault(origin_of(candidate) or candidate.concept.id, candidate)
    others = [candidate for candidate in ranked if candidate not in firsts.values()]
    row = (*firsts.values(), *others)
    plausible = [candidate for candidate in row if candidate.score >= PLAUSIBLE * ranked[0].score]
    offered = plausible[:OFFERED] if len(plausible) > 1 else row[:2]
    return tuple(sorted(offered, key=lambda candidate: -candidate.score))
