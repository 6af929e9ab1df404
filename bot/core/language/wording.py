"""Every sentence the tutor says, by key and language; one that counts something has the plurals of its language."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

FALLBACK: Final = "zh"
"""The language that has every sentence: spoken where another has none, or is not known."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that counts something.

    Attributes:
        by: the placeholder whose number tells the form, such as "days".
        forms: the plural forms, in the order of the language's rule.
        rule: which form a number takes, from 0.
    """

    by: str
    forms: tuple[str, ...]
    rule: Callable[[int], int]


Texts = Mapping[str, str | Counted]
Readers = Mapping[str, Callable[[], Texts]]


class Languages(Mapping[str, Texts]):
    """The texts of every language, by its code; `FALLBACK` comes first.

    The core reads no files: `bot/settings.py` hands in how they are found. A language is read when it is first spoken,
    so a program that says nothing pays nothing.
    """

    def __init__(self) -> None:
        self._find: Callable[[], Readers] = dict
        self._found: Readers = {}
        self._texts: dict[str, Texts] = {}

    def come_from(self, find: Callable[[], Readers]) -> None:
        """Take the languages from here; `find` returns what reads each, `FALLBACK` among them."""
        self._find, self._found, self._texts = find, {}, {}

    def __getitem__(self, language: str) -> Texts:
        texts = self._texts.get(language)
        if texts is None:
            texts = self._readers()[language]()
            if language != FALLBACK:
                texts = {**self[FALLBACK], **texts}
            self._texts[language] = texts
        return texts

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._readers(), key=lambda code: (code != FALLBACK, code)))

    def __len__(self) -> int:
        return len(self._readers())

    def __contains__(self, language: object) -> bool:
        return language in self._readers()

    def _readers(self) -> Readers:
        self._found = self._found or self._find()
        return self._found


LANGUAGES: Final = Languages()
MENUS: Final = Languages()
"""The languages of menus: those, and what is spoken in a region only."""


def language_of_tag(tag: str | None, otherwise: str) -> str:
    """Return the language that a platform's tag names, such as zh-TW; the other one where it is not spoken here."""
    code = re.split("[-_]", (tag or "").lower())[0]
    return code if code in LANGUAGES else otherwise


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language.

    Attributes:
        language: a key of `LANGUAGES`; anything else speaks `FALLBACK`.
    """

    language: str = FALLBACK

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of a key with its values filled in.

        Raises:
            KeyError: no such key, or a value is missing; a programming fault.
        """
        text = self._texts[key]
        if isinstance(text, Counted):
            number = values[text.by]
            if not isinstance(number, int):
                raise TypeError(f"{key}: {text.by} is counted, so it has to be a whole number, not {number!r}")
            text = text.forms[text.rule(number)]
        return text.format(**values)

    @property
    def _texts(self) -> Texts:
        return LANGUAGES.get(self.language) or LANGUAGES[FALLBACK]

    def listed(self, items: Iterable[object]) -> str:
        """Return items in a row, joined as the language joins them."""
        return self("list.join").join(str(item) for item in items)

    def named(self, language: str) -> str:
        """Return the name of a language; its own name for itself where this one has none."""
        key = f"language.{language}"
        return self(key) if key in self._texts else Wording(language)(key)

    def all_of(self, key: str) -> tuple[str, ...]:
        """Return the sentences key.1, key.2 and so on."""
        return tuple(self(name) for name in self._texts if re.fullmatch(rf"{re.escape(key)}\.\d+", name))

    def has(self, key: str) -> bool:
        """Tell whether a key has a sentence."""
        return key in LANGUAGES[FALLBACK]
