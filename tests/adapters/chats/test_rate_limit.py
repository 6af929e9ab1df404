from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.chats import rate_limit
from bot.adapters.chats.rate_limit import CHAT_BURST, PATIENCE_S, ChatLimit, PersonLimit, RateLimit, Verdict
from bot.errors import RateLimitError


def sent(paced: ChatLimit, chat: str, wished: list[float], *, is_group: bool = False) -> list[float]:
    """Return when messages wished for at these moments would go; none of those that are put off."""
    times = []
    for now in wished:
        try:
            times.append(now + paced.reserve(chat, now, is_group=is_group))
        except RateLimitError:
            continue
    return times


def test_a_chat_is_held_to_its_mean_after_a_burst() -> None:
    assert sent(ChatLimit(1, 20), "1", [0.0] * 6) == [0, 0, 0, 1, 2]  # the sixth is for later
    assert sent(ChatLimit(1, 20), "1", [0.0, 5.0, 5.0, 5.0, 5.0]) == [0, 5, 5, 5, 6]


def test_a_group_has_a_limit_of_its_own() -> None:
    wished = [float(second) for second in range(40)]
    assert len(sent(ChatLimit(1, 20), "-1", wished, is_group=True)) < 40
    assert len(sent(ChatLimit(1, 20), "1", wished)) == 40


def test_what_would_wait_for_long_is_put_off_and_says_until_when() -> None:
    paced = ChatLimit(a_second=100, a_minute_to_group=20)
    assert len(sent(paced, "-1", [0.0] * 20, is_group=True)) == 20
    with pytest.raises(RateLimitError) as put_off:
        paced.reserve("-1", 0.5, is_group=True)
    assert put_off.value.retry_after_s == pytest.approx(2.5)
    assert paced.reserve("2", 0.5, is_group=False) == 0, "others go on"
    assert paced.reserve("-1", 3.0, is_group=True) == 0, "and that is when it may go"


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60), st.booleans())
def test_nothing_waits_for_long_and_no_limit_is_passed(gaps: list[float], is_group: bool) -> None:
    wished = [sum(gaps[: n + 1]) for n in range(len(gaps))]
    paced, times = ChatLimit(1, 20), list[float]()
    for now in wished:
        found = sent(paced, "-1", [now], is_group=is_group)
        assert all(at - now <= PATIENCE_S for at in found)
        times += found
    assert all(later >= earlier for earlier, later in pairwise(times))
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(times, times[CHAT_BURST:], strict=False))
    if is_group:
        assert all(later - earlier >= 3 - 1e-6 for earlier, later in zip(times, times[20:], strict=False))


async def test_a_turn_waits_for_a_moment() -> None:
    paced, loop = ChatLimit(a_second=20, a_minute_to_group=60_000), asyncio.get_running_loop()
    started = loop.time()
    for _ in range(CHAT_BURST + 4):
        await paced.wait("one", is_group=False)
    assert loop.time() - started >= 4 / 20 - 0.01


def test_chats_that_were_idle_longest_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MAX_KEYS", 2)
    paced = ChatLimit(a_second=1000, a_minute_to_group=20)
    for chat in ("a", "b", "a", "c"):
        paced.reserve(chat, 0.0, is_group=False)
    assert list(paced._to_chat._rests_at) == ["a", "c"]


def test_a_flood_is_answered_once_then_dropped_until_it_ebbs() -> None:
    limit = PersonLimit(3, 1)
    verdicts = [limit.judge("ann", 0.0) for _ in range(6)]
    assert verdicts == [Verdict.TAKE] * 3 + [Verdict.WARN, Verdict.DROP, Verdict.DROP]
    assert limit.judge("bob", 0.0) is Verdict.TAKE
    assert limit.judge("ann", 1.0) is Verdict.TAKE
    assert limit.judge("ann", 1.0) is Verdict.DROP
    assert limit.judge("ann", 60.0) is Verdict.TAKE


@given(st.lists(st.floats(0, 5), max_size=80))
def test_nobody_gets_more_than_the_bucket_and_its_refill(gaps: list[float]) -> None:
    limit, now, taken = PersonLimit(5, 1), 0.0, 0
    for gap in gaps:
        now += gap
        taken += limit.judge("ann", now) is Verdict.TAKE
    assert taken <= 5 + now + 1e-6


def test_those_who_were_warned_are_not_remembered_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MAX_KEYS", 2)
    limit = PersonLimit(1, 1)
    for person in ("ann", "bob", "cat"):
        assert [limit.judge(person, 0.0) for _ in range(3)] == [Verdict.TAKE, Verdict.WARN, Verdict.DROP]
    assert len(limit._warned) <= 2


async def test_pushes_go_out_at_an_even_pace_in_turn() -> None:
    limit, loop, went = RateLimit(50), asyncio.get_running_loop(), list[tuple[int, float]]()

    async def push(number: int) -> None:
        await limit.wait()
        went.append((number, loop.time()))

    started = loop.time()
    await asyncio.gather(*map(push, range(5)))
    assert [number for number, _ in went] == [0, 1, 2, 3, 4]
    assert all(at - started >= number / 50 - 0.002 for number, at in went)
