"""The bot process over the double of Discord: REST and gateway, from the first word to the next morning."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.features.registry import COMMANDS
from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.people import Person
from tests.doubles.discord.process import BotProcess
from tests.doubles.discord.rules import ApiError
from tests.doubles.discord.server import Server, TooFastError
from tests.doubles.discord.world import EPHEMERAL, World, said
from tests.doubles.telegram import process as telegram_process
from tests.doubles.telegram.people import Telegram, shown

WRONG = {"TUTOR_DISCORD_TOKEN": "no.such.token"}
MORNING = "2026-11-24T07:59:45+08:00"


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    """The double; nothing that the bot sends may be against Discord's rules."""
    async with Server(World(datetime.fromisoformat(MORNING).timestamp())) as opened:
        yield opened
        assert opened.refused == []
        assert opened.gateway.refused == []


async def test_a_server_and_direct_messages_and_a_push_after_a_crash(discord: Server, tmp_path: Path) -> None:
    guild = discord.world.guild("学习小组")
    ann, bob = Person(discord, "Ann"), Person(discord, "Bob", "zh-TW")
    bob.enters(guild)
    async with BotProcess(discord, tmp_path, "--now", MORNING) as bot:
        await discord.until(lambda: discord.commands, "the commands")
        assert "每天 08:00" in said(await ann.answer(await ann.runs("subscribe", text="08:00")))
        await asks_in_a_server(discord, bob)
        await answers_in_a_server(bob)
        pushed = await ann.reads("今日一题")
        await asyncio.sleep(0.2)  # the process notes that the push arrived
        await bot.ends(signal.SIGKILL)
        await bot.start()
        await discord.until(lambda: discord.gateway.log.count("ready") == 2, "a second session")
        form = await ann.taps("作答", pushed)
        await ann.fills_in(form, "不知道", pushed)
        await ann.reads("要一点提示", after=pushed)
        await ann.taps("看答案", pushed)
        await ann.reads("参考答案", after=pushed)
        assert await bot.ends(signal.SIGTERM) == 0
        assert TOKEN not in bot.log
        assert "ERROR" not in bot.log
    assert all(tap.taken_s < 2 for tap in discord.interactions.by_id.values())


async def asks_in_a_server(discord: Server, bob: Person) -> None:
    names = [command["name"] for command in discord.commands]
    assert names == [*(command.name for command in COMMANDS), "Ask the tutor"]
    assert "感受野" in await bob.types("ask", "感受")
    answer = await bob.answer(await bob.runs("ask", text="什么是感受野"))
    assert "[展开全文]" in said(answer)
    assert not answer["flags"] & EPHEMERAL
    stats = await bob.answer(await bob.runs("stats"))
    assert stats["flags"] & EPHEMERAL
    chatter = await bob.says("BN 是什么")
    assert (await bob.answer(await bob.asks_about(chatter)))["flags"] & EPHEMERAL
    await bob.says(f"<@{discord.world.me['id']}> 今天天气怎么样")
    await bob.reads("文档里没有")


async def answers_in_a_server(bob: Person) -> None:
    await bob.runs("daily")
    question = await bob.reads("今日一题")
    assert "interaction_metadata" not in question
    hint = await bob.answer(await bob.taps("提示", question))
    assert hint["flags"] & EPHEMERAL
    form = await bob.taps("作答", question)
    assert form.modal["title"] == "作答"
    graded = await bob.answer(await bob.fills_in(form, "固定大王，53 个位置里 8 个合适，8/53", question))
    assert "%" in said(graded)
    assert graded["flags"] & EPHEMERAL
    await bob.says("看不到的回答", question, pings=False)
    await bob.says("再补一句", question)
    await bob.reads("练习", after=question)
    bob.channel = bob.world.dm(bob.user["id"])
    await bob.reads("@提及")


async def test_lost_lines_refusals_and_waits(discord: Server, tmp_path: Path) -> None:
    ann = Person(discord, "Ann")
    async with BotProcess(discord, tmp_path, TUTOR_OWNERS=f"discord:{ann.user['id']}") as bot:
        await discord.until(lambda: discord.commands, "the commands")
        discord.fails("POST", "/messages", TooFastError(0.2))
        asked = await ann.says("什么是感受野")
        await ann.reads("感受野", after=asked)
        discord.fails("POST", "/messages", ApiError(502, 0, "Bad Gateway"), is_done=True)
        asked = await ann.says("什么是 BN")
        await ann.reads("批", after=asked)
        await discord.gateway.drop()
        asked = await ann.says("什么是池化")
        await ann.reads("池化", after=asked)
        assert discord.gateway.log.count("resume") == 1
        for _ in range(8):
            await ann.says("/help")
        await discord.until(lambda: len(ann.seen()) == 11, "every answer once")
        await asyncio.sleep(1.2)
        assert len(ann.seen()) == 11
        assert discord.limited == 0
        asked = await ann.says("/health")
        health = said(await ann.reads("启动以来", after=asked))
        assert "Discord 启动以来：发出 11、限流 1、重连 1、断线 1、平台出错 1" in health
        assert await bot.ends(signal.SIGTERM) == 0
        assert "Traceback" not in bot.log
        assert "discord: sent 12" in bot.log


async def test_a_wrong_token_does_not_stop_the_other_platform(tmp_path: Path) -> None:
    async with Server() as discord, Telegram() as telegram:
        settings = {**WRONG, "TUTOR_DISCORD_API_URL": discord.api_url}
        ann = telegram.person("Ann")
        async with telegram_process.BotProcess(telegram, tmp_path, **settings) as bot:
            await discord.until(lambda: "discord is given up" in bot.log, "the refusal to be logged")
            await ann.asks("什么是感受野")
            assert await bot.ends(signal.SIGTERM) == 0
            assert "developer portal" in bot.log
            assert "no.such.token" not in bot.log


async def test_one_learner_on_both_platforms_of_one_process(discord: Server, tmp_path: Path) -> None:
    async with Telegram() as telegram:
        there, here = telegram.person("Ann"), Person(discord, "ann")
        settings = {"TUTOR_DISCORD_TOKEN": TOKEN, "TUTOR_DISCORD_API_URL": discord.api_url}
        async with telegram_process.BotProcess(telegram, tmp_path, **settings) as bot:
            await discord.until(lambda: discord.commands, "the commands")
            code = re.search(r"[2-9A-Z]{8}", shown(await there.asks("/link")))
            assert code
            linked = await here.answer(await here.runs("link", text=code.group()))
            assert "同一份记录" in said(linked)
            await here.runs("daily")
            question = await here.reads("今日一题")
            await here.says("固定大王，53 个位置里 8 个合适，8/53")
            await here.reads("%", after=question)
            assert "作答 1 次" in shown(await there.asks("/stats"))
            assert await bot.ends(signal.SIGTERM) == 0
            assert "Traceback" not in bot.log


async def test_a_wrong_token_alone_ends_the_process(discord: Server, tmp_path: Path) -> None:
    async with BotProcess(discord, tmp_path, **WRONG) as bot:
        assert await bot.ends() == 2
        assert "TUTOR_DISCORD_TOKEN=(hidden)" in bot.log
        assert "Traceback" not in bot.log
    discord.refused.clear()
