"""Wishes about a live quiz as people write them, and the plan, the verb or the fault that comes of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.groups.live_quiz import LONGEST_WINDOW_S, MAX_ROUNDS, SHORTEST_WINDOW_S, LivePlan
from bot.core.groups.live_words import LiveVerb, LiveWish, read_live
from bot.core.scheduling.schedule_words import MAX_WISH

TODAY = date(2026, 11, 24)
TOPICS = {
    "概率论": "probability",
    "Probability": "probability",
    "计算机视觉": "computer-vision",
    "Computer vision": "computer-vision",
}
PIECES = ["8", "概率论", "难度", "2", "-", "3", "每题", "20", "秒", "简答", "分", "半", " ", "题", "停"]


def wished(text: str) -> LiveWish:
    return read_live(text, TODAY, TOPICS)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("8", LivePlan(8)),
        ("八题", LivePlan(8)),
        ("10 道题", LivePlan(10)),
        ("3轮", LivePlan(3)),
        ("概率论", LivePlan(topics=("probability",))),
        ("只要概率论 5题", LivePlan(5, topics=("probability",))),
        ("概率论 计算机视觉", LivePlan(topics=("computer-vision", "probability"))),
        ("難度3", LivePlan(difficulty=(3, 3))),
        ("难度2-3", LivePlan(difficulty=(2, 3))),
        ("难度 3 以上 4题", LivePlan(4, difficulty=(3, 5))),
        ("每题20秒", LivePlan(window_s=20)),
        ("限时1分钟", LivePlan(window_s=60)),
        ("每题一分钟", LivePlan(window_s=60)),
        ("半分钟一题", LivePlan(window_s=30)),
        ("简答", LivePlan(has_short=True)),
        ("選擇題", LivePlan()),
        ("选择题和简答题 6", LivePlan(6, has_short=True)),
        ("8 概率论 难度2-3 每题20秒", LivePlan(8, 20, ("probability",), (2, 3))),
        ("每题20秒，难度2-3，概率论，8题，加简答", LivePlan(8, 20, ("probability",), (2, 3), has_short=True)),
        ("难度2到3概率论8题20秒", LivePlan(8, 20, ("probability",), (2, 3))),
        ("8 Probability difficulty 2-3 20s each", LivePlan(8, 20, ("probability",), (2, 3))),
        (
            "5 questions, computer vision, 1 min per question, short answers",
            LivePlan(5, 60, ("computer-vision",), has_short=True),
        ),
    ],
)
def test_a_plan_is_read_in_any_order(text: str, plan: LivePlan) -> None:
    assert wished(text) == LiveWish(plan)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("", LiveVerb.STATE),
        ("  ", LiveVerb.STATE),
        ("状态", LiveVerb.STATE),
        ("暂停", LiveVerb.PAUSE),
        ("暫停", LiveVerb.PAUSE),
        ("Pause", LiveVerb.PAUSE),
        ("继续", LiveVerb.RESUME),
        ("繼續", LiveVerb.RESUME),
        ("resume", LiveVerb.RESUME),
        ("停", LiveVerb.STOP),
        ("結束", LiveVerb.STOP),
        ("STOP", LiveVerb.STOP),
    ],
)
def test_a_verb_is_read(text: str, verb: LiveVerb) -> None:
    assert wished(text).verb is verb


@pytest.mark.parametrize(
    ("text", "fault", "about"),
    [
        ("0", "live.wish.count", "0"),
        ("21", "live.wish.count", "21"),
        ("999999题", "live.wish.count", "999999"),
        ("每题5秒", "live.wish.window", "每题5秒"),
        ("每题10分钟", "live.wish.window", "每题10分钟"),
        ("难度7", "wish.difficulty", "难度7"),
        ("唐诗三百首", "wish.unread", "唐诗三百首"),
        ("8 概率论 快点", "wish.unread", "快点"),
        ("9:00", "wish.unread", "9:00"),
        ("5-8题", "wish.unread", ""),
        ("工作日", "wish.unread", "工作日"),
        ("英文", "wish.unread", "英文"),
        ("8 8", "wish.unread", "8"),
        ("x" * (MAX_WISH + 1), "wish.unread", "x" * 40 + "…"),
    ],
)
def test_what_is_not_understood_is_named(text: str, fault: str, about: str) -> None:
    found = wished(text)
    assert (found.fault, found.verb, found.plan) == (fault, None, LivePlan())
    assert about in found.about
    assert len(found.about) <= 41


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_gives_a_plan_in_bounds_or_one_fault(text: str) -> None:
    found = wished(text)
    assert 1 <= found.plan.rounds <= MAX_ROUNDS
    assert found.plan.window_s == 0 or SHORTEST_WINDOW_S <= found.plan.window_s <= LONGEST_WINDOW_S
    assert 1 <= found.plan.difficulty[0] <= found.plan.difficulty[1] <= 5
    assert not (found.fault and found.verb)
