"""An answer as it is compared: folded text that remembers where it came from, cut into clauses."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.core.language.characters import Language, is_han

MAX_LENGTH = 4096
"""Characters of an answer that are read; the rest is ignored."""

_SYMBOLS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "*": "×", "·": "×", "✕": "×", "✖": "×", "⋅": "×", "÷": "/",
    "⁄": "/", "∕": "/", "→": "→", "⇒": "→", "➜": "→", "“": '"', "”": '"', "‘": "'", "’": "'", "。": "。", "、": "、",
}  # fmt: skip
_DROPPED = frozenset("$^_{}\\`\"'「」『』《》【】[]~#")
_LATEX = {
    "times": "×", "cdot": "×", "epsilon": "ε", "varepsilon": "ε", "sigma": "σ", "mu": "μ", "gamma": "γ", "beta": "β",
    "alpha": "α", "delta": "δ", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "to": "→", "rightarrow": "→",
    "Rightarrow": "→", "approx": "≈", "left": "", "right": "", "frac": "", "dfrac": "", "text": "", "mathrm": "",
    "quad": "",
}  # fmt: skip
_LATEX_TOKEN = re.compile(r"\\([A-Za-z]+)\s?|\}\{")
_MARKS = re.compile(r"[。!?;\n,:.]")
_SENTENCE_END = frozenset("。!?;\n")
_CLAUSE_END = frozenset(",:")
_OPERATORS = frozenset("+-×/=<>≤≥≈→()|")
_CONJUNCTIONS = re.compile(
    r"(?<![从反然])而(?!且)|但是?|然而|反之|相反|却是|\b(?:whereas|while|but|however|although|though|versus)\b|\bvs\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of folded text that makes one claim.

    Attributes:
        start: first index in the folded text.
        end: one past the last.
        sentence: which sentence it stands in, from 0.
    """

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the place in the original of each of its characters.

    Attributes:
        original: what was written, at most MAX_LENGTH characters.
        text: folded: simplified, lower case, one spelling of each symbol, spaces only between Latin words.
        places: for each character of `text` its index in `original`.
    """

    original: str
    text: str
    places: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return the learner's own words between two indices of the folded text."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1].strip(" \t\n，,。；;：:、")


class Folder:
    """Folds answers and phrases into the form that is compared; remembers what each character becomes."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known: dict[str, str] = {}

    def fold(self, text: str) -> Folded:
        """Fold a text; what goes beyond MAX_LENGTH is left out."""
        original = text[:MAX_LENGTH]
        pairs = _without_spaces(list(self._characters(original)))
        return Folded(original, "".join(char for char, _ in pairs), tuple(place for _, place in pairs))

    def _characters(self, original: str) -> Iterator[tuple[str, int]]:
        """Yield each folded character with its place; LaTeX commands become symbols."""
        if "\\" not in original and "}{" not in original:
            for index, char in enumerate(original):
                for folded in self._folded(char):
                    yield folded, index
            return
        index = 0
        while index < len(original):
            command = _LATEX_TOKEN.match(original, index)
            if command is None:
                yield from ((char, index) for char in self._folded(original[index]))
                index += 1
            else:
                name = command[1]
                yield from ((char, index) for char in (_LATEX.get(name, name.lower()) if name else "/"))
                index = command.end()

    def _folded(self, char: str) -> str:
        found = self._known.get(char)
        if found is None:
            found = self._known[char] = _fold_character(char, self.language)
        return found


def _fold_character(char: str, language: Language) -> str:
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char.isspace():
        return "\n" if char == "\n" else " "
    folded = language.simplify(unicodedata.normalize("NFKC", char).casefold())
    kept = "".join(_SYMBOLS.get(part, part) for part in folded if part not in _DROPPED)
    return "".join(part for part in kept if part.isprintable())


def is_latin(char: str) -> bool:
    """Tell whether a folded character belongs to a Latin word or a number."""
    return char.isascii() and char.isalnum()


def _without_spaces(pairs: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Drop spaces except between Latin words; a hyphen inside a word counts as a space."""
    kept: list[tuple[str, int]] = []
    for index, (char, place) in enumerate(pairs):
        if char not in _JOINTS:
            kept.append((char, place))
            continue
        before = kept[-1][0] if kept else ""
        meant = _JOINTS[char](pairs, index, before)
        if meant == "×" and before == " ":
            kept.pop()
        if meant:
            kept.append((meant, place))
    return _without_gaps(kept)


def _space(pairs: Sequence[tuple[str, int]], index: int, before: str) -> str:
    """Return what a space becomes: itself between Latin words, else nothing."""
    after = next((char for char, _ in pairs[index + 1 : index + 9] if char != " "), "")
    return " " if is_latin(before) and is_latin(after) else ""


def _hyphen(pairs: Sequence[tuple[str, int]], index: int, before: str) -> str:
    """Return what a hyphen becomes: a space inside a word."""
    after = pairs[index + 1][0] if index + 1 < len(pairs) else ""
    is_inside = _is_letter(before) and _is_letter(after)
    return " " if is_inside and not _is_minus(pairs, index) else "-"


def _cross(pairs: Sequence[tuple[str, int]], index: int, _before: str) -> str:
    """Return what an x becomes: a sign between two numbers."""
    return "×" if _is_times(pairs, index) else "x"


_JOINTS = {" ": _space, "-": _hyphen, "x": _cross}
"""Characters whose meaning hangs on what stands beside them."""


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_times(pairs: Sequence[tuple[str, int]], index: int) -> bool:
    """Tell the x of "3 x 3" from a letter: digits on both sides, spaces aside."""
    before = next((c for c, _ in reversed(pairs[max(0, index - 3) : index]) if c != " "), "")
    after = next((c for c, _ in pairs[index + 1 : index + 4] if c != " "), "")
    return before.isdigit() and after.isdigit()


def _is_minus(pairs: Sequence[tuple[str, int]], index: int) -> bool:
    """Tell a minus between two symbols (p - q, h-x) from a hyphen: spaces around it, or single letters."""
    around = pairs[index - 1][0] == " " and index + 1 < len(pairs) and pairs[index + 1][0] == " "
    return around or (_run(pairs, index, -1) == 1 and _run(pairs, index, 1) == 1)


def _run(pairs: Sequence[tuple[str, int]], index: int, step: int) -> int:
    length, index = 0, index + step
    while 0 <= index < len(pairs) and length < 3 and pairs[index][0].isascii() and pairs[index][0].isalpha():
        length, index = length + 1, index + step
    return length


def _without_gaps(pairs: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Close the gap that "3 x 3" leaves: a space beside an operator means nothing."""
    kept: list[tuple[str, int]] = []
    for index, (char, place) in enumerate(pairs):
        if char != " ":
            kept.append((char, place))
            continue
        after = pairs[index + 1][0] if index + 1 < len(pairs) else ""
        if after in _OPERATORS or (kept and kept[-1][0] in _OPERATORS):
            continue
        kept.append((char, place))
    return kept


def clauses(folded: Folded, begins: AbstractSet[int] = frozenset()) -> tuple[Clause, ...]:
    """Cut folded text into clauses: at punctuation, at conjunctions, and before a further subject.

    Args:
        begins: where a clause must begin.
    """
    text = folded.text
    cuts = begins | {match.start() for match in _CONJUNCTIONS.finditer(text)}
    found: list[Clause] = []
    start, sentence = 0, 0
    for index in sorted(cuts | {match.start() for match in _MARKS.finditer(text)}):
        is_end = _is_sentence_end(text, index)
        if not (is_end or index in cuts or _is_clause_end(text, index)):
            continue
        if text[start:index].strip():
            found.append(Clause(start, index, sentence))
        start = index if index in cuts else index + 1
        sentence += is_end
    if text[start:].strip():
        found.append(Clause(start, len(text), sentence))
    return tuple(found)


def _is_sentence_end(text: str, index: int) -> bool:
    """Tell a mark that ends a sentence; a point before a digit does not."""
    return text[index] in _SENTENCE_END or (text[index] == "." and not text[index + 1 : index + 2].isdigit())


def _is_clause_end(text: str, index: int) -> bool:
    """Tell whether a comma or colon ends a clause; one inside brackets or between digits does not."""
    if text[index] not in _CLAUSE_END:
        return False
    is_ratio = 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()
    return not is_ratio and text.count("(", max(0, index - 12), index) <= text.count(")", max(0, index - 12), index)


def clause_at(found: Sequence[Clause], index: int) -> int:
    """Return which clause an index stands in, or -1."""
    number = bisect_right(found, index, key=lambda clause: clause.start) - 1
    return number if number >= 0 and index < found[number].end else -1


def content_length(text: str) -> int:
    """Return how much a folded text says: Chinese characters count one, a Latin word or number two."""
    return sum(map(is_han, text)) + 2 * len(re.findall(r"[a-z0-9.]+", text))
