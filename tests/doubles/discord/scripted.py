"""A tutor that says what a test tells it to, and the chat over simcord's in-process Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from simcord.backend.models.message import AllowedMentions
from simcord.env import Env

from bot.adapters.chats.discord.chat import Access, DiscordChat
from bot.adapters.runtime.clock import SystemClock
from bot.core.chat.events import ChatEvent, ChatsClosed, ChatsOpened, ReplySent, WhisperLost
from bot.core.chat.messages import Address, Choice, Message, Ref, Replies, Reply, Role, Sent, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import paragraph
from bot.ports import Clock, Handle, Services

QUESTION = Reply(
    (paragraph("什么是感受野？"),), (Choice("h:7", "提示"), Choice("a:7", "看答案")), ref=Ref(7, Role.QUESTION)
)


def echo(message: Message) -> Replies:
    """Say back what was heard."""
    return (Reply((paragraph(f"heard {message.text or message.pressed}"),)),)


@dataclass
class Scripted:
    """Answers with what it is given; keeps what it saw and what was confirmed."""

    answers: Callable[[Message], Replies] = echo
    seen: list[Message] = field(default_factory=list)
    confirmed: list[tuple[Address, Ref, Sent]] = field(default_factory=list)
    titles: Sequence[str] = ()
    gone: list[tuple[Sequence[Address], str]] = field(default_factory=list)
    back: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    untold: list[tuple[Message, Ref]] = field(default_factory=list)

    async def handle(self, message: Message) -> Replies:
        self.seen.append(message)
        return self.answers(message)

    async def note(self, event: ChatEvent) -> None:
        match event:
            case ReplySent(address, ref, sent):
                self.confirmed.append((address, ref, sent))
            case WhisperLost(message, ref):
                self.untold.append((message, ref))
            case ChatsClosed(addresses, reason):
                self.gone.append(([*addresses], reason))
            case ChatsOpened(platform, chats):
                self.back.append((platform, [*chats]))
            case _:
                raise AssertionError(event)

    async def suggest(self, text: str, language: str, offered: Offered) -> Sequence[Suggestion]:
        titles = self.titles if offered is Offered.CONCEPT else ["概率论", "机器学习"]
        return [Suggestion(title, title, language, Reply(())) for title in titles if text in title]

    def services(self, handle: Handle | None = None, clock: Clock | None = None) -> Services:
        """Return what the chat is given."""
        return Services(handle or self.handle, self.suggest, self.note, clock or SystemClock())

    def chat(self, handle: Handle | None = None) -> DiscordChat:
        return DiscordChat(self.services(handle), Access("token"))


@dataclass
class Scene:
    """A server with a channel, a person in it (a member there, a user in private), and the bot."""

    tutor: Scripted
    chat: DiscordChat
    env: Any
    guild: Any
    channel: Any
    ann: Any
    user: Any

    @property
    def me(self) -> str:
        """What a mention of the bot looks like."""
        assert self.chat.client.user is not None
        return f"<@{self.chat.client.user.id}>"

    async def replies_without_ping(self, text: str, to: Any) -> None:
        """Reply as somebody who has switched the mention off."""
        backend = self.env.backend
        reference = backend.normalize_message_reference(
            self.channel.id, {"channel_id": str(self.channel.id), "message_id": str(to.id)}
        )
        quiet = AllowedMentions(replied_user=False)
        backend.create_message(self.channel.id, self.ann.id, text, reference=reference, allowed_mentions=quiet)
        await self.env.settle()

    async def asks(self) -> Any:
        """Have the question posted in the channel, and return its message."""
        before, self.tutor.answers = self.tutor.answers, lambda _: (QUESTION,)
        await self.ann.slash(self.channel, "daily")
        self.tutor.answers = before
        return self.channel.last_message


@asynccontextmanager
async def scene(tutor: Scripted, handle: Handle | None = None) -> AsyncIterator[Scene]:
    """Open simcord's Discord with one server; an unexpected error of the bot fails the test."""
    chat = tutor.chat(handle)
    env = Env(chat.client, shard_count=1)
    await env.start()
    try:
        guild = env.create_guild(preferred_locale="zh-CN")
        channel = guild.create_text_channel("general")
        user = env.create_user("ann")
        await env.settle()
        yield Scene(tutor, chat, env, guild, channel, guild.add_member(user), user)
        env.raise_errors()
    finally:
        await env.shutdown()


def texts(message: Any) -> str:
    """Return everything that a message of simcord says, buttons in brackets."""
    return " ".join(_said(part) for part in message.components) or message.content


def _said(part: Any) -> str:
    raw = part if isinstance(part, dict) else part.to_dict()
    own = raw.get("content") or (f"[{raw['label']}]" if raw.get("label") else "")
    inner = " ".join(_said(child) for child in raw.get("components", ()))
    return f"{own} {inner}".strip()
