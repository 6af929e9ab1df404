"""What every chat adapter must do, run over each of them: the terminal, Telegram, Discord."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.adapters.chats.console.chat import Console
from bot.adapters.chats.discord.chat import Access as DiscordAccess
from bot.adapters.chats.discord.chat import DiscordChat
from bot.adapters.chats.telegram.chat import Access, TelegramChat
from bot.core.chat.events import ChatEvent, ReplySent
from bot.core.chat.messages import Address, Audience, Choice, Message, Ref, Replies, Reply, Role, Sent, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import (
    Code,
    Formula,
    Heading,
    Listing,
    Math,
    Paragraph,
    Picture,
    Quote,
    Source,
    Text,
    paragraph,
)
from bot.ports import Chat, Services
from tests.doubles.discord import people as discord_people
from tests.doubles.discord import server as discord_server
from tests.doubles.discord import world as discord_world
from tests.doubles.discord.gateway import TOKEN as DISCORD_TOKEN
from tests.doubles.telegram.people import Telegram
from tests.doubles.telegram.server import TOKEN
from tests.doubles.telegram.world import World

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class FixedClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Tutor:
    """Answers with what it was given, and keeps what it saw."""

    answers: Callable[[Message], Replies]
    seen: list[Message] = field(default_factory=list)
    confirmed: list[tuple[Address, Ref, Sent]] = field(default_factory=list)

    async def handle(self, message: Message) -> Replies:
        self.seen.append(message)
        return self.answers(message)

    async def note(self, event: ChatEvent) -> None:
        if isinstance(event, ReplySent):
            self.confirmed.append((event.address, event.ref, event.sent))

    async def suggest(self, text: str, language: str, offered: Offered) -> Sequence[Suggestion]:
        return ()

    @property
    def services(self) -> Services:
        return Services(self.handle, self.suggest, self.note, FixedClock())


@dataclass
class Harness:
    """One adapter under test: people speak, the screen shows."""

    tutor: Tutor
    chat: Chat
    screen: Callable[[], str]
    address: Address


def console(tutor: Tutor, spoken: Sequence[str]) -> Harness:
    shown = io.StringIO()
    lines = io.StringIO("".join(f"{line}\n" for line in spoken))
    chat = Console(tutor.services, reads=lines, writes=shown)
    return Harness(tutor, chat, shown.getvalue, Address("console", "local"))


class SpokenTo:
    """The Telegram chat over the double, where one person says all their lines and is answered."""

    platform = "telegram"

    def __init__(self, tutor: Tutor, spoken: Sequence[str]) -> None:
        self.telegram = Telegram(World(NOW.timestamp()))
        self.ann = self.telegram.person("Ann")
        self._tutor = tutor
        self._spoken = spoken
        self._stopped = asyncio.Event()

    def _chat(self) -> TelegramChat:
        access = Access(TOKEN, self.telegram.base_url, self.telegram.base_url)
        return TelegramChat(self._tutor.services, access)

    async def run(self) -> None:
        async with self.telegram:
            chat = self._chat()
            running = asyncio.create_task(chat.run())
            for line in self._spoken:
                self.ann.says(line)
            await self.telegram.until(lambda: len(self._tutor.seen) == len(self._spoken), "every line to be heard")
            await (asyncio.sleep(0) if self._spoken else self._stopped.wait())
            await chat.stop()
            await asyncio.wait_for(running, 10)
        assert [entry.error for entry in self.telegram.refused] == []

    async def send(self, address: Address, reply: Reply) -> Sent:
        self.ann.user.started = True
        async with self.telegram:
            chat = self._chat()
            running = asyncio.create_task(chat.run())
            await self.telegram.until(lambda: self.telegram.polls)
            sent = await chat.send(address, reply)
            await chat.stop()
            await running
            return sent

    async def stop(self) -> None:
        self._stopped.set()


def telegram(tutor: Tutor, spoken: Sequence[str]) -> Harness:
    chat = SpokenTo(tutor, spoken)
    address = Address("telegram", str(chat.ann.user.id))
    return Harness(tutor, chat, lambda: chat.telegram.transcript(chat.ann.chat), address)


class SpokenOnDiscord:
    """The Discord chat over the double, where one person says all their lines and is answered."""

    platform = "discord"

    def __init__(self, tutor: Tutor, spoken: Sequence[str]) -> None:
        self.discord = discord_server.Server(discord_world.World(NOW.timestamp(), is_frozen=True))
        self.ann = discord_people.Person(self.discord, "Ann")
        self._tutor = tutor
        self._spoken = spoken
        self._stopped = asyncio.Event()

    def _chat(self) -> DiscordChat:
        access = DiscordAccess(DISCORD_TOKEN, self.discord.api_url, self.discord.gateway_url)
        return DiscordChat(self._tutor.services, access)

    async def run(self) -> None:
        async with self.discord:
            chat = self._chat()
            running = asyncio.create_task(chat.run())
            await self.discord.until(lambda: "ready" in self.discord.gateway.log)
            for line in self._spoken:
                await self.ann.says(line)
            await self.discord.until(lambda: len(self._tutor.seen) == len(self._spoken), "every line to be heard")
            await (asyncio.sleep(0) if self._spoken else self._stopped.wait())
            await chat.stop()
            await asyncio.wait_for(running, 10)
        assert self.discord.refused == []

    async def send(self, address: Address, reply: Reply) -> Sent:
        async with self.discord:
            chat = self._chat()
            running = asyncio.create_task(chat.run())
            await self.discord.until(lambda: "ready" in self.discord.gateway.log)
            sent = await chat.send(address, reply)
            await chat.stop()
            await running
            return sent

    async def stop(self) -> None:
        self._stopped.set()


def discord(tutor: Tutor, spoken: Sequence[str]) -> Harness:
    chat = SpokenOnDiscord(tutor, spoken)
    address = Address("discord", chat.ann.channel["id"])
    return Harness(tutor, chat, lambda: discord_people.transcript(chat.discord, chat.ann.channel), address)


PLATFORMS = [console, telegram, discord]
ADAPTERS = pytest.mark.parametrize("adapter", PLATFORMS, ids=["console", "telegram", "discord"])
Adapter = Callable[[Tutor, Sequence[str]], Harness]


def echo(message: Message) -> Replies:
    return (Reply((paragraph(f"heard {message.text}"),)),)


@ADAPTERS
async def test_messages_are_answered_in_order(adapter: Adapter) -> None:
    harness = adapter(Tutor(echo), ["one", "two"])
    await harness.chat.run()
    assert [message.text for message in harness.tutor.seen] == ["one", "two"]
    assert harness.screen().index("heard one") < harness.screen().index("heard two")


@ADAPTERS
async def test_a_message_says_who_when_and_where(adapter: Adapter) -> None:
    harness = adapter(Tutor(echo), ["hello", "hello"])
    await harness.chat.run()
    first, second = harness.tutor.seen
    assert first.sent_at == NOW
    assert first.address.platform == harness.chat.platform
    assert first.is_direct
    assert first.is_to_me
    assert first.wire_id != second.wire_id
    assert first.sender.user_id


@ADAPTERS
async def test_what_belongs_to_a_delivery_is_confirmed(adapter: Adapter) -> None:
    def asks(_: Message) -> Replies:
        return (Reply((paragraph("Q"),), ref=Ref(7, Role.QUESTION)), Reply((paragraph("chat"),)))

    harness = adapter(Tutor(asks), ["/daily", "/daily"])
    await harness.chat.run()
    refs = [ref for _, ref, _ in harness.tutor.confirmed]
    ids = [sent.message_ids for _, _, sent in harness.tutor.confirmed]
    assert refs == [Ref(7, Role.QUESTION)] * 2
    assert ids[0] != ids[1]


@ADAPTERS
@pytest.mark.parametrize("text", ["<b>&*_[red]x[/red]`", "长" * 5000, "{0} %s \\n"])
async def test_what_people_write_is_data(adapter: Adapter, text: str) -> None:
    harness = adapter(Tutor(echo), [text])
    await harness.chat.run()
    assert harness.tutor.seen[0].text == text
    assert text in harness.screen().replace("\n", "")


@ADAPTERS
async def test_every_block_can_be_shown(adapter: Adapter) -> None:
    reply = Reply(
        (
            Heading((Text("标题"),)),
            Paragraph((Text("粗", bold=True), Math(r"\frac{1}{2}"), Text("码", code=True))),
            Listing(((paragraph("甲"), paragraph("甲二")), (paragraph("乙"),)), is_ordered=True, start=3),
            Quote((paragraph("引"),)),
            Code("x = 1"),
            Formula(r"\sigma^2"),
            Picture("figures/iou.png", "两个框"),
            Picture("", "丢了的图"),
            Source(("一", "二")),
        ),
        (Choice("a:1", "看答案"), Choice("s:1", "跳过")),
    )
    harness = adapter(Tutor(lambda _: (reply,)), ["x"])
    await harness.chat.run()
    screen = harness.screen()
    for payload in ("标题", "粗½码", "甲", "甲二", "乙", "引", "x = 1", "σ²", "两个框", "丢了的图", "看答案", "跳过"):
        assert payload in screen
    assert "$" not in screen
    assert "\\" not in screen


@ADAPTERS
async def test_a_push_is_shown_and_confirmed_with_an_id(adapter: Adapter) -> None:
    harness = adapter(Tutor(echo), [])
    sent = await harness.chat.send(harness.address, Reply((paragraph("该复习了"),)))
    assert sent.message_ids
    assert "该复习了" in harness.screen()


@ADAPTERS
async def test_a_whisper_to_whoever_is_alone_with_the_bot_is_said(adapter: Adapter) -> None:
    def whispers(_: Message) -> Replies:
        return (Reply((paragraph("只给你看"),), audience=Audience.WHISPER, ref=Ref(7, Role.FEEDBACK)),)

    harness = adapter(Tutor(whispers), ["x"])
    await harness.chat.run()
    assert "只给你看" in harness.screen()
    assert [ref for _, ref, _ in harness.tutor.confirmed] == [Ref(7, Role.FEEDBACK)]


@ADAPTERS
async def test_a_choice_that_opens_a_private_chat_is_a_plain_one_there(adapter: Adapter) -> None:
    harness = adapter(Tutor(echo), [])
    await harness.chat.send(harness.address, Reply((paragraph("题"),), (Choice("gq:7", "作答", opens="q_7_a"),)))
    assert "作答" in harness.screen()
    assert "q_7_a" not in harness.screen()


@ADAPTERS
@pytest.mark.parametrize("answers", ["987654321", "not an id"])
async def test_what_answers_a_post_that_is_gone_is_said_all_the_same(adapter: Adapter, answers: str) -> None:
    harness = adapter(Tutor(echo), [])
    sent = await harness.chat.send(harness.address, Reply((paragraph("答案"),), answers=answers, thread="讨论"))
    assert sent.message_ids
    assert "答案" in harness.screen()


@ADAPTERS
async def test_it_stops_when_told(adapter: Adapter) -> None:
    harness = adapter(Tutor(echo), [])
    running = asyncio.ensure_future(harness.chat.run())
    await asyncio.sleep(0)
    await harness.chat.stop()
    await asyncio.wait_for(running, 5)


@pytest.mark.parametrize("word", ["exit", "EXIT", "退出", "/quit"])
async def test_the_terminal_says_goodbye(word: str) -> None:
    harness = console(Tutor(echo), ["one", word, "two"])
    await harness.chat.run()
    assert [message.text for message in harness.tutor.seen] == ["one"]
