"""The names and words of a query in the balance: what each of them says for or against one concept after another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from bot.core.retrieval.evidence.confidence import Evidence
from bot.core.retrieval.query.terms import Match

LEAST = 0.7
"""Weight that a query is taken to have at least, so that a single common word covers little."""


Near = tuple[float, float]
"""How near the texts of a concept are to a query, 0-1: how far they are the same, and how much of it they hold."""
FAR: Near = (0.0, 0.0)


class Piece(NamedTuple):
    """A name or word of the query: its weight, and who uses it."""

    start: int
    end: int
    weight: float
    users: Mapping[int, float]
    match: Match | None = None
    is_unheard: bool = False
    is_han: bool = False

    @property
    def is_foreign(self) -> bool:
        """Tell whether this names what the pack does not teach, or is a word of other script that it never uses."""
        is_neighbour = self.match is not None and self.match.term.is_neighbour
        return is_neighbour or (self.is_unheard and not self.is_han)

    def touches(self, other: Piece) -> bool:
        """Tell whether nothing stands between this and another."""
        return self.end == other.start or other.end == self.start


@dataclass(frozen=True, slots=True)
class Scale:
    """The pieces of a query, sorted once by what they are, so that many concepts can be weighed.

    Attributes:
        uses: weight of each piece, and who uses it.
        named: names of concepts, each with the concepts that have it.
        foreign: what the pack does not teach or has never heard of.
        strange: foreign pieces and unheard words of any script.
        total: weight of all pieces.
        odd: share of the weight that is unheard Chinese words.
    """

    uses: Sequence[tuple[float, Mapping[int, float]]]
    named: Sequence[tuple[Piece, Mapping[int, float], float]]
    foreign: Sequence[Piece]
    strange: Sequence[Piece]
    total: float
    odd: float
    is_named: bool
    is_comparing: bool

    @classmethod
    def of(cls, pieces: Sequence[Piece], *, is_comparing: bool) -> Self:
        """Sort the pieces of a query, which come in its order."""
        total = max(LEAST, sum(piece.weight for piece in pieces))
        foreign = [piece for piece in pieces if piece.is_foreign]
        unheard = [piece for piece in pieces if piece.is_unheard]
        return cls(
            [(piece.weight, piece.users) for piece in pieces],
            _named(pieces),
            foreign,
            [*foreign, *unheard],
            total,
            sum(piece.weight for piece in unheard if piece.is_han) / total,
            any(piece.match for piece in pieces),
            is_comparing,
        )

    def weigh(self, number: int, phrase: Near, sentence: Near) -> Evidence:
        """Return the evidence for a concept."""
        name, named, other, beside = self._names(number)
        cover = 0.0
        for weight, users in self.uses:
            if number in users:
                cover += weight * users[number]
        foreign, strange, alone, neighbour = self._foreign(number, is_named=name > 0) if self.foreign else _NOTHING
        cover, total = cover / self.total, self.total
        return Evidence(
            name,
            named / total,
            0.0 if foreign else name,
            *phrase,
            *sentence,
            cover,
            0.0 if self.is_named else cover,
            strange,
            self.odd,
            neighbour if name else 0.0,
            0.0 if name else alone,
            float(self.is_comparing and neighbour > 0),
            beside,
            other / total,
            1 / max(1.0, total),
        )

    def _names(self, number: int) -> tuple[float, float, float, float]:
        """Return what the names in the query say.

        That is: how well the best one stands for a concept, the weight of its own, the weight of those of others
        that it does not use, and 1 where something foreign touches one of its own.
        """
        name = named = other = beside = 0.0
        for piece, owners, quality in self.named:
            if number in owners:
                name = max(name, _quality(piece.weight, quality, owners, number))
                named += piece.weight
                if self.strange and any(map(piece.touches, self.strange)):
                    beside = 1.0
            elif number not in piece.users:
                other += piece.weight
        return name, named, other, beside

    def _foreign(self, number: int, *, is_named: bool) -> tuple[bool, float, float, float]:
        """Return whether anything is foreign to a concept; the shares unheard of, untaught, and that less its uses."""
        foreign = [piece for piece in self.foreign if not is_named or piece.users.get(number, 0.0) < 1]
        strange = sum(piece.weight for piece in foreign if piece.is_unheard)
        untaught = [piece for piece in foreign if piece.match]
        alone = sum(piece.weight for piece in untaught)
        neighbour = sum(piece.weight * (1 - piece.users.get(number, 0.0)) for piece in untaught)
        return bool(foreign), strange / self.total, alone / self.total, neighbour / self.total


def _named(pieces: Iterable[Piece]) -> list[tuple[Piece, Mapping[int, float], float]]:
    """Return the names of concepts, each with its owners and its quality."""
    return [(p, p.match.term.owners, p.match.quality) for p in pieces if p.match and p.match.term.owners]


_NOTHING = (False, 0.0, 0.0, 0.0)


def _quality(weight: float, quality: float, owners: Mapping[int, float], number: int) -> float:
    """Return how well a name found stands for a concept: less if others share it, or if it is said everywhere."""
    own = owners[number]
    sharers = sum(strength >= own for strength in owners.values())
    return quality * own * (2 * weight - 1) / math.sqrt(sharers)
