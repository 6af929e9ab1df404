"""The bot process over the double of the Bot API: learners from the first word to the next morning."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.doubles.telegram.people import Person, Telegram, shown
from tests.doubles.telegram.process import BotProcess
from tests.doubles.telegram.server import TOKEN
from tests.doubles.telegram.world import World

MORNING = "2026-11-24T07:59:56+08:00"


SHARED = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """The double; nothing that the bot sends may be against Telegram's rules."""
    async with Telegram(World(datetime.fromisoformat(MORNING).timestamp())) as opened:
        yield opened
        assert [entry.error for entry in opened.refused] == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """One process for the tests that only speak to it."""
    async with Telegram() as telegram, BotProcess(telegram, tmp_path_factory.mktemp("bot")) as started:
        await telegram.until(lambda: telegram.polls)
        yield started
        assert await started.ends(signal.SIGTERM) == 0
        assert "ERROR" not in started.log
        assert TOKEN.partition(":")[2] not in started.log


@pytest_asyncio.fixture(loop_scope="module")
async def shared(bot: BotProcess) -> AsyncIterator[Telegram]:
    """The double of that process."""
    yield bot.telegram
    assert [entry.error for entry in bot.telegram.refused] == []


async def test_from_the_first_word_to_a_push_answered_after_a_crash(telegram: Telegram, tmp_path: Path) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    async with BotProcess(telegram, tmp_path, "--now", MORNING) as bot:
        assert "每天 08:00" in shown(await bob.asks("/subscribe 08:00"))
        await goes_through_the_welcome(ann, telegram)
        await asks_with_each_decision(ann)
        pushed = await telegram.waits_for("今日一题", bob.chat)
        await asyncio.sleep(0.2)  # the process notes that the push arrived
        await bot.ends(signal.SIGKILL)
        bob.says("不知道", reply_to=pushed)
        await bot.start()
        await telegram.waits_for("要一点提示", bob.chat, after=pushed["message_id"])
        old = bob.presses("看答案", pushed)
        await telegram.waits_for("参考答案", bob.chat, after=pushed["message_id"])
        await telegram.until(old.answered.is_set, "an answer to the old button")
        assert await bot.ends(signal.SIGTERM) == 0
        assert TOKEN not in bot.log
        assert "ERROR" not in bot.log


async def goes_through_the_welcome(ann: Person, telegram: Telegram) -> None:
    ann.says("/start")
    for step, button in (("几点", "21:00"), ("时区", "Asia/Shanghai"), ("学哪些", "全部")):
        await telegram.waits_for(step, ann.chat)
        ann.presses(button)
    question = await telegram.waits_for("54 张牌", ann.chat)
    tap = ann.presses("提示", question)
    await telegram.waits_for("提示：", ann.chat, after=question["message_id"])
    await telegram.until(tap.answered.is_set, "an answer to the tap")
    assert "通过 · 100%" in shown(await ann.asks("固定大王，53 个位置里 8 个合适，8/53"))


async def asks_with_each_decision(ann: Person) -> None:
    assert "[展开全文]" in shown(await ann.asks("什么是感受野"))
    assert "你想问的是哪一个" in shown(await ann.asks("卷积"))
    assert "文档里没有" in shown(await ann.asks("今天天气怎么样"))


@SHARED
async def test_a_choice_question_is_a_poll_and_a_vote_is_graded(shared: Telegram) -> None:
    ann, bob = shared.person("Ann"), shared.person("Bob", language="en")
    for person, is_right, verdict in ((ann, True, "100%"), (bob, False, "0%")):
        await person.asks("Harris 角点检测")
        person.presses("考考我" if person is ann else "Quiz me")
        poll = await shared.waits_for("📊", person.chat)
        assert poll["poll"]["is_anonymous"] is False
        (right,) = poll["poll"]["correct_option_ids"]
        assert poll["poll"]["options"][right]["text"] == "边缘"
        person.votes(poll, right if is_right else (right + 1) % 4)
        await shared.waits_for(verdict, person.chat, after=poll["message_id"])
    assert "写成文字" in shown(await ann.asks("", voice={"duration": 3, "file_id": "v", "file_unique_id": "v"}))
    menus = shared.world.commands
    assert menus["default", "en"][0]["description"] == "today's question"
    assert menus["default", "zh"][0]["description"] == "今天的题"
    assert "gaps" not in [command["command"] for command in menus["default", ""]]


@SHARED
async def test_a_group_in_privacy_mode(shared: Telegram) -> None:
    ann, bob, cid = (shared.person(name) for name in ("Ann", "Bob", "Cid"))
    group = shared.group("学习小组", ann, bob, cid, forum=True)
    await shared.waits_for("只看得到", group.chat)
    topic = group.topic("检测")
    bob.says("大家好，什么是感受野", to=group)
    bob.says("/ask@other_bot 感受野", to=group)
    answer = await bob.asks("/ask@tutor_bot 感受野", to=group, topic=topic)
    assert answer["message_thread_id"] == topic
    assert answer["reply_to_message"]["from"]["id"] == bob.user.id
    again = await cid.asks("公式呢", to=group, topic=topic, reply_to=answer)
    assert again["message_thread_id"] == topic
    del group.chat.topics[topic]
    cid.says("/topics", to=group, topic=topic)
    fallen = await shared.waits_for("文档内容", group.chat, after=again["message_id"])
    assert "message_thread_id" not in fallen
    assert [e.error for e in shared.refused] == ["400 Bad Request: message thread not found"]
    shared.refused.clear()
    said = [m["text"] for m in group.chat.messages.values() if m["from"]["is_bot"]]
    assert len(said) == 5
    assert "原来的话题已经删除" in said[3], "the admins are told, once"


@SHARED
async def test_inline_mode_in_any_chat(shared: Telegram) -> None:
    ann = shared.person("Ann")
    offered = await ann.inline("感受野")
    assert offered[0]["title"] == "感受野"
    assert "输入图像区域" in offered[0]["input_message_content"]["message_text"]
    assert offered[0]["reply_markup"]["inline_keyboard"][0][0]["url"].endswith("?start=c_receptive-field")
    assert [one["title"] for one in await ann.inline("gsy")][:1] == ["感受野"]
    (whole,) = await ann.inline("先看 +感受野+ 和 +FPN+ <再> 说")
    assert "先看 感受野 和 FPN &lt;再&gt; 说" in whole["input_message_content"]["message_text"]
    assert len(await ann.inline("")) == 10
    assert await ann.inline("今天天气怎么样") == []
    assert "photo_file_id" not in (await ann.inline("IoU"))[0]
    assert "🖼" in shown(await ann.asks("什么是IoU"))
    (pictured,) = [one for one in await ann.inline("IoU") if one["title"] == "IoU（交并比）"]
    assert shared.world.files[pictured["photo_file_id"]].startswith(b"\x89PNG")
    followed = await ann.asks("/start c_receptive-field")
    assert "输入图像区域" in shown(followed)


@SHARED
async def test_one_conversation_never_waits_for_another(shared: Telegram, bot: BotProcess) -> None:
    ann, bob = shared.person("Ann"), shared.person("Bob")
    await ann.asks("/topics")
    shared.floods(ann.chat, retry_after=1)
    written = ann.says("/stats")
    await asyncio.sleep(0.1)
    await asyncio.wait_for(bob.asks("/topics"), 0.8)
    await shared.waits_for("作答记录", ann.chat, after=written["message_id"])
    ann.blocks()
    bob.says("/help")
    ann.says("/help")
    ann.user.blocked = True
    await asyncio.wait_for(bob.asks("/stats"), 2.0)
    assert {e.error for e in shared.refused} <= {"403 Forbidden: bot was blocked by the user"}
    shared.refused.clear()
    assert "感受野" in shown(await ann.asks("什么是感受野"))
    assert "Traceback" not in bot.log


@SHARED
async def test_a_lost_line_loses_no_message_and_repeats_no_tap(shared: Telegram, bot: BotProcess) -> None:
    ann = shared.person("Ann")
    question = await ann.asks("/daily")
    await shared.close()
    old = ann.presses("跳过", question)
    old.at -= 3600
    ann.says("什么是感受野")
    await asyncio.sleep(0.6)
    await shared.open()
    await shared.waits_for("输入图像区域", ann.chat)
    assert [e.error.partition(":")[2][:22] for e in shared.refused] == [" query is too old and "]
    shared.refused.clear()
    assert "以后再问" not in shared.transcript(ann.chat)
    assert bot.log.count("cannot be reached") == 1
    assert TOKEN.partition(":")[2] not in bot.log


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_webhook_brings_updates_and_refuses_strangers(telegram: Telegram, tmp_path: Path) -> None:
    ann, port = telegram.person("Ann"), free_port()
    url, listen = f"http://127.0.0.1:{port}/tg", f"127.0.0.1:{port}"
    settings = {"TUTOR_TELEGRAM_WEBHOOK_URL": url, "TUTOR_TELEGRAM_WEBHOOK_LISTEN": listen}
    async with BotProcess(telegram, tmp_path, **settings) as bot:
        assert "感受野" in shown(await ann.asks("什么是感受野"))
        async with aiohttp.ClientSession() as stranger:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
                async with stranger.post(url, json={"update_id": 1}, headers=headers) as refused:
                    assert refused.status == 403
        assert await bot.ends(signal.SIGTERM) == 0


async def test_what_an_operator_got_wrong_ends_with_one_line(telegram: Telegram, tmp_path: Path) -> None:
    wrong = BotProcess(telegram, tmp_path / "b", TUTOR_TELEGRAM_TOKEN="1:wrong")  # noqa: S106  wrong on purpose
    async with BotProcess(telegram, tmp_path / "a") as first, wrong:
        await telegram.until(lambda: telegram.polls)
        assert await wrong.ends() == 2
        assert "@BotFather" in wrong.log
        assert "Traceback" not in wrong.log
        async with BotProcess(telegram, tmp_path / "c") as second:
            assert await second.ends() == 2
            assert "another process receives this bot's messages" in second.log
            assert "Traceback" not in second.log
        assert "感受野" in shown(await telegram.person("Ann").asks("什么是感受野"))
        assert await first.ends(signal.SIGTERM) == 0
