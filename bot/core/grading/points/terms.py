"""Terms of phrases as patterns over folded text: synonyms and antonyms from the lexicon, inflections, particles."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from bot.core.grading.points.lists import Lists
from bot.core.grading.text.folding import Folder
from bot.core.grading.text.polarity import Negators
from bot.core.grading.text.typos import KnownWords
from bot.core.grading.text.word_lists import by_script
from bot.core.grading.values.quantities import Quantities
from bot.core.language.characters import is_han
from bot.core.language.lexicon import Lexicon

_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|.", re.DOTALL)
_PARTICLES = "(?:的|了|着|地|得|所|)"
"""Or none. As a set `re` would take four times as long to compile it, and it stands between any two characters."""
_SPACE = " ?(?:(?:the|an?) )?"
"""Between two words: nothing, or an article ("over the features")."""
_ACRONYM = re.compile(r"[b-df-hj-np-tv-z]{2,5}")
_SUFFIX = re.compile(r"(?:ing|ed|es|s|e|y)$")
_S_OR_Z = re.compile(r"(?<=i)[sz](?:ation)?$")
_LEADING_NEGATOR = re.compile(
    r"^(?:不会|不再|不是|不能|不需要|不用|不必|无需|没有|并非|无法|不|未|not |no |without |never )(?=..)"
)
_ABSENT = re.compile(
    r"(?:不用|不需要?|无[需须]|不必|不要|没有|不使用|不再用|省去|去掉)(?=[㐀-鿿a-z]{2})(?!关系|必要|办法|意义|用)"
)
_ABSENCE = "(?:不用|不需要?|无[需须]?|不必|不要|别用?|没用?|没有|不使用|不再用|不靠|省[去掉]|去掉|[少缺]了)"
"""Ways to say in Chinese that a thing is not there or not needed."""

Pole = tuple[int, int]
"""A pair of antonyms by its number, and one side of it."""

Stems = tuple[str, ...]
"""What stands in every text that has a word or term, inflected or not."""


class Terms:
    """Compiles terms; keeps what it compiled.

    Attributes:
        negators: what denies a term.
        lists: tells bare terms from claims.
        quantities: tells what a number is of.
        known: words that are nobody's slip.
    """

    def __init__(self, lexicon: Lexicon, folder: Folder) -> None:
        self._folder = folder
        self._folded: dict[str, str] = {}
        self._groups = _groups(lexicon.synonyms, self.fold)
        self._antonyms = self._pairs(lexicon.antonyms)
        self._poles = self._sides(lexicon.antonyms)
        self._words = _longest_first(self._groups)
        self._opposable = _longest_first(self._antonyms)
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._needed: dict[str, tuple[tuple[Stems, ...], ...]] = {}
        # Fast RCNN is no RCNN and soft-NMS no NMS, where an acronym stands alone.
        self._unqualified = "".join(f"(?<!{re.escape(self.fold(word))} )" for word in lexicon.qualifiers)
        han, latin = by_script(lexicon.verbs)
        self.negators = Negators(
            map(self.fold, lexicon.affirming), map(self.fold, han), map(self._ended, lexicon.problems)
        )
        self.lists = Lists(lexicon.nouns, latin)
        self.quantities = Quantities(lexicon.counted, lexicon.quantities)
        words = (*self._groups, *self._antonyms)
        self.known = KnownWords.of(map(self.fold, lexicon.everyday), words)

    def _ended(self, word: str) -> str:
        """Return a word folded, its `*` kept."""
        return self.fold(word.removesuffix("*")) + "*" * word.endswith("*")

    def synonyms(self, text: str) -> tuple[str, ...]:
        """Return every word that the lexicon holds for a word of a text, folded."""
        found = self._words.findall(self.fold(text)) if self._words else []
        return tuple(word for known in found for word in self._groups[known])

    def fold(self, term: str) -> str:
        """Return a term as text is compared."""
        found = self._folded.get(term)
        if found is None:
            found = self._folder.fold(term).text.strip()
            if len(term) <= 80:
                self._folded[term] = found
        return found

    def pattern(self, term: str) -> re.Pattern[str]:
        """Return the pattern of a term as an author wrote it."""
        found = self._compiled.get(term)
        if found is None:
            folded = self.fold(term)
            guard = self._unqualified if _ACRONYM.fullmatch(folded) else ""
            found = self._compiled[term] = re.compile(guard + (self._regex(folded) or r"(?!)"))
        return found

    def may_stand_in(self, folded: str, term: str) -> bool:
        """Tell in no time that a term stands nowhere in a folded text; what may, its pattern must find."""
        needed = self._needed.get(term)
        if needed is None:
            needed = self._needed[term] = tuple(self._stems(self.fold(term)))
        return all(_has_any(folded, part) for part in needed)

    def opposites(self, term: str) -> tuple[str, ...]:
        """Return the term with one antonym put in for its counterpart, once for each that it contains."""
        folded = self.fold(term)
        return tuple(
            folded[: match.start()] + other + folded[match.end() :]
            for match in (self._opposable.finditer(folded) if self._opposable else ())
            for other in self._antonyms[match.group()]
        )

    def poles(self, folded: str) -> tuple[tuple[Pole, int, int], ...]:
        """Return the words of a folded text that have an antonym: which pair and side, and where they stand."""
        return tuple(
            (pole, *match.span())
            for match in (self._opposable.finditer(folded) if self._opposable else ())
            for pole in self._poles[match.group()]
        )

    def bare(self, term: str) -> str:
        """Return a negated term without its negator; "" where it has none."""
        folded = self.fold(term)
        bare = _LEADING_NEGATOR.sub("", folded)
        return bare if bare != folded else ""

    def _pairs(self, antonyms: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
        """Map each side of a pair, and its synonyms, to the words of the other side."""
        pairs: dict[str, tuple[str, ...]] = {}
        for one, other in antonyms:
            for side, against in ((one, other), (other, one)):
                for word in self._groups.get(self.fold(side), (self.fold(side),)):
                    pairs[word] = (*pairs.get(word, ()), self.fold(against))
        return pairs

    def _sides(self, antonyms: Iterable[tuple[str, str]]) -> Mapping[str, tuple[Pole, ...]]:
        """Map each word of each pair, and its synonyms, to (pair, side)."""
        found: dict[str, tuple[Pole, ...]] = {}
        for number, pair in enumerate(antonyms):
            for side, name in enumerate(pair):
                for word in self._groups.get(self.fold(name), (self.fold(name),)):
                    found[word] = (*found.get(word, ()), (number, side))
        return found

    def _regex(self, folded: str) -> str:
        """Build a pattern: known words widen to their synonyms, the rest is spelled out."""
        absence = _ABSENCE if _ABSENT.match(folded) else ""
        parts = ("|".join(map(_spelled, part)) for part in self._parts(folded))
        return absence + "".join(f"(?:{part})" if number % 2 else part for number, part in enumerate(parts))

    def _stems(self, folded: str) -> Iterator[tuple[Stems, ...]]:
        """Yield, for each part of a term, the stems of every way to put it; a text that has it has those of one."""
        return (tuple(map(_stems, part)) for part in self._parts(folded) if part != ("",))

    def _parts(self, folded: str) -> Iterator[tuple[str, ...]]:
        """Yield a term in parts: what stands before a known word, all synonyms of that word, and so on to the end."""
        absent = _ABSENT.match(folded)
        at = absent.end() if absent else 0
        for match in self._words.finditer(folded, at) if self._words else ():
            yield (folded[at : match.start()],)
            yield self._groups[match.group()]
            at = match.end()
        yield (folded[at:],)


def _groups(synonyms: Iterable[Iterable[str]], fold: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for group in synonyms:
        words = tuple(dict.fromkeys(filter(None, map(fold, group))))
        for word in words:
            groups[word] = tuple(dict.fromkeys((*groups.get(word, ()), *words)))
    return groups


def _longest_first(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds the longest of these words; Latin ones only as whole words."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_bounded, ordered))) if ordered else None


def _bounded(word: str) -> str:
    left = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return left + re.escape(word) + right


@lru_cache(maxsize=65536)
def _spelled(folded: str) -> str:
    """Return the pattern of a folded text without synonyms."""
    tokens = _TOKEN.findall(folded)
    has_gaps = sum(map(is_han, folded)) >= 3
    return "".join(_pieces(tokens, has_gaps=has_gaps))


@lru_cache(maxsize=65536)
def _stems(folded: str) -> Stems:
    """Return what every text has that `_spelled` finds in it."""
    return tuple(_stem(piece) for piece in _TOKEN.findall(folded) if piece != " ")


def _has_any(folded: str, ways: tuple[Stems, ...]) -> bool:
    """Tell whether a text has all stems of one way to put a thing; written out, as it is asked most of all."""
    for stems in ways:
        for stem in stems:
            if stem not in folded:
                break
        else:
            return True
    return False


def _stem(piece: str) -> str:
    """Return what all that `_word` finds begins with."""
    root = _SUFFIX.sub("", piece) if piece.isascii() and piece.isalpha() else ""
    return _S_OR_Z.sub("", root) if len(root) >= 3 else piece


def _pieces(pieces: list[str], *, has_gaps: bool) -> Iterator[str]:
    for index, piece in enumerate(pieces):
        if piece == " ":
            yield _SPACE
        elif piece[0].isascii() and piece[0].isalnum():
            yield _word(piece)
        else:
            yield re.escape(piece)
            if has_gaps and is_han(piece) and index + 1 < len(pieces) and is_han(pieces[index + 1]):
                yield _PARTICLES


def _word(word: str) -> str:
    """Return the pattern of a Latin word or number: whole, in any inflection."""
    left = r"(?<![0-9.])" if word[0].isdigit() else r"(?<![a-z])"
    right = r"(?![0-9]|\.[0-9])" if word[-1].isdigit() else r"(?![a-z0-9])"
    return left + (_inflected(word) if word.isalpha() and len(word) >= 3 else re.escape(word)) + right


def _inflected(word: str) -> str:
    """Return a pattern that also takes plurals, -ed, -ing, and the British spelling of -ise."""
    root = _SUFFIX.sub("", word)
    if len(root) < 3:
        return f"{word}(?:s|es)?"
    doubled = f"{root[-1]}?" if root[-1] not in "aeiou" else ""
    root = re.sub(r"(?:is|iz)$", "i[sz]", root)
    root = re.sub(r"(?:is|iz)(ation)$", r"i[sz]\1", root)
    return f"{root}{doubled}(?:e|es|s|ed|d|ing|y|ies|ied)?"
