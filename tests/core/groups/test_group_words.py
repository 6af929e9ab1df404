"""What a group wishes, in words."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.groups.group import GroupMode
from bot.core.groups.group_words import read_group, shortest_gap

HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "after", "rest"),
    [
        ("揭晓 6小时", 6 * HOURS, ""),
        ("揭晓6小时", 6 * HOURS, ""),
        ("9:00 揭晓延迟 90分钟 工作日", 1.5 * HOURS, "9:00  工作日"),
        ("6小时后揭晓", 6 * HOURS, ""),
        ("半小时后公布答案", 0.5 * HOURS, ""),
        ("两小时揭晓", 2 * HOURS, ""),
        ("揭曉 6小時", 6 * HOURS, ""),
        ("答案 12 小时后", 12 * HOURS, ""),
        ("reveal after 2 hours", 2 * HOURS, ""),
        ("9:00 reveal 45m weekdays", 0.75 * HOURS, "9:00  weekdays"),
        ("gs 2h reveal", 2 * HOURS, "gs"),
        ("9:00 工作日", None, "9:00 工作日"),
        ("", None, ""),
    ],
)
def test_when_the_answer_comes(text: str, after: timedelta | None, rest: str) -> None:
    read = read_group(text)
    assert (read.reveal_after, read.rest, read.about) == (after, rest, "")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("揭晓 24小时", "揭晓 24小时"),
        ("9:00 揭晓 5分钟", "揭晓 5分钟"),
        ("reveal 0h", "reveal 0h"),
        ("揭晓 30 小时后", "揭晓 30 小时后"),
    ],
)
def test_an_answer_too_soon_or_too_late_is_named(text: str, about: str) -> None:
    assert read_group(text).about == about


@pytest.mark.parametrize(
    ("text", "mode", "rest"),
    [
        ("投票", GroupMode.POLL, ""),
        ("公开投票 9:00", GroupMode.POLL, "9:00"),
        ("poll", GroupMode.POLL, ""),
        ("polling", None, "polling"),
        ("私下作答", GroupMode.PRIVATE, ""),
        ("private 中文", GroupMode.PRIVATE, "中文"),
        ("各自回答", GroupMode.PRIVATE, ""),
    ],
)
def test_how_a_group_answers(text: str, mode: GroupMode | None, rest: str) -> None:
    read = read_group(text)
    assert (read.mode, read.rest) == (mode, rest)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read = read_group(text)
    assert len(read.rest) <= len(text) + 2
    assert read.reveal_after is None or read.reveal_after > timedelta()


@pytest.mark.parametrize(
    ("walls", "gap"),
    [
        ((time(9),), 24 * HOURS),
        ((time(9), time(21)), 12 * HOURS),
        ((time(8), time(9, 30), time(20)), 1.5 * HOURS),
        ((time(23, 30), time(0, 15)), 0.75 * HOURS),
    ],
)
def test_the_shortest_gap_goes_over_midnight(walls: tuple[time, ...], gap: timedelta) -> None:
    assert shortest_gap(walls) == gap
