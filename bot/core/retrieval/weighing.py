"""Weighs what a query offers for and against each concept that comes into question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.retrieval.confidence import Evidence
from bot.core.retrieval.conversation import is_comparison
from bot.core.retrieval.normalise import is_han
from bot.core.retrieval.reading import Reading
from bot.core.retrieval.terms import Match
from bot.core.retrieval.titles import TitleIndex
from bot.core.retrieval.words import Vocabulary, Word

MAX_CONCEPTS = 16
"""Concepts that are weighed for one query."""
HITS = 12
LEAST = 0.7
"""Weight that a query is taken to have at least, so that a single common word covers little."""
UNHEARD_FROM = 0.4
"""Salience from which it counts that the pack never uses a word."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near the texts of a concept are to a query, 0-1: the same, and how much of it they hold."""

    likeness: float
    share: float


FAR = Near(0.0, 0.0)


def _nearer(one: Mapping[int, Near], other: Mapping[int, Near]) -> dict[int, Near]:
    """Join two measurements, taking the nearer of each concept."""
    both = dict.fromkeys((*one, *other))
    pairs = ((number, one.get(number, FAR), other.get(number, FAR)) for number in both)
    joined = {n: Near(max(a.likeness, b.likeness), max(a.share, b.share)) for n, a, b in pairs}
    return dict(sorted(joined.items(), key=lambda item: (-item[1].likeness, item[0])))


@dataclass(frozen=True)
class Texts:
    """Texts that speak for concepts: their index, and whose each is."""

    index: TitleIndex
    owners: tuple[int, ...]

    @classmethod
    def build(cls, texts: Iterable[tuple[int, Sequence[str]]]) -> Texts:
        """Index texts given as (concept number, atoms)."""
        kept = [(owner, parts) for owner, parts in texts if parts]
        return cls(TitleIndex.build(parts for _, parts in kept), tuple(owner for owner, _ in kept))

    def nearest(self, parts: Sequence[str]) -> dict[int, Near]:
        """Return how near the nearest text of each concept is, nearest first."""
        found: dict[int, Near] = {}
        for hit in self.index.search(parts, limit=HITS * 2):
            owner = self.owners[hit.number]
            before = found.get(owner, FAR)
            found[owner] = Near(max(before.likeness, hit.likeness), max(before.share, hit.share))
        return found


@dataclass(frozen=True, slots=True)
class _Piece:
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


@dataclass(frozen=True)
class Weigher:
    """Turns a reading into evidence.

    Attributes:
        phrases: names, cues and prompts.
        sentences: of explanations, key points and model answers.
    """

    vocabulary: Vocabulary
    phrases: Texts
    sentences: Texts

    def weigh(self, reading: Reading) -> dict[int, Evidence]:
        """Return the evidence for each concept in question, by its number."""
        pieces = [*map(self._of_match, reading.matches), *(self._of_word(word, reading) for word in reading.words)]
        pieces.sort(key=lambda piece: piece.start)
        content = reading.content
        phrase = self.phrases.nearest(reading.corrected)
        if len(content) < len(reading.corrected):
            phrase = _nearer(phrase, self.phrases.nearest(content))
        sentence = self.sentences.nearest(content)
        is_comparing = is_comparison(reading.folded)
        questioned = self._questioned(pieces, phrase, sentence)
        return {
            number: _evidence(number, pieces, is_comparing, phrase.get(number, FAR), sentence.get(number, FAR))
            for number in questioned
        }

    def _questioned(
        self, pieces: Sequence[_Piece], phrase: Mapping[int, Near], sentence: Mapping[int, Near]
    ) -> Iterable[int]:
        named = (number for piece in pieces if piece.match for number in piece.match.term.owners)
        likely = (*named, *list(phrase)[:HITS], *list(sentence)[:HITS])
        return list(dict.fromkeys(likely))[:MAX_CONCEPTS]

    def _of_match(self, match: Match) -> _Piece:
        users = dict(self.vocabulary.users(match.term.parts))
        users |= {number: max(strength, users.get(number, 0.0)) for number, strength in match.term.owners.items()}
        weight = 0.6 + 0.4 * self.vocabulary.rarity(len(users))
        return _Piece(match.start, match.end, weight, users, match)

    def _of_word(self, word: Word, reading: Reading) -> _Piece:
        parts = reading.parts[word.start : word.end]
        users = self.vocabulary.users(parts)
        weight = word.salience * (0.4 + 0.6 * self.vocabulary.rarity(len(users)))
        is_unheard = not users and word.salience >= UNHEARD_FROM and not word.text.isdigit()
        return _Piece(word.start, word.end, weight, users, None, is_unheard, is_han(word.text))


def _evidence(number: int, pieces: Sequence[_Piece], is_comparing: bool, phrase: Near, sentence: Near) -> Evidence:
    total = max(LEAST, sum(piece.weight for piece in pieces))
    own = [piece for piece in pieces if piece.match and number in piece.match.term.owners]
    name = max((_quality(piece, number) for piece in own), default=0.0)
    cover = sum(piece.weight * piece.users.get(number, 0.0) for piece in pieces) / total
    foreign = [piece for piece in pieces if piece.is_foreign and (not name or piece.users.get(number, 0.0) < 1)]
    strange = sum(piece.weight for piece in foreign if piece.is_unheard) / total
    odd = sum(piece.weight for piece in pieces if piece.is_unheard and piece.is_han) / total
    untaught = [piece for piece in foreign if piece.match]
    alone = sum(piece.weight for piece in untaught) / total
    neighbour = sum(piece.weight * (1 - piece.users.get(number, 0.0)) for piece in untaught) / total
    other = sum(
        piece.weight for piece in pieces if piece.match and piece.match.term.owners and number not in piece.users
    )
    is_named = any(piece.match for piece in pieces)
    return Evidence(
        name=name,
        named=sum(piece.weight for piece in own) / total,
        clean=0.0 if foreign else name,
        phrase=phrase.likeness,
        asked=phrase.share,
        sentence=sentence.likeness,
        told=sentence.share,
        cover=cover,
        described=0.0 if is_named else cover,
        strange=strange,
        odd=odd,
        neighbour=neighbour if name else 0.0,
        alone=0.0 if name else alone,
        versus=float(is_comparing and neighbour > 0),
        beside=float(
            any(_touch(piece, rest) for piece in own for rest in pieces if rest.is_foreign or rest.is_unheard)
        ),
        other=other / total,
        brief=1 / max(1.0, total),
    )


def _quality(piece: _Piece, number: int) -> float:
    """Return how well a name found stands for a concept: less if others share it, or if it is said everywhere."""
    if piece.match is None:
        return 0.0
    owners = piece.match.term.owners
    sharers = sum(strength >= owners[number] for strength in owners.values())
    return piece.match.quality * owners[number] * (2 * piece.weight - 1) / math.sqrt(sharers)


def _touch(one: _Piece, other: _Piece) -> bool:
    return one.end == other.start or other.end == one.start
