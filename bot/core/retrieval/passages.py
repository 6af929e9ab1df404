"""Which part of a concept to show first, and whether its numbers are those that were asked."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.core.content.library import Concept, Facet, Passage
from bot.core.kinds import Numeric

FALLBACKS: dict[Facet, tuple[Facet, ...]] = {
    Facet.COMPLEXITY: (Facet.FORMULA,),
    Facet.FORMULA: (Facet.STEPS,),
    Facet.STEPS: (Facet.FORMULA,),
    Facet.ADVANTAGE: (Facet.PURPOSE,),
    Facet.PURPOSE: (Facet.ADVANTAGE,),
    Facet.USAGE: (Facet.PURPOSE,),
}
"""Where a concept has no passage of a facet, the one that tells nearly the same."""
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_NUMBER = re.compile(r"\d+(?:\.\d+)?[万亿]?|[零一二三四五六七八九十百千万亿两〇]+")


def best_passage(concept: Concept, facet: Facet | None, content: str) -> Passage | None:
    """Return what to show first: the asked part, else the passage that says most of the query, else the opening."""
    if not concept.passages:
        return None
    opening, *others = concept.passages
    asked = _telling(concept, facet) if facet else []
    if asked:
        return max(asked, key=lambda passage: fuzz.partial_ratio(content, passage.title))
    titled = (passage for passage in others if _names(passage, content))
    return opening if facet is Facet.DEFINITION else next(titled, opening)


def _telling(concept: Concept, facet: Facet) -> list[Passage]:
    """Return the passages of a facet, or of the next one that tells nearly the same."""
    for wanted in (facet, *FALLBACKS.get(facet, ())):
        told = [passage for passage in concept.passages if passage.facet is wanted]
        if told:
            return told
    return []


def _names(passage: Passage, content: str) -> bool:
    return len(passage.title) > 1 and passage.facet is not Facet.ERRATUM and passage.title.lower() in content


def comparing_passage(concept: Concept, sides: Sequence[Concept]) -> Passage | None:
    """Return the passage of a concept that sets the sides against each other, if there is one."""
    others = [side for side in sides if side is not concept]
    for passage in concept.passages:
        if passage.facet is Facet.DIFFERENCE:
            told = f"{concept.title} {passage.title} {passage.text}".casefold()
            if all(_is_mentioned(other, told) for other in others):
                return passage
    return None


def _is_mentioned(concept: Concept, told: str) -> bool:
    return any(name.casefold() in told for name in (concept.title, *concept.names))


def has_other_numbers(concept: Concept, query: str) -> bool:
    """Tell whether a query is about a numeric problem, but with numbers that the problem does not have."""
    numeric = [question for question in concept.questions if isinstance(question, Numeric)]
    if not numeric or not concept.origin:
        return False
    asked = numbers((query,)) - {1.0}
    told = (concept.title, concept.origin, *concept.names, *concept.cues, *(question.prompt for question in numeric))
    return bool(asked) and not asked <= numbers(told)


def numbers(texts: Iterable[str]) -> set[float]:
    """Return the numbers in some texts, Chinese ones included.

    >>> sorted(numbers(["一亿次", "0.3", "三分钟"]))
    [0.3, 3.0, 100000000.0]
    """
    return {_value(found) for text in texts for found in _NUMBER.findall(text)}


def _value(text: str) -> float:
    if text[0].isdigit():
        large = _LARGE.get(text[-1], 1)
        return float(text.rstrip("万亿")) * large
    return float(_chinese(text))


def _chinese(text: Sequence[str]) -> int:
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total += (section + digit or 1) * _LARGE[char]
            section, digit = 0, 0
    return total + section + digit
