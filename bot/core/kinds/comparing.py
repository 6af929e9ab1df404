"""What is picked or filled in, compared with what an author wrote: as words, as values, as labels."""

import re

from bot.core.grading.points.terms import Terms
from bot.core.grading.values.expression import UnreadableError, evaluate, is_same, parse
from bot.core.grading.values.numerals import as_formula_text, han_value
from bot.core.grading.values.result import Asked, result_of

MAX_ANSWER = 500
"""Characters that are read of an answer that is compared as a whole."""


def bare(text: str, terms: Terms) -> str:
    """Return a text without spaces and marks, folded."""
    return re.sub(r"[\s,.;:。!?()]+", "", terms.fold(text))


def is_equal(written: str, answer: str, terms: Terms) -> bool:
    """Compare what an author wrote with an answer as values: 0.24 and 24%."""
    try:
        value = evaluate(parse(as_formula_text(written)))
    except UnreadableError:
        return False
    result = result_of(answer, asked=Asked(quantities=terms.quantities))
    if result is None or re.fullmatch(r"\s*[0-9]\s*[.)）、]?\s*", answer):
        return False
    try:
        return is_same(value, evaluate(result.claims[-1].node))
    except UnreadableError:
        return False


def place_of(label: str) -> int:
    """Return the place from 0 that a letter, a number or a Chinese numeral names."""
    if label.isascii() and label.isalpha():
        return ord(label.lower()) - ord("a")
    return int(label if label.isascii() else han_value(label)) - 1
