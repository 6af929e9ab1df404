"""What a command can be given, typed: what each platform offers for it, and how it goes into the command's words."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.language.wording import FALLBACK, MENUS


@dataclass(frozen=True, slots=True)
class Label:
    """One text of a menu, in every language: a sentence by its key."""

    key: str

    def in_(self, language: str) -> str:
        """Return the text in one of `MENUS`; "" where there is none in any language."""
        text = (MENUS.get(language) or MENUS[FALLBACK]).get(self.key, "")
        return text if isinstance(text, str) else ""

    @property
    def en(self) -> str:
        """The text in English."""
        return self.in_("en")

    @property
    def zh(self) -> str:
        """The text in Chinese."""
        return self.in_("zh")

    @property
    def tw(self) -> str:
        """The text in the Chinese of Taiwan."""
        return self.in_("tw")


class Offered(StrEnum):
    """What is offered while somebody types."""

    CONCEPT = "concept"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a command can be given.

    Attributes:
        name: its name as programs know it.
        line: ends the key of the line that tells what it is for: options of one name have several.
        form: how a value is written into the argument: "每题{}秒".
        is_required: the command says nothing without it.
    """

    name: str
    line: str = field(default="about", kw_only=True)
    form: str = field(default="{}", kw_only=True)
    is_required: bool = field(default=False, kw_only=True)

    @property
    def called(self) -> Label:
        """What people call it: lower case, without spaces, at most 32 characters."""
        return Label(f"option.{self.name}")

    @property
    def about(self) -> Label:
        """One line, at most 100 characters."""
        return Label(f"option.{self.name}.{self.line}")

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
    """One of a few words, at most 25."""

    words: tuple[str, ...]

    @property
    def choices(self) -> tuple[tuple[str, Label], ...]:
        """The word that is written, and what it is called."""
        return tuple((word, Label(f"option.{self.name}.{word}")) for word in self.words)


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
