"""The three seconds of an interaction, over the double: what takes long is announced, and said to whom it concerns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.adapters.chats.discord.chat import Access, DiscordChat
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Audience, Message, Replies, Reply
from bot.core.content.document import paragraph
from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.interactions import ANNOUNCED, DEFERRED
from tests.doubles.discord.people import Person
from tests.doubles.discord.scripted import QUESTION, Scripted
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import EPHEMERAL, said


@dataclass
class Slow:
    """A tutor that takes its time over a double, and somebody in a server who waits."""

    tutor: Scripted
    discord: Server
    chat: DiscordChat
    ann: Person


@pytest.fixture
async def slow() -> AsyncIterator[Slow]:
    tutor = Scripted()

    async def handle(message: Message) -> Replies:
        await asyncio.sleep(1.1)
        return await tutor.handle(message)

    async with Server() as discord:
        guild = discord.world.guild("学习小组")
        ann = Person(discord, "Ann")
        ann.enters(guild)
        access = Access(TOKEN, discord.api_url, discord.gateway_url)
        chat = DiscordChat(tutor.services(handle), access)
        running = asyncio.create_task(chat.run())
        await discord.until(lambda: discord.commands, "the commands")
        yield Slow(tutor, discord, chat, ann)
        await chat.stop()
        await asyncio.wait_for(running, 10)
        assert discord.refused == []


async def test_what_takes_long_is_announced_and_then_said(slow: Slow) -> None:
    public, private = await asyncio.gather(slow.ann.runs("ask", text="x"), slow.ann.runs("stats"))
    assert (public.kind, private.kind) == (ANNOUNCED, ANNOUNCED)
    answers = await asyncio.gather(slow.ann.answer(public), slow.ann.answer(private))
    assert [said(answer) for answer in answers] == ["heard /ask x", "heard /stats"]
    assert [answer["flags"] & EPHEMERAL for answer in answers] == [0, EPHEMERAL]


async def test_private_words_after_a_public_announcement_stay_private(slow: Slow) -> None:
    slow.tutor.answers = lambda _: (Reply((paragraph("私下"),), audience=Audience.PRIVATE),)
    answer = await slow.ann.answer(await slow.ann.runs("ask", text="x"))
    assert answer["flags"] & EPHEMERAL


async def test_a_slow_question_is_posted_and_a_slow_tap_answered(slow: Slow) -> None:
    slow.tutor.answers = lambda _: (QUESTION,)
    command = await slow.ann.runs("daily")
    question = await slow.ann.reads("什么是感受野")
    assert "interaction_metadata" not in question
    await slow.discord.until(lambda: command.original in slow.discord.world.deleted, "the announcement to be gone")
    slow.tutor.answers = lambda _: (Reply((paragraph("想想步长"),)),)
    tap = await slow.ann.taps("提示", question)
    assert tap.kind == DEFERRED
    assert (await slow.ann.answer(tap))["flags"] & EPHEMERAL


async def test_a_server_that_takes_the_bot_in_is_told_what_it_needs(slow: Slow) -> None:
    await slow.discord.until(slow.chat.client.is_ready, "the first servers to be counted")
    guild = slow.discord.world.guild("新来的")
    await slow.discord.gateway.emit("GUILD_CREATE", guild)
    slow.ann.enters(guild)
    assert "权限" in said(await slow.ann.reads("面试导师"))
    await slow.discord.gateway.emit("GUILD_DELETE", {"id": guild["id"]})
    await slow.discord.until(lambda: slow.tutor.gone, "the leaving to be noted")
    assert slow.tutor.gone == [([Address("discord", slow.ann.channel["id"])], "kicked")]
    assert slow.chat.counts[Incident.KICKED] == 1


async def test_where_only_the_person_brought_the_bot_the_question_is_theirs_alone(slow: Slow) -> None:
    guild = slow.discord.world.guild("没有机器人的服务器")
    slow.ann.enters(guild)
    slow.tutor.answers = lambda _: (QUESTION,)
    question = await slow.ann.answer(await slow.ann.runs("daily"))
    assert "interaction_metadata" in question
    assert [path for method, path, _ in slow.discord.journal if method == "POST" and path.endswith("/messages")] == []
