"""Quiz -> a native poll, where it fits into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from bot.adapters.rendering.mathtext import to_unicode
from bot.core.chat.messages import Quiz
from bot.core.content.document import Math, spans

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
    question, options = _flat(quiz.prompt), tuple(_flat(option) for option in quiz.options)
    fits = _units(question) <= MAX_QUESTION and all(0 < _units(option) <= MAX_OPTION for option in options)
    if not (fits and question and 2 <= len(options) <= MAX_OPTIONS and len(set(options)) == len(options)):
        return None
    return Poll(question, options, cast("Index", quiz.right), _cut(_flat(quiz.explanation)))


def _flat(text: str) -> str:
    """Write mathematics as plain text, on one line."""
    parts = (to_unicode(span.latex) if isinstance(span, Math) else span.text for span in spans(text))
    return " ".join("".join(parts).split())


def _cut(text: str) -> str:
    while _units(text) > MAX_EXPLANATION:
        text = text[: -max(2, _units(text) - MAX_EXPLANATION)] + "…"
    return text


def _units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
