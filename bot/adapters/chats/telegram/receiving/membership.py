"""Who is in a group and who is not any more: the bot, the members, and the group itself under another id."""

from __future__ import annotations

import contextlib

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update, User
from telegram import Message as Post

from bot.adapters.chats.telegram.destination import Destination
from bot.adapters.chats.telegram.sending.sender import Sender
from bot.adapters.chats.telegram.wire import PLATFORM
from bot.core.chat.events import ChatMoved, ChatsClosed, ChatsOpened, MemberLeft
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Reply
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording, language_of_tag
from bot.errors import DeliveryError
from bot.ports import Note

_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


class Membership:
    """Takes note of comings and goings, and greets a group that the bot has come into."""

    def __init__(self, sender: Sender, note: Note, language: str) -> None:
        self._sender = sender
        self._note = note
        self._language = language
        self._upgraded: set[int] = set()

    def foresee(self, update: Update) -> None:
        """Look at an update before its turn: a supergroup that an old group became is not greeted anew."""
        post = update.message
        if post and post.migrate_to_chat_id:
            self._upgraded.add(post.migrate_to_chat_id)
        elif post and post.migrate_from_chat_id:
            self._upgraded.add(post.chat_id)

    async def note(self, update: Update, me: User) -> bool:
        """Take note of an update that is about membership; False for any other."""
        post = update.message
        if update.my_chat_member:
            await self._bot_changed(update.my_chat_member, me)
        elif update.chat_member:
            await self._member_changed(update.chat_member)
        elif post and post.migrate_to_chat_id:
            await self._follow(str(post.chat_id), str(post.migrate_to_chat_id))
        elif post and post.left_chat_member:
            await self._left(post, post.left_chat_member, me)
        else:
            return False
        return True

    async def _bot_changed(self, change: ChatMemberUpdated, me: User) -> None:
        if change.chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
            return
        old, new = change.old_chat_member, change.new_chat_member
        await self._rights_changed(str(change.chat.id), old, new)
        if not _is_inside(old) and _is_inside(new) and change.chat.id not in self._upgraded:
            await self._greet(change, me)

    async def _rights_changed(self, chat: str, old: ChatMember, new: ChatMember) -> None:
        if _may_write(old) and not _may_write(new):
            incident = Incident.MISSING_PERMISSIONS if _is_inside(new) else Incident.KICKED
            self._sender.counts[incident] += 1
            await self._note(ChatsClosed((Address(PLATFORM, chat),), incident))
        elif not _may_write(old) and _may_write(new):
            await self._note(ChatsOpened(PLATFORM, (chat,)))

    async def _greet(self, change: ChatMemberUpdated, me: User) -> None:
        """Say once what the bot can see here and how it is spoken to."""
        words = Wording(language_of_tag(change.from_user.language_code, self._language))
        key = "group.hello.all" if me.can_read_all_group_messages else "group.hello"
        with contextlib.suppress(DeliveryError):  # thrown out again, or not allowed to write: nothing to say
            await self._sender.send(
                Destination(change.chat.id), Reply((paragraph(words(key, name=me.username or "")),))
            )

    async def _member_changed(self, change: ChatMemberUpdated) -> None:
        """Note who has left, where the bot is an administrator and so hears of it in any group."""
        if _is_inside(change.old_chat_member) and not _is_inside(change.new_chat_member):
            await self._note(MemberLeft(PLATFORM, str(change.chat.id), str(change.new_chat_member.user.id)))

    async def _left(self, post: Post, user: User, me: User) -> None:
        if user.id != me.id:
            await self._note(MemberLeft(PLATFORM, str(post.chat_id), str(user.id)))

    async def _follow(self, old: str, new: str) -> None:
        """Follow a group under its new id; it is open there, whatever was heard of the old one."""
        self._sender.counts[Incident.MIGRATED] += 1
        await self._note(ChatMoved(PLATFORM, old, new))
        await self._note(ChatsOpened(PLATFORM, (new,)))


def _is_inside(member: ChatMember) -> bool:
    """Tell whether somebody is in the group; who is restricted may have left as well."""
    is_away = isinstance(member, ChatMemberRestricted) and not member.is_member
    return member.status not in _OUTSIDE and not is_away


def _may_write(member: ChatMember) -> bool:
    is_mute = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    return _is_inside(member) and not is_mute
