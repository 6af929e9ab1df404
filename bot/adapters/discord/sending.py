"""Reply -> messages in a channel: each sent once however often it is tried, every failure told apart and counted."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

import discord

from bot.adapters.discord import faults
from bot.adapters.discord.layout import Post, fits, posts
from bot.adapters.discord.render import render
from bot.core.incidents import Counts, Incident
from bot.core.messages import Reply, Sent
from bot.errors import DeliveryError, GoneError
from bot.ports import Typesetter

log = logging.getLogger(__name__)
TIMEOUT_S: Final = 90.0
"""After this long without an answer a message may or may not have arrived."""
NOBODY = discord.AllowedMentions.none()
Put = Callable[..., Awaitable[Any]]


class Sender:
    """Sends replies to channels.

    Attributes:
        counts: how often each thing happened.
    """

    def __init__(
        self, client: discord.Client, typesetter: Typesetter | None, language: str, counts: Counts | None = None
    ) -> None:
        self._client = client
        self._typesetter = typesetter
        self._language = language
        self.counts = Counts() if counts is None else counts

    async def posts(self, reply: Reply, language: str | None = None) -> tuple[Post, ...]:
        """Render a reply; typesetting leaves the event loop free."""
        if self._typesetter is None:
            pieces = render(reply, None)
        else:
            pieces = await asyncio.to_thread(render, reply, self._typesetter)
        return posts(reply, pieces, language or self._language)

    async def send(self, channel: int, reply: Reply, key: str, answers: int | None = None) -> Sent:
        """Send a reply as messages of their own.

        Args:
            channel: the channel's or thread's id.
            reply: what is said.
            key: names this one sending: with the same key, nothing arrives twice within some minutes.
            answers: id of the message it answers.

        Raises:
            DeliveryError: of the kind that fits.
        """
        ready = await self.posts(reply)
        try:
            return await self._send(channel, ready, key, answers)
        except GoneError as error:
            parent = self._parent(channel) if error.reason in faults.IN_THREADS_ONLY else None
            if parent is None:
                raise
            log.warning("thread %s is closed (%s): what was for it goes to its channel", channel, error.reason)
            return await self._send(parent, ready, key, None)

    async def put(self, post: Post, put: Put) -> Any:  # noqa: ANN401  each way to send returns its own thing
        """Send one message by any of Discord's ways; where no layout is taken, as an embed."""
        form = post.layout()
        try:
            async with asyncio.timeout(TIMEOUT_S):
                if fits(form):
                    return await self._tried(form, post, put)
                self.counts[Incident.FALLBACK] += 1
                return await put(**post.embed())
        except faults.ERRORS as error:
            raise self.counted(error) from None

    def counted(self, error: BaseException) -> DeliveryError:
        """Return what a failed call means, having counted it."""
        self.counts[faults.named(error)] += not faults.is_counted_already(error)
        return faults.translate(error)

    async def _tried(self, form: dict[str, Any], post: Post, put: Put) -> Any:  # noqa: ANN401
        try:
            return await put(**form)
        except discord.HTTPException as error:
            if error.status != 400 or error.code in faults.GONE:
                raise
            self.counts[Incident.FALLBACK] += 1
            log.exception("Discord does not take this layout, it is sent as an embed: %r", post.piece.text)
            return await put(**post.embed())

    async def _send(self, channel: int, ready: tuple[Post, ...], key: str, answers: int | None) -> Sent:
        place = self._client.get_partial_messageable(channel)
        reference = _reference(channel, answers)
        ids = []
        for number, post in enumerate(ready):
            named: dict[str, Any] = {"nonce": nonce_of(key, number), "allowed_mentions": NOBODY}
            if reference and number == 0:
                named |= {"reference": reference, "mention_author": False}
            made = await self.put(post, partial(place.send, **named))
            ids.append(str(made.id))
            self.counts[Incident.SENT] += 1
            self.counts[Incident.REPLY_NOT_FOUND] += "reference" in named and made.reference is None
        return Sent(tuple(ids))

    def _parent(self, channel: int) -> int | None:
        known = self._client.get_channel(channel)
        return known.parent_id if isinstance(known, discord.Thread) else None


def nonce_of(key: str, number: int) -> str:
    """Return what Discord knows a repeated message by: at most 25 characters."""
    return hashlib.sha256(f"{key}:{number}".encode()).hexdigest()[:24]


def _reference(channel: int, answers: int | None) -> discord.MessageReference | None:
    if answers is None:
        return None
    return discord.MessageReference(message_id=answers, channel_id=channel, fail_if_not_exists=False)
