"""Names in Latin letters with a slip in them, and pinyin of Chinese names with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.language import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.normalise import Atom, is_han, key, singular
from bot.core.retrieval.pinyin import letters
from bot.core.retrieval.terms import Match, Term, Terms

SHORTEST = 5
"""Letters from which a slip is repaired: among shorter names one letter is the difference (GIoU, DIoU, CIoU)."""
TWO_SLIPS = 9
"""Letters from which two are."""
COMMON = 1e-5
MAX_WORDS = 6
"""Unknown words of a query that are looked at."""
TYPO, PINYIN = 0.85, 0.75


@dataclass(frozen=True)
class Spelling:
    """Names by how they are typed in Latin letters.

    Attributes:
        keys: what `spelled` has.
        known: words of other script that the pack uses.
        vocabulary: those long enough for a slip to be told from another word.
    """

    spelled: Mapping[str, tuple[Term, Repair]]
    keys: tuple[str, ...]
    known: frozenset[str]
    vocabulary: tuple[str, ...]
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
        return cls(spelled, tuple(spelled), known, tuple(sorted(w for w in known if len(w) >= SHORTEST)), language)

    def correct(self, given: Sequence[Atom]) -> tuple[Atom, ...]:
        """Mend the words of other script that the pack does not use: run together, or a slip away from one it uses."""
        unknown = [atom for atom in given if not atom.is_han and not self._is_word(atom.text)][:MAX_WORDS]
        mended = {atom: self._parted(atom) or self._mended(atom) for atom in unknown}
        return tuple(part for atom in given for part in mended.get(atom, (atom,)))

    def _parted(self, atom: Atom) -> tuple[Atom, ...]:
        """Return the two words of the pack that were written as one ("batchsize"), or nothing."""
        for at in range(3, len(atom.text) - 2):
            one, other = atom.text[:at], singular(atom.text[at:])
            if one in self.known and other in self.known and not other.isdigit():
                middle = min(atom.start + at, atom.end)
                return replace(atom, text=one, end=middle), replace(atom, text=other, start=middle, follows_stop=False)
        return ()

    def _mended(self, atom: Atom) -> tuple[Atom, ...]:
        meant = self._meant(atom.text)
        return (replace(atom, text=meant, repair=Repair.TYPO),) if meant else (atom,)

    def _meant(self, typed: str) -> str:
        """Return the word of the pack that differs by a slip, or ""; of short words only two letters may be swapped."""
        if len(typed) < SHORTEST:
            swaps = (typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(1, len(typed) - 1))
            return next((word for word in swaps if len(typed) > 3 and word in self.known), "")
        slips = 2 if len(typed) >= TWO_SLIPS else 1
        near = process.extract(typed, self.vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=4)
        return next((word for word, _, _ in near if _digits(word) == _digits(typed) and word[0] == typed[0]), "")

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
        slips = 2 if len(typed) >= TWO_SLIPS else 1
        near = process.extract(typed, self.keys, scorer=OSA.distance, score_cutoff=slips, limit=4)
        for name, _, _ in near:
            if _digits(name) == _digits(typed):
                term, repair = self.spelled[name]
                return Match(term, at, at + len(row), repair, TYPO if repair is Repair.TYPO else PINYIN)
        return None

    def _is_word(self, word: str) -> bool:
        """Tell whether a word is meant as it is: the pack uses it, or everybody does."""
        return word in self.known or self.language.frequency.get(word, 0.0) > COMMON


def _digits(text: str) -> list[str]:
    return re.findall(r"\d", text)
