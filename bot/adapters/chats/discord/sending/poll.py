"""Quiz -> a native poll, where it fits into one, with what its question says beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar, Final

import discord

from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.sending.layout import NOTHING, Post, letters
from bot.adapters.chats.discord.wire import LETTERS
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.plain_text import flat, units
from bot.core.chat.messages import Quiz, Reply
from bot.core.content.document import Block, Paragraph, plain, spans

MAX_QUESTION: Final = 300
MAX_OPTION: Final = 55
MAX_OPTIONS: Final = 10
MAX_CONTENT: Final = 2000
OPEN_FOR: Final = timedelta(hours=24)
"""A poll takes votes until the next day's question; then Discord closes it by a line of its own."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One message with a poll, as Discord takes it beside plain text only; `post` is the same with letters to tap."""

    content: str
    quiz: Quiz
    post: Post
    forms: ClassVar = ("poll", "buttons")

    @property
    def payload(self) -> Payload:
        """What it says."""
        return self.post.payload

    def layout(self) -> dict[str, Any]:
        """Return it as a poll."""
        poll = discord.Poll(flat(self.quiz.prompt), OPEN_FOR)
        for option in self.quiz.options:
            poll.add_answer(text=flat(option))
        return {"content": self.content or None, "poll": poll}

    def embed(self) -> dict[str, Any]:
        """Return it with buttons, for a channel that takes no poll."""
        return self.post.layout()

    def may_fall_back(self, error: discord.HTTPException) -> bool:
        """Tell whether after this refusal the buttons may be taken."""
        return error.code in faults.NO_POLL or (error.status == 400 and error.code not in faults.GONE)


def fits(quiz: Quiz) -> bool:
    """Tell whether a question can be a poll; where a text would be cut it would be another question."""
    options = [flat(option) for option in quiz.options]
    is_short = all(0 < units(option) <= MAX_OPTION for option in options)
    is_own = len(set(options)) == len(options) and 2 <= len(options) <= MAX_OPTIONS
    return is_short and is_own and 0 < units(flat(quiz.prompt)) <= MAX_QUESTION


def beside(reply: Reply, quiz: Quiz) -> Reply:
    """Return what is said beside a poll: all but the question and the options, which the poll shows."""
    return replace(reply, blocks=tuple(_kept(reply.blocks, quiz)), quiz=None)


def ballots(reply: Reply, quiz: Quiz, payloads: Sequence[Payload], posts: Sequence[Post]) -> tuple[Post | Ballot, ...]:
    """Return the messages of a question that is a poll.

    Args:
        payloads: what is said beside it, rendered.
        posts: the whole question with letters as buttons.
    """
    if _is_plain(payloads) and len(posts) == 1 and not reply.choices:
        return (Ballot(payloads[0].text if payloads else "", quiz, posts[0]),)
    taps = tuple(letters(quiz))
    without = (replace(post, choices=tuple(each for each in post.choices if each not in taps)) for post in posts)
    return (*without, Ballot("", quiz, Post(Payload(NOTHING), taps)))


def _is_plain(payloads: Sequence[Payload]) -> bool:
    """Tell whether what is said beside a poll is text that fits into its message."""
    has_more = any(said.images or said.file or len(said.text) > MAX_CONTENT for said in payloads)
    return len(payloads) <= 1 and not has_more


def _kept(blocks: Sequence[Block], quiz: Quiz) -> Iterator[Block]:
    listed = (f"{letter}. {option}" for letter, option in zip(LETTERS, quiz.options, strict=False))
    shown = {plain(spans(text)) for text in (quiz.prompt, *listed)}
    yield from (block for block in blocks if not (isinstance(block, Paragraph) and plain(block.inlines) in shown))
