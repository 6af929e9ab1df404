"""Update -> Message, pure: who, where, what, with the bot's own name taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Chat, MessageEntity, PollAnswer, Update, User
from telegram import Message as Post

from bot.core.chat.messages import Address, Message, Sender

PLATFORM = "telegram"
LETTERS = "ABCDEFGHIJKL"
LETTER = "letter:"
"""Begins the data of a button that answers a choice question in a group; the option's letter follows."""
_PLAIN = frozenset({"message_id", "from", "chat", "date", "text", "entities", "link_preview_options"})
_ATTACHMENTS = ("photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document", "location")


def to_message(update: Update, me: User, now: datetime) -> Message | None:
    """Read an update; None for what is nobody's message to the tutor.

    Args:
        update: one of the kinds that are asked for.
        me: the bot.
        now: when a tap or a vote arrived; Telegram dates messages only.
    """
    if update.callback_query:
        return _press(update.update_id, update.callback_query, now)
    if update.poll_answer:
        return _vote(update.update_id, update.poll_answer, now)
    post = update.message or update.edited_message
    if post is None or not _is_persons(post, me):
        return None
    return _written(update, post, me)


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words that somebody said to the bot alone, and the post that holds them."""

    message: Message
    chat_id: int
    message_id: int


def plain_words(update: Mapping[str, Any], username: str) -> Words | None:
    """Read plain words that somebody said to the bot alone, straight from the wire; None for anything else.

    They are most of what comes, and the library's types for them cost more than finding an answer's place.

    Args:
        update: as Telegram sent it; any shape may raise KeyError or TypeError.
        username: the bot's.
    """
    post = update.get("message", {})
    if len(update) != 2 or not _PLAIN.issuperset(post) or "text" not in post or post["chat"]["type"] != Chat.PRIVATE:
        return None
    user, text = post["from"], without_name(post["text"], username)
    if user["is_bot"] or text is None:
        return None
    name = f"{user['first_name']} {user['last_name']}" if user.get("last_name") else user["first_name"]
    message = Message(
        str(update["update_id"]),
        Address(PLATFORM, str(post["chat"]["id"])),
        Sender(str(user["id"]), name),
        text,
        datetime.fromtimestamp(post["date"], UTC),
        is_admin=True,
        language=user.get("language_code"),
    )
    return Words(message, int(post["chat"]["id"]), int(post["message_id"]))


def address_of(post: Post) -> Address:
    """Return where a post stands: its topic only in a forum, where "General" has none."""
    thread = str(post.message_thread_id) if post.is_topic_message and post.message_thread_id else ""
    return Address(PLATFORM, str(post.chat_id), thread)


def alone_with(message: Message) -> Address | None:
    """Return the private chat with whoever sent a message; None for who speaks in the name of the group."""
    user_id = message.sender.user_id
    return None if user_id.startswith("-") else Address(PLATFORM, user_id)


def _press(update_id: int, query: CallbackQuery, now: datetime) -> Message | None:
    post = query.message
    if post is None or query.data is None:
        return None
    address = address_of(post) if isinstance(post, Post) else Address(PLATFORM, str(post.chat.id))
    letter = letter_of(query.data)
    return Message(
        str(update_id),
        address,
        _sender(query.from_user),
        letter,
        now,
        is_direct=post.chat.type == Chat.PRIVATE,
        reply_to=str(post.message_id) if letter else None,
        pressed=None if letter else query.data,
        language=query.from_user.language_code,
        is_unseen=bool(letter),
        place=post.chat.title or "",
    )


def letter_of(data: str | None) -> str:
    """Return the letter of an option that a button in a group stands for; "" for any other button."""
    return data[len(LETTER) :] if data and data.startswith(LETTER) else ""


def _vote(update_id: int, answer: PollAnswer, now: datetime) -> Message | None:
    """Read a vote. Telegram does not say where the poll stands, so the vote comes from the voter's private chat."""
    user = answer.user
    if user is None or not answer.option_ids:
        return None
    return Message(
        str(update_id),
        Address(PLATFORM, str(user.id)),
        _sender(user),
        LETTERS[answer.option_ids[0]],
        now,
        poll_id=answer.poll_id,
        language=user.language_code,
        is_unseen=True,
    )


def _is_persons(post: Post, me: User) -> bool:
    """Tell whether a person wrote it, to the bot or near it: no bot, no channel, nothing sent through the bot."""
    if post.via_bot or post.is_automatic_forward or post.chat.type == Chat.CHANNEL:
        return False
    return post.from_user is not None and (not post.from_user.is_bot or _is_anonymous(post)) and post.from_user != me


def _is_anonymous(post: Post) -> bool:
    """Tell whether an administrator wrote in the name of the group."""
    return post.sender_chat is not None and post.sender_chat.id == post.chat_id


def _written(update: Update, post: Post, me: User) -> Message | None:
    text = without_name(_words(post), me.username or "")
    if text is None or not is_readable(post):
        return None
    is_direct, reply_to = post.chat.type == Chat.PRIVATE, _answered(post, me)
    return Message(
        str(update.update_id),
        address_of(post),
        _writer(post),
        text,
        post.date,
        is_direct=is_direct,
        is_to_me=is_direct or reply_to is not None or _is_addressed(post, text, me),
        is_admin=is_direct or _is_anonymous(post),
        is_edit=update.edited_message is not None,
        reply_to=reply_to,
        language=post.from_user.language_code if post.from_user else None,
        attachment=attachment(post),
        place=post.chat.title or "",
    )


def _words(post: Post) -> str:
    return post.text or post.caption or ""


def _is_addressed(post: Post, text: str, me: User) -> bool:
    """Tell whether a post in a group is a command, or names the bot."""
    return text.startswith("/") or is_mentioned(post, me)


def _answered(post: Post, me: User) -> str | None:
    """Return the id of the bot's post that is answered."""
    answered = post.reply_to_message
    is_mine = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    return str(answered.message_id) if answered and is_mine else None


def _writer(post: Post) -> Sender:
    """Return who wrote; the group itself, where one of its administrators wrote in its name."""
    if post.from_user is None or _is_anonymous(post):
        return Sender(str(post.chat_id), post.chat.title or "")
    return _sender(post.from_user)


def is_readable(post: Post) -> bool:
    """Tell whether a post has text, or something attached; the rest is the platform's housekeeping."""
    return post.text is not None or post.caption is not None or bool(attachment(post))


def attachment(post: Post) -> str:
    """Return the kind of what is attached; "" for nothing."""
    return next((kind for kind in _ATTACHMENTS if getattr(post, kind)), "")


def without_name(text: str, username: str) -> str | None:
    """Return a text without the bot's name; None for a command to another bot."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first.startswith("/") and "@" in first:
        command, _, name = first.partition("@")
        if name.lower() != username.lower():
            return None
        text = command + text[len(first) :]
    return text.replace(f"@{username}", "").strip() if username and f"@{username}" in text else text.strip()


def is_mentioned(post: Post, me: User) -> bool:
    """Tell whether a post names the bot."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    entities = {**post.parse_entities(kinds), **post.parse_caption_entities(kinds)}
    return any(
        text.lower() == f"@{me.username}".lower() or (entity.user is not None and entity.user.id == me.id)
        for entity, text in entities.items()
    )


def _sender(user: User) -> Sender:
    return Sender(str(user.id), user.full_name)
