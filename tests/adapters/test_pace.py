from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.chats import chat_pace
from bot.adapters.chats.chat_pace import BURST, PATIENCE_S, ChatPace
from bot.errors import FloodError


def sent(paced: ChatPace, chat: str, wished: list[float], *, is_group: bool = False) -> list[float]:
    """Return when messages wished for at these moments would go; none of those that are put off."""
    times = []
    for now in wished:
        try:
            times.append(now + paced.reserve(chat, now, is_group=is_group))
        except FloodError:
            continue
    return times


def test_a_chat_is_held_to_its_mean_after_a_burst() -> None:
    assert sent(ChatPace(1, 20), "1", [0.0] * 6) == [0, 0, 0, 1, 2]  # the sixth is for later
    assert sent(ChatPace(1, 20), "1", [0.0, 5.0, 5.0, 5.0, 5.0]) == [0, 5, 5, 5, 6]


def test_a_group_has_a_limit_of_its_own() -> None:
    wished = [float(second) for second in range(40)]
    assert len(sent(ChatPace(1, 20), "-1", wished, is_group=True)) < 40
    assert len(sent(ChatPace(1, 20), "1", wished)) == 40


def test_what_would_wait_for_long_is_put_off_and_says_until_when() -> None:
    paced = ChatPace(a_second=100, a_minute_to_group=20)
    assert len(sent(paced, "-1", [0.0] * 20, is_group=True)) == 20
    with pytest.raises(FloodError) as put_off:
        paced.reserve("-1", 0.5, is_group=True)
    assert put_off.value.retry_after_s == pytest.approx(2.5)
    assert paced.reserve("2", 0.5, is_group=False) == 0, "others go on"
    assert paced.reserve("-1", 3.0, is_group=True) == 0, "and that is when it may go"


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60), st.booleans())
def test_nothing_waits_for_long_and_no_limit_is_passed(gaps: list[float], is_group: bool) -> None:
    wished = [sum(gaps[: n + 1]) for n in range(len(gaps))]
    paced, times = ChatPace(1, 20), list[float]()
    for now in wished:
        found = sent(paced, "-1", [now], is_group=is_group)
        assert all(at - now <= PATIENCE_S for at in found)
        times += found
    assert all(later >= earlier for earlier, later in pairwise(times))
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(times, times[BURST:], strict=False))
    if is_group:
        assert all(later - earlier >= 3 - 1e-6 for earlier, later in zip(times, times[20:], strict=False))


async def test_a_turn_waits_for_a_moment() -> None:
    paced, loop = ChatPace(a_second=20, a_minute_to_group=60_000), asyncio.get_running_loop()
    started = loop.time()
    for _ in range(BURST + 4):
        await paced.turn("one", is_group=False)
    assert loop.time() - started >= 4 / 20 - 0.01


def test_chats_that_were_idle_longest_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_pace, "KEPT_CHATS", 2)
    paced = ChatPace(a_second=1000, a_minute_to_group=20)
    for chat in ("a", "b", "a", "c"):
        paced.reserve(chat, 0.0, is_group=False)
    assert list(paced._to_chat._rests_at) == ["a", "c"]
