"""Chinese names with a slip in them: a wrong character that sounds or looks right, one missing, two swapped.

Names are looked up by the sounds they share with the query, so that only a few are compared in full.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.language import Language
from bot.core.retrieval.decision import Repair
from bot.core.retrieval.normalise import Atom, is_han
from bot.core.retrieval.pinyin import POLYPHONES
from bot.core.retrieval.terms import Match, Term, Terms, is_inside

COMMON = 1e-5
"""Share of everyday text from which a word is taken at its word."""
HOMOPHONE, LOOKALIKE, SLIP = 0.95, 0.85, 0.75
"""Quality of a match after each repair."""
LOOKALIKES = (
    "卷券劵圈倦", "锚描猫毛", "置直值", "膨澎", "残浅钱", "析折", "类粪", "检捡俭险", "测侧则", "怔证征",
    "归旧", "抑仰", "感惑撼", "受授爱", "野墅", "平评苹", "滑划", "签鉴", "景井", "注住", "意忆", "洞动同",
)  # fmt: skip
"""Characters that are taken for one another by eye or finger."""


def sound(char: str, language: Language) -> str:
    """Return how a character sounds, with the sounds that are often confused made one.

    >>> sound("正", Language(pinyin={"正": "zheng"}))
    'zen'
    """
    return _fold_sound(language.pinyin[char]) if char in language.pinyin else char


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
        needed: how many of its sounds a query must have at least.
        by_sound: syllable -> numbers of the names that have it.
    """

    terms: tuple[Term, ...]
    heard: tuple[tuple[str, ...], ...]
    needed: tuple[int, ...]
    by_sound: Mapping[str, tuple[int, ...]]
    language: Language

    @classmethod
    def build(cls, terms: Terms, language: Language) -> Sounds:
        """Index the names by sound."""
        han = tuple(term for term in terms.by_key.values() if sum(map(is_han, term.parts)) > 1)
        readings = [(term, heard) for term in han for heard in _readings(term, language)]
        by_sound: dict[str, list[int]] = defaultdict(list)
        for number, (_, syllables) in enumerate(readings):
            for syllable in dict.fromkeys(syllables):
                by_sound[syllable].append(number)
        return cls(
            tuple(term for term, _ in readings),
            tuple(heard for _, heard in readings),
            tuple(_needed(heard) for _, heard in readings),
            {syllable: tuple(numbers) for syllable, numbers in by_sound.items()},
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
        heard = [sound(atom.text, self.language) for atom in given]
        places: dict[str, list[int]] = defaultdict(list)
        for place, syllable in enumerate(heard):
            places[syllable].append(place)
        for number in self._near(heard):
            for start, width in self._windows(places, number, len(heard)):
                match = self._match(given[start : start + width], heard[start : start + width], number)
                if match and not is_inside(given, start):
                    yield replace(match, start=start + offset, end=start + width + offset)

    def _near(self, heard: Sequence[str]) -> Iterable[int]:
        """Return the names that share all their sounds but one with the query."""
        shared: Counter[int] = Counter()
        for syllable in dict.fromkeys(heard):
            shared.update(self.by_sound.get(syllable, ()))
        return (number for number, count in shared.items() if count >= self.needed[number])

    def _windows(self, places: Mapping[str, Sequence[int]], number: int, size: int) -> Iterator[tuple[int, int]]:
        """Yield (start, width) of the pieces of a query that begin or end as a name does."""
        meant = self.heard[number]
        for width in (len(meant), len(meant) - 1, len(meant) + 1) if len(meant) > 3 else (len(meant),):
            ends = (place - width + 1 for place in places.get(meant[-1], ()))
            for start in dict.fromkeys((*places.get(meant[0], ()), *ends)):
                if 0 <= start <= size - width:
                    yield start, width

    def _match(self, given: Sequence[Atom], heard: Sequence[str], number: int) -> Match | None:
        term = self.terms[number]
        repair, quality = self._nearness([atom.text for atom in given], heard, term, self.heard[number])
        return Match(term, 0, len(given), repair, quality) if quality else None

    def _nearness(
        self, said: Sequence[str], heard: Sequence[str], term: Term, meant: Sequence[str]
    ) -> tuple[Repair, float]:
        """Return by which repair a piece of the query is a name, and how surely; 0 if it is not."""
        if _others(said) != _others(term.parts) or self._is_word("".join(said)):
            return Repair.EXACT, 0.0
        if list(heard) == list(meant):
            return Repair.HOMOPHONE, HOMOPHONE
        if len(said) == len(term.parts):
            return Repair.TYPO, self._slip(said, term.parts)
        shorter, longer = sorted((said, term.parts), key=len)
        is_whole = heard[0] == meant[0] and heard[-1] == meant[-1]
        return Repair.TYPO, SLIP if is_whole and _one_missing(shorter, longer) else 0.0

    def _slip(self, said: Sequence[str], meant: Sequence[str]) -> float:
        wrong = [at for at, (one, other) in enumerate(zip(said, meant, strict=True)) if one != other]
        if len(wrong) == 2 and wrong[0] + 1 == wrong[1] and len(meant) > 2:
            swapped = said[wrong[0]] == meant[wrong[1]] and said[wrong[1]] == meant[wrong[0]]
            return LOOKALIKE if swapped else 0.0
        if len(wrong) != 1 or len(meant) < 3:
            return 0.0
        at = wrong[0]
        if any(said[at] in group and meant[at] in group for group in LOOKALIKES):
            return LOOKALIKE
        pairs = ("".join(said[max(0, at - 1) : at + 1]), "".join(said[at : at + 2]))
        is_meant = self._is_frequent(said[at]) or any(len(pair) > 1 and self._is_word(pair) for pair in pairs)
        return SLIP if len(meant) > 4 and not is_meant else 0.0

    def _is_frequent(self, char: str) -> bool:
        """Tell whether a character stands alone so often that it is hardly a slip (个, 在)."""
        return self.language.frequency.get(char, 0.0) > 3e-4

    def _is_word(self, text: str) -> bool:
        """Tell whether a text is a common word, which is then what was meant."""
        return self.language.frequency.get(text, 0.0) > COMMON


def _needed(heard: Sequence[str]) -> int:
    """Return how many different sounds of a name must be there: all but one, of two characters both."""
    sounds = len(set(heard))
    return max(min(2, sounds), sounds - 1) if len(heard) > 2 else sounds


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


def _others(parts: Sequence[str]) -> list[str]:
    """Return the atoms that are not Chinese: digits and Latin words must agree exactly."""
    return [part for part in parts if not is_han(part)]


def _one_missing(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    return any(list(longer[:at]) + list(longer[at + 1 :]) == list(shorter) for at in range(len(longer)))
