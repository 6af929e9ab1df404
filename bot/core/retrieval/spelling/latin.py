"""Names in Latin letters with a slip in them, and pinyin of Chinese names with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.language.characters import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.query.normalise import Atom, is_han, key, singular
from bot.core.retrieval.query.terms import Match, Term, Terms
from bot.core.retrieval.spelling.pinyin import letters

SHORTEST = 5
"""Letters from which a slip is repaired: among shorter names one letter is the difference (GIoU, DIoU, CIoU)."""
TWO_SLIPS = 9
"""Letters from which two are."""
COMMON = 1e-5
MAX_WORDS = 6
"""Unknown words of a query that are looked at."""
TYPO, PINYIN = 0.85, 0.75
CONSIDERED = 4
"""Words nearly spelt that are looked at."""
ByLength = Mapping[int, tuple[tuple[int, str], ...]]
"""Length -> (place, word) of the words that have it; nearer ones come first, and of those the first by place."""


@dataclass(frozen=True)
class Spelling:
    """Names by how they are typed in Latin letters.

    Attributes:
        keys: what `spelled` has, by length.
        known: words of other script that the pack uses.
        vocabulary: those long enough for a slip to be told from another word, by length.
    """

    spelled: Mapping[str, tuple[Term, Repair]]
    keys: ByLength
    known: frozenset[str]
    vocabulary: ByLength
    language: Language

    @classmethod
    def build(cls, terms: Terms, known: frozenset[str], language: Language) -> Spelling:
        """Collect what is long enough."""
        spelled: dict[str, tuple[Term, Repair]] = {}
        for name, term in terms.by_key.items():
            if not any(map(is_han, name)) and len(name) >= SHORTEST:
                spelled[name] = (term, Repair.TYPO)
        for name, term in terms.by_key.items():
            spelt = letters(name, language)
            if all(map(is_han, name)) and len(spelt) >= TWO_SLIPS:
                spelled.setdefault(spelt, (term, Repair.PINYIN))
        vocabulary = sorted(word for word in known if len(word) >= SHORTEST)
        return cls(spelled, _by_length(spelled), known, _by_length(vocabulary), language)

    def correct(self, given: Sequence[Atom]) -> tuple[Atom, ...]:
        """Mend the words of other script that the pack does not use: run together, or a slip away from one it uses."""
        unknown = [atom for atom in given if not atom.is_han and not self._is_word(atom.text)][:MAX_WORDS]
        if not unknown:
            return tuple(given)
        mended = {atom: self._parted(atom) or self._mended(atom) for atom in unknown}
        return tuple(part for atom in given for part in mended.get(atom, (atom,)))

    def _parted(self, atom: Atom) -> tuple[Atom, ...]:
        """Return the two words of the pack that were written as one ("batchsize"), or nothing."""
        for at in range(3, len(atom.text) - 2):
            one, other = atom.text[:at], singular(atom.text[at:])
            if one in self.known and other in self.known and not other.isdigit():
                middle = min(atom.start + at, atom.end)
                return atom._replace(text=one, end=middle), atom._replace(text=other, start=middle, follows_stop=False)
        return ()

    def _mended(self, atom: Atom) -> tuple[Atom, ...]:
        meant = self._meant(atom.text)
        return (atom._replace(text=meant, repair=Repair.TYPO),) if meant else (atom,)

    def _meant(self, typed: str) -> str:
        """Return the word of the pack that differs by a slip, or ""; of short words only two letters may be swapped."""
        if len(typed) < SHORTEST:
            swaps = (typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(1, len(typed) - 1))
            return next((word for word in swaps if len(typed) > 3 and word in self.known), "")
        near = _nearest(typed, self.vocabulary)
        return next((word for word in near if _digits(word) == _digits(typed) and word[0] == typed[0]), "")

    def find(self, given: Sequence[Atom]) -> Iterator[Match]:
        """Yield the names that a few words in a row nearly spell; they may overlap."""
        places = [at for at, atom in enumerate(given) if not atom.is_han][:MAX_WORDS]
        for at in places:
            for width in (1, 2, 3, 4):
                row = given[at : at + width]
                if len(row) == width and not any(atom.is_han for atom in row):
                    match = self._near(row, at)
                    if match:
                        yield match

    def _near(self, row: Sequence[Atom], at: int) -> Match | None:
        typed = key(atom.text for atom in row)
        if len(typed) < SHORTEST or all(self._is_word(atom.text) for atom in row):
            return None
        for name in _nearest(typed, self.keys):
            if _digits(name) == _digits(typed):
                term, repair = self.spelled[name]
                return Match(term, at, at + len(row), repair, TYPO if repair is Repair.TYPO else PINYIN)
        return None

    def _is_word(self, word: str) -> bool:
        """Tell whether a word is meant as it is: the pack uses it, or everybody does."""
        return word in self.known or self.language.frequency.get(word, 0.0) > COMMON


def _by_length(words: Iterable[str]) -> ByLength:
    """Sort words by their length; among those of one length they keep their order."""
    sorted_words: dict[int, list[tuple[int, str]]] = {}
    for place, word in enumerate(words):
        sorted_words.setdefault(len(word), []).append((place, word))
    return {length: tuple(row) for length, row in sorted_words.items()}


def _nearest(typed: str, words: ByLength) -> list[str]:
    """Return the words that differ by no more slips than are repaired, nearest first, then in their order.

    Every letter by which two lengths differ is a slip, so words of other lengths need not be looked at.
    """
    slips = 2 if len(typed) >= TWO_SLIPS else 1
    lengths = range(len(typed) - slips, len(typed) + slips + 1)
    choices = dict(chain.from_iterable([words.get(length, ()) for length in lengths]))
    near = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [word for word, _, _ in sorted(near, key=lambda row: (row[1], row[2]))[:CONSIDERED]]


def _digits(text: str) -> list[str]:
    return re.findall(r"\d", text)
