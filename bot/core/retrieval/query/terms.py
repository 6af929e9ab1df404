"""The names that the pack knows, and finding them in a query letter for letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.core.content.library import Library
from bot.core.language.characters import Language
from bot.core.retrieval.decision import MatchedTerm, Repair
from bot.core.retrieval.query.normalise import Atom, Synonyms, atoms, key, tidy_long

_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")
_LISTED = re.compile(r"\s*(?:、|，|,|/|与|和|及|以及|\bvs\b\.?|\band\b)\s*", re.IGNORECASE)
LINK = "的"
"""Stands between the parts of a name or not ("通道的注意力"): not compared."""
_SILENT = re.compile(rf"\W|_|{LINK}")
PART_STRENGTH = 0.75
"""A name that is only a part of a title says less than one of its own."""


@dataclass(frozen=True, slots=True)
class Term:
    """One name.

    Attributes:
        name: as the pack writes it.
        parts: its atoms.
        owners: number of a concept -> how well the name stands for it, 0-1; none for a neighbour.
    """

    name: str
    parts: tuple[str, ...]
    owners: Mapping[int, float] = field(default_factory=dict)

    @property
    def is_neighbour(self) -> bool:
        """Tell whether the pack does not teach this."""
        return not self.owners


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a query.

    Attributes:
        start: first atom of the query it takes.
        end: one after the last.
    """

    term: Term
    start: int
    end: int
    repair: Repair = Repair.EXACT
    quality: float = 1.0

    def told(self, query: str, given: Sequence[Atom]) -> MatchedTerm:
        """Return the match as it is explained to the learner."""
        said = query[given[self.start].start : given[self.end - 1].end]
        repair = self.repair
        if repair is Repair.EXACT and not _same_letters(said, self.term.name):
            repair = Repair.SYNONYM
        return MatchedTerm(said, self.term.name, repair, self.quality)


def _same_letters(one: str, other: str) -> bool:
    return _SILENT.sub("", one).casefold() == _SILENT.sub("", other).casefold()


@dataclass(frozen=True)
class Terms:
    """All names by key.

    Attributes:
        longest: atoms in the longest one.
        beginnings: the first two characters of every key.
    """

    by_key: Mapping[str, Term]
    longest: int
    beginnings: frozenset[str]

    @classmethod
    def build(cls, library: Library, synonyms: Synonyms, language: Language) -> Terms:
        """Collect the names of all concepts, their synonyms, and the neighbours that are no name of any."""
        foreign = ((name, _spellings(name, synonyms, language)) for name in library.lexicon.neighbours)
        neighbours = _untaught(foreign)
        own = ((name, _spellings(name.text, synonyms, language)) for name in _all_names(library))
        found = _widened(_joined(_owned(own, neighbours), neighbours), synonyms)
        usable = {spelled: term for spelled, term in found.items() if len(spelled) > 1}
        longest = max((len(term.parts) for term in usable.values()), default=1)
        return cls(usable, longest, frozenset(spelled[:2] for spelled in usable))

    def mean_one_concept(self, names: Iterable[str]) -> bool:
        """Tell whether some concept has all these names (given by key)."""
        owners = [set(self.by_key[name].owners) for name in names]
        return bool(set.intersection(*owners)) if owners else False

    def find(self, given: Sequence[Atom]) -> tuple[Match, ...]:
        """Return the names that stand in a query, in order; where two overlap the longer one counts."""
        found = list(self._all(given))
        if len(found) > 1:
            found.sort(key=lambda match: (-_size(match), match.start))
            found = sorted(apart(found), key=lambda match: match.start)
        return tuple(found)

    def _all(self, given: Sequence[Atom]) -> Iterator[Match]:
        for start in range(len(given)):
            if given[start].text == LINK or is_inside(given, start):
                continue
            joined = ""
            for end in range(start, min(start + self.longest, len(given))):
                text = given[end].text
                joined += "" if text == LINK else text
                if len(joined) < 2:
                    continue
                if joined[:2] not in self.beginnings:
                    break
                term = self.by_key.get(joined)
                if term and text != LINK:
                    yield Match(term, start, end + 1)


def _joined(terms: Mapping[str, Term], others: Mapping[str, Term]) -> dict[str, Term]:
    """Return some terms and, behind them, those of the others that are spelled otherwise."""
    return {**terms, **{spelled: term for spelled, term in others.items() if spelled not in terms}}


def _widened(terms: Mapping[str, Term], synonyms: Synonyms) -> dict[str, Term]:
    """Return some terms and, behind them, the further words for those that stand for a group of synonyms."""
    found = dict(terms)
    for stand_in, members in synonyms.members.items():
        for parts in members if stand_in in found else ():
            found.setdefault(key(parts), replace(found[stand_in], parts=parts))
    return found


def _untaught(names: Iterable[tuple[str, Iterable[tuple[str, ...]]]]) -> dict[str, Term]:
    """Return what the pack does not teach, each with its spellings."""
    found: dict[str, Term] = {}
    for name, spellings in names:
        for parts in spellings:
            found.setdefault(key(parts), Term(name, parts))
    return found


def _owned(names: Iterable[tuple[_Name, Iterable[tuple[str, ...]]]], neighbours: Collection[str]) -> dict[str, Term]:
    """Return the names of concepts, each with its spellings; a part of a title that is a neighbour is none."""
    found: dict[str, Term] = {}
    for name, spellings in names:
        for parts in spellings:
            if name.strength < 1 and key(parts) in neighbours:
                continue
            term = found.get(key(parts), Term(name.text, parts))
            best = max(name.strength, term.owners.get(name.owner, 0.0))
            found[key(parts)] = replace(term, owners={**term.owners, name.owner: best})
    return found


def apart(matches: Iterable[Match]) -> list[Match]:
    """Return the matches that overlap none before them."""
    taken: list[Match] = []
    for match in matches:
        if all(match.end <= other.start or other.end <= match.start for other in taken):
            taken.append(match)
    return taken


def is_inside(given: Sequence[Atom], at: int) -> bool:
    """Tell whether an atom is a later part of a word that replaced what was typed: no name begins there."""
    return at > 0 and given[at - 1].start == given[at].start


def _size(match: Match) -> int:
    return match.end - match.start + sum(len(part) for part in match.term.parts)


def _spellings(name: str, synonyms: Synonyms, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the atoms of a name as it is written, and with synonyms replaced where that differs."""
    plain = [atom for atom in atoms(tidy_long(name), language) if atom.text != LINK]
    yield tuple(atom.text for atom in plain)
    replaced = tuple(atom.text for atom in synonyms.canonical(plain))
    if list(replaced) != [atom.text for atom in plain]:
        yield replaced


class _Name(NamedTuple):
    """A name of a concept, by its number, and how well it stands for it."""

    owner: int
    text: str
    strength: float


def _all_names(library: Library) -> Iterator[_Name]:
    for number, concept in enumerate(library.concepts):
        for name in (concept.title, concept.title_en, *concept.names, concept.origin):
            yield from (_Name(number, part, 1.0) for part in _bracketed(name))
        for name in (concept.title, concept.title_en, concept.origin):
            yield from (_Name(number, part, PART_STRENGTH) for part in _listed(name))


def _bracketed(name: str) -> Iterator[str]:
    """Yield a name, and what stands outside and inside of its brackets."""
    if name:
        yield name
        yield _BRACKETS.sub(" ", name).strip()
        yield from _BRACKETS.findall(name)


def _listed(name: str) -> Iterator[str]:
    """Yield the members of a name that lists several things ("IoU 与 GIoU")."""
    members = _LISTED.split(_BRACKETS.sub(" ", name))
    if len(members) > 1:
        yield from members
