"""A morning's pushes over the double of the Bot API: many at once, refusals of every kind, a process that is killed."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.adapters.store import open_store
from bot.adapters.store.migrating import upgrade
from bot.core.chat.messages import Address
from bot.core.records.records import Account, Learner, Owner, OwnerKind
from bot.core.scheduling.schedule import Schedule
from tests.doubles.telegram.errors import TooManyRequests
from tests.doubles.telegram.people import Person, Telegram, shown
from tests.doubles.telegram.process import BotProcess
from tests.doubles.telegram.server import DroppedError
from tests.doubles.telegram.world import World

EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # in Shanghai
FAST = {"TUTOR_PUSHES_A_SECOND": "250"}


def subscribed(telegram: Telegram, folder: Path, count: int) -> list[Person]:
    """Let people exist who have subscribed to eight o'clock."""
    url = f"sqlite:///{folder / 'tutor.sqlite3'}"
    upgrade(url)
    store = open_store(url)
    people = [telegram.person(f"P{number}") for number in range(count)]
    with store.transaction() as tx:
        for person in people:
            person.user.started = True
            user_id = str(person.user.id)
            learner, _ = tx.add_learner(
                Learner(0, "zh", "Asia/Shanghai", EIGHT - timedelta(days=1)), Account(0, 0, "telegram", user_id, "P")
            )
            schedule = Schedule((time(8, 0),), "Asia/Shanghai")
            tx.subscribe(Owner(OwnerKind.LEARNER, learner.id), Address("telegram", user_id), schedule, EIGHT)
    store.close()
    return people


def questions(person: Person) -> list[str]:
    """Return what somebody was asked."""
    return [shown(m) for m in person.chat.messages.values() if m["from"]["is_bot"] and "今日一题" in shown(m)]


def reached(telegram: Telegram) -> int:
    """Count the chats that something was sent to."""
    return len({entry.call.get("chat_id") for entry in telegram.journal if entry.call.get("chat_id")})


@pytest.mark.parametrize("many", [200, pytest.param(1000, marks=pytest.mark.trial)])
async def test_killed_amid_many_pushes_nobody_is_forgotten_or_asked_twice_unsaid(tmp_path: Path, many: int) -> None:
    async with Telegram(World(EIGHT.timestamp())) as telegram:
        people = subscribed(telegram, tmp_path, many)
        async with BotProcess(telegram, tmp_path, "--now", EIGHT.isoformat(), **FAST) as bot:
            await telegram.until(lambda: reached(telegram) >= many * 3 // 10)
            await bot.ends(signal.SIGKILL)
            before = Counter(len(questions(person)) for person in people)
            assert before[1] < many
        for minutes in (1, 12):  # what may have arrived is left alone at first, and sent again after ten minutes
            later = (EIGHT + timedelta(minutes=minutes)).isoformat()
            async with BotProcess(telegram, tmp_path, "--now", later, **FAST) as bot:
                await telegram.until(lambda: reached(telegram) >= many - 64)
                await (asyncio.sleep(0.5) if minutes == 1 else telegram.until(lambda: reached(telegram) == many))
                assert await bot.ends(signal.SIGTERM) == 0
        asked = [questions(person) for person in people]
        assert {len(one) for one in asked} <= {1, 2}
        twice = [one for one in asked if len(one) == 2]
        assert len(twice) <= 64
        assert all("可能已经发过一次" in one[1] for one in twice)
        assert telegram.refused == []


def to(person: Person) -> str:
    return str(person.user.id)


async def test_every_refusal_of_a_push_has_its_own_end(tmp_path: Path) -> None:
    async with Telegram(World(EIGHT.timestamp())) as telegram:
        ann, blocked, slow, lost = subscribed(telegram, tmp_path, 4)
        blocked.user.blocked = True
        telegram.fails("sendMessage", TooManyRequests(1), only=lambda call: call.get("chat_id") == to(slow))
        telegram.fails("sendMessage", DroppedError(is_done=True), only=lambda call: call.get("chat_id") == to(lost))
        async with BotProcess(telegram, tmp_path, "--now", EIGHT.isoformat(), **FAST) as bot:
            for person in (ann, slow, lost):
                await telegram.waits_for("今日一题", person.chat)
            assert questions(blocked) == []
            assert [entry.error for entry in telegram.refused] == ["403 Forbidden: bot was blocked by the user"]
            telegram.refused.clear()
            written = lost.says("不知道")
            await telegram.waits_for("要一点提示", lost.chat, after=written["message_id"])
            back = blocked.says("/start")
            welcome = await telegram.waits_for("欢迎回来", blocked.chat, after=back["message_id"])
            blocked.presses("下一题", welcome)
            await telegram.waits_for("今日一题", blocked.chat)
            assert bot.log.count("Traceback") == 0
        assert [len(questions(person)) for person in (ann, slow, lost)] == [1, 1, 1]
