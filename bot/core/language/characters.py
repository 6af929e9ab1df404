"""What is known about characters and words, as plain tables; an adapter reads them from disk."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """Tables that matcher and grader share.

    Attributes:
        simplified: traditional character -> simplified one, where they differ.
        pinyin: simplified character -> its most usual reading, without tone ("lv" for lü).
        frequency: word -> share of all words in everyday text (0-1); Chinese and English together.
    """

    simplified: Mapping[str, str] = field(default_factory=dict)
    pinyin: Mapping[str, str] = field(default_factory=dict)
    frequency: Mapping[str, float] = field(default_factory=dict)

    def simplify(self, text: str) -> str:
        """Return text with every traditional character replaced; the length stays the same."""
        return "".join([self.simplified.get(char, char) for char in text])


def is_han(char: str) -> bool:
    """Tell whether a character is a Chinese one (the unified block and its first extension)."""
    return "㐀" <= char <= "鿿"


def fold(text: str, language: Language) -> str:
    """Return text as it is compared: compatibility forms folded, lower case, simplified characters."""
    return language.simplify(unicodedata.normalize("NFKC", text).casefold())
