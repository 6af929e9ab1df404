"""Reads pinyin as an input method does: names of the pack first, then the commonest words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from bot.core.language.characters import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.query.normalise import Atom, is_han, key
from bot.core.retrieval.query.terms import Terms

NAME_COST = 5.0
"""A name costs as much as a very common word, so that it is preferred."""
COMMON = 3e-5
"""Share of everyday text from which a word is offered."""
LONGEST = 30
"""Letters of the longest word that is tried."""
POLYPHONES = {
    "长": "chang", "重": "chong", "行": "hang", "率": "lu", "差": "cha", "调": "diao", "参": "shen", "角": "jue",
    "数": "shuo", "降": "xiang", "着": "zhe", "还": "huan", "便": "bian", "单": "shan", "传": "zhuan", "量": "liang",
    "略": "lue", "女": "nu", "绿": "lu", "滤": "lu", "律": "lu", "绩": "ji", "藏": "zang", "模": "mu", "累": "lei",
}  # fmt: skip
"""Second readings that are typed, v for ü written as u included."""
MANY_WORDS = 4
"""So many words that all read as pinyin are pinyin, even with no name among them."""


@dataclass(frozen=True)
class Pinyin:
    """Letters -> Chinese words.

    Attributes:
        words: letters -> the word they most likely stand for, and its cost.
        names: letters of the pack's names.
        initials: first letters -> the one name of three characters or more that has them.
        known: words of other script that the pack itself uses: never pinyin.
    """

    words: Mapping[str, tuple[str, float]]
    names: frozenset[str]
    initials: Mapping[str, str]
    known: frozenset[str]
    language: Language

    @classmethod
    def build(cls, terms: Terms, known: frozenset[str], language: Language) -> Pinyin:
        """Collect the readings of all names and of the common words."""
        named = [name for name in terms.by_key if all(map(is_han, name))]
        names: dict[str, str] = {}
        for name in named:
            for spelt in readings(name, language):
                names.setdefault(spelt, name)
        words = _common_words(language) | {spelt: (name, NAME_COST) for spelt, name in names.items()}
        initials = _by_initials(named, language)
        single = {firsts: found[0] for firsts, found in initials.items() if terms.mean_one_concept(found)}
        return cls(words, frozenset(names), single, known, language)

    def read(self, given: Sequence[Atom]) -> tuple[Atom, ...]:
        """Replace every run of pinyin by the characters it stands for, which keep its place in the query."""
        if not any(map(_is_lettered, given)):
            return tuple(given)
        return tuple(chain.from_iterable(self._run(run) for run in _runs(given, _is_lettered)))

    def _run(self, run: Sequence[Atom]) -> Sequence[Atom]:
        """Read a run of words in letters: as a whole, or without the words that the pack itself uses."""
        if not _is_lettered(run[0]) or all(self._is_word(atom.text) for atom in run):
            return run
        read = self._words(key(atom.text for atom in run))
        if len(read) >= MANY_WORDS or not self.names.isdisjoint(read):
            return tuple(self._placed(read, run))
        if len(run) > 1 and not all(map(self._is_unknown, run)):
            return tuple(chain.from_iterable(map(self._run, _runs(run, self._is_unknown))))
        return tuple(chain.from_iterable(map(self._initials, run)))

    def _is_unknown(self, atom: Atom) -> bool:
        return atom.text not in self.known

    def _initials(self, atom: Atom) -> Iterator[Atom]:
        name = self.initials.get(atom.text)
        if name is None or self.language.frequency.get(atom.text, 0.0) > 0:
            yield atom
        else:
            yield from (Atom(char, atom.start, atom.end, repair=Repair.INITIALS) for char in name)

    def _is_word(self, word: str) -> bool:
        """Tell whether a word means itself: the pack uses it, or everybody does."""
        return word in self.known or self.language.frequency.get(word, 0.0) > COMMON

    def _words(self, text: str) -> tuple[str, ...]:
        """Cut letters into the cheapest row of words; () if some are left over."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            options = (
                (best[start][0] + self.words[text[start:end]][1], start)
                for start in range(max(0, end - LONGEST), end)
                if text[start:end] in self.words
            )
            best.append(min(options, default=(math.inf, 0)))
        if math.isinf(best[-1][0]):
            return ()
        found: list[str] = []
        end = len(text)
        while end:
            found.append(text[best[end][1] : end])
            end = best[end][1]
        return tuple(reversed(found))

    def _placed(self, read: Sequence[str], run: Sequence[Atom]) -> Iterator[Atom]:
        places = [place for atom in run for place in range(atom.start, atom.end)]
        at = 0
        for spelt in read:
            start, end = places[at], places[at + len(spelt) - 1] + 1
            at += len(spelt)
            yield from (Atom(char, start, end, repair=Repair.PINYIN) for char in self.words[spelt][0])


def _common_words(language: Language) -> dict[str, tuple[str, float]]:
    """Return the common Chinese words by how they are read, each with its cost; of homophones the cheapest."""
    words: dict[str, tuple[str, float]] = {}
    for word, share in language.frequency.items():
        if share > COMMON and all(map(is_han, word)):
            for spelt in readings(word, language):
                _offer(words, spelt, word, -math.log(share))
    return words


def _by_initials(names: Iterable[str], language: Language) -> Mapping[str, list[str]]:
    """Return the names of three characters and more by the first letters of their readings."""
    initials: dict[str, list[str]] = {}
    for name in names:
        if len(name) > 2:
            initials.setdefault("".join(language.pinyin.get(char, char)[0] for char in name), []).append(name)
    return initials


def _is_lettered(atom: Atom) -> bool:
    return atom.text.isascii() and atom.text.isalpha()


def _runs(given: Sequence[Atom], belongs: Callable[[Atom], bool]) -> Iterator[tuple[Atom, ...]]:
    """Cut a row where what belongs together begins or ends."""
    return (tuple(run) for _, run in groupby(given, belongs))


def readings(word: str, language: Language) -> Iterator[str]:
    """Yield the readings of a word: the usual one, then with each character that has a second one read so."""
    yield letters(word, language)
    for at, char in enumerate(word):
        if char in POLYPHONES:
            yield letters(word[:at], language) + POLYPHONES[char] + letters(word[at + 1 :], language)


def letters(word: str, language: Language) -> str:
    """Return the reading of a Chinese word in one piece."""
    return "".join(language.pinyin.get(char, char) for char in word)


def _offer(words: dict[str, tuple[str, float]], spelt: str, word: str, cost: float) -> None:
    if spelt not in words or cost < words[spelt][1]:
        words[spelt] = (word, cost)
