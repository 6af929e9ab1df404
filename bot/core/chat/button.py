"""What a button means: a typed value, written into the few bytes that a platform gives back when it is tapped.

A meaning is a class: a frozen dataclass without saying so. Its id is its word, and its fields by position:
`ShowBoard(3, Period.WEEK)` is "show-board:3:week". Posts live for months, so that what a class was called before stays
readable.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self, dataclass_transform, get_type_hints

from bot.core.chat.command import Who

MAX_ID_BYTES = 64
"""Telegram's callback_data; Discord has 100 characters."""
MAX_DIGITS = 18
"""A number of more digits is no id of ours."""


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class Button:
    """The base of all meanings. Fields are int, StrEnum or str; only the last may be str, and takes all that is left.

    Attributes:
        word: what its ids begin with: the name of the class, unless it is declared.
        formerly: words that its ids began with in earlier versions, the fields being the same.
        who: who may tap it.
    """

    word: ClassVar[str]
    formerly: ClassVar[tuple[str, ...]]
    who: ClassVar[Who]

    def __init_subclass__(cls, word: str = "", formerly: tuple[str, ...] = (), who: Who = Who.EVERYBODY) -> None:
        """Take what is declared, derive the word where it is not, and make the class a dataclass."""
        cls.word = word or re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        cls.formerly, cls.who = formerly, who
        dataclass(frozen=True)(cls)

    @property
    def id(self) -> str:
        """The id that a tap gives back. Raises ValueError where it does not fit: a fault of the program."""
        made = ":".join((self.word, *(str(getattr(self, field.name)) for field in fields(self))))
        if len(made.encode()) > MAX_ID_BYTES:
            raise ValueError(f"the id of a button has at most {MAX_ID_BYTES} bytes: {made!r}")
        return made

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read an id; None where it is another button's, or damaged."""
        word, *parts = text.split(":", len(_types(cls)))
        if word not in (cls.word, *cls.formerly) or len(parts) != len(_types(cls)):
            return None
        values = [_value(kind, part) for kind, part in zip(_types(cls), parts, strict=True)]
        return cls(*values) if None not in values else None


def _field_types(kind: type[Button]) -> tuple[type, ...]:
    """Return the types of the fields of a meaning, by position."""
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


_types: Callable[[Any], tuple[type, ...]] = cache(_field_types)


def _value(kind: type, part: str) -> Any:  # noqa: ANN401  a value of the type of its field
    """Read a field; None where there is no such value."""
    if kind is str:
        return part
    if kind is int:
        return int(part) if part.isascii() and part.isdecimal() and len(part) <= MAX_DIGITS else None
    if not issubclass(kind, StrEnum):
        raise TypeError(f"a field of a button is int, str or StrEnum, not {kind}")
    return kind(part) if part in list(kind) else None


class ButtonTable:
    """All meanings, found by their ids."""

    def __init__(self, kinds: Iterable[type[Button]]) -> None:
        words = [(word, kind) for kind in kinds for word in (kind.word, *kind.formerly)]
        self._by_word: Mapping[str, type[Button]] = dict(words)
        if len(self._by_word) != len(words):
            raise ValueError(f"two buttons have one word: {sorted(word for word, _ in words)}")

    def read(self, text: str) -> Button | None:
        """Read an id; None where no button has it."""
        kind = self._by_word.get(text.partition(":")[0])
        return kind.read(text) if kind else None
