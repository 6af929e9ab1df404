"""What the tests of rendering share: a judge of Telegram's markup, readers of what is seen, replies of a library."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import tdjson
from rich.console import Console as Screen
from rich.console import Group

from bot.adapters.chats.console import render
from bot.adapters.rendering.mathtext import to_unicode
from bot.core.chat.messages import Reply
from bot.core.content import presenting
from bot.core.content.document import (
    AnswerCard,
    Block,
    Formula,
    Heading,
    Inlines,
    Math,
    Paragraph,
    Picture,
    Table,
    paragraph,
    spans,
    walk,
)
from bot.core.content.library import Concept, Library
from bot.core.kinds import Open
from bot.ports import Image


def _td(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    said: dict[str, Any] = json.loads(answer or b"{}")
    return said


@pytest.fixture(scope="session", autouse=True)
def quiet_judge() -> None:
    _td({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def judged(html: str) -> dict[str, Any]:
    """Return text and entities as Telegram's own library reads some HTML."""
    return _td({"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}})


def units(text: str) -> int:
    """Return the UTF-16 units of a text."""
    return len(text.encode("utf-16-le")) // 2


def seen_in_discord(markdown: str) -> str:
    """Return what a reader of Discord sees: marks gone, escaped signs as they are."""
    out = []
    for number, part in enumerate(re.split(r"```\w*\n(.*?)\n```", markdown, flags=re.DOTALL)):
        if number % 2:
            out.append(part)
            continue
        linked = re.sub(r"\[((?:\\.|[^\]\\])*)\]\(<[^>]*>\)", r"\1", part)
        bare = re.sub(r"^(?:> )?(?:### |-# )?", "", linked, flags=re.MULTILINE)
        out.append(re.sub(r"\\([^A-Za-z0-9\s])|(\*\*|\*|\|\||`+)", lambda m: m[1] or "", bare))
    return "".join(out)


def seen_in_terminal(reply: Reply) -> str:
    """Return what the terminal prints, on a wide screen."""
    written = io.StringIO()
    screen = Screen(file=written, width=10_000, highlight=False, emoji=False, markup=False)
    screen.print(Group(*render.render(reply)))
    return written.getvalue()


@dataclass
class Drawing:
    """A typesetter that draws nothing, and keeps what it was asked for."""

    has_cards: bool = True
    asked: list[str] = field(default_factory=list)

    def _image(self, what: str) -> Image:
        self.asked.append(what)
        return Image(hashlib.sha256(what.encode()).hexdigest(), what.encode(), what)

    def formula(self, latex: str) -> Image | None:
        return self._image(latex)

    def figure(self, picture: Picture) -> Image | None:
        return self._image(picture.path) if picture.path else None

    def is_ready(self, part: Formula | Picture | AnswerCard) -> bool:
        return isinstance(part, Picture)

    def card(self, card: AnswerCard) -> tuple[Image, ...] | None:
        return tuple(self._image(f"{card.title} {n}") for n in range(12))


def replies_of(library: Library) -> Iterator[tuple[str, Reply]]:
    """Yield every concept whole, every passage alone, and every question with its answers, by name."""
    for concept in library.concepts:
        yield concept.id, Reply((Heading(spans(concept.title)), *presenting.whole(concept)))
        for number, passage in enumerate(concept.passages):
            yield f"{concept.id} passage {number}", Reply(passage.blocks)
        yield from _questions(concept)


def _questions(concept: Concept) -> Iterator[tuple[str, Reply]]:
    for question in concept.questions:
        texts = (
            question.prompt,
            question.hint,
            question.reference if isinstance(question, Open) else "",
            *question.model,
            *(point.says for point in question.points),
            *question.listed,
        )
        yield question.id, Reply(tuple(paragraph(text) for text in texts if text))


def words_of(reply: Reply) -> Iterator[str]:
    """Yield the text of every run of inline spans, formulas in Unicode: all of it must be seen somewhere."""
    for block in blocks_of(reply):
        match block:
            case Paragraph(inlines) | Heading(inlines):
                yield _words(inlines)
            case Table(rows):
                yield from (_words(cell) for row in rows for cell in row)


def _words(inlines: Inlines) -> str:
    return "".join(to_unicode(span.latex) if isinstance(span, Math) else span.text for span in inlines).strip()


def blocks_of(reply: Reply) -> Iterator[Block]:
    """Yield every block, inner ones too."""
    yield from (part for block in reply.blocks for part in walk(block))
