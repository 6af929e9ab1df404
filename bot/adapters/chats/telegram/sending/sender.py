"""Reply -> calls of the Bot API: text, pictures, files and quizzes, each within a message or the next."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from re import compile as pattern

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaPhoto
from telegram import Message as Post
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.adapters.chats.telegram.destination import Destination
from bot.adapters.chats.telegram.keyboard import keyboard
from bot.adapters.chats.telegram.render import render
from bot.adapters.chats.telegram.sending.faults import says, translate
from bot.adapters.chats.telegram.sending.poll import Poll, to_poll
from bot.adapters.chats.telegram.sending.transport import Json, call
from bot.adapters.chats.telegram.sending.uploads import Uploads
from bot.adapters.chats.telegram.wire import LETTER, LETTERS
from bot.adapters.rendering.off_loop import pictures_in, rendered
from bot.adapters.rendering.payload import Payload
from bot.core.chat.incidents import Counts, Incident
from bot.core.chat.messages import Choice, Quiz, Reply, Sent
from bot.core.content.document import Picture
from bot.ports import Image, Typesetter

log = logging.getLogger(__name__)
NO_PREVIEW = {"is_disabled": True}
_TAG = pattern(r"<[^>]+>")


def plain(html: str) -> str:
    """Return Telegram's HTML as plain text."""
    return unescape(_TAG.sub("", html))


def _captioned(caption: str) -> Json:
    """Return how a photo carries its caption: above it."""
    return {"caption": caption, "parse_mode": ParseMode.HTML, "show_caption_above_media": True} if caption else {}


class Sender:
    """Sends replies.

    Attributes:
        counts: how often each thing happened.
    """

    def __init__(
        self,
        bot: Bot,
        typesetter: Typesetter | None,
        uploads: Uploads | None = None,
        counts: Counts | None = None,
    ) -> None:
        self._bot = bot
        self._typesetter = typesetter
        self._uploads = uploads or Uploads()
        self.counts = Counts() if counts is None else counts

    async def payloads(self, reply: Reply) -> tuple[Payload, ...]:
        """Render a reply; typesetting leaves the event loop free."""
        return await rendered(render, reply, self._typesetter)

    async def send(self, destination: Destination, reply: Reply) -> Sent:
        """Send a reply, under the post that it answers. Raises DeliveryError, of the kind that fits."""
        if reply.answers.isdigit():
            destination = destination.answering(int(reply.answers))
        try:
            sent = await self._send(destination, reply)
        except TelegramError as error:
            raise translate(error) from None
        self.counts[Incident.SENT] += len(sent.message_ids)
        return sent

    async def edit(self, chat: int, message_id: int, reply: Reply) -> bool:
        """Write a reply over one of the bot's messages; False where it does not fit into it or cannot be changed."""
        payloads = await self.payloads(reply)
        if reply.quiz or len(payloads) != 1 or payloads[0].images or payloads[0].file:
            return False
        try:
            await call(
                self._bot,
                "editMessageText",
                text=payloads[0].text,
                chat_id=chat,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=await self._keyboard(chat, reply.choices),
            )
        except BadRequest as error:
            return says(error, "not modified")
        except TelegramError as error:
            raise translate(error) from None
        return True

    async def offered(self, reply: Reply) -> tuple[str, str]:
        """Return a reply as one message for somebody to send: its text, and a figure's file id where Telegram has it.

        A figure that was never uploaded cannot be offered, and formulas are not typeset while somebody types.
        """
        if self._typesetter is not None and {type(part) for part in pictures_in(reply)} == {Picture}:
            first = (await self.payloads(reply))[0]
            known = [self._uploads.get(image.key) or "" for image in first.images]
            if len(known) == 1 and known[0]:
                return first.text, known[0]
        payloads = render(reply, None)
        return (payloads[0].text if payloads else ""), ""

    async def _send(self, destination: Destination, reply: Reply) -> Sent:
        quiz = reply.quiz
        poll = to_poll(quiz) if quiz and (destination.chat > 0 or quiz.is_open) else None
        return await (self._send_poll(destination, poll, reply) if poll else self._send_posts(destination, reply))

    async def _send_posts(self, destination: Destination, reply: Reply) -> Sent:
        payloads = await self.payloads(reply)
        sent: list[int] = []
        choices = (*(_letters(reply.quiz) if destination.chat < 0 else ()), *reply.choices)
        for number, payload in enumerate(payloads, 1):
            markup = await self._keyboard(destination.chat, choices) if number == len(payloads) else None
            sent += await self._send_payload(destination, payload, markup)
            if destination.reply_to:
                destination = replace(destination, reply_to=None)  # one quotation is enough
        return Sent(tuple(map(str, sent)))

    async def _send_poll(self, destination: Destination, poll: Poll, reply: Reply) -> Sent:
        post = await call(
            self._bot,
            "sendPoll",
            chat_id=destination.chat,
            question=poll.question,
            options=[{"text": option} for option in poll.options],
            is_anonymous=False,
            type="quiz",
            correct_option_ids=[poll.right],
            shuffle_options=True,
            explanation=poll.explanation,
            reply_markup=await self._keyboard(destination.chat, reply.choices),
            **destination.parameters(),
        )
        return Sent((str(post["message_id"]),), post["poll"]["id"])

    async def _send_payload(self, destination: Destination, payload: Payload, markup: Json | None) -> Sequence[int]:
        if payload.file:
            return (await self._send_file(destination, payload, markup),)
        if len(payload.images) > 1:
            return await self._send_gallery(destination, payload, markup)
        if payload.images:
            return (await self._send_photo(destination, payload.images[0], payload.text, markup),)
        return (await self._send_text(destination, payload.text, markup),)

    async def _send_text(self, destination: Destination, text: str, markup: Json | None) -> int:
        try:
            return await self._post(
                "sendMessage",
                destination,
                markup,
                text=text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if not says(error, "can't parse entities"):
                raise
            log.exception("Telegram does not take this markup, the words alone are sent: %r", text)
            return await self._post("sendMessage", replace(destination, reply_to=None), markup, text=plain(text))

    async def _post(self, method: str, destination: Destination, markup: Json | None, **parameters: object) -> int:
        """Send something that has no file with it; return the id of the message."""
        post = await call(
            self._bot, method, chat_id=destination.chat, reply_markup=markup, **destination.parameters(), **parameters
        )
        self._count_lost(destination, has_quotation="reply_to_message" in post)
        return int(post["message_id"])

    def _count_lost(self, destination: Destination, *, has_quotation: bool) -> None:
        """Count what was sent all the same, without the quotation it was to have."""
        if destination.reply_to and not has_quotation:
            self.counts[Incident.REPLY_NOT_FOUND] += 1

    async def _send_photo(self, destination: Destination, image: Image, caption: str, markup: Json | None) -> int:
        known = self._uploads.get(image.key)
        if known is None:
            return await self._upload_photo(destination, image, caption, markup)
        try:
            return await self._post("sendPhoto", destination, markup, photo=known, **_captioned(caption))
        except BadRequest as error:
            if not self._forgets((image,), error):
                raise
            return await self._upload_photo(destination, image, caption, markup)

    async def _upload_photo(self, destination: Destination, image: Image, caption: str, markup: Json | None) -> int:
        post = await self._bot.send_photo(
            destination.chat,
            InputFile(image.png, filename="figure.png"),
            reply_markup=InlineKeyboardMarkup.de_json(markup, None) if markup else None,
            message_thread_id=destination.thread,
            reply_parameters=destination.reply_to,
            **_captioned(caption),
        )
        self._keep(image, post)
        self._count_lost(destination, has_quotation=post.reply_to_message is not None)
        return post.message_id

    async def _send_gallery(self, destination: Destination, payload: Payload, markup: Json | None) -> Sequence[int]:
        """Send several pictures; an album takes no keyboard, so the last one stands alone where there is one."""
        if markup is None:
            return await self._send_album(destination, payload.images, payload.text)
        *first, last = payload.images
        single = len(first) == 1
        sent = (
            (await self._send_photo(destination, first[0], payload.text, None),)
            if single
            else await self._send_album(destination, first, payload.text)
        )
        return (*sent, await self._send_photo(destination, last, "", markup))

    async def _send_album(self, destination: Destination, images: Sequence[Image], caption: str) -> Sequence[int]:
        media = [self._medium(image, caption if number == 0 else "") for number, image in enumerate(images)]
        try:
            posts = await self._bot.send_media_group(
                destination.chat, media, message_thread_id=destination.thread, reply_parameters=destination.reply_to
            )
        except BadRequest as error:
            if not self._forgets(images, error):
                raise
            return await self._send_album(destination, images, caption)
        for image, post in zip(images, posts, strict=False):
            self._keep(image, post)
        self._count_lost(destination, has_quotation=posts[0].reply_to_message is not None)
        return [post.message_id for post in posts]

    def _medium(self, image: Image, caption: str) -> InputMediaPhoto:
        return InputMediaPhoto(
            self._uploads.get(image.key) or InputFile(image.png, filename="figure.png", attach=True),
            **_captioned(caption),
        )

    async def _send_file(self, destination: Destination, payload: Payload, markup: Json | None) -> int:
        assert payload.file is not None  # noqa: S101  the caller looked
        post = await self._bot.send_document(
            destination.chat,
            InputFile(payload.file.content.encode(), filename=payload.file.name),
            caption=payload.text or None,
            parse_mode=ParseMode.HTML if payload.text else None,
            reply_markup=InlineKeyboardMarkup.de_json(markup, None) if markup else None,
            message_thread_id=destination.thread,
            reply_parameters=destination.reply_to,
        )
        self._count_lost(destination, has_quotation=post.reply_to_message is not None)
        return post.message_id

    async def _keyboard(self, chat: int, choices: Sequence[Choice]) -> Json | None:
        """Lay choices out; in a group those that open a private chat are links."""
        has_links = chat < 0 and any(choice.opens for choice in choices)
        return keyboard(choices, await self._username() if has_links else "")

    async def _username(self) -> str:
        """Return the bot's name, which Telegram is asked for where nobody did before."""
        try:
            return self._bot.username
        except RuntimeError:
            return (await self._bot.get_me()).username or ""

    def _forgets(self, images: Sequence[Image], error: BadRequest) -> bool:
        """Tell whether a refusal is about files that Telegram no longer has; their ids are forgotten."""
        known = [image.key for image in images if self._uploads.forget(image.key)]
        return bool(known) and says(error, "file")

    def _keep(self, image: Image, post: Post) -> None:
        if post.photo:
            self._uploads.keep(image.key, post.photo[-1].file_id)


def _letters(quiz: Quiz | None) -> tuple[Choice, ...]:
    """Return a button for each option of a choice question."""
    options = quiz.options if quiz else ()
    return tuple(Choice(f"{LETTER}{letter}", letter) for letter, _ in zip(LETTERS, options, strict=False))
