"""The small world behind the Bot API: users, chats, topics, messages, polls, queries, and the updates they cause."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.errors import BadRequest, Forbidden

Json = dict[str, Any]
BOT_ID = 7000000001
SENDING = ("text", "photo", "document", "poll")
INSIDE = ("member", "administrator", "creator", "restricted")


@dataclass
class User:
    """A person (or the bot); `blocked`: they stopped the bot. `started`: they ever wrote to it."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "zh-hans"
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        made: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            made["username"] = self.username
        return made if self.is_bot else made | {"language_code": self.language_code}


ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
"""Telegram's own account, which stands for administrators who write in the name of their group."""


@dataclass
class Chat:
    """A private chat (its id is the user's), a group or a supergroup.

    Attributes:
        members: status by user id: "member", "administrator", "creator", "left", "kicked", "restricted" (may
            not write) or "restricted, away".
        topics: names by thread id, where it is a forum.
        moved_to: the id of the supergroup that it became.
        reactions: the emoji that members may react with; None for all.
        hides_members: who is in it is shown to administrators only.
        last_id: of its messages; a supergroup numbers its own from 1.
    """

    id: int
    type: str
    title: str = ""
    user: User | None = None
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    moved_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    reactions: frozenset[str] | None = None
    hides_members: bool = False
    last_id: int = 0

    def json(self) -> Json:
        if self.user:
            return {"id": self.id, "type": self.type, "first_name": self.user.first_name}
        return {"id": self.id, "type": self.type, "title": self.title} | ({"is_forum": True} if self.is_forum else {})


@dataclass
class Query:
    """A tap or an inline query that waits to be answered."""

    id: str
    user: User
    at: float
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class World:
    """Everything there is."""

    def __init__(self, starts_at: float | None = None) -> None:
        self._offset = (starts_at - time.time()) if starts_at else 0.0
        self.bot = User(BOT_ID, "八股", "tutor_bot", is_bot=True)
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.polls: dict[str, Json] = {}
        self.voters: dict[str, dict[int, int]] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.files: dict[str, bytes] = {}
        self.actions: list[tuple[int, str]] = []
        self.reactions: dict[tuple[int, int], list[Json]] = {}
        self.updates: list[Json] = []
        self.news = asyncio.Event()
        self.privacy = True
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(500_001)

    def now(self) -> float:
        """Return the time, in seconds since 1970."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let time jump."""
        self._offset += seconds

    def next_id(self) -> int:
        """Return an id that nothing has yet."""
        return next(self._ids)

    def emit(self, kind: str, value: Json) -> int:
        """Put an update into the queue; return its id."""
        update_id = next(self._update_ids)
        self.updates.append({"update_id": update_id, kind: value})
        self.news.set()
        return update_id

    def post(self, chat: Chat, sender: User, content: Json) -> Json:
        """Write a message into a chat."""
        chat.last_id = chat.last_id + 1 if chat.type == "supergroup" else self.next_id()
        message_id = chat.last_id
        made = {"message_id": message_id, "date": int(self.now()), "chat": chat.json(), "from": sender.json()}
        chat.messages[message_id] = made | content
        return chat.messages[message_id]

    def chat_for_sending(self, chat_id: str) -> Chat:
        """Return a chat that the bot may write to, or fail as Telegram does."""
        chat = self.chats.get(int(chat_id)) if chat_id.lstrip("-").isdigit() else None
        if chat is None:
            raise BadRequest("chat not found")
        if chat.moved_to:
            raise BadRequest("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.user:
            _check_user(chat.user)
        elif chat.members.get(BOT_ID) in (None, "left", "kicked"):
            kind = "supergroup" if chat.type == "supergroup" else "group"
            raise Forbidden(f"bot was kicked from the {kind} chat")
        elif chat.members[BOT_ID] == "restricted":
            raise BadRequest("not enough rights to send text messages to the chat")
        return chat

    def topic_of(self, chat: Chat, thread: str | None) -> Json:
        """Return what a message in a topic carries."""
        if not thread:
            return {}
        if not chat.is_forum or int(thread) not in chat.topics:
            raise BadRequest("message thread not found")
        return {"message_thread_id": int(thread), "is_topic_message": True}

    def message(self, chat: Chat, message_id: str, why: str) -> Json:
        """Return the bot's own message, or fail."""
        found = chat.messages.get(int(message_id))
        if found is None:
            raise BadRequest(f"message to {why} not found")
        if found["from"]["id"] != BOT_ID:
            raise BadRequest(f"message can't be {why}ed")
        return found


def _check_user(user: User) -> None:
    if user.deactivated:
        raise Forbidden("user is deactivated")
    if user.blocked:
        raise Forbidden("bot was blocked by the user")
    if not user.started:
        raise Forbidden("bot can't initiate conversation with a user")
