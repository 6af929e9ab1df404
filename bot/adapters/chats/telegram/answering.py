"""One message is answered: replies go where they belong, in the ways that the policy decides on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from telegram import Bot, CallbackQuery, Update
from telegram import Message as Post
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import TelegramError

from bot.adapters.chats.policy import Moment, Way, decide, lost
from bot.adapters.chats.rate_limit import waiting_out
from bot.adapters.chats.telegram import toast
from bot.adapters.chats.telegram.chat_queues import ChatQueues
from bot.adapters.chats.telegram.destination import Destination
from bot.adapters.chats.telegram.render import render
from bot.adapters.chats.telegram.sending.faults import translate
from bot.adapters.chats.telegram.sending.sender import Sender
from bot.adapters.chats.telegram.wire import Words, alone_with, letter_of
from bot.adapters.rendering.payload import Payload
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Message, Reply, Sent
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording
from bot.errors import DeliveryError, GoneError
from bot.ports import Services

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


@dataclass(slots=True)
class Scene:
    """Where a message came from, and what is said to its sender beside posts.

    Attributes:
        post: the message itself, or the one whose button was tapped; None where Telegram no longer shows it.
        toast: what is to be shown over the tapped button; "" for nothing.
        whispers: what is being written to their private chat.
    """

    message: Message
    destination: Destination
    query: CallbackQuery | None
    post: Post | Words | None
    toast: str = ""
    whispers: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def is_letter(self) -> bool:
        """Tell whether an option of a choice question was tapped."""
        return self.query is not None and bool(letter_of(self.query.data))

    @property
    def moment(self) -> Moment:
        """What can be done here."""
        return Moment(
            is_direct=self.message.is_direct,
            is_unseen=self.is_letter,
            can_react=self.post is not None,
            can_edit=self.query is not None and self.post is not None,
            can_toast=self.query is not None,
        )

    def show(self, payloads: Sequence[Payload]) -> bool:
        """Have the toast say as much of a reply as it holds."""
        self.toast = toast.shortened(toast.words(payloads)) or self.toast
        return True


class Answering:
    """Answers messages and sends replies."""

    def __init__(self, bot: Bot, sender: Sender, services: Services, language: str) -> None:
        self._bot = bot
        self._sender = sender
        self._services = services
        self._language = language
        self._told: set[tuple[int, int]] = set()
        self._whispers = ChatQueues()
        self._under_way = 0
        self._carried_out: Mapping[Way, Callable[[Scene, Reply], Awaitable[bool]]] = {
            Way.SEND: self._send_here,
            Way.EDIT: self._edit,
            Way.REACT: self._react,
            Way.TOAST: self._toast,
            Way.WHOLE_TOAST: self._toast_whole,
            Way.TOAST_TOO: self._toast_too,
            Way.WRITE: self._write,
            Way.WHISPER: self._whisper,
        }

    async def answer(self, message: Message, update: Update | Words) -> None:
        """Have a message handled and carry out every reply; a chat that has closed meanwhile is let be."""
        scene = _scene(message, update)
        try:
            async with self._typing(scene.destination):
                replies = await self._services.handle(message)
                # What came in one batch is decided on together and then sent together: going to and fro for each
                # message costs a tenth more, because neither finds its code and data still at hand.
                await asyncio.sleep(0)
                for reply in replies:
                    await self._say(scene, reply)
        except GoneError as error:
            log.info("chat %s is closed to the bot: %s", message.address.chat, error.reason)
        except DeliveryError as error:
            log.warning("an answer did not arrive in chat %s: %s", message.address.chat, error)
        finally:
            if scene.query:
                await toast.close(scene.query, scene.toast)
        if scene.whispers:
            await asyncio.wait(scene.whispers, timeout=WHISPER_S)

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

    async def _say(self, scene: Scene, reply: Reply) -> None:
        """Say a reply in the first way that can be gone."""
        for way in decide(reply, scene.moment):
            if await self._carried_out[way](scene, reply):
                return

    # --- the ways, each False where it cannot be gone ------------------------------------------------

    async def _send_here(self, scene: Scene, reply: Reply) -> bool:
        await self._note(scene.message.address, reply, await self._patiently(scene.destination, reply))
        return True

    async def _edit(self, scene: Scene, reply: Reply) -> bool:
        """Write over the tapped post; one that has to stay as it is loses its buttons."""
        post = scene.post
        if post is None:
            return False
        if await self._sender.edit(post.chat_id, post.message_id, reply):
            await self._note(scene.message.address, reply, Sent((str(post.message_id),)))
            return True
        with contextlib.suppress(TelegramError):
            await self._bot.edit_message_reply_markup(post.chat_id, post.message_id, reply_markup=None)
        return False

    async def _react(self, scene: Scene, reply: Reply) -> bool:
        """Put an emoji on a message."""
        emoji, post = toast.words(await self._sender.payloads(reply)).strip(), scene.post
        if post is None or emoji not in EMOJI:
            return False
        try:
            return await waiting_out(lambda: self._reacted(post, emoji), most_s=REACTION_WAIT_S)
        except DeliveryError as error:
            log.info("no reaction in chat %s: %s", post.chat_id, error)
        return False

    async def _reacted(self, post: Post | Words, emoji: str) -> bool:
        try:
            return await self._bot.set_message_reaction(post.chat_id, post.message_id, emoji)
        except TelegramError as error:
            raise translate(error) from None

    async def _toast(self, scene: Scene, reply: Reply) -> bool:
        return scene.show(await self._payloads(scene, reply))

    async def _toast_whole(self, scene: Scene, reply: Reply) -> bool:
        payloads = await self._payloads(scene, reply)
        return toast.says_all(payloads) and scene.show(payloads)

    async def _toast_too(self, scene: Scene, reply: Reply) -> bool:
        scene.show(await self._payloads(scene, reply))
        return False

    async def _payloads(self, scene: Scene, reply: Reply) -> Sequence[Payload]:
        """Render what a toast is made of; after a letter nobody waits for formulas to be typeset."""
        return render(reply, None) if scene.is_letter else await self._sender.payloads(reply)

    async def _write(self, scene: Scene, reply: Reply) -> bool:
        """Write to somebody alone, who may never have opened a chat with the bot."""
        alone = alone_with(scene.message)
        if alone is None:
            return False
        try:
            await self._note(alone, reply, await self._patiently(Destination.of(alone), reply))
        except GoneError as error:
            log.info("chat %s is closed to the bot: %s", alone.chat, error.reason)
            return False
        return True

    async def _whisper(self, scene: Scene, reply: Reply) -> bool:
        """Begin to say something to one person alone; their chat may have to wait, the group's does not."""
        lane = scene.message.sender.user_id
        scene.whispers.add(self._whispers.add(lane, lambda: self._whispered(scene, reply)))
        return True

    async def _whispered(self, scene: Scene, reply: Reply) -> None:
        """Write to somebody alone, or note that what answers their public message cannot be said to them."""
        try:
            if await self._write(scene, reply):
                return
        except DeliveryError as error:
            log.warning("a whisper did not arrive in chat %s: %s", scene.message.sender.user_id, error)
            return
        missed = lost(scene.message, reply)
        if missed:
            await self._services.note(missed)

    # --- sending -------------------------------------------------------------------------------------

    async def _note(self, address: Address, reply: Reply, sent: Sent) -> None:
        if reply.ref and sent.message_ids:
            await self._services.note(ReplySent(address, reply.ref, sent))

    async def _patiently(self, destination: Destination, reply: Reply) -> Sent:
        """Send an answer, waiting as long as Telegram asks this chat to."""
        return await waiting_out(lambda: self.send(destination, reply), most_s=MAX_FLOOD_S, times=FLOOD_TRIES)

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
