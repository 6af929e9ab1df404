"""What a command can be given, typed: what each platform offers for it, and how it goes into the command's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Label:
    """One text in the languages that commands are shown in: English, and the Chinese of the mainland and of Taiwan."""

    en: str
    zh: str
    tw: str

    @classmethod
    def same(cls, text: str) -> Label:
        """Return a text that is the same in every language."""
        return cls(text, text, text)

    def in_(self, language: str) -> str:
        """Return the text in a language of the tutor's: "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Offered(StrEnum):
    """What is offered while somebody types."""

    CONCEPT = "concept"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a command can be given.

    Attributes:
        called: its name: lower case, without spaces, at most 32 characters.
        about: one line, at most 100 characters.
        form: how a value is written into the argument: "每题{}秒".
        is_required: the command says nothing without it.
    """

    called: Label
    about: Label
    form: str = field(default="{}", kw_only=True)
    is_required: bool = field(default=False, kw_only=True)

    @property
    def name(self) -> str:
        """Its name as programs know it."""
        return self.called.en

    @property
    def offers(self) -> Offered | None:
        """What it completes while somebody types; None for nothing."""
        return None

    def written(self, value: object) -> str:
        """Write a value into the words that the command's own reader understands."""
        return self.form.format(value)


@dataclass(frozen=True, slots=True)
class Count(Option):
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf(Option):
    """One of a few words.

    Attributes:
        choices: the word that is written, and what it is called; at most 25.
    """

    choices: tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True)
class Text(Option):
    """Any words."""


@dataclass(frozen=True, slots=True)
class Date(Text):
    """A day: "2027-01-15", "1月15日" or "10天"."""


@dataclass(frozen=True, slots=True)
class TimeOfDay(Text):
    """A time of day: "7:30" or "晚上8点"."""


@dataclass(frozen=True, slots=True)
class Concept(Text):
    """A concept by its name, or a question about one."""

    @property
    def offers(self) -> Offered:
        """Concepts."""
        return Offered.CONCEPT


@dataclass(frozen=True, slots=True)
class Topic(Text):
    """A topic of the pack by its name."""

    @property
    def offers(self) -> Offered:
        """Topics."""
        return Offered.TOPIC
