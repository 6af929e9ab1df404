"""One message is answered: replies go where they belong, as new messages, edits, toasts or reactions."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, Update
from telegram import Message as Post
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import BadRequest, TelegramError

from bot.adapters.telegram.faults import says
from bot.adapters.telegram.render import render
from bot.adapters.telegram.sending import Place, Sender, plain
from bot.adapters.telegram.wire import letter_of
from bot.core.document import paragraph
from bot.core.messages import Address, Audience, Message, Mode, Reply, Sent
from bot.core.wording import Wording
from bot.errors import DeliveryError, FloodError, GoneError
from bot.ports import Confirm, Handle

log = logging.getLogger(__name__)
TYPING_AFTER_S = 0.7
"""An answer that takes longer shows that the bot is typing; most do not."""
MAX_TOAST = 200
MAX_FLOOD_S = 120.0
FLOOD_TRIES = 3
"""An answer waits out this many requests to wait; its own chat alone waits."""
EMOJI = frozenset(emoji.value for emoji in ReactionEmoji)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message came from.

    Attributes:
        post: the message itself, or the one whose button was tapped; None where Telegram no longer shows it.
    """

    message: Message
    place: Place
    query: CallbackQuery | None
    post: Post | None


class Answering:
    """Answers messages and sends replies."""

    def __init__(self, bot: Bot, sender: Sender, handle: Handle, confirm: Confirm, language: str = "zh") -> None:
        self._bot = bot
        self._sender = sender
        self._handle = handle
        self._confirm = confirm
        self._language = language
        self._told: set[tuple[int, int]] = set()

    async def answer(self, message: Message, update: Update) -> None:
        """Have a message handled and carry out every reply; a chat that has closed meanwhile is let be."""
        scene = _scene(message, update)
        toast = ""
        try:
            async with self._typing(scene.place):
                for reply in await self._handle(message):
                    toast = await self._reply(scene, reply) or toast
        except GoneError as error:
            log.info("chat %s is closed to the bot: %s", message.address.chat, error.reason)
        except DeliveryError as error:
            log.warning("an answer did not arrive in chat %s: %s", message.address.chat, error)
        finally:
            if scene.query:
                await _close(scene.query, toast)

    async def send(self, place: Place, reply: Reply) -> Sent:
        """Send a reply; one for a topic that was deleted goes to the group itself."""
        try:
            return await self._sender.send(place, reply)
        except DeliveryError as error:
            if place.thread is None or "thread not found" not in str(error):
                raise
            log.warning("topic %s of chat %s is gone: what was for it goes to the group", place.thread, place.chat)
            group = replace(place, thread=None)
            await self._tell_of_topic(group, place.thread)
            return await self._sender.send(group, reply)

    async def _tell_of_topic(self, group: Place, thread: int) -> None:
        """Say once in a group that one of its topics is gone, for its admins to see."""
        if (group.chat, thread) in self._told:
            return
        self._told.add((group.chat, thread))
        with contextlib.suppress(DeliveryError):
            words = Wording(self._language)
            await self._sender.send(group, Reply((paragraph(words("topic.gone")),)))

    async def _reply(self, scene: Scene, reply: Reply) -> str:
        """Carry out one reply; return what is to be shown as a toast."""
        if scene.query and letter_of(scene.query.data):  # the mark is the answerer's own business
            return _shortened(plain(render(reply, None)[0].text))
        if scene.query and (reply.mode is Mode.TOAST or _is_for_toast(scene, reply)):
            pieces = await self._sender.pieces(reply)
            text = plain(pieces[0].text) if pieces else ""
            if reply.mode is Mode.TOAST or len(text) <= MAX_TOAST:
                return text[:MAX_TOAST]
        sent = await self._carried_out(scene, reply)
        if reply.ref and sent.message_ids:
            await self._confirm(scene.message.address, reply.ref, sent)
        return ""

    async def _carried_out(self, scene: Scene, reply: Reply) -> Sent:
        post = scene.post
        if reply.mode is Mode.REACTION and post and await self._react(post, reply):
            return Sent(())
        if reply.mode is Mode.EDIT and scene.query and post:
            if await self._sender.edit(post.chat_id, post.message_id, reply):
                return Sent((str(post.message_id),))
            await self._take_keyboard(post)
        if reply.audience is Audience.PRIVATE and not scene.message.is_direct:
            return await self._privately(scene, reply)
        return await self._patiently(scene.place, reply)

    async def _privately(self, scene: Scene, reply: Reply) -> Sent:
        """Write to somebody alone; where they never opened a chat with the bot, answer in the group."""
        try:
            alone = Address(scene.message.address.platform, scene.message.sender.user_id)
            return await self._patiently(Place.of(alone), reply)
        except GoneError:
            return await self._patiently(scene.place, reply)

    async def _patiently(self, place: Place, reply: Reply) -> Sent:
        """Send an answer, waiting as long as Telegram asks this chat to."""
        for _ in range(FLOOD_TRIES):
            try:
                return await self.send(place, reply)
            except FloodError as error:
                if error.retry_after_s > MAX_FLOOD_S:
                    raise
                await asyncio.sleep(error.retry_after_s)
        return await self.send(place, reply)

    async def _react(self, post: Post, reply: Reply) -> bool:
        pieces = await self._sender.pieces(reply)
        emoji = plain(pieces[0].text).strip() if pieces else ""
        if emoji not in EMOJI:
            return False
        with contextlib.suppress(TelegramError):
            return await self._bot.set_message_reaction(post.chat_id, post.message_id, emoji)
        return False

    async def _take_keyboard(self, post: Post) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.edit_message_reply_markup(post.chat_id, post.message_id, reply_markup=None)

    @contextlib.asynccontextmanager
    async def _typing(self, place: Place) -> AsyncIterator[None]:
        loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        timer = loop.call_later(TYPING_AFTER_S, lambda: tasks.add(loop.create_task(self._type(place))))
        try:
            yield
        finally:
            timer.cancel()
            for task in tasks:
                task.cancel()

    async def _type(self, place: Place) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)


def _scene(message: Message, update: Update) -> Scene:
    query = update.callback_query
    found = query.message if query else update.effective_message
    post = found if isinstance(found, Post) else None
    quoted = post.message_id if post and not message.is_direct and not query else None
    return Scene(message, Place.of(message.address, quoted), query, post)


def _shortened(text: str) -> str:
    """Return as many whole lines as a toast holds."""
    while len(text) > MAX_TOAST and "\n" in text:
        text = text.rpartition("\n")[0].rstrip()
    return text[:MAX_TOAST]


def _is_for_toast(scene: Scene, reply: Reply) -> bool:
    """Tell whether a private reply to a tap in a group can be a toast, which the others do not see."""
    is_private = reply.audience is Audience.PRIVATE and not scene.message.is_direct
    return is_private and not reply.choices and reply.ref is None


async def _close(query: CallbackQuery, toast: str) -> None:
    """Answer a tap, so that its button stops turning; one that has expired, or was answered, is let be."""
    try:
        await query.answer(toast or None, show_alert=len(toast) > 60)
    except BadRequest as error:
        if not says(error, "query is too old"):
            log.warning("a tap could not be answered: %s", error.message)
    except TelegramError as error:
        log.info("a tap could not be answered: %s", error.message)
