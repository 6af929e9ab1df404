"""Chinese names with a slip in them: a wrong character that sounds or looks right, one missing, one too many, two swapped.

Names are looked up by the sounds they share with the query, so that only a few are compared in full.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
    "卷券圈倦", "锚描猫毛", "置直值", "膨澎", "残浅钱", "析折", "类粪", "检捡俭险", "测侧则", "怔证征",
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
        by_sound: syllable -> numbers of the names that have it.
    """

    terms: tuple[Term, ...]
    heard: tuple[tuple[str, ...], ...]
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
        for number in self._near(heard):
            for match in self._places(given, heard, number):
                yield replace(match, start=match.start + offset, end=match.end + offset)

    def _near(self, heard: Sequence[str]) -> Iterator[int]:
        """Yield the names that share all their sounds but one with the query."""
        shared: Counter[int] = Counter()
        for syllable in dict.fromkeys(heard):
            shared.update(self.by_sound.get(syllable, ()))
        for number, count in shared.items():
            needed = len(set(self.heard[number]))
            if count >= max(2 if needed > 1 else 1, needed - 1 if len(self.heard[number]) > 2 else needed):
                yield number

    def _places(self, given: Sequence[Atom], heard: Sequence[str], number: int) -> Iterator[Match]:
        """Yield the places in the query where one name nearly stands."""
        term, meant = self.terms[number], self.heard[number]
        widths = (len(meant), len(meant) - 1, len(meant) + 1) if len(meant) > 3 else (len(meant),)
        for width in widths:
            for start in range(len(heard) - width + 1):
                window = heard[start : start + width]
                if is_inside(given, start):
                    continue
                if window[0] == meant[0] or window[-1] == meant[-1]:
                    said = [atom.text for atom in given[start : start + width]]
                    repair, quality = self._nearness(said, window, term, meant)
                    if quality:
                        yield Match(term, start, start + width, repair, quality)

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
