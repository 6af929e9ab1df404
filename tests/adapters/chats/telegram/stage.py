"""The Telegram chat over the double, with a tutor that says what the test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.chats.telegram.chat import Access, TelegramChat
from bot.adapters.runtime.clock import SystemClock
from bot.core.chat.events import ChatEvent, ChatMoved, ChatsClosed, ChatsOpened, MemberLeft, ReplySent, WhisperLost
from bot.core.chat.messages import Address, Choice, Message, Ref, Replies, Reply, Sent, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import paragraph
from bot.ports import Services
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person, Telegram, shown
from tests.doubles.telegram.server import TOKEN
from tests.doubles.telegram.world import BOT_ID


def text(*words: str, **more: Any) -> Reply:
    return Reply(tuple(paragraph(word) for word in words), **more)


BUTTON = (Choice("go", "走"),)


@dataclass
class Scripted:
    """A tutor that answers as the test says."""

    answers: Callable[[Message], Replies] = field(default=lambda message: (text(f"heard {message.text}"),))
    seen: list[Message] = field(default_factory=list)
    confirmed: list[tuple[Address, Ref, Sent]] = field(default_factory=list)
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    noted: list[tuple[Any, ...]] = field(default_factory=list)
    unheard: list[tuple[Message, Ref]] = field(default_factory=list)

    async def handle(self, message: Message) -> Replies:
        self.seen.append(message)
        return self.answers(message)

    async def suggest(self, _: str, language: str, __: Offered) -> Sequence[Suggestion]:
        return (Suggestion("iou", f"IoU {language}", "交并比", text("交并比 <b>")),)

    async def note(self, event: ChatEvent) -> None:
        match event:
            case ReplySent(address, ref, sent):
                self.confirmed.append((address, ref, sent))
            case WhisperLost(message, ref):
                self.unheard.append((message, ref))
            case ChatMoved(platform, old, new):
                self.moves.append((platform, old, new))
            case ChatsClosed(addresses, reason):
                self.noted.append(("closed", *addresses, reason))
            case ChatsOpened(platform, chats):
                self.noted.append(("opened", platform, *chats))
            case MemberLeft(platform, chat, user_id):
                self.noted.append(("left", platform, chat, user_id))

    @property
    def services(self) -> Services:
        """What the chat is given."""
        return Services(self.handle, self.suggest, self.note, SystemClock())


@dataclass
class Stage:
    """The chat running over the double, with Ann who has started it."""

    telegram: Telegram
    tutor: Scripted
    chat: TelegramChat
    ann: Person

    @property
    def address(self) -> Address:
        return Address("telegram", str(self.ann.user.id))

    def calls(self, method: str) -> list[dict[str, str]]:
        return [entry.call.params for entry in self.telegram.journal if entry.call.method == method]

    def answers(self, *replies: Reply) -> None:
        self.tutor.answers = lambda _: replies

    async def group(self, *members: Person, **kind: Any) -> Group:
        """Return a group that the bot has greeted."""
        group = self.telegram.group("小组", *members, **kind)
        await self.telegram.waits_for("只看得到", group.chat)
        return group

    def spoken(self, group: Group) -> list[str]:
        """Return what the bot has said in a group, but for its greeting."""
        said = [shown(m) for m in group.chat.messages.values() if m["from"]["id"] == BOT_ID]
        return [text for text in said if "只看得到" not in text]


@asynccontextmanager
async def staged(telegram: Telegram) -> AsyncIterator[Stage]:
    async with telegram:
        tutor, ann = Scripted(), telegram.person("Ann")
        ann.user.started = True
        access = Access(TOKEN, telegram.base_url, telegram.base_url, owners=("1001",))
        chat = TelegramChat(tutor.services, access)
        running = asyncio.create_task(chat.run())
        await telegram.until(lambda: telegram.polls)
        yield Stage(telegram, tutor, chat, ann)
        await chat.stop()
        await asyncio.wait_for(running, 5)
