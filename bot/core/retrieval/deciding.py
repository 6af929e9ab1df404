"""Confidences -> answer, choose or refuse."""

from collections.abc import Callable, Sequence

from bot.core.retrieval.decision import Candidate, DecisionKind
from bot.core.retrieval.evidence.confidence import Thresholds

OFFERED = 4
"""Candidates of a choice, at most."""
PLAUSIBLE = 0.1
"""A candidate is offered with this share of the best one's score, or more."""
NEXT_BEST = 3
"""Candidates told beside an answer."""


def decide(
    ranked: Sequence[Candidate], thresholds: Thresholds, origin_of: Callable[[Candidate], str]
) -> tuple[DecisionKind, tuple[Candidate, ...]]:
    """Return what to do, and with which candidates.

    Args:
        ranked: best first; their scores, 0-100, leave to 100 what speaks for none of them.
        thresholds: confidences from 0 to 1.
        origin_of: the heading that a candidate answers; rivals under one heading are no doubt.
    """
    if sum(candidate.score for candidate in ranked) < 100 * thresholds.offer:
        return DecisionKind.REFUSE, ()
    best = ranked[0]
    family = sum(candidate.score for candidate in ranked if origin_of(candidate) == origin_of(best))
    if family >= 100 * thresholds.answer:
        return DecisionKind.ANSWER, tuple(ranked[: NEXT_BEST + 1])
    return DecisionKind.CHOOSE, offer(ranked, origin_of)


def offer(ranked: Sequence[Candidate], origin_of: Callable[[Candidate], str]) -> tuple[Candidate, ...]:
    """Return two to four candidates (fewer where there are no more).

    The best of each heading come first, then further ones under the same headings.
    """
    if not ranked:
        return ()
    headings: set[str] = set()
    firsts: list[Candidate] = []
    others: list[Candidate] = []
    for candidate in ranked:
        heading = origin_of(candidate)
        (others if heading in headings else firsts).append(candidate)
        headings.add(heading)
    row = (*firsts, *others)
    plausible = [candidate for candidate in row if candidate.score >= PLAUSIBLE * ranked[0].score]
    return tuple((plausible if len(plausible) > 1 else row[:2])[:OFFERED])
