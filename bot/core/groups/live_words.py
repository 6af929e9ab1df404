"""Reads what is wished of a live quiz in words: "8 概率论 难度2-3 每题20秒 简答", or "暂停"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from bot.core.groups.live_quiz import LONGEST_WINDOW_S, MAX_ROUNDS, SHORTEST_WINDOW_S, LivePlan
from bot.core.scheduling.schedule import ANY_DIFFICULTY, Schedule
from bot.core.scheduling.schedule_words import MAX_WISH, read
from bot.core.scheduling.time_words import TO, folded


class LiveVerb(StrEnum):
    """What can be done with a quiz that runs."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    STATE = "state"


_VERBS: Mapping[str, LiveVerb] = {
    word: verb
    for verb, words in {
        LiveVerb.PAUSE: ("pause", "暂停", "等等", "等一下"),
        LiveVerb.RESUME: ("resume", "continue", "继续", "恢复", "继续吧"),
        LiveVerb.STOP: ("stop", "end", "off", "停", "停止", "结束", "终止", "关"),
        LiveVerb.STATE: ("", "status", "state", "状态", "进度"),
    }.items()
    for word in words
}
_TRADITIONAL = str.maketrans("暫繼續結終狀態選擇與簡問", "暂继续结终状态选择与简问")
_SPAN = r"(?P<count>\d{1,5}|半)\s*(?P<unit>秒钟?|分钟?|s(?:ec(?:ond)?s?)?(?![a-z])|m(?:in(?:ute)?s?)?(?![a-z]))"
_EACH = r"(?:每[题道轮]|1[题道]|each|per question)"
_WINDOW = re.compile(rf"(?:{_EACH}\s*|限时\s*|作答\s*)*{_SPAN}(?:\s*{_EACH})?")
_SHORT = re.compile(
    r"(?:加上?|含|带|包括|混合|with\s+|and\s+)?\s*"
    r"(?:(?:选择题?)?[和与加]?(?:简答|问答)题?|\b(?:short|mixed)(?: answers?)?\b)"
)
_CHOICE = re.compile(r"选择题?|\bchoices?\b")
_DIFFICULTY = re.compile(
    rf"(?:难度|difficulty)\s*[::]?\s*(?:不限|随便|any|all"
    rf"|\d+\s*(?:{TO}\s*\d+|及?以[下内]|及?以上|or less|or more)?)"
)
_NO_TIME = time(0, 7)
"""A time that nobody wishes: another is a wish that is not meant here."""
_COUNT = re.compile(r"(?<![\d.\-:a-z])(?P<count>\d{1,6})(?![\d:])\s*(?:道题?|个?题目?|轮|questions?|rounds?)?")


@dataclass(frozen=True, slots=True)
class LiveWish:
    """What was read.

    Attributes:
        verb: what to do with the quiz that runs; None where a new one is wished.
        fault: the key of the sentence that says what could not be read; "" where all was.
        about: the words that the fault is about.
    """

    plan: LivePlan
    verb: LiveVerb | None = None
    fault: str = ""
    about: str = ""


def read_live(text: str, today: date, topics: Mapping[str, str]) -> LiveWish:
    """Read wishes in any order.

    Args:
        text: any text at all; "" asks how things stand, or wishes a quiz as usual.
        topics: topic ids by every name they go by.
    """
    if len(text) > MAX_WISH:
        return LiveWish(LivePlan(), fault="wish.unread", about=f"{text[:40]}…")
    rest = folded(text).translate(_TRADITIONAL).strip()
    verb = _VERBS.get(rest)
    return LiveWish(LivePlan(), verb) if verb else _read_plan(rest, today, topics)


def _read_plan(rest: str, today: date, topics: Mapping[str, str]) -> LiveWish:
    short, rest = _cut(_SHORT, rest)
    _, rest = _cut(_CHOICE, rest)
    window, rest = _cut(_WINDOW, rest)
    difficulty, rest = _cut(_DIFFICULTY, rest)
    count, rest = _cut(_COUNT, rest)
    window_s = _seconds(window) if window else 0
    if window and not SHORTEST_WINDOW_S <= window_s <= LONGEST_WINDOW_S:
        return LiveWish(LivePlan(), fault="live.wish.window", about=window.group().strip()[:40])
    plan = LivePlan(window_s=window_s, has_short=short is not None)
    if count:
        plan = replace(plan, rounds=int(count["count"]))
    if not 1 <= plan.rounds <= MAX_ROUNDS:
        return LiveWish(LivePlan(), fault="live.wish.count", about=str(plan.rounds))
    return _drawn(plan, f"{difficulty.group() if difficulty else ''} {rest}", today, topics)


def _drawn(plan: LivePlan, rest: str, today: date, topics: Mapping[str, str]) -> LiveWish:
    """Read topics and difficulty as for a schedule; anything else that a schedule takes is not meant here."""
    nothing = Schedule((_NO_TIME,), "UTC")
    wishes = read(rest, nothing, today, topics=topics, zones=())
    wished = wishes.schedule
    is_more = replace(wished, topics=(), difficulty=ANY_DIFFICULTY) != nothing
    if wishes.fault == "wish.difficulty":
        return LiveWish(LivePlan(), fault=wishes.fault, about=wishes.about)
    if wishes.fault or is_more or wishes.language or wishes.retention:
        return LiveWish(LivePlan(), fault="wish.unread", about=wishes.about or " ".join(rest.split())[:40])
    return LiveWish(replace(plan, topics=wished.topics, difficulty=wished.difficulty))


def _cut(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """Find a pattern, and return it with what is left."""
    match = pattern.search(text)
    return (match, f"{text[: match.start()]} {text[match.end() :]}") if match else (None, text)


def _seconds(match: re.Match[str]) -> int:
    count = 0.5 if match["count"] == "半" else int(match["count"])
    return round(count * (60 if match["unit"][0] in "分m" else 1))
