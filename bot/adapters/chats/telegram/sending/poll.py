"""Quiz -> a native poll, where it fits into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from bot.adapters.rendering.plain_text import flat, units
from bot.core.chat.messages import Quiz

MAX_QUESTION, MAX_OPTION, MAX_EXPLANATION, MAX_OPTIONS = 300, 100, 200, 12


Index = Literal[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]


@dataclass(frozen=True, slots=True)
class Poll:
    """What Telegram asks for. `right`: index of the right option."""

    question: str
    options: tuple[str, ...]
    right: Index
    explanation: str


def to_poll(quiz: Quiz) -> Poll | None:
    """Return the poll of a quiz; None where a text would be cut, which makes another question of it."""
    question, options = flat(quiz.prompt), tuple(flat(option) for option in quiz.options)
    fits = units(question) <= MAX_QUESTION and all(0 < units(option) <= MAX_OPTION for option in options)
    if not (fits and question and 2 <= len(options) <= MAX_OPTIONS and len(set(options)) == len(options)):
        return None
    return Poll(question, options, cast("Index", quiz.right), _cut(flat(quiz.explanation)))


def _cut(text: str) -> str:
    while units(text) > MAX_EXPLANATION:
        text = text[: -max(2, units(text) - MAX_EXPLANATION)] + "…"
    return text
