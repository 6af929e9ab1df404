"""Completes what is being typed: names that begin so, by their letters, their pinyin or its initials."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.language.characters import Language
from bot.core.retrieval.query.normalise import atoms, is_han, key, tidy

MAX_READ = 200
"""Entries read for one prefix."""


@dataclass(frozen=True)
class Completions:
    """Ways to begin a name, sorted.

    Attributes:
        entries: (what is typed, rank: 0 whole name, 1 pinyin, 2 initials, 3 a later part of the name; concept number).
    """

    entries: tuple[tuple[str, int, int], ...]
    language: Language

    @classmethod
    def build(cls, names: Iterable[tuple[int, str]], language: Language) -> Completions:
        """Collect names given as (concept number, name)."""
        entries = {entry for number, name in names for entry in _entries(number, name, language)}
        return cls(tuple(sorted(entries)), language)

    def find(self, prefix: str) -> tuple[int, ...]:
        """Return the numbers of the concepts that have a name beginning so, best first."""
        typed = key(atom.text for atom in atoms(tidy(prefix), self.language))
        if not typed:
            return ()
        start = bisect_left(self.entries, (typed, -1, -1))
        found: list[tuple[int, int, int]] = []
        for entry, rank, number in self.entries[start : start + MAX_READ]:
            if not entry.startswith(typed):
                break
            found.append((rank, len(entry), number))
        return tuple(dict.fromkeys(number for *_, number in sorted(found)))


def _entries(number: int, name: str, language: Language) -> Iterator[tuple[str, int, int]]:
    parts = [atom.text for atom in atoms(tidy(name), language)]
    if not parts:
        return
    yield key(parts), 0, number
    readings = [language.pinyin.get(part, part) for part in parts]
    if any(map(is_han, parts)):
        yield key(readings), 1, number
        yield (
            key(reading[0] if is_han(part) else part for reading, part in zip(readings, parts, strict=True)),
            2,
            number,
        )
    for at in range(1, len(parts) - 1):
        yield key(parts[at:]), 3, number
