"""A query as the pack reads it: atoms, the names found in it, the words that are left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.core.content.library import Facet, Library
from bot.core.language.characters import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.query.facets import Asking, joined
from bot.core.retrieval.query.normalise import Atom, Synonyms, atoms, tidy
from bot.core.retrieval.query.terms import Match, Terms, apart
from bot.core.retrieval.query.words import Cutter, Word
from bot.core.retrieval.spelling.latin import Spelling
from bot.core.retrieval.spelling.pinyin import Pinyin
from bot.core.retrieval.spelling.sounds import Sounds

QUALITY = {Repair.PINYIN: 0.95, Repair.TYPO: 0.85, Repair.INITIALS: 0.75}
"""Quality of a name whose words were read or corrected before it was found."""
EXACT_BONUS = 1.5
"""What a name found letter for letter is ahead of one of the same length that had to be repaired."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a query.

    Attributes:
        text: the query, tidied.
        given: its atoms, synonyms replaced and pinyin read.
        matches: the names found, in order, none overlapping.
        words: what stands between them, without what only asks.
        facet: the part asked for.
        folded: the atoms as one text, words of other script set apart by spaces.
        parts: all atoms as strings.
    """

    text: str
    given: tuple[Atom, ...]
    matches: tuple[Match, ...]
    words: tuple[Word, ...]
    facet: Facet | None
    folded: str
    parts: tuple[str, ...]

    @property
    def corrected(self) -> tuple[str, ...]:
        """All atoms, with every misspelt name as the pack spells it."""
        return self._row([(at, at + 1) for at in self._uncovered()]) if self.matches else self.parts

    @property
    def content(self) -> tuple[str, ...]:
        """The atoms of the names and of the words that tell something."""
        return self._row([(word.start, word.end) for word in self.words if word.salience > 0])

    def _uncovered(self) -> Iterator[int]:
        covered = {at for match in self.matches for at in range(match.start, match.end)}
        return (at for at in range(len(self.parts)) if at not in covered)

    def _row(self, others: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        """Return the names and some other stretches in the order of the query."""
        parts = self.parts
        row = [(start, parts[start:end]) for start, end in others]
        row += [(match.start, self._spelled(match)) for match in self.matches]
        return tuple(chain.from_iterable([piece for _, piece in sorted(row)]))

    def _spelled(self, match: Match) -> tuple[str, ...]:
        is_right = match.repair in (Repair.EXACT, Repair.PINYIN, Repair.INITIALS)
        return self.parts[match.start : match.end] if is_right else match.term.parts


@dataclass(frozen=True)
class Reader:
    """Reads queries against the names of a pack."""

    language: Language
    synonyms: Synonyms
    terms: Terms
    sounds: Sounds
    spelling: Spelling
    pinyin: Pinyin
    cutter: Cutter
    asking: Asking

    @classmethod
    def build(cls, library: Library, language: Language, known: frozenset[str]) -> Reader:
        """Prepare all tables.

        Args:
            library: its names and its lexicon.
            language: tables of characters and words.
            known: words of other script that the pack uses.
        """
        synonyms = Synonyms.build(library.lexicon.synonyms, language)
        terms = Terms.build(library, synonyms, language)
        return cls(
            language,
            synonyms,
            terms,
            Sounds.build(terms, language, library.lexicon.look_alikes),
            Spelling.build(terms, known, language),
            Pinyin.build(terms, known, language),
            Cutter(language, frozenset(terms.by_key) | frozenset(synonyms.members)),
            Asking.build(library.lexicon.asked_as),
        )

    def read(self, query: str) -> Reading:
        """Read a query."""
        text = tidy(query)
        given = self.synonyms.canonical(self.spelling.correct(self.pinyin.read(atoms(text, self.language))))
        parts = tuple([atom.text for atom in given])
        folded = joined(parts)
        facet, places = self.asking.read(folded, parts)
        matches = self._matches(given)
        return Reading(text, given, matches, tuple(self._words(given, matches, places)), facet, folded, parts)

    def _matches(self, given: Sequence[Atom]) -> tuple[Match, ...]:
        found = [*self.terms.find(given), *self.sounds.find(given), *self.spelling.find(given)]
        if len(found) > 1:
            found.sort(key=lambda match: (-_claim(match, given), match.start))
            found = sorted(apart(found), key=lambda match: match.start)
        return tuple([_as_typed(match, given) for match in found])

    def _words(self, given: Sequence[Atom], matches: Sequence[Match], asking_places: Collection[int]) -> Iterator[Word]:
        """Cut what no name covers into words, leaving out what only asks."""
        taken = {at for match in matches for at in range(match.start, match.end)}.union(asking_places)
        start = 0
        for end in range(len(given) + 1):
            if end == len(given) or end in taken:
                if start < end:
                    yield from self.cutter.cut(given[start:end], start)
                start = end + 1


def _claim(match: Match, given: Sequence[Atom]) -> float:
    """Return how strongly a match claims its place: by what it covers, less what had to be repaired."""
    size = sum(2 if atom.is_han else len(atom.text) for atom in given[match.start : match.end])
    return size * match.quality**2 + (EXACT_BONUS if match.repair is Repair.EXACT else 0.0)


def _as_typed(match: Match, given: Sequence[Atom]) -> Match:
    """Note that a name stands in the query only since its words were read as pinyin or corrected."""
    repairs = [atom.repair for atom in given[match.start : match.end] if atom.repair is not Repair.EXACT]
    if match.repair is not Repair.EXACT or not repairs:
        return match
    return replace(match, repair=repairs[0], quality=QUALITY[repairs[0]])
