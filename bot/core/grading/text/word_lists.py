"""Lists of words as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    r"""Return a pattern for any one of these words, the longest first; for none, one that matches nowhere.

    Args:
        words: `*` at the end of one stands for any ending.

    >>> any_of(["noise", "overfit*", "噪声"])
    'overfit\\w*|noise|噪声'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(_pattern, ordered)) or "(?!)"


def _pattern(word: str) -> str:
    return rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(word)
