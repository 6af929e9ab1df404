"""What a message wants: a command, a tap, a pick by number, or plain words."""

import re
import unicodedata
from dataclasses import dataclass

from bot.core.chat.command import CommandTable

MAX_TEXT = 4000
"""Longer messages are not read: no answer and no question needs as much."""


@dataclass(frozen=True, slots=True)
class Run:
    """Carry out a command."""

    command: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A command that does not exist; `suggestion` is the nearest one that does, or ""."""

    name: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A tapped choice, by its id."""

    choice_id: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice picked by its number, from 1. `is_bare`: only a number was written."""

    number: int
    is_bare: bool


@dataclass(frozen=True, slots=True)
class Say:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to read: no text, or only white space and control characters."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More text than is read."""


Intent = Run | Unknown | Pressed | Pick | Say | Empty | TooLong

_COMMAND = re.compile(r"[/／]([^\s@/]+)(?:@\S+)?(?:\s+(.*))?", re.DOTALL)
_NUMBER = re.compile(r"([/／#]?)\s*(\d{1,2})[.、。)]?")


def clean(text: str) -> str:
    """Return text without control characters (line breaks and tabs stay) and outer white space."""
    kept = (char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co") else " " for char in text)
    return "".join(kept).strip()


def parse(table: CommandTable, text: str, pressed: str | None = None) -> Intent:
    """Tell what a message wants.

    Args:
        table: the commands that there are.
        text: what was written, any text at all.
        pressed: the id of a tapped choice, if that is what happened.
    """
    if pressed is not None:
        return Pressed(pressed)
    if len(text) > MAX_TEXT:
        return TooLong()
    text = clean(text)
    if not text:
        return Empty()
    number = _NUMBER.fullmatch(text)
    if number:
        return Pick(int(number.group(2)), is_bare=not number.group(1))
    meant = table.meant(text)
    if meant:
        return Run(meant[0].name, meant[1])
    match = _COMMAND.fullmatch(text)
    return _command(table, match.group(1), (match.group(2) or "").strip()) if match else Say(text)


def _command(table: CommandTable, word: str, argument: str) -> Intent:
    command = table.find(word)
    return Run(command.name, argument) if command else Unknown(word[:32], table.nearest(word))


OFF = frozenset({"off", "取消", "关闭", "关", "无"})
"""Arguments of a command that take back what it set."""

_QUESTION_MARKS = re.compile(r"[?？]\s*$")
_QUESTION_WORDS = re.compile(
    r"什么|为何|怎么|怎样|如何|哪些|哪个|哪种|是不是|能不能|多少|有啥|啥|咋|吗\W*$|呢\W*$|区别$|介绍|解释|讲讲|讲一下"
    r"|^(?:what|why|how|when|which|who|where|is|are|does|do|can|explain|define)\b",
    re.IGNORECASE,
)


def reads_as_question(text: str) -> bool:
    """Tell whether plain words read as something asked, as against something answered."""
    return bool(_QUESTION_MARKS.search(text) or _QUESTION_WORDS.search(text))
