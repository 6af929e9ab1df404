"""Reply -> messages in a channel: each sent once however often it is tried, every failure told apart and counted."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final

import discord

from bot.adapters.chats.discord import threads
from bot.adapters.chats.discord.sending import faults, poll
from bot.adapters.chats.discord.sending.layout import Post, fits, posts
from bot.adapters.chats.discord.sending.render import render
from bot.adapters.rendering.off_loop import rendered
from bot.adapters.rendering.payload import Payload
from bot.core.chat.incidents import Counts, Incident
from bot.core.chat.messages import Reply, Sent
from bot.errors import DeliveryError, GoneError
from bot.ports import Typesetter

log = logging.getLogger(__name__)
TIMEOUT_S: Final = 90.0
"""After this long without an answer a message may or may not have arrived."""
NOBODY = discord.AllowedMentions.none()
Put = Callable[..., Awaitable[Any]]
Ready = Sequence[Post | poll.Ballot]


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
        return posts(reply, await self._payloads(reply), language or self._language)

    async def send(self, channel: int, reply: Reply, key: str, answers: int | None = None) -> Sent:
        """Send a reply as messages of their own, with the poll and the thread that it wants.

        Args:
            channel: the channel's or thread's id.
            reply: what is said.
            key: names this one sending: with the same key, nothing arrives twice within some minutes.
            answers: id of the message it answers, where the reply itself names none.

        Raises:
            DeliveryError: of the kind that fits.
        """
        if reply.thread or (reply.quiz and reply.quiz.is_open):
            await threads.told(self._client, channel)
        ready = await self._ready(channel, reply)
        try:
            sent = await self._send(channel, ready, key, _id(reply.answers) or answers)
        except GoneError as error:
            parent = self._parent(channel) if error.reason in faults.IN_THREADS_ONLY else None
            if parent is None:
                raise
            log.warning("thread %s is closed (%s): what was for it goes to its channel", channel, error.reason)
            return await self._send(parent, ready, key, None)
        if reply.thread:
            await self._discuss(channel, int(sent.message_ids[0]), reply.thread)
        return sent

    async def direct(self, user_id: int) -> int:
        """Return the id of the channel where somebody alone is written to. Raises DeliveryError."""
        try:
            return (await self._client.create_dm(discord.Object(user_id))).id
        except faults.ERRORS as error:
            raise self.counted(error) from None

    async def put(self, post: Post | poll.Ballot, put: Put) -> Any:  # noqa: ANN401  each way to send returns its own thing
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

    # --- making ready ----------------------------------------------------------------------------

    async def _ready(self, channel: int, reply: Reply) -> Ready:
        """Return the messages of a reply, one of them a poll where it is wanted and may be."""
        whole, quiz = await self.posts(reply), reply.quiz
        known = self._client.get_channel(channel)
        if not (quiz and quiz.is_open and poll.fits(quiz) and threads.may(known, "send_polls")):
            return whole
        return poll.ballots(reply, quiz, await self._payloads(poll.beside(reply, quiz)), whole)

    async def _payloads(self, reply: Reply) -> tuple[Payload, ...]:
        return await rendered(render, reply, self._typesetter)

    # --- sending ---------------------------------------------------------------------------------

    async def _tried(self, form: dict[str, Any], post: Post | poll.Ballot, put: Put) -> Any:  # noqa: ANN401
        try:
            return await put(**form)
        except discord.HTTPException as error:
            if not post.may_fall_back(error):
                raise
            self.counts[Incident.FALLBACK] += 1
            log.exception("Discord does not take this %s, it is sent as %s: %r", *post.forms, post.payload.text)
            return await put(**post.embed())

    async def _send(self, channel: int, ready: Ready, key: str, answers: int | None) -> Sent:
        place = self._client.get_partial_messageable(channel)
        reference = _reference(channel, answers)
        made: list[discord.Message] = []
        for number, post in enumerate(ready):
            named: dict[str, Any] = {"nonce": nonce_of(key, number), "allowed_mentions": NOBODY}
            if reference and number == 0:
                named |= {"reference": reference, "mention_author": False}
            sent = await self.put(post, partial(self._placed, place, named))
            made.append(sent)
            self.counts[Incident.SENT] += 1
            self.counts[Incident.REPLY_NOT_FOUND] += "reference" in named and sent.reference is None
        poll = next((str(message.id) for message in made if message.poll), None)
        return Sent(tuple(str(message.id) for message in made), poll)

    async def _placed(
        self,
        place: discord.PartialMessageable,
        named: dict[str, Any],
        **form: Any,  # noqa: ANN401
    ) -> discord.Message:
        """Send a message, as no reply where the bot may not read what it answers."""
        try:
            return await place.send(**named, **form)
        except discord.HTTPException as error:
            if error.code not in faults.NO_REFERENCE or "reference" not in named:
                raise
            for file in form.get("files", ()):
                file.reset()
            return await place.send(nonce=named["nonce"], allowed_mentions=NOBODY, **form)

    async def _discuss(self, channel: int, message_id: int, title: str) -> None:
        try:
            await threads.open_under(self._client.get_channel(channel), message_id, title)
        except faults.ERRORS as error:
            log.warning("no thread under message %s: %s", message_id, self.counted(error))

    def _parent(self, channel: int) -> int | None:
        known = self._client.get_channel(channel)
        return known.parent_id if isinstance(known, discord.Thread) else None


def nonce_of(key: str, number: int) -> str:
    """Return what Discord knows a repeated message by: at most 25 characters."""
    return hashlib.sha256(f"{key}:{number}".encode()).hexdigest()[:24]


def _id(text: str) -> int | None:
    """Return the id that a text is; None for any other."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None


def _reference(channel: int, answers: int | None) -> discord.MessageReference | None:
    if answers is None:
        return None
    return discord.MessageReference(message_id=answers, channel_id=channel, fail_if_not_exists=False)
