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

from bot.adapters.chats.telegram.keyboard import keyboard
from bot.adapters.chats.telegram.place import Place
from bot.adapters.chats.telegram.render import render
from bot.adapters.chats.telegram.sending.faults import says, translate
from bot.adapters.chats.telegram.sending.poll import Poll, to_poll
from bot.adapters.chats.telegram.sending.transport import Json, call
from bot.adapters.chats.telegram.sending.uploads import Uploads
from bot.adapters.chats.telegram.wire import LETTER, LETTERS
from bot.adapters.rendering.off_loop import drawn, rendered
from bot.adapters.rendering.piece import Piece
from bot.core.chat.incidents import Counts, Incident
from bot.core.chat.messages import Choice, Reply, Sent
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

    async def pieces(self, reply: Reply) -> tuple[Piece, ...]:
        """Render a reply; typesetting leaves the event loop free."""
        return await rendered(render, reply, self._typesetter)

    async def send(self, place: Place, reply: Reply) -> Sent:
        """Send a reply, under the post that it answers. Raises DeliveryError, of the kind that fits."""
        if reply.answers.isdigit():
            place = place.answering(int(reply.answers))
        try:
            sent = await self._send(place, reply)
        except TelegramError as error:
            raise translate(error) from None
        self.counts[Incident.SENT] += len(sent.message_ids)
        return sent

    async def edit(self, chat: int, message_id: int, reply: Reply) -> bool:
        """Write a reply over one of the bot's messages; False where it does not fit into it or cannot be changed."""
        pieces = await self.pieces(reply)
        if reply.quiz or len(pieces) != 1 or pieces[0].images or pieces[0].file:
            return False
        try:
            await call(
                self._bot,
                "editMessageText",
                text=pieces[0].text,
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
        if self._typesetter is not None and {type(part) for part in drawn(reply)} == {Picture}:
            first = (await self.pieces(reply))[0]
            known = [self._uploads.get(image.key) or "" for image in first.images]
            if len(known) == 1 and known[0]:
                return first.text, known[0]
        pieces = render(reply, None)
        return (pieces[0].text if pieces else ""), ""

    async def _send(self, place: Place, reply: Reply) -> Sent:
        quiz = reply.quiz
        poll = to_poll(quiz) if quiz and (place.chat > 0 or quiz.is_open) else None
        if poll:
            return await self._send_poll(place, poll, reply)
        pieces = await self.pieces(reply)
        sent: list[int] = []
        letters = quiz.options if quiz and place.chat < 0 else ()
        picks = tuple(Choice(f"{LETTER}{letter}", letter) for letter, _ in zip(LETTERS, letters, strict=False))
        for number, piece in enumerate(pieces, 1):
            markup = await self._keyboard(place.chat, (*picks, *reply.choices)) if number == len(pieces) else None
            sent += await self._send_piece(place, piece, markup)
            if place.reply_to:
                place = replace(place, reply_to=None)  # one quotation is enough
        return Sent(tuple(map(str, sent)))

    async def _send_poll(self, place: Place, poll: Poll, reply: Reply) -> Sent:
        post = await call(
            self._bot,
            "sendPoll",
            chat_id=place.chat,
            question=poll.question,
            options=[{"text": option} for option in poll.options],
            is_anonymous=False,
            type="quiz",
            correct_option_ids=[poll.right],
            shuffle_options=True,
            explanation=poll.explanation,
            reply_markup=await self._keyboard(place.chat, reply.choices),
            **place.parameters(),
        )
        return Sent((str(post["message_id"]),), post["poll"]["id"])

    async def _send_piece(self, place: Place, piece: Piece, markup: Json | None) -> Sequence[int]:
        if piece.file:
            return (await self._send_file(place, piece, markup),)
        if len(piece.images) > 1:
            return await self._send_gallery(place, piece, markup)
        if piece.images:
            return (await self._send_photo(place, piece.images[0], piece.text, markup),)
        return (await self._send_text(place, piece.text, markup),)

    async def _send_text(self, place: Place, text: str, markup: Json | None) -> int:
        try:
            return await self._post(
                "sendMessage", place, markup, text=text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            )
        except BadRequest as error:
            if not says(error, "can't parse entities"):
                raise
            log.exception("Telegram does not take this markup, the words alone are sent: %r", text)
            return await self._post("sendMessage", replace(place, reply_to=None), markup, text=plain(text))

    async def _post(self, method: str, place: Place, markup: Json | None, **parameters: object) -> int:
        """Send something that has no file with it; return the id of the message."""
        post = await call(
            self._bot, method, chat_id=place.chat, reply_markup=markup, **place.parameters(), **parameters
        )
        self._count_lost(place, has_quotation="reply_to_message" in post)
        return int(post["message_id"])

    def _count_lost(self, place: Place, *, has_quotation: bool) -> None:
        """Count what was sent all the same, without the quotation it was to have."""
        if place.reply_to and not has_quotation:
            self.counts[Incident.REPLY_NOT_FOUND] += 1

    async def _send_photo(self, place: Place, image: Image, caption: str, markup: Json | None) -> int:
        known = self._uploads.get(image.key)
        if known is None:
            return await self._upload_photo(place, image, caption, markup)
        try:
            return await self._post("sendPhoto", place, markup, photo=known, **_captioned(caption))
        except BadRequest as error:
            if not self._forgets((image,), error):
                raise
            return await self._upload_photo(place, image, caption, markup)

    async def _upload_photo(self, place: Place, image: Image, caption: str, markup: Json | None) -> int:
        post = await self._bot.send_photo(
            place.chat,
            InputFile(image.png, filename="figure.png"),
            reply_markup=InlineKeyboardMarkup.de_json(markup, None) if markup else None,
            message_thread_id=place.thread,
            reply_parameters=place.reply_to,
            **_captioned(caption),
        )
        self._keep(image, post)
        self._count_lost(place, has_quotation=post.reply_to_message is not None)
        return post.message_id

    async def _send_gallery(self, place: Place, piece: Piece, markup: Json | None) -> Sequence[int]:
        """Send several pictures; an album takes no keyboard, so the last one stands alone where there is one."""
        if markup is None:
            return await self._send_album(place, piece.images, piece.text)
        *first, last = piece.images
        single = len(first) == 1
        sent = (
            (await self._send_photo(place, first[0], piece.text, None),)
            if single
            else await self._send_album(place, first, piece.text)
        )
        return (*sent, await self._send_photo(place, last, "", markup))

    async def _send_album(self, place: Place, images: Sequence[Image], caption: str) -> Sequence[int]:
        media = [self._medium(image, caption if number == 0 else "") for number, image in enumerate(images)]
        try:
            posts = await self._bot.send_media_group(
                place.chat, media, message_thread_id=place.thread, reply_parameters=place.reply_to
            )
        except BadRequest as error:
            if not self._forgets(images, error):
                raise
            return await self._send_album(place, images, caption)
        for image, post in zip(images, posts, strict=False):
            self._keep(image, post)
        self._count_lost(place, has_quotation=posts[0].reply_to_message is not None)
        return [post.message_id for post in posts]

    def _medium(self, image: Image, caption: str) -> InputMediaPhoto:
        return InputMediaPhoto(
            self._uploads.get(image.key) or InputFile(image.png, filename="figure.png", attach=True),
            **_captioned(caption),
        )

    async def _send_file(self, place: Place, piece: Piece, markup: Json | None) -> int:
        assert piece.file is not None  # noqa: S101  the caller looked
        post = await self._bot.send_document(
            place.chat,
            InputFile(piece.file.content.encode(), filename=piece.file.name),
            caption=piece.text or None,
            parse_mode=ParseMode.HTML if piece.text else None,
            reply_markup=InlineKeyboardMarkup.de_json(markup, None) if markup else None,
            message_thread_id=place.thread,
            reply_parameters=place.reply_to,
        )
        self._count_lost(place, has_quotation=post.reply_to_message is not None)
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
