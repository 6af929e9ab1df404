"""Wishes about pushes as people write them, and the schedule or the fault that comes of them."""

from __future__ import annotations

import time as clock
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.scheduling.schedule import Schedule
from bot.core.scheduling.schedule_words import MAX_WISH, Wishes, read
from bot.core.scheduling.time_words import read_date, read_span

TODAY = date(2026, 11, 24)  # a Tuesday
BEFORE = Schedule((time(8),), "Asia/Shanghai")
TOPICS = {
    "概率论": "probability",
    "Probability": "probability",
    "计算机视觉": "computer-vision",
    "Computer vision": "computer-vision",
}
ZONES = frozenset(available_timezones())
WORK, WEEKEND, ALL = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))


def wished(text: str, before: Schedule = BEFORE) -> Wishes:
    return read(text, before, TODAY, topics=TOPICS, zones=ZONES)


def at(*walls: str) -> dict[str, object]:
    return {"times": tuple(time.fromisoformat(wall) for wall in walls)}


def days(*numbers: int) -> dict[str, object]:
    return {"weekdays": frozenset(numbers)}


def quiet(start: str, end: str) -> dict[str, object]:
    return {"quiet": (time.fromisoformat(start), time.fromisoformat(end))}


# what is written: what changes in the schedule
CHANGES: dict[str, dict[str, object]] = {
    "": {},
    "7:30": at("07:30"),
    "７：３０": at("07:30"),
    "8": at("08:00"),
    "21点": at("21:00"),
    "8點半": at("08:30"),
    "八点": at("08:00"),
    "八点半": at("08:30"),
    "八点一刻": at("08:15"),
    "七点三刻": at("07:45"),
    "八点二十": at("08:20"),
    "八点零五分": at("08:05"),
    "二十一点十分": at("21:10"),
    "早上七点半": at("07:30"),
    "晚上九点": at("21:00"),
    "晚上十点半": at("22:30"),
    "晚上12点": at("00:00"),
    "晚上1点": at("01:00"),
    "夜里2点": at("02:00"),
    "凌晨12点": at("00:00"),
    "中午12点": at("12:00"),
    "中午1点": at("13:00"),
    "下午3点15分": at("15:15"),
    "早7晚9": at("07:00", "21:00"),
    "12am": at("00:00"),
    "12 pm": at("12:00"),
    "7:30 pm": at("19:30"),
    "8:00、20:00": at("08:00", "20:00"),
    "8:00 8:00": at("08:00"),
    "8点 20点": at("08:00", "20:00"),
    "周一到周五": {"weekdays": WORK},
    "週一至週五": {"weekdays": WORK},
    "周一～周五": {"weekdays": WORK},
    "周一〜五": {"weekdays": WORK},
    "礼拜一到礼拜五": {"weekdays": WORK},
    "星期六、星期天": {"weekdays": WEEKEND},
    "周一三五": days(0, 2, 4),
    "周六到周一": days(5, 6, 0),
    "工作日": {"weekdays": WORK},
    "周末": {"weekdays": WEEKEND},
    "每天": {"weekdays": ALL},
    "mon-fri": {"weekdays": WORK},
    "Monday, Wednesday and Friday": days(0, 2, 4),
    "weekends": {"weekdays": WEEKEND},
    "every day": {"weekdays": ALL},
    "周一八点": {**at("08:00"), **days(0)},
    "周一到周五八点": {**at("08:00"), "weekdays": WORK},
    "周一三五十点": {**at("10:00"), **days(0, 2, 4)},
    "周六五题": {**days(5), "per_push": 5},
    "每次2题": {"per_push": 2},
    "每次两道": {"per_push": 2},
    "每次三題": {"per_push": 3},
    "2 questions": {"per_push": 2},
    "x5": {"per_push": 5},
    "难度2-4": {"difficulty": (2, 4)},
    "難度 3": {"difficulty": (3, 3)},
    "难度3以上": {"difficulty": (3, 5)},
    "难度2以下": {"difficulty": (1, 2)},
    "difficulty any": {"difficulty": (1, 5)},
    "勿扰 23:00-7:00": quiet("23:00", "07:00"),
    "勿擾 晚上11點到早上7點": quiet("23:00", "07:00"),
    "晚上十一点到早上七点不要打扰": quiet("23:00", "07:00"),
    "quiet 23:00-7:00": quiet("23:00", "07:00"),
    "勿扰 关": {},
    "轻松日 周六周日": {"easy_days": WEEKEND},
    "輕鬆日 週末": {"easy_days": WEEKEND},
    "easy sat sun": {"easy_days": WEEKEND},
    "休假到 12月5日": {"vacation_until": date(2026, 12, 5)},
    "放假 10天": {"vacation_until": date(2026, 12, 4)},
    "休假到 1月5日": {"vacation_until": date(2027, 1, 5)},
    "vacation until 2026-12-05": {"vacation_until": date(2026, 12, 5)},
    "北京时间": {"timezone": "Asia/Shanghai"},
    "紐約時間": {"timezone": "America/New_York"},
    "new york time": {"timezone": "America/New_York"},
    "Europe/Berlin": {"timezone": "Europe/Berlin"},
    "时区Europe/Berlin": {"timezone": "Europe/Berlin"},
    "america/argentina/buenos_aires": {"timezone": "America/Argentina/Buenos_Aires"},
    "UTC": {"timezone": "UTC"},
    "UTC+8": {"timezone": "Etc/GMT-8"},
    "kathmandu": {"timezone": "Asia/Kathmandu"},
    "只要概率论": {"topics": ("probability",)},
    "只要概率論": {"topics": ("probability",)},
    "only probability": {"topics": ("probability",)},
    "概率论 计算机视觉": {"topics": ("computer-vision", "probability")},
    "全部主题": {},
    "7点半 周一到周五 北京时间 每次2题 难度2-4 勿扰 23:00-7:00": {
        **at("07:30"),
        **quiet("23:00", "07:00"),
        "weekdays": WORK,
        "per_push": 2,
        "difficulty": (2, 4),
    },
    "请在每天早上8点给我推送3题": {**at("08:00"), "weekdays": ALL, "per_push": 3},
    "7:30 mon-fri America/New_York 2 questions": {
        **at("07:30"),
        "weekdays": WORK,
        "timezone": "America/New_York",
        "per_push": 2,
    },
}


@pytest.mark.parametrize(("text", "changes"), CHANGES.items(), ids=CHANGES)
def test_a_wish_changes_just_what_it_says(text: str, changes: dict[str, object]) -> None:
    found = wished(text)
    assert (found.fault, found.about) == ("", "")
    assert found.schedule == replace(BEFORE, **changes)  # type: ignore[arg-type]  # fields of Schedule


REFUSED: dict[str, tuple[str, str]] = {
    "25:00": ("wish.time", "25:00"),
    "8:75": ("wish.time", "8:75"),
    "24:00": ("wish.time", "24:00"),
    "99": ("wish.time", "99"),
    "1点 2点 3点 4点 5点": ("wish.times", "4"),
    "每次9题": ("wish.count", "每次9题"),
    "0题": ("wish.count", "0题"),
    "x12": ("wish.count", "x12"),
    "难度4-2": ("wish.difficulty", "难度4-2"),
    "难度 9": ("wish.difficulty", "难度 9"),
    "记忆目标 99%": ("wish.retention", "记忆目标 99%"),
    "记忆目标 1": ("wish.retention", "记忆目标 1"),
    "休假到 2月30日": ("wish.date", "2月30日"),
    "休假到 2026-11-23": ("wish.date", "2026-11-23"),
    "休假到 2031-01-01": ("wish.date", "2031-01-01"),
    "Mars/Olympus": ("wish.zone", "Mars/Olympus"),
    "UTC+99": ("wish.zone", "UTC+99"),
    "勿扰 7:00-7:00": ("wish.time", "勿扰 7:00-7:00"),
    "勿扰 7:00-9:00": ("wish.quiet", "08:00"),
    "每周": ("wish.unread", "每周"),
    "明天开始": ("wish.unread", "明天开始"),
    "2 questions a month": ("wish.unread", "a month"),
    "休假到下周一": ("wish.unread", "休假到下"),
    "<script>": ("wish.unread", "<script>"),
    "x" * 501: ("wish.unread", "x" * 40 + "…"),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=[text[:30] for text in REFUSED])
def test_what_cannot_be_read_is_named_in_the_words_it_was_written_in(text: str, expected: tuple[str, str]) -> None:
    found = wished(text)
    assert (found.fault, found.about) == expected


PERSON: dict[str, tuple[str | None, float | None]] = {
    "中文": ("zh", None),
    "language: English": ("en", None),
    "记忆目标 95%": (None, 0.95),
    "記憶目標 95.5%": (None, 0.955),
    "retention .85": (None, 0.85),
    "8:00": (None, None),
}


@pytest.mark.parametrize(("text", "expected"), PERSON.items(), ids=PERSON)
def test_wishes_about_the_person(text: str, expected: tuple[str | None, float | None]) -> None:
    found = wished(text)
    assert (found.fault, found.language, found.retention) == ("", *expected)


def test_what_was_set_can_be_taken_back() -> None:
    before = replace(
        BEFORE,
        quiet=(time(23), time(7)),
        easy_days=WEEKEND,
        vacation_until=date(2026, 12, 5),
        topics=("probability",),
        difficulty=(2, 3),
    )
    after = wished("勿扰 关 轻松日 取消 休假结束 全部主题 难度不限", before)
    assert (after.fault, after.schedule) == ("", BEFORE)


SPANS: dict[str, timedelta | None] = {
    "一小时后再问": timedelta(hours=1),
    "半小时": timedelta(minutes=30),
    "一个半小时": timedelta(minutes=90),
    "30分钟": timedelta(minutes=30),
    "两个小时": timedelta(hours=2),
    "二十分鐘": timedelta(minutes=20),
    "2 hours": timedelta(hours=2),
    "in half an hour": timedelta(minutes=30),
    "晚点": None,
    "9" * 4000 + "小时": timedelta(hours=8784),
    "十十十小时": timedelta(hours=10),
}


@pytest.mark.parametrize(("text", "span"), SPANS.items(), ids=[text[:20] for text in SPANS])
def test_spans_of_time(text: str, span: timedelta | None) -> None:
    assert read_span(text) == span


DATES: dict[str, date | None] = {
    "2027-01-15": date(2027, 1, 15),
    "1月15日": date(2027, 1, 15),
    "12/5": date(2026, 12, 5),
    "30天": date(2026, 12, 24),
    "三十天": date(2026, 12, 24),
    "2027-02-29": None,
    "99999999999999-1-1": None,
    "9" * 4000 + "天": None,
    "soon": None,
}


@pytest.mark.parametrize(("text", "day"), DATES.items(), ids=[text[:20] for text in DATES])
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


ALPHABET = "零一二十两点时分题周星期日天到至早晚上下午每次勿扰休假难度概率 :-/.,、0123456789abmonutcx\t\n\u3000ﷺ②"


@given(st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = wished(text)
    assert found.fault or found.schedule.times
    read_span(text)
    read_date(text, TODAY)


ATTACKS = [
    *("一", "周", "十", "1", " ", "题 ", "周一x", "周一", "mon", "mon ", "8点x", "7:30 ", "a/a-", "早1", "ﷺ", "周一、"),
    *("a:", "-", "勿扰", "23:00-", "每次1", "utc+", "休假到1", "难度", "2027-"),
]


@pytest.mark.parametrize("length", [MAX_WISH, 4000])
@pytest.mark.parametrize("piece", ATTACKS)
def test_no_text_takes_long(piece: str, length: int) -> None:
    text = "周" + piece * (length // len(piece) - 2) + "轻松x"
    read(text, BEFORE, TODAY, topics=TOPICS, zones=ZONES)  # warms the patterns
    began = clock.process_time()
    wished(text)
    read_span(text)
    read_date(text, TODAY)
    assert clock.process_time() - began < 0.5, "it takes a few hundredths; what backtracks takes minutes"
