"""One message or interaction is answered: acknowledged in time, then said where it belongs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import discord

from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.sending.layout import Post
from bot.adapters.chats.discord.sending.sender import NOBODY, Sender
from bot.adapters.chats.discord.whispers import Answer, Whispers
from bot.adapters.chats.discord.wire import Interaction, is_quiet, is_tap
from bot.adapters.chats.policy import Moment, Way, decide
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Message, Reply, Sent
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording, language_of_tag
from bot.errors import DeliveryError
from bot.ports import Services

log = logging.getLogger(__name__)
Later = tuple[Way, Answer]
"""What is said to one person alone, or put under their message, while others are answered already."""
VOTE: Final = Moment(is_unseen=True)
"""A vote has no message to answer, and in a server it is nobody else's business."""
ACKNOWLEDGE_S: Final = 1.0
"""An answer that takes longer is announced first: Discord drops an interaction after three seconds."""
TYPING_AFTER_S: Final = 0.7


@dataclass(frozen=True, slots=True)
class Exchange:
    """An interaction, and what the tutor was told of it.

    Attributes:
        said: ids of the messages that answered it so far.
    """

    event: Interaction
    message: Message
    said: list[str] = field(default_factory=list)

    @property
    def is_tap(self) -> bool:
        """Tell whether a button of a message, or a form opened by one, was used."""
        return is_tap(self.event)

    @property
    def is_ours(self) -> bool:
        """Tell whether the bot itself is in the channel: a person may bring it along to where it is not."""
        guild_id = self.event.guild_id
        return guild_id is None or self.event.client.get_guild(guild_id) is not None

    @property
    def is_quiet(self) -> bool:
        """Tell whether answers are for one person's eyes, unless a reply says otherwise."""
        return is_quiet(self.event)

    @property
    def moment(self) -> Moment:
        """What can be done here: a tapped message is written over where it is this person's alone."""
        is_direct, tapped = self.message.is_direct, self.event.message
        is_own = tapped is not None and tapped.flags.ephemeral
        return Moment(
            is_direct=is_direct,
            is_unseen=self.is_quiet,
            can_edit=self.is_tap and (is_direct or is_own),
            is_own=is_own,
            can_show=True,
            can_post=self.is_ours,
        )


class Answering:
    """Answers messages and interactions."""

    def __init__(self, sender: Sender, services: Services, language: str) -> None:
        self._sender = sender
        self._services = services
        self._language = language
        self._whispers = Whispers(sender, services.note)

    # --- messages --------------------------------------------------------------------------------

    async def written(self, message: Message, post: discord.Message) -> Sequence[Later]:
        """Have a written message handled, and answer it where it was written.

        Returns:
            What is left to be said to its author alone, and put under the message: no other message waits for that.
        """
        left: list[Later] = []
        moment = Moment(is_direct=message.is_direct, can_react=True)
        try:
            for number, reply in enumerate(await self._patiently(message, post.channel)):
                ways, key = decide(reply, moment), f"{message.address.chat}:{message.wire_id}:{number}"
                if ways[-1] in (Way.REACT, Way.WHISPER):
                    left.append((ways[-1], Answer(reply, key)))
                    continue
                quoted = post.id if number == 0 and not message.is_direct else None
                for way in ways:
                    if await self._answered(way, message, post, Answer(reply, key, quoted)):
                        break
        except DeliveryError as error:
            log.warning("an answer did not arrive in channel %s: %s", message.address.chat, error)
        return left

    async def finish(self, message: Message, post: discord.Message, left: Sequence[Later]) -> None:
        """Say what is for the author of a message alone, and put its mark under it."""
        for way, answer in left:
            if way is Way.REACT:
                await self._reacted(post, answer.reply)
            else:
                await self._whispers.say(message, answer)

    async def voted(self, message: Message) -> None:
        """Have a vote handled; whatever there is to say is said to the voter alone, or not at all."""
        for number, reply in enumerate(await self._services.handle(message)):
            if decide(reply, VOTE):
                await self._whispers.say(message, Answer(reply, f"{message.address.chat}:{message.wire_id}:{number}"))

    async def _patiently(self, message: Message, channel: discord.abc.Messageable) -> Sequence[Reply]:
        work = asyncio.ensure_future(self._services.handle(message))
        await asyncio.wait({work}, timeout=TYPING_AFTER_S)
        if not work.done():
            with contextlib.suppress(*faults.ERRORS):
                await channel.typing()
        return await work

    async def _answered(self, way: Way, message: Message, post: discord.Message, answer: Answer) -> bool:
        """Answer in one way; False where it cannot be gone."""
        if way is Way.REACT:
            return await self._reacted(post, answer.reply)
        if way is Way.WRITE:
            with contextlib.suppress(DeliveryError):
                await self._whispers.write(message.sender.user_id, answer)
                return True
            return False
        sent = await self._sender.send(post.channel.id, answer.reply, answer.key, answer.quoted)
        await self._note(message, answer.reply, sent)
        return True

    async def _reacted(self, post: discord.Message, reply: Reply) -> bool:
        """Put a mark under a message; False where Discord or the channel does not take it."""
        text = (await self._sender.posts(reply))[0].payload.text.strip()
        try:
            await post.add_reaction(text)
        except faults.ERRORS as error:
            log.info("no reaction: %s", self._sender.counted(error))
            return False
        return True

    async def slow_down(self, message: Message) -> None:
        """Say that it is too fast."""
        with contextlib.suppress(DeliveryError):
            await self._sender.send(int(message.address.chat), self._sentence("slow-down"), message.wire_id)

    def _sentence(self, key: str) -> Reply:
        return Reply((paragraph(Wording(self._language)(key)),))

    # --- interactions ----------------------------------------------------------------------------

    async def interact(self, message: Message, event: Interaction) -> None:
        """Have an interaction handled, and answer it; whatever goes wrong is said kindly, once."""
        exchange = Exchange(event, message)
        try:
            for reply, posts in await self._in_time(exchange):
                sent = await self._shown(exchange, reply, posts)
                await self._note(message, reply, sent)
            await self._close(exchange)
        except DeliveryError as error:
            log.warning("an interaction in channel %s was not answered: %s", message.address.chat, error)
            await self._apologise(exchange)
        except Exception:
            await self._apologise(exchange)
            raise

    async def _in_time(self, exchange: Exchange) -> Sequence[tuple[Reply, tuple[Post, ...]]]:
        """Have the replies made, acknowledging the interaction when that takes long."""
        work = asyncio.ensure_future(self._prepared(exchange))
        await asyncio.wait({work}, timeout=ACKNOWLEDGE_S)
        if not work.done():
            await self._acknowledge(exchange)
        return await work

    async def _prepared(self, exchange: Exchange) -> Sequence[tuple[Reply, tuple[Post, ...]]]:
        language = language_of_tag(exchange.event.locale.value, "en")
        return [
            (reply, await self._sender.posts(reply, language))
            for reply in await self._services.handle(exchange.message)
        ]

    async def _acknowledge(self, exchange: Exchange) -> None:
        response = exchange.event.response
        if exchange.is_tap:
            await self._called(response.defer())
        else:
            await self._called(response.defer(ephemeral=exchange.is_quiet, thinking=True))

    async def _shown(self, exchange: Exchange, reply: Reply, posts: tuple[Post, ...]) -> Sent:
        for way in decide(reply, exchange.moment):
            sent = await self._said(way, exchange, reply, posts)
            if sent:
                return sent
        return Sent(())

    async def _said(self, way: Way, exchange: Exchange, reply: Reply, posts: tuple[Post, ...]) -> Sent | None:
        """Say a reply in one way; None where it cannot be gone."""
        if way is Way.POST:
            return await self._posted(exchange.message, reply)
        if way is Way.EDIT:
            is_possible = len(posts) == 1 and not exchange.event.response.is_done()
            return await self._edited(exchange, posts[0]) if is_possible else None
        for post in posts:
            exchange.said.append(await self._put(exchange, post, is_private=way is Way.SHOW))
        return Sent(tuple(exchange.said[-len(posts) :]))

    async def _posted(self, message: Message, reply: Reply) -> Sent | None:
        with contextlib.suppress(DeliveryError):
            key = f"{message.address.chat}:{message.wire_id}"
            return await self._sender.send(int(message.address.chat), reply, key)
        return None

    async def _edited(self, exchange: Exchange, post: Post) -> Sent:
        async def put(files: list[discord.File], **form: Any) -> None:  # noqa: ANN401
            await exchange.event.response.edit_message(attachments=files, allowed_mentions=NOBODY, **form)

        await self._sender.put(post, put)
        return Sent((str(exchange.event.message.id),) if exchange.event.message else ())

    async def _put(self, exchange: Exchange, post: Post, *, is_private: bool) -> str:
        """Send one message as the answer; return its id."""
        event = exchange.event
        if event.response.is_done():
            if is_private and not exchange.is_quiet and not exchange.is_tap:
                await self._unannounce(exchange)  # what was announced to all would be said to all
            return str((await self._sender.put(post, self._follow(event, is_private=is_private))).id)

        async def put(**form: Any) -> discord.InteractionCallbackResponse[Any]:  # noqa: ANN401
            return await event.response.send_message(ephemeral=is_private, allowed_mentions=NOBODY, **form)

        return str((await self._sender.put(post, put)).message_id)

    @staticmethod
    def _follow(event: Interaction, *, is_private: bool) -> Callable[..., Awaitable[Any]]:
        async def put(**form: Any) -> Any:  # noqa: ANN401
            return await event.followup.send(ephemeral=is_private, wait=True, allowed_mentions=NOBODY, **form)

        return put

    async def _close(self, exchange: Exchange) -> None:
        """End an interaction that nothing was said to, or whose question stands in the channel."""
        if not exchange.event.response.is_done():
            await self._called(exchange.event.response.defer(ephemeral=not exchange.is_tap))
        if not exchange.is_tap and not exchange.said:
            await self._unannounce(exchange)

    async def _unannounce(self, exchange: Exchange) -> None:
        with contextlib.suppress(*faults.ERRORS):
            await exchange.event.delete_original_response()

    async def interact_slowly(self, message: Message, event: Interaction) -> None:
        """Acknowledge an interaction that came too fast, without the tutor."""
        await self._tell(Exchange(event, message), "slow-down")

    async def _apologise(self, exchange: Exchange) -> None:
        """Say that it went wrong, where there is still a way to say it."""
        await self._tell(exchange, "sorry")

    async def _tell(self, exchange: Exchange, key: str) -> None:
        with contextlib.suppress(DeliveryError):
            for post in await self._sender.posts(self._sentence(key)):
                await self._put(exchange, post, is_private=not exchange.message.is_direct)

    async def _called(self, call: Awaitable[Any]) -> None:
        try:
            await call
        except faults.ERRORS as error:
            raise self._sender.counted(error) from None

    async def _note(self, message: Message, reply: Reply, sent: Sent) -> None:
        if reply.ref and sent.message_ids:
            await self._services.note(ReplySent(message.address, reply.ref, sent))
