"""What a search returns: the decision, its candidates, and how each was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.content.library import Concept, Facet, Passage
from bot.core.retrieval.evidence.confidence import Evidence

OTHER_NUMBERS = "other numbers"
"""The note of an answer to a problem like the one asked, with other numbers in it."""


class DecisionKind(StrEnum):
    """What to do with a query."""

    ANSWER = "answer"
    CHOOSE = "choose"
    REFUSE = "refuse"


class Repair(StrEnum):
    """How what was written was taken for a name."""

    EXACT = "exact"
    SYNONYM = "synonym"
    HOMOPHONE = "homophone"
    TYPO = "typo"
    PINYIN = "pinyin"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A piece of the query and the name it was taken for.

    Attributes:
        said: as the learner wrote it.
        name: as the pack writes it.
        quality: 0-1; 1 for an exact match.
    """

    said: str
    name: str
    repair: Repair
    quality: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that may be meant.

    Attributes:
        score: 0-100, the confidence that it is.
        terms: the names of it that were found in the query.
        evidence: what the score is made of; None where nothing was weighed.
    """

    concept: Concept
    score: float
    terms: tuple[MatchedTerm, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one query.

    Attributes:
        query: as it was written.
        candidates: best first. For ANSWER the first is what is answered and the rest are the next best;
            for CHOOSE the two to four that are offered; for REFUSE none.
        facet: the part that was asked for, if one was.
        passage: what to show first; only for ANSWER.
        note: `OTHER_NUMBERS` or None.
        also: decisions on the further questions of the same message.
        compare: the concepts to set side by side, where a comparison was asked for and no passage makes it.
        nearest: for REFUSE, real topics that may help; often none.
        considered: the best concepts whatever was decided, for an explanation.
    """

    query: str
    kind: DecisionKind
    candidates: tuple[Candidate, ...] = ()
    facet: Facet | None = None
    passage: Passage | None = None
    note: str | None = None
    also: tuple[Decision, ...] = ()
    compare: tuple[Concept, ...] = ()
    nearest: tuple[Concept, ...] = ()
    considered: tuple[Candidate, ...] = ()
