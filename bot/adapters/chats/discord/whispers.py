"""What is said to one person alone, in direct messages: by whom it cannot be heard, and what was said before."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import discord

from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.sending.sender import Sender
from bot.adapters.chats.discord.wire import PLATFORM
from bot.adapters.chats.policy import lost
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Message, Reply
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording
from bot.errors import DeliveryError, UncertainError
from bot.ports import Note

log = logging.getLogger(__name__)
MAX_TOLD: Final = 10_000
"""People that are remembered to have been told how to reply."""
LOOKED_BACK: Final = 50
"""So many of the latest direct messages are looked through for what was said before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a message.

    Attributes:
        key: names this one sending.
        quoted: the id of the message that it answers, where that is shown; None where not.
    """

    reply: Reply
    key: str
    quoted: int | None = None


class Whispers:
    """Says things to one person alone."""

    def __init__(self, sender: Sender, note: Note) -> None:
        self._sender = sender
        self._note = note

    async def say(self, message: Message, answer: Answer) -> None:
        """Say something to the author of a message, or nothing; a mark of what all could read is noted as unheard."""
        try:
            await self.write(message.sender.user_id, answer)
        except UncertainError as error:
            log.warning("a whisper may not have arrived: %s", error)
        except DeliveryError as error:
            log.info("a whisper was not said: %s", error)
            missed = lost(message, answer.reply)
            if missed:
                await self._note(missed)

    async def write(self, user_id: str, answer: Answer) -> None:
        """Write to somebody directly. Raises DeliveryError, where they take no direct messages too."""
        channel = await self._sender.direct(int(user_id))
        sent = await self._sender.send(channel, answer.reply, answer.key)
        if answer.reply.ref and sent.message_ids:
            await self._note(ReplySent(Address(PLATFORM, str(channel)), answer.reply.ref, sent))


class ReplyHint:
    """Tells people once, and privately, that a reply without a ping arrives empty.

    Whom it told is read in their direct messages, so that nothing is kept of anybody, and a restart changes nothing.
    """

    def __init__(self, client: discord.Client, sender: Sender, language: str) -> None:
        self._client = client
        self._sender = sender
        self._how = Reply((paragraph(Wording(language)("reply.no-ping")),))
        self._told: OrderedDict[int, None] = OrderedDict()

    async def tell(self, user_id: int, key: str) -> None:
        """Tell somebody who was not told before."""
        if user_id in self._told:
            return
        self._told[user_id] = None
        if len(self._told) > MAX_TOLD:
            self._told.popitem(last=False)
        try:
            channel = await self._sender.direct(user_id)
            if not await self._was_told(channel):
                await self._sender.send(channel, self._how, key)
        except DeliveryError as error:
            log.info("could not say how to reply: %s", error)

    async def _was_told(self, channel: int) -> bool:
        (post,) = await self._sender.posts(self._how)
        place = self._client.get_partial_messageable(channel)
        try:
            return any([post.payload.text in _texts(said) async for said in place.history(limit=LOOKED_BACK)])
        except faults.ERRORS as error:
            raise self._sender.counted(error) from None


def _texts(said: discord.Message) -> Iterator[str]:
    yield from (embed.description or "" for embed in said.embeds)
    yield from _within(said.components)


def _within(components: Iterable[object]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _within(getattr(component, "children", ()))
