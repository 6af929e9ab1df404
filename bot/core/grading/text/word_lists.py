"""Lists of words as patterns."""

import re
from collections.abc import Iterable

from bot.core.language.characters import is_han


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any one of these words, the longest first; for none, one that matches nowhere.

    Args:
        words: `*` at the end of one stands for any ending.

    >>> any_of(["noise", "overfit*", "噪声"])
    'overfit[a-z]*|noise|噪声'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(_pattern, ordered)) or "(?!)"


def _pattern(word: str) -> str:
    return f"{re.escape(word[:-1])}[a-z]*" if word.endswith("*") else re.escape(word)


def by_script(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the Chinese words and the others."""
    han, others = list[str](), list[str]()
    for word in words:
        (han if is_han(word[0]) else others).append(word)
    return han, others
