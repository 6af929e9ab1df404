"""What learners asked for and did not find, grouped by likeness, most frequent first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.core.records.contests import Miss

LIKE = 75
"""Two questions are the same gap from this similarity (0-100) on."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that are alike.

    Attributes:
        text: the one asked first.
        misses: all of them, oldest first.
        concept_id: the concept most of them ended at, where learners picked one; "" for none.
    """

    text: str
    misses: tuple[Miss, ...]
    concept_id: str = ""

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.misses)


def group(misses: Iterable[Miss]) -> tuple[Gap, ...]:
    """Group misses by likeness; the most frequent first, then the newest.

    Each miss joins the first group whose first question is like it, oldest first, so that the result
    does not depend on chance.
    """
    groups: list[list[Miss]] = []
    for miss in sorted(misses, key=lambda miss: miss.id):
        home = next((g for g in groups if _like(g[0].text, miss.text)), None)
        if home is None:
            groups.append([miss])
        else:
            home.append(miss)
    gaps = (Gap(g[0].text, tuple(g), _picked(g)) for g in groups)
    return tuple(sorted(gaps, key=lambda gap: (-gap.count, -gap.misses[-1].id)))


def _like(one: str, other: str) -> bool:
    return fuzz.ratio(one.casefold(), other.casefold()) >= LIKE


def _picked(misses: Iterable[Miss]) -> str:
    picked = Counter(miss.concept_id for miss in misses if miss.concept_id and miss.decision == "chosen")
    return picked.most_common(1)[0][0] if picked else ""
