"""What a command is: declared once, it gives menus, typed options, /help, documents, permissions and plain words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.core.chat.option import Label, Option
from bot.core.language.wording import LANGUAGES

NEAREST = 65
"""From this likeness (0-100) on a command is suggested for one that does not exist."""


class Who(Enum):
    """Whose it is."""

    EVERYBODY = auto()
    CHAT_ADMIN = auto()
    """It matters whether its sender may administer the chat, which a platform is then asked; alone, everybody may."""
    OWNER = auto()
    """Those who run the bot."""


class Where(Enum):
    """Where it can be used."""

    ANYWHERE = auto()
    PRIVATE = auto()
    GROUP = auto()


class When(Enum):
    """When plain words mean a command."""

    ALWAYS = auto()
    QUESTION_OPEN = auto()
    """A question waits to be answered in this private chat."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Plain words that mean a command where they are the whole message, in any case of letters.

    Attributes:
        pattern: a regular expression.
        when: when they do.
        language: the learner's, "zh" or "en"; "" for any.
        is_argument: the command is given the words.
    """

    pattern: str
    when: When = When.ALWAYS
    language: str = ""
    is_argument: bool = False

    def matches(self, text: str, when: When, language: str) -> bool:
        """Tell whether a text is this phrase."""
        fits = self.when is when and self.language in ("", language)
        return fits and re.fullmatch(self.pattern, text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One command. What it is called, does and takes is said by the sentences `command.<name>...`.

    Attributes:
        name: as programs know it, and its English name: a-z and _, at most 32 characters.
        rank: its place in menus and in /help, the first has the lowest.
        aliases: other words for it than its names.
        options: what it can be given, in the order in which the words are written.
        who: whose it is.
        where: where it can be used.
        is_shared: a whole channel may read its answer.
        phrases: plain words that mean it.
    """

    name: str
    rank: int
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    who: Who = Who.EVERYBODY
    where: Where = Where.ANYWHERE
    is_shared: bool = False
    phrases: tuple[Phrase, ...] = ()

    @property
    def called(self) -> Label:
        """Its name in each language: what follows the slash."""
        return Label(f"command.{self.name}")

    @property
    def does(self) -> Label:
        """What it does, in one line of at most 100 characters."""
        return self._said("does")

    @property
    def usage(self) -> Label:
        """An argument, as /help shows it; "" for none."""
        return self._said("usage")

    def _said(self, what: str) -> Label:
        return Label(f"command.{self.name}.{what}")

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that may follow the slash."""
        return (*dict.fromkeys((self.name, *map(self.called.in_, LANGUAGES))), *self.aliases)

    def argument(self, values: Mapping[str, object]) -> str:
        """Write option values by name as the words that follow the command; a name it has not is written as it came.

        `review.argument({"topic": "概率论", "count": 10})` is "10 概率论".
        """
        known = {option.name: option for option in self.options}
        own = [option.written(values[name]) for name, option in known.items() if name in values]
        return " ".join((*own, *(str(value) for name, value in values.items() if name not in known))).strip()


class CommandTable:
    """All commands, found by what was written."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(sorted(commands, key=lambda command: command.rank))
        self.by_name: Mapping[str, Command] = {command.name: command for command in self.commands}
        self._phrases = [(command, phrase) for command in self.commands for phrase in command.phrases]

    @cached_property
    def _by_word(self) -> Mapping[str, Command]:
        return {word: command for command in self.commands for word in command.words}

    def find(self, word: str) -> Command | None:
        """Return the command that a word means, in any case of letters."""
        return self._by_word.get(word.lower())

    def nearest(self, word: str) -> str:
        """Return the name of the command that is written most alike; "" where none is."""
        found = process.extractOne(word.lower(), list(self._by_word), scorer=fuzz.ratio, score_cutoff=NEAREST)
        return self._by_word[found[0]].name if found else ""

    def meant(self, text: str, when: When = When.ALWAYS, language: str = "") -> tuple[Command, str] | None:
        """Return the command that plain words mean, with its argument.

        Args:
            text: a whole message, without outer white space.
            when: what holds now.
            language: the learner's.
        """
        for command, phrase in self._phrases:
            if phrase.matches(text, when, language):
                return command, text if phrase.is_argument else ""
        return None
