"""Chinese names with a slip in them: a wrong character that sounds or looks right, one missing, two swapped.

Names are looked up by the sounds they share with the query, so that only a few are compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from bot.core.language.characters import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.query.normalise import Atom, is_han
from bot.core.retrieval.query.terms import Match, Term, Terms, is_inside
from bot.core.retrieval.spelling.pinyin import POLYPHONES

COMMON = 1e-5
"""Share of everyday text from which a word is taken at its word."""
HOMOPHONE, LOOKALIKE, SLIP = 0.95, 0.85, 0.75
"""Quality of a match after each repair."""


def sound(char: str, language: Language) -> str:
    """Return how a character sounds, with the sounds that are often confused made one.

    >>> sound("正", Language(pinyin={"正": "zheng"}))
    'zen'
    """
    return _fold_sound(language.pinyin[char]) if char in language.pinyin else char


@cache
def _fold_sound(syllable: str) -> str:
    if syllable[1:2] == "h" and syllable[0] in "zcs":
        syllable = syllable[0] + syllable[2:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@dataclass(frozen=True)
class Sounds:
    """Names by their sounds.

    Attributes:
        terms: the names with two Chinese characters or more.
        heard: their syllables, atom by atom.
        others: their atoms that are not Chinese: digits and Latin words must agree exactly.
        needed: how many of its sounds a query must have at least.
        by_sound: syllable -> numbers of the names that have it.
        alike: character -> those that it is taken for by eye or finger.
    """

    terms: tuple[Term, ...]
    heard: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]
    needed: npt.NDArray[np.int64]
    by_sound: Mapping[str, npt.NDArray[np.int64]]
    alike: Mapping[str, Sequence[str]]
    language: Language

    @classmethod
    def build(cls, terms: Terms, language: Language, look_alikes: Iterable[Sequence[str]] = ()) -> Sounds:
        """Index the names by sound.

        Args:
            look_alikes: groups of characters that are taken for one another.
        """
        alike = _by_character(look_alikes)
        han = tuple(term for term in terms.by_key.values() if sum(map(is_han, term.parts)) > 1)
        readings = [(term, heard) for term in han for heard in _readings(term, language)]
        ways = [[heard, *_alike(term.parts, heard, alike, language)] for term, heard in readings]
        return cls(
            tuple(term for term, _ in readings),
            tuple(heard for _, heard in readings),
            tuple(_others(term.parts) for term, _ in readings),
            np.array(list(map(_needed, ways)), np.int64),
            _by_sound(ways),
            alike,
            language,
        )

    def find(self, given: Sequence[Atom]) -> Iterator[Match]:
        """Yield the names that nearly stand in a query, between two stops; they may overlap."""
        start = 0
        for end in range(1, len(given) + 1):
            if end == len(given) or given[end].follows_stop:
                yield from self._stretch(given[start:end], start)
                start = end

    def _stretch(self, given: Sequence[Atom], offset: int) -> Iterator[Match]:
        said = tuple([atom.text for atom in given])
        readings = map(self.language.pinyin.get, said)
        heard = tuple([_fold_sound(r) if r else text for text, r in zip(said, readings, strict=True)])
        places: dict[str, list[int]] = {}
        for place, syllable in enumerate(heard):
            places.setdefault(syllable, []).append(place)
        for number in self._near(places):
            for start, end in self._windows(places, number, len(heard)):
                repair, quality = self._nearness(said[start:end], heard[start:end], number)
                if quality and not is_inside(given, start):
                    yield Match(self.terms[number], start + offset, end + offset, repair, quality)

    def _near(self, places: Mapping[str, Sequence[int]]) -> Iterable[int]:
        """Return the names that share all their sounds but one with the query, by the first sound they share."""
        having = [self.by_sound[syllable] for syllable in places if syllable in self.by_sound]
        if not having:
            return ()
        shared = np.bincount(np.concatenate(having), minlength=len(self.needed))
        near: list[int] = (shared >= self.needed).nonzero()[0].tolist()
        if len(near) < 2:
            return near
        firsts = {syllable: found[0] for syllable, found in places.items()}
        return sorted(near, key=lambda number: min([firsts[s] for s in self.heard[number] if s in firsts], default=0))

    def _windows(self, places: Mapping[str, Sequence[int]], number: int, size: int) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the pieces of a query that begin or end as a name does."""
        meant = self.heard[number]
        width = len(meant)
        firsts, lasts = places.get(meant[0], ()), places.get(meant[-1], ())
        for start in dict.fromkeys((*firsts, *[place - width + 1 for place in lasts])):
            if 0 <= start <= size - width:
                yield start, start + width
        if width > 3 and firsts and lasts:
            # With a character missing or too many, both ends must be right.
            for other in (width - 1, width + 1):
                yield from ((start, start + other) for start in firsts if start + other - 1 in lasts)

    def _nearness(self, said: Sequence[str], heard: Sequence[str], number: int) -> tuple[Repair, float]:
        """Return by which repair a piece of the query is a name, and how surely; 0 if it is not."""
        spelt, meant = self.terms[number].parts, self.heard[number]
        if heard == meant:
            repair, quality = Repair.HOMOPHONE, HOMOPHONE
        elif len(said) == len(spelt):
            repair, quality = Repair.TYPO, self._slip(said, spelt)
        else:
            repair, quality = Repair.TYPO, SLIP if _one_missing(*sorted((said, spelt), key=len)) else 0.0
        if quality and (_others(said) != self.others[number] or self._is_word("".join(said))):
            return Repair.EXACT, 0.0
        return repair, quality

    def _slip(self, said: Sequence[str], meant: Sequence[str]) -> float:
        if len(meant) < 3:
            return 0.0
        wrong = [at for at, (one, other) in enumerate(zip(said, meant, strict=True)) if one != other]
        if len(wrong) != 1:
            return LOOKALIKE if _are_swapped(said, meant, wrong) else 0.0
        at = wrong[0]
        if said[at] in self.alike.get(meant[at], ()):
            return LOOKALIKE
        return 0.0 if len(meant) < 5 or self._is_meant(said, at) else SLIP

    def _is_meant(self, said: Sequence[str], at: int) -> bool:
        """Tell a character that is hardly a slip: it stands alone so often, or makes a word with one beside it."""
        pairs = ("".join(said[max(0, at - 1) : at + 1]), "".join(said[at : at + 2]))
        return self._is_frequent(said[at]) or any(len(pair) > 1 and self._is_word(pair) for pair in pairs)

    def _is_frequent(self, char: str) -> bool:
        """Tell whether a character stands alone so often that it is hardly a slip (个, 在)."""
        return self.language.frequency.get(char, 0.0) > 3e-4

    def _is_word(self, text: str) -> bool:
        """Tell whether a text is a common word, which is then what was meant."""
        return self.language.frequency.get(text, 0.0) > COMMON


def _by_sound(ways: Sequence[Sequence[Sequence[str]]]) -> dict[str, npt.NDArray[np.int64]]:
    """Return for each syllable the numbers of the names that have it, in any of their ways."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, heard in enumerate(ways):
        for syllable in dict.fromkeys(chain.from_iterable(heard)):
            found[syllable].append(number)
    return {syllable: np.array(numbers, np.int64) for syllable, numbers in found.items()}


def _by_character(groups: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """Return for each character of a group the others."""
    return {char: [other for other in group if other != char] for group in groups for char in group}


def _are_swapped(said: Sequence[str], meant: Sequence[str], wrong: Sequence[int]) -> bool:
    """Tell whether what is wrong are two neighbours, each in the other's place."""
    if len(wrong) != 2 or wrong[0] + 1 != wrong[1]:
        return False
    one, other = wrong
    return said[one] == meant[other] and said[other] == meant[one]


def _needed(ways: Sequence[Sequence[str]]) -> int:
    """Return how many different sounds of a name must be there, given all ways in which it may sound.

    All but one; of two or three characters all, since none of them is forgiven but for one that looks alike.
    """
    if len(ways[0]) > 3:
        sounds = len(set(ways[0]))
        return max(min(2, sounds), sounds - 1)
    return min(len(set(heard)) for heard in ways)


def _alike(
    parts: Sequence[str], heard: Sequence[str], alike: Mapping[str, Sequence[str]], language: Language
) -> Iterator[tuple[str, ...]]:
    """Yield how a name of three characters sounds with one of them replaced by one that looks alike."""
    for at, char in enumerate(parts if len(parts) == 3 else ()):
        for other in alike.get(char, ()):
            yield (*heard[:at], sound(other, language), *heard[at + 1 :])


def _readings(term: Term, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield how a name sounds, and how it sounds with the second readings of its characters."""
    usual = tuple(sound(part, language) for part in term.parts)
    yield usual
    second = tuple(
        _fold_sound(POLYPHONES[part]) if part in POLYPHONES else heard
        for part, heard in zip(term.parts, usual, strict=True)
    )
    if second != usual:
        yield second


def _others(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the atoms that are not Chinese."""
    return tuple([part for part in parts if not is_han(part)])


def _one_missing(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    return any(list(longer[:at]) + list(longer[at + 1 :]) == list(shorter) for at in range(len(longer)))
