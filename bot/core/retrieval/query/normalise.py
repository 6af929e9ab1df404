"""Text -> atoms: the smallest pieces that are compared. One Chinese character, or one word of any other script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.language.characters import Language, fold
from bot.core.retrieval.decision import Repair

MAX_TEXT = 240
"""Characters of a query that are read; nobody asks a longer question."""

AFTER_HAN = "\ua000"
"""The character after the last Chinese one: what sorts before it, and not before the first, begins with one."""
_ATOM = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
_STOP = re.compile(r"[,;:!?()，。；：！？、（）]")
_TIMES = re.compile(r"(?<=\d)\s*[x×✕*]\s*(?=\d)")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_MATH = re.compile(r"\$+[^$]*\$+")


class Atom(NamedTuple):
    """One Chinese character or one word, as compared, and where it stands in the query.

    A tuple, as are `Word` and `Piece`: many are made for every query, and frozen dataclasses take twice as long.

    Attributes:
        text: folded: lower case, half width, simplified.
        start: first character of the query it was made from.
        end: one after the last.
        follows_stop: whether a punctuation mark that ends a phrase stands before it.
        repair: how it differs from what was typed.
    """

    text: str
    start: int
    end: int
    follows_stop: bool = False
    repair: Repair = Repair.EXACT

    @property
    def is_han(self) -> bool:
        """Tell whether this is a Chinese character."""
        return "㐀" <= self.text < AFTER_HAN


def is_han(text: str) -> bool:
    """Tell whether a text begins with a Chinese character."""
    return "㐀" <= text < AFTER_HAN


def tidy(text: str) -> str:
    """Return a query as it is read: cut, composed, without invisible characters, "3 × 3" as "3x3"."""
    composed = unicodedata.normalize("NFKC", text[:MAX_TEXT])
    return _TIMES.sub("x", _INVISIBLE.sub("", composed))


def atoms(text: str, language: Language) -> tuple[Atom, ...]:
    """Cut a tidy text into atoms.

    >>> [atom.text for atom in atoms("空洞卷积 Soft-NMS", Language())]
    ['空', '洞', '卷', '积', 'soft', 'nms']
    """
    whole = fold(text, language)
    is_aligned = len(whole) == len(text)
    found: list[Atom] = []
    end = 0
    for match in _ATOM.finditer(text):
        before = end
        start, end = match.span()
        follows_stop = start > before and _STOP.search(text, before, start) is not None
        folded = whole[start:end] if is_aligned else fold(match.group(), language)
        found.append(Atom(singular(folded), start, end, follows_stop))
    return tuple(found)


def singular(word: str) -> str:
    """Return an English word without its plural ending.

    >>> [singular(word) for word in ("connections", "boxes", "bias", "nms", "proxies")]
    ['connection', 'box', 'bias', 'nms', 'proxy']
    """
    if len(word) < 4 or not word.endswith("s") or not word.isascii() or word[-2] in "aious":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses")) else word[:-1]


def words(text: str, language: Language) -> tuple[str, ...]:
    """Return the atoms of any text as strings."""
    return tuple(atom.text for atom in atoms(tidy_long(text), language))


def tidy_long(text: str) -> str:
    """Tidy a text of the pack: not cut, and without its formulas."""
    return _TIMES.sub("x", unicodedata.normalize("NFKC", _MATH.sub(" ", text)))


def key(parts: Iterable[str]) -> str:
    """Return atoms as one string without separators: how names are looked up ("soft NMS" = "SoftNMS")."""
    return "".join(parts)


@dataclass(frozen=True)
class Synonyms:
    """Replaces each word of a group by the first word of the group, so that both sides say the same.

    Attributes:
        groups: key of a word -> atoms of the word that stands for its group.
        members: key of a stand-in -> atoms of the others of its group.
        beginnings: the first two letters, or the first character, of every word that is replaced.
        longest: atoms in the longest of them.
    """

    groups: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[tuple[str, ...], ...]]
    beginnings: frozenset[str]
    longest: int

    @classmethod
    def build(cls, groups: Iterable[Sequence[str]], language: Language) -> Synonyms:
        """Read groups of words that mean the same."""
        table: dict[str, tuple[str, ...]] = {}
        members: dict[str, tuple[tuple[str, ...], ...]] = {}
        for group in groups:
            first, *others = (words(word, language) for word in group)
            members[key(first)] = tuple(others)
            table.update((key(parts), first) for parts in others if len(key(parts)) > 1)
        replaced = [parts for group in members.values() for parts in group if parts]
        beginnings = frozenset(parts[0][:2] for parts in replaced)
        return cls(table, members, beginnings, max(map(len, replaced), default=1))

    def canonical(self, given: Sequence[Atom]) -> tuple[Atom, ...]:
        """Replace every word that has a stand-in, longest first; what replaces it keeps its place in the query."""
        if self.beginnings.isdisjoint([atom.text[:2] for atom in given]):
            return tuple(given)
        found: list[Atom] = []
        at = 0
        while at < len(given):
            size = self._match(given, at)
            if size:
                stand_in = self.groups[key(atom.text for atom in given[at : at + size])]
                first, last = given[at], given[at + size - 1]
                repair = next(
                    (atom.repair for atom in given[at : at + size] if atom.repair != Repair.EXACT), Repair.EXACT
                )
                found += (Atom(text, first.start, last.end, first.follows_stop, repair) for text in stand_in)
            else:
                found.append(given[at])
            at += size or 1
        return tuple(found)

    def _match(self, given: Sequence[Atom], at: int) -> int:
        """Return how many atoms make a word that has a stand-in, 0 for none."""
        if given[at].text[:2] not in self.beginnings:
            return 0
        for size in range(min(self.longest, len(given) - at), 0, -1):
            if key(atom.text for atom in given[at : at + size]) in self.groups:
                return size
        return 0
