"""Typing errors in terms the rubric knows: homophones and slips, never across a negator or a minimal pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.core.grading.text import Folded
from bot.core.language import Language

LONGEST_TERM = 8
_KEPT = frozenset(
    "不没无未非别大小多少高低增减有前后上下正负难易快慢硬软加升降长短强弱远近深浅一二三四五六七八九十两内外对错开关单双"
)
"""Characters that turn a meaning round: where one is written in a short term, it is meant."""
_NEGATORS = frozenset("不没无未非别")
_PAIRS = frozenset(
    {
        "inner",
        "outer",
        "lower",
        "slower",
        "former",
        "latter",
        "within",
        "without",
        "higher",
        "increase",
        "decrease",
        "better",
        "batter",
    }
)
_HAN_RUN = re.compile(r"[㐀-鿿]+")
_LATIN_WORD = re.compile(r"(?<![a-z0-9])[a-z]{5,}(?![a-z0-9])")


class Repairer:
    """Mends typing errors towards the words of one rubric.

    Args:
        terms: folded terms of the rubric.
    """

    def __init__(self, terms: Iterable[str], language: Language) -> None:
        self._language = language
        self._sounds_of: dict[str, str] = {}
        han = {run for term in terms for run in _HAN_RUN.findall(term) if 2 <= len(run) <= LONGEST_TERM}
        self._han = frozenset(han)
        self._by_sound: Mapping[tuple[str, ...], tuple[str, ...]] = self._sounds(han)
        self._lengths = sorted({len(run) for run in han}, reverse=True)
        self._latin = frozenset(word for term in terms for word in _LATIN_WORD.findall(term))

    def _sounds(self, runs: Iterable[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for run in sorted(runs):
            found[self._sound(run)].append(run)
        return {sound: tuple(words) for sound, words in found.items()}

    def _sound(self, text: str) -> tuple[str, ...]:
        return tuple(map(self._sound_of, text))

    def _sound_of(self, char: str) -> str:
        found = self._sounds_of.get(char)
        if found is None:
            found = self._sounds_of[char] = _plain_sound(self._language.pinyin.get(char, char))
        return found

    def mend(self, folded: Folded) -> Folded:
        """Return the text with slips in known terms put right; lengths and places stay as they are, Latin aside."""
        return self._mend_latin(self._mend_han(folded))

    def _mend_han(self, folded: Folded) -> Folded:
        chars = list(folded.text)
        for run in _HAN_RUN.finditer(folded.text):
            sounds = self._sound(run.group())
            for length in self._lengths:
                for at in range(len(sounds) - length + 1):
                    meant = self._by_sound.get(sounds[at : at + length])
                    if meant:
                        start = run.start() + at
                        chars[start : start + length] = self._meant("".join(chars[start : start + length]), meant)
        return replace(folded, text="".join(chars))

    def _meant(self, written: str, candidates: Sequence[str]) -> str:
        """Return the term that was meant by what was written, or the latter."""
        if written in self._han:
            return written
        for term in candidates:
            slips = [(a, b) for a, b in zip(written, term, strict=True) if a != b]
            kept = _KEPT if len(term) < 4 else _NEGATORS
            if len(slips) <= max(1, len(term) // 2) and all(a not in kept and b not in _NEGATORS for a, b in slips):
                return term
        return written

    def _mend_latin(self, folded: Folded) -> Folded:
        text, places, shift = folded.text, list(folded.places), 0
        for match in _LATIN_WORD.finditer(folded.text):
            word = match.group()
            meant = _nearest(word, self._latin)
            if meant:
                start, end = match.start() + shift, match.end() + shift
                text = text[:start] + meant + text[end:]
                places[start:end] = _stretched(places[start:end], len(meant))
                shift += len(meant) - len(word)
        return Folded(folded.original, text, tuple(places))


def _plain_sound(syllable: str) -> str:
    """Fold the syllables that many speakers do not tell apart: zh/z, ch/c, sh/s, final ng/n."""
    return re.sub(r"^([zcs])h", r"\1", re.sub(r"ng$", "n", syllable))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: frozenset[str]) -> str:
    """Return the one known word that differs by a slip (two in long words), or ""."""
    if (
        word in known
        or word in _PAIRS
        or any(word.startswith(term[:-1]) or term.startswith(word[:-1]) for term in known)
    ):
        return ""
    allowed = 2 if len(word) >= 9 else 1
    near = [
        term
        for term in sorted(known)
        if term[0] == word[0] and OSA.distance(word, term, score_cutoff=allowed) <= allowed
    ]
    return near[0] if len(near) == 1 and near[0] not in _PAIRS else ""


def _stretched(places: list[int], length: int) -> list[int]:
    """Return as many places as a mended word has letters, from first to last."""
    return [places[min(index, len(places) - 1)] for index in range(length - 1)] + places[-1:]
