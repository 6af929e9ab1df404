"""How an answer in one's own words is marked: the key points of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

Overlay = Mapping[str, Sequence[str]]
"""Phrasings accepted since the file was written, by point id."""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a good answer says.

    Attributes:
        id: ASCII word, unique in its question.
        says: the point as a sentence; learners see it.
        weight: share of the mark, any positive number.
        accept: phrases any one of which states the point; ` / ` means or, ` + ` means and within a clause.
        contradict: phrases that state its opposite.
        of: what the clause must be about (a subject such as "soft-nms"); "" for anything.
    """

    id: str
    says: str
    weight: float
    accept: tuple[str, ...]
    contradict: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """How an open answer is marked.

    Attributes:
        points: in the order learners see them.
        full: the share of the weight that already earns the whole mark, in (0, 1].
        contrast: groups of point ids whose subjects are easily swapped.
    """

    points: tuple[KeyPoint, ...]
    full: float = 1.0
    contrast: tuple[tuple[str, ...], ...] = ()

    def accepting(self, phrases: Overlay) -> Rubric:
        """Return a rubric whose points also accept these phrases, by point id."""
        points = tuple(
            replace(point, accept=tuple(dict.fromkeys((*point.accept, *phrases.get(point.id, ())))))
            for point in self.points
        )
        return replace(self, points=points)
