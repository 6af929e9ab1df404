"""One message is answered: replies go where they belong, as new messages, edits, toasts, reactions or whispers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, Update
from telegram import Message as Post
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import TelegramError

from bot.adapters.chats.telegram import toast
from bot.adapters.chats.telegram.chat_queues import ChatQueues
from bot.adapters.chats.telegram.destination import Destination
from bot.adapters.chats.telegram.render import render
from bot.adapters.chats.telegram.sending.sender import Sender
from bot.adapters.chats.telegram.sending.transport import TooFastError
from bot.adapters.chats.telegram.wire import Words, alone_with, letter_of
from bot.core.chat.messages import Address, Audience, Message, Mode, Reply, Sent
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording
from bot.errors import DeliveryError, FloodError, GoneError
from bot.ports import Confirm, Handle, Unheard

log = logging.getLogger(__name__)
TYPING_AFTER_S = 0.7
"""An answer that takes longer shows that the bot is typing; most do not."""
TYPING_AT_ONCE = 16
"""While more answers than this are under way, to show it would only make everybody wait longer."""
MAX_FLOOD_S = 120.0
FLOOD_TRIES = 3
"""An answer waits out this many requests to wait; its own chat alone waits."""
WHISPER_S = 1.0
"""So long a chat waits for what is whispered to one of its members."""
REACTION_WAIT_S = 5.0
"""A reaction is not worth a longer wait."""
EMOJI = frozenset(emoji.value for emoji in ReactionEmoji)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message came from.

    Attributes:
        post: the message itself, or the one whose button was tapped; None where Telegram no longer shows it.
    """

    message: Message
    destination: Destination
    query: CallbackQuery | None
    post: Post | Words | None


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said to one person alone.

    Attributes:
        toast: shown over the tapped button; "" for nothing.
        whisper: goes to their private chat; None for nothing.
    """

    toast: str = ""
    whisper: Reply | None = None


class Answering:
    """Answers messages and sends replies."""

    def __init__(
        self,
        bot: Bot,
        sender: Sender,
        handle: Handle,
        confirm: Confirm,
        unheard: Unheard | None = None,
        language: str = "zh",
    ) -> None:
        self._bot = bot
        self._sender = sender
        self._handle = handle
        self._confirm = confirm
        self._unheard = unheard
        self._language = language
        self._told: set[tuple[int, int]] = set()
        self._whispers = ChatQueues()
        self._under_way = 0

    async def answer(self, message: Message, update: Update | Words) -> None:
        """Have a message handled and carry out every reply; a chat that has closed meanwhile is let be."""
        scene, shown = _scene(message, update), ""
        whispering: set[asyncio.Task[None]] = set()
        try:
            async with self._typing(scene.destination):
                replies = await self._handle(message)
                # What came in one batch is decided on together and then sent together: going to and fro for each
                # message costs a tenth more, because neither finds its code and data still at hand.
                await asyncio.sleep(0)
                for reply in replies:
                    aside = await self._reply(scene, reply)
                    shown = aside.toast or shown
                    if aside.whisper:
                        whispering.add(self._whisper(message, aside.whisper))
        except GoneError as error:
            log.info("chat %s is closed to the bot: %s", message.address.chat, error.reason)
        except DeliveryError as error:
            log.warning("an answer did not arrive in chat %s: %s", message.address.chat, error)
        finally:
            if scene.query:
                await toast.close(scene.query, shown)
        if whispering:
            await asyncio.wait(whispering, timeout=WHISPER_S)

    async def drain(self, timeout_s: float) -> None:
        """Let what is being whispered be said."""
        await self._whispers.drain(timeout_s)

    async def send(self, destination: Destination, reply: Reply) -> Sent:
        """Send a reply; one for a topic that was deleted goes to the group itself."""
        try:
            return await self._sender.send(destination, reply)
        except DeliveryError as error:
            if destination.thread is None or "thread not found" not in str(error):
                raise
            log.warning(
                "topic %s of chat %s is gone: what was for it goes to the group", destination.thread, destination.chat
            )
            group = replace(destination, thread=None)
            await self._tell_of_topic(group, destination.thread)
            return await self._sender.send(group, reply)

    async def _tell_of_topic(self, group: Destination, thread: int) -> None:
        """Say once in a group that one of its topics is gone, for its admins to see."""
        if (group.chat, thread) in self._told:
            return
        self._told.add((group.chat, thread))
        with contextlib.suppress(DeliveryError):
            words = Wording(self._language)
            await self._sender.send(group, Reply((paragraph(words("topic.gone")),)))

    async def _reply(self, scene: Scene, reply: Reply) -> Aside:
        """Carry out one reply; return what is left to be said to its reader alone."""
        is_whisper = reply.audience is Audience.WHISPER and not scene.message.is_direct
        if scene.query and letter_of(scene.query.data):  # the mark is the answerer's own business
            payloads = render(reply, None)
            has_more = is_whisper and not toast.says_all(payloads)
            return Aside(toast.shortened(toast.words(payloads)), reply if has_more else None)
        if is_whisper:
            return await self._aside(scene, reply)
        if scene.query and (reply.mode is Mode.TOAST or _is_for_toast(scene, reply)):
            payloads = await self._sender.payloads(reply)
            if reply.mode is Mode.TOAST or toast.says_all(payloads):
                return Aside(toast.shortened(toast.words(payloads)))
        await self._carry_out(scene, reply)
        return Aside()

    async def _aside(self, scene: Scene, reply: Reply) -> Aside:
        """Say over a tapped button what fits there, and the whole in private where that is not all of it."""
        if scene.query is None:
            return Aside(whisper=reply)
        payloads = await self._sender.payloads(reply)
        is_all = reply.mode is Mode.TOAST or (toast.says_all(payloads) and not reply.choices)
        return Aside(toast.shortened(toast.words(payloads)), None if is_all else reply)

    async def _carry_out(self, scene: Scene, reply: Reply) -> None:
        """Say something where the message came from."""
        post, message = scene.post, scene.message
        if reply.mode is Mode.REACTION and (await self._react(post, reply) or not message.is_direct):
            return
        if reply.mode is Mode.EDIT and scene.query and post:
            if await self._sender.edit(post.chat_id, post.message_id, reply):
                await self._note(message.address, reply, Sent((str(post.message_id),)))
                return
            await self._take_keyboard(post)
        if reply.audience is Audience.PRIVATE and not message.is_direct:
            await self._privately(scene, reply)
        else:
            await self._note(message.address, reply, await self._patiently(scene.destination, reply))

    async def _note(self, address: Address, reply: Reply, sent: Sent) -> None:
        if reply.ref and sent.message_ids:
            await self._confirm(address, reply.ref, sent)

    async def _privately(self, scene: Scene, reply: Reply) -> None:
        """Write to somebody alone; where they never opened a chat with the bot, answer in the group."""
        alone = alone_with(scene.message)
        if alone:
            with contextlib.suppress(GoneError):
                await self._note(alone, reply, await self._patiently(Destination.of(alone), reply))
                return
        await self._note(scene.message.address, reply, await self._patiently(scene.destination, reply))

    def _whisper(self, message: Message, reply: Reply) -> asyncio.Task[None]:
        """Begin to say something to one person alone; their chat may have to wait, the group's does not."""
        return self._whispers.add(message.sender.user_id, lambda: self._said_alone(message, reply))

    async def _said_alone(self, message: Message, reply: Reply) -> None:
        """Write to somebody alone, or note that what answers their public message cannot be said to them."""
        alone = alone_with(message)
        try:
            if alone:
                await self._note(alone, reply, await self._patiently(Destination.of(alone), reply))
                return
        except GoneError as error:
            log.info("chat %s is closed to the bot: %s", message.sender.user_id, error.reason)
        except DeliveryError as error:
            log.warning("a whisper did not arrive in chat %s: %s", message.sender.user_id, error)
            return
        is_seen = not message.is_unseen and message.pressed is None
        if is_seen and reply.ref and self._unheard:
            await self._unheard(message, reply.ref)

    async def _patiently(self, destination: Destination, reply: Reply) -> Sent:
        """Send an answer, waiting as long as Telegram asks this chat to."""
        for _ in range(FLOOD_TRIES):
            try:
                return await self.send(destination, reply)
            except FloodError as error:
                if error.retry_after_s > MAX_FLOOD_S:
                    raise
                await asyncio.sleep(error.retry_after_s)
        return await self.send(destination, reply)

    async def _react(self, post: Post | Words | None, reply: Reply) -> bool:
        """Put an emoji on a message; False where Telegram or the group does not take it."""
        emoji = toast.words(await self._sender.payloads(reply)).strip()
        if post is None or emoji not in EMOJI:
            return False
        try:
            return await self._reacted(post, emoji)
        except TelegramError as error:
            log.info("no reaction in chat %s: %s", post.chat_id, error.message)
        return False

    async def _reacted(self, post: Post | Words, emoji: str) -> bool:
        try:
            return await self._bot.set_message_reaction(post.chat_id, post.message_id, emoji)
        except TooFastError as error:
            if error.retry_after_s > REACTION_WAIT_S:
                raise
            await asyncio.sleep(error.retry_after_s)
        return await self._bot.set_message_reaction(post.chat_id, post.message_id, emoji)

    async def _take_keyboard(self, post: Post | Words) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.edit_message_reply_markup(post.chat_id, post.message_id, reply_markup=None)

    @contextlib.asynccontextmanager
    async def _typing(self, destination: Destination) -> AsyncIterator[None]:
        loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        timer = loop.call_later(TYPING_AFTER_S, lambda: tasks.add(loop.create_task(self._type(destination))))
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            timer.cancel()
            for task in tasks:
                task.cancel()

    async def _type(self, destination: Destination) -> None:
        if self._under_way > TYPING_AT_ONCE:
            return
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(destination.chat, ChatAction.TYPING, message_thread_id=destination.thread)


def _scene(message: Message, update: Update | Words) -> Scene:
    if isinstance(update, Words):
        return Scene(message, Destination.of(message.address), None, update)
    query = update.callback_query
    found = query.message if query else update.effective_message
    post = found if isinstance(found, Post) else None
    quoted = post.message_id if post and not message.is_direct and not query else None
    return Scene(message, Destination.of(message.address, quoted), query, post)


def _is_for_toast(scene: Scene, reply: Reply) -> bool:
    """Tell whether a private reply to a tap in a group can be a toast, which the others do not see."""
    is_private = reply.audience is Audience.PRIVATE and not scene.message.is_direct
    return is_private and not reply.choices and reply.ref is None
