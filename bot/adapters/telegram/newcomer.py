"""The bot is let into a group: it says once what it can see and how it is spoken to."""

from __future__ import annotations

import contextlib

from telegram import Chat, ChatMember, ChatMemberUpdated, User

from bot.adapters.telegram.sending import Place, Sender
from bot.core.document import paragraph
from bot.core.messages import Reply
from bot.core.wording import LANGUAGES, Wording
from bot.errors import DeliveryError

_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


async def greet(change: ChatMemberUpdated, me: User, sender: Sender, default: str) -> None:
    """Say hello in a group that the bot has just come into; anything else about membership needs no words."""
    is_group = change.chat.type in (Chat.GROUP, Chat.SUPERGROUP)
    has_come = change.old_chat_member.status in _OUTSIDE and change.new_chat_member.status not in _OUTSIDE
    if not (is_group and has_come):
        return
    language = (change.from_user.language_code or "")[:2].lower()
    words = Wording(language if language in LANGUAGES else default)
    key = "group.hello.all" if me.can_read_all_group_messages else "group.hello"
    with contextlib.suppress(DeliveryError):  # thrown out again, or not allowed to write: nothing to say
        await sender.send(Place(change.chat.id), Reply((paragraph(words(key, name=me.username or "")),)))
