"""A query as the pack reads it: atoms, the names found in it, the words that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.core.language import Language
from bot.core.library import Facet, Library
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.facets import asked, asking_places
from bot.core.retrieval.normalise import Atom, Synonyms, atoms, tidy
from bot.core.retrieval.pinyin import Pinyin
from bot.core.retrieval.sounds import Sounds
from bot.core.retrieval.spelling import Spelling
from bot.core.retrieval.terms import Match, Terms
from bot.core.retrieval.words import Cutter, Word

EXACT_BONUS = 0.6
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
    """

    text: str
    given: tuple[Atom, ...]
    matches: tuple[Match, ...]
    words: tuple[Word, ...]
    facet: Facet | None

    @property
    def parts(self) -> tuple[str, ...]:
        """All atoms as strings."""
        return tuple(atom.text for atom in self.given)

    @property
    def content(self) -> tuple[str, ...]:
        """The atoms of the names and of the words that tell something."""
        spans = [(match.start, match.end) for match in self.matches]
        spans += [(word.start, word.end) for word in self.words if word.salience > 0]
        return tuple(part for start, end in sorted(spans) for part in self.parts[start:end])


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
            Sounds.build(terms, language),
            Spelling.build(terms, known, language),
            Pinyin.build(terms, known, language),
            Cutter(language, frozenset(terms.by_key) | frozenset(synonyms.members)),
        )

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the atoms of a text of the pack, as queries are read."""
        return tuple(atom.text for atom in self.synonyms.canonical(atoms(text, self.language)))

    def read(self, query: str) -> Reading:
        """Read a query."""
        text = tidy(query)
        given = self.synonyms.canonical(self.pinyin.read(atoms(text, self.language)))
        matches = self._matches(given, text)
        folded = "".join(atom.text if atom.is_han else f" {atom.text} " for atom in given)
        facet = asked(folded)
        return Reading(text, given, matches, tuple(self._words(given, matches)), facet)

    def _matches(self, given: Sequence[Atom], text: str) -> tuple[Match, ...]:
        exact = self.terms.find(given)
        options = [(*self._rank(match, EXACT_BONUS), match) for match in exact]
        for match in (*self.sounds.find(given), *self.spelling.find(given)):
            options.append((*self._rank(match, 0.0), match))
        taken: list[Match] = []
        for *_, match in sorted(options, key=lambda option: option[:2], reverse=True):
            if all(match.end <= other.start or other.end <= match.start for other in taken):
                taken.append(match)
        return tuple(_as_typed(match, given, text) for match in sorted(taken, key=lambda match: match.start))

    def _rank(self, match: Match, bonus: float) -> tuple[float, int]:
        size = match.end - match.start
        return size * match.quality**2 + bonus, -match.start

    def _words(self, given: Sequence[Atom], matches: Sequence[Match]) -> list[Word]:
        """Cut what no name covers into words, leaving out what only asks."""
        covered = {at for match in matches for at in range(match.start, match.end)}
        asking = asking_places([atom.text for atom in given]) - covered
        found: list[Word] = []
        for is_left, run in groupby(range(len(given)), lambda at: at not in covered and at not in asking):
            if is_left:
                places = list(run)
                first, last = places[0], places[-1]
                stretch = self.cutter.cut(given[first : last + 1])
                found += (replace(word, start=word.start + first, end=word.end + first) for word in stretch)
        return found


def _as_typed(match: Match, given: Sequence[Atom], text: str) -> Match:
    """Note that an exact match was typed in pinyin."""
    typed = text[given[match.start].start : given[match.end - 1].end]
    is_pinyin = match.repair is Repair.EXACT and typed.isascii() and not "".join(match.term.parts).isascii()
    is_pinyin = is_pinyin and not match.term.name.isascii()
    if is_pinyin:
        return Match(match.term, match.start, match.end, Repair.PINYIN, 0.95)
    return match
