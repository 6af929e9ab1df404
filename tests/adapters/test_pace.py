from __future__ import annotations

import asyncio

import pytest

from bot.adapters import pace
from bot.adapters.pace import BURST, ChatPace


async def took(turns: int, paced: ChatPace, chat: str, *, is_group: bool = False) -> float:
    """Return how long so many turns in one chat take, in seconds."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    for _ in range(turns):
        await paced.turn(chat, is_group=is_group)
    return loop.time() - started


async def test_a_chat_is_held_to_its_mean_and_holds_up_no_other() -> None:
    paced = ChatPace(a_second=20, a_minute_to_group=60_000)
    busy = asyncio.create_task(took(BURST + 4, paced, "one"))
    await took(BURST, paced, "two")
    assert not busy.done(), "the other chat went ahead meanwhile"
    assert await busy >= 4 / 20 - 0.01


async def test_a_group_has_a_limit_of_its_own() -> None:
    paced = ChatPace(a_second=100_000, a_minute_to_group=3)
    await took(3, paced, "-1", is_group=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(took(1, paced, "-1", is_group=True), 0.1)
    await asyncio.wait_for(took(9, paced, "1"), 1)


async def test_chats_that_were_idle_longest_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "KEPT_CHATS", 2)
    paced = ChatPace(a_second=1000, a_minute_to_group=20)
    for chat in ("a", "b", "a", "c"):
        await paced.turn(chat, is_group=False)
    assert [chat for chat, _ in paced._limiters] == ["a", "c"]
