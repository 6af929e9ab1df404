"""A query as words, each with its weight: how much it tells, and whether the pack has ever heard of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.core.language.characters import Language
from bot.core.retrieval.query.normalise import Atom, is_han, key

LONGEST = 8
NAME_COST = 10.0
"""Cost of a word of the pack's own vocabulary: as of a rather common word."""
OF_NUMBER = 0.2
"""Salience of a number: the same problem is asked with others."""
UNKNOWN_COST = 16.0
"""Cost of a character that is no word: as of a word seen once in ten million."""
SILENT, FULL = 6.0, 3.6
"""On the Zipf scale (log10 of uses per thousand million words): words commoner than the first weigh nothing,
rarer than the second everything."""
KNOWN_IN_BODY = 0.7
"""A word that stands only in the explanation of a concept is worth this much beside one of its names or cues."""


class Word(NamedTuple):
    """A word of a query.

    Attributes:
        start: its first atom.
        end: one after its last.
        salience: 0-1; 0 for what everybody says all the time.
    """

    text: str
    start: int
    end: int
    salience: float


def zipf(word: str, language: Language) -> float:
    """Return how common a word is, on the Zipf scale: 7 "the", 5 "training", 3 "neuron"; 0 if unheard of."""
    share = language.frequency.get(word, 0.0)
    return math.log10(share) + 9 if share > 0 else 0.0


def salience(word: str, language: Language) -> float:
    """Return how much a word tells, by how rare it is in everyday text.

    >>> salience("neuron", Language(frequency={"neuron": 2e-6}))
    1.0
    """
    return min(1.0, max(0.0, (SILENT - zipf(word, language)) / (SILENT - FULL)))


@dataclass(frozen=True)
class Cutter:
    """Cuts Chinese text into words.

    Attributes:
        own: words of the pack's own vocabulary.
    """

    language: Language
    own: frozenset[str]

    def cut(self, given: Sequence[Atom], at: int = 0) -> Iterator[Word]:
        """Cut a stretch of atoms, the first of which has this place."""
        for is_chinese, run in groupby(given, lambda atom: atom.is_han):
            parts = [atom.text for atom in run]
            for text in self._joined(self._row(key(parts))) if is_chinese else parts:
                size = len(text) if is_chinese else 1
                yield Word(text, at, at + size, self._salience(text))
                at += size

    def _row(self, text: str) -> Sequence[str]:
        """Return the cheapest row of words, where a rarer word costs more."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for stop in range(1, len(text) + 1):
            begins = range(max(0, stop - LONGEST), stop)
            costs = [(best[begin][0] + self._cost(text[begin:stop]), begin) for begin in begins]
            best.append(min(costs))
        stops = [len(text)]
        while stops[-1]:
            stops.append(best[stops[-1]][1])
        return [text[begin:stop] for begin, stop in pairwise(reversed(stops))]

    def _joined(self, row: Sequence[str]) -> Iterator[str]:
        """Join telling characters that are left over side by side: they are a word that nobody knows (雅可比)."""
        for is_left, run in groupby(row, lambda word: len(word) == 1 and self._salience(word) > 0):
            if is_left:
                yield "".join(run)
            else:
                yield from run

    def _cost(self, word: str) -> float:
        if word in self.own:
            return NAME_COST
        share = self.language.frequency.get(word)
        if share:
            return -math.log(share)
        return UNKNOWN_COST if len(word) == 1 else math.inf

    def _salience(self, word: str) -> float:
        """Return the salience of a word; a Chinese character alone tells half."""
        if word in self.own:
            return 1.0
        if word.isdigit():
            return OF_NUMBER
        return salience(word, self.language) / (2 if len(word) == 1 and is_han(word) else 1)


@dataclass(frozen=True)
class Vocabulary:
    """Which concept uses which words.

    Attributes:
        uses: word of other script, Chinese character or pair -> concept number -> 1 where it stands in a name,
            cue or prompt, `KNOWN_IN_BODY` where only in the explanation.
        size: number of concepts.
    """

    uses: Mapping[str, Mapping[int, float]]
    size: int

    @classmethod
    def build(cls, spoken: Iterable[tuple[Iterable[Sequence[str]], Iterable[Sequence[str]]]]) -> Vocabulary:
        """Collect the words of each concept: its (names, cues, prompts) and its explanation, as atoms."""
        uses: dict[str, dict[int, float]] = {}
        size = 0
        for number, (identity, body) in enumerate(spoken):
            size += 1
            for level, texts in ((KNOWN_IN_BODY, body), (1.0, identity)):
                for parts in texts:
                    for piece in pieces(parts):
                        uses.setdefault(piece, {})[number] = level
        alike: dict[tuple[tuple[int, float], ...], Mapping[int, float]] = {}  # most words are some other word's equal
        return cls({piece: alike.setdefault(tuple(users.items()), users) for piece, users in uses.items()}, size)

    def users(self, parts: Sequence[str]) -> Mapping[int, float]:
        """Return the concepts that use a word (given as atoms), and how prominently."""
        found: Mapping[int, float] | None = None
        for piece in _pairs(parts):
            here = self.uses.get(piece, {})
            if found is None:
                found = here
            else:
                found = {number: min(level, here[number]) for number, level in found.items() if number in here}
            if not found:
                break
        return found or {}

    def rarity(self, users: int) -> float:
        """Return how much a word tells concepts apart: 1 for one concept or none, near 0 for all."""
        return math.log((self.size + 1) / (max(users, 1))) / math.log(self.size + 1) if self.size else 1.0


def pieces(parts: Sequence[str]) -> Iterator[str]:
    """Yield the words, characters and pairs of characters of a text given as atoms."""
    before = ""
    for part in parts:
        yield part
        if is_han(part) and is_han(before):
            yield before + part
        before = part


def _pairs(parts: Sequence[str]) -> Iterator[str]:
    """Yield what must all be there for a word to be there: pairs of characters, and what stands alone."""
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else ""
        if is_han(part) and is_han(after):
            yield part + after
        elif not is_han(part) or at == 0 or not is_han(parts[at - 1]):
            yield part
