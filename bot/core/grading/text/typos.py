"""Typing errors in terms the rubric knows: homophones and slips, never across a negator or a minimal pair."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from rapidfuzz.distance import OSA

from bot.core.grading.text.folding import Folded
from bot.core.language.characters import Language
from bot.core.language.everyday_words import EVERYDAY

Span = tuple[int, int]
LONGEST_TERM = 8
SHORTEST_TERM, FOUR = 2, 4
_KEPT = frozenset(
    "不没无未非别大小多少高低增减有前后上下正负难易快慢硬软加升降长短强弱远近深浅一二三四五六七八九十两内外对错开关单双"
)
"""Characters that turn a meaning round: where one is written in a short term, it is meant."""
_NEGATORS = frozenset("不没无未非别")
_PAIRS = frozenset({
    "inner", "outer", "lower", "slower", "former", "latter", "within", "without", "higher", "increase", "decrease",
    "better", "batter",
})  # fmt: skip
_FUNCTION = frozenset("的地得了是在时和与个一只就都还又再才将把被让给对从为以及或则这那各每每会能要可不没")
"""Characters too common to be anybody's slip."""
_HAN_RUN = re.compile(r"[㐀-鿿]+")
_LATIN_WORD = re.compile(r"(?<![a-z0-9])[a-z]{5,}(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words that are meant as they are written.

    Attributes:
        han: Chinese ones, of two characters or more.
        latin: English ones of everyday language, of five letters or more.
    """

    han: frozenset[str] = frozenset()
    latin: frozenset[str] = frozenset()

    @classmethod
    def of(cls, everyday: Iterable[str] = (), words: Iterable[str] = ()) -> Self:
        """Collect them.

        Args:
            everyday: what a field says besides everyday language.
            words: of a lexicon; an English one of them may still be a slip for a term.
        """
        usual = EVERYDAY.union(everyday)
        han = (run for word in (*usual, *words) for run in _HAN_RUN.findall(word) if len(run) > 1)
        return cls(frozenset(han), frozenset(word for word in usual if _LATIN_WORD.fullmatch(word)))


class Repairer:
    """Mends typing errors towards the words of one rubric.

    Args:
        terms: folded terms of the rubric.
        known: further words, left as they are.
    """

    def __init__(self, terms: Iterable[str], language: Language, known: KnownWords | None = None) -> None:
        self._language = language
        self._sounds_of: dict[str, str] = {}
        han = {run for term in terms for run in _HAN_RUN.findall(term) if 2 <= len(run) <= LONGEST_TERM}
        self._han = frozenset(han)
        self._known = known or KnownWords.of()
        self._by_sound: Mapping[tuple[str, ...], tuple[str, ...]] = self._sounds(han)
        self._lengths_from = _lengths_from(self._by_sound)
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
        mended: list[Span] = []
        for run in _HAN_RUN.finditer(folded.text):
            sounds = self._sound(run.group())
            for at in range(len(sounds) - 1):
                for length in self._lengths_from.get(sounds[at : at + 2], ()):
                    meant = self._by_sound.get(sounds[at : at + length])
                    if meant and at + length <= len(sounds):
                        self._put_right(chars, range(run.start() + at, run.end()), length, meant, mended)
        return replace(folded, text="".join(chars)) if mended else folded

    def _put_right(
        self, chars: list[str], span: range, length: int, candidates: Sequence[str], mended: list[Span]
    ) -> None:
        """Write the term that was meant over what was written, where it is a slip.

        Args:
            chars: changed in place.
            span: from where the term begins to where its run of Chinese characters ends.
            mended: what was put right already; grows.
        """
        start, end = span.start, span.start + length
        written = "".join(chars[start:end])
        if written in self._han:
            return
        meant = self._meant(written, candidates, span, [*self._known_spans(chars, start, end), *mended])
        if meant != written:
            chars[start:end] = meant
            mended.append((start, end))

    def _known_spans(self, chars: Sequence[str], start: int, end: int) -> list[Span]:
        """Return where known words stand that share a character with a span, overlapping ones as well."""
        begin = max(0, start - LONGEST_TERM + 1)
        window = "".join(chars[begin : end + LONGEST_TERM - 1])
        known, own = self._known.han, self._han
        places = (
            (at, at + length)
            for length in range(2, LONGEST_TERM + 1)
            for at in range(max(0, start - begin - length + 1), min(end - begin, len(window) - length + 1))
        )
        return [(begin + at, begin + to) for at, to in places if window[at:to] in known or window[at:to] in own]

    def _meant(self, written: str, candidates: Sequence[str], span: range, known: Sequence[Span]) -> str:
        """Return the term that was meant by what was written, or the latter."""
        start, end = span.start, span.start + len(written)
        if len(written) == SHORTEST_TERM and any(_is_crossed(place, (start, end)) for place in known):
            return written
        free = [all(at not in range(*place) for place in known) for at in range(start, end)]
        slips = (term for term in candidates if _is_slip(written, term, free, is_final=end == span.stop))
        return next(slips, written)

    def _mend_latin(self, folded: Folded) -> Folded:
        text, places, shift = folded.text, list(folded.places), 0
        for match in _LATIN_WORD.finditer(folded.text):
            word = match.group()
            meant = _nearest(word, self._latin, self._known.latin)
            if meant:
                start, end = match.start() + shift, match.end() + shift
                text = text[:start] + meant + text[end:]
                places[start:end] = _stretched(places[start:end], len(meant))
                shift += len(meant) - len(word)
        return Folded(folded.original, text, tuple(places))


def _is_crossed(word: Span, span: Span) -> bool:
    """Tell a word that reaches across one end of a span."""
    return word[0] < span[0] < word[1] or word[0] < span[1] < word[1]


def _is_slip(written: str, term: str, free: Sequence[bool], *, is_final: bool) -> bool:
    """Tell a slip of the keyboard: few characters, none that turns a meaning round or is too common to be one.

    Args:
        free: of each character whether it belongs to no known word.
        is_final: nothing follows, so that a 和 at the end joins nothing ("过拟和").
    """
    slips = [at for at, (a, b) in enumerate(zip(written, term, strict=True)) if a != b]
    if not all(free[at] for at in slips):
        return False
    pairs = [(written[at], term[at]) for at in slips if not (is_final and written[at] == "和")]
    is_meant = any(_is_meant(a, b, len(term)) for a, b in pairs)
    return len(pairs) <= max(1, len(term) // 2) and not is_meant


def _is_meant(written: str, other: str, length: int) -> bool:
    """Tell a character that was not written for another one by mistake, in a term of some length."""
    kept = _KEPT if length < FOUR else _NEGATORS
    return written in kept or written in _FUNCTION or other in _NEGATORS


def _lengths_from(sounds: Iterable[tuple[str, ...]]) -> Mapping[tuple[str, ...], tuple[int, ...]]:
    """Return the lengths of the terms, longest first, that begin with two syllables."""
    lengths: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for sound in sounds:
        lengths[sound[:2]].add(len(sound))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _plain_sound(syllable: str) -> str:
    """Fold the syllables that many speakers do not tell apart: zh/z, ch/c, sh/s, final ng/n."""
    return re.sub(r"^([zcs])h", r"\1", re.sub(r"ng$", "n", syllable))


@lru_cache(maxsize=4096)
def _nearest(word: str, terms: frozenset[str], usual: frozenset[str]) -> str:
    """Return the one term that differs by a slip (two in long words), or ""; usual words are left alone."""
    if word in _PAIRS or word in usual or any(_is_form(word, term) for term in terms):
        return ""
    near = [term for term in sorted(terms) if _is_near(word, term)]
    return near[0] if len(near) == 1 and near[0] not in _PAIRS else ""


def _is_form(word: str, term: str) -> bool:
    """Tell a word that is the term but for its ending."""
    return word.startswith(term[:-1]) or term.startswith(word[:-1])


def _is_near(word: str, term: str) -> bool:
    allowed = 2 if len(word) >= 9 else 1
    return term[0] == word[0] and OSA.distance(word, term, score_cutoff=allowed) <= allowed


def _stretched(places: list[int], length: int) -> list[int]:
    """Return as many places as a mended word has letters, from first to last."""
    return [places[min(index, len(places) - 1)] for index in range(length - 1)] + places[-1:]
