"""Reads wishes about pushes in words: "7点半 周一到周五 北京时间 每次2题 难度2-4 勿扰 23:00-7:00"."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from bot.core.scheduling.schedule import ANY_DIFFICULTY, MAX_PER_PUSH, Schedule
from bot.core.scheduling.time_words import (
    AND,
    ANY_DAYS,
    CITIES,
    DATE,
    MINUTES,
    PERIOD,
    PLAIN_TIME,
    TO,
    folded,
    read_date,
    wall_time,
    weekdays,
)

MAX_TIMES = 4
MAX_WISH = 500
"""Nobody wishes more at once, in characters; longer texts are not read."""
MAX_VACATION_DAYS = 366
RETENTIONS = (0.8, 0.97)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was read.

    Attributes:
        schedule: the one that was given, with what was wished changed.
        language: "zh" or "en"; None where nothing was said.
        retention: 0.8-0.97; None where nothing was said.
        fault: the key of the sentence that says what could not be read; "" where all was.
        about: the words that the fault is about.
    """

    schedule: Schedule
    language: str | None = None
    retention: float | None = None
    fault: str = ""
    about: str = ""


_QUIET = r"(?:勿扰|免打扰|不要?打扰|别打扰|安静|quiet)"
_OFF = r"(?:关闭|关|取消|不要|没有|无|结束|off|none|no)"


def read(text: str, schedule: Schedule, today: date, *, topics: Mapping[str, str], zones: Collection[str]) -> Wishes:
    """Read wishes in any order and change a schedule by them.

    Args:
        text: any text at all; "" changes nothing.
        schedule: what holds so far.
        today: the learner's civil date.
        topics: topic ids by every name they go by.
        zones: the IANA names that are known.

    Returns:
        The changed schedule, or the first thing that could not be read.
    """
    if len(text) > MAX_WISH:
        return Wishes(schedule, fault="wish.unread", about=f"{text[:40]}…")
    reader = _Reader(folded(text), schedule, today, topics, zones)
    for take in _STEPS:
        if not reader.fault:
            take(reader)
    reader.finish()
    place = text.lower().find(reader.about)
    about = text[place : place + len(reader.about)] if place >= 0 else reader.about
    return Wishes(reader.schedule, reader.language, reader.retention, reader.fault, about)


class _Reader:
    """Takes what it understands out of a text, piece by piece; what is left at the end was not understood."""

    def __init__(
        self, text: str, schedule: Schedule, today: date, topics: Mapping[str, str], zones: Collection[str]
    ) -> None:
        self.text = text
        self.schedule = schedule
        self.today = today
        self.topics = {folded(name): topic_id for name, topic_id in topics.items()}
        self.zones = {zone.lower(): zone for zone in zones}
        self.language: str | None = None
        self.retention: float | None = None
        self.fault = ""
        self.about = ""

    def take(self, pattern: str) -> re.Match[str] | None:
        """Find a pattern, cut it out, and return it."""
        match = re.search(pattern, self.text)
        if match:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return match

    def take_all(self, pattern: str) -> list[str]:
        """Find a pattern as often as it is there, cut it out, and return what was found."""
        found = [match.group() for match in re.finditer(pattern, self.text)]
        self.text = re.sub(pattern, " ", self.text)
        return found

    def change(self, **changes: object) -> None:
        self.schedule = replace(self.schedule, **changes)  # type: ignore[arg-type]  # fields of Schedule

    def refuse(self, fault: str, about: str) -> None:
        if not self.fault:
            self.fault, self.about = fault, about.strip()[:40]

    # --- the parts, those with a word of their own first ---------------------------------------

    def quiet(self) -> None:
        match = self.take(
            rf"{_QUIET}\s*(?:时段|时间|hours)?\s*[::]?\s*"
            rf"(?:(?P<off>{_OFF})|(?P<start>{PLAIN_TIME})\s*{TO}\s*(?P<end>{PLAIN_TIME}))"
        ) or self.take(rf"(?P<start>{PLAIN_TIME})\s*{TO}\s*(?P<end>{PLAIN_TIME})\s*{_QUIET}")
        if match is None:
            return
        if match.groupdict().get("off"):
            self.change(quiet=None)
            return
        start, end = wall_time(match["start"]), wall_time(match["end"])
        if start is None or end is None or start == end:
            self.refuse("wish.time", match.group())
        self.change(quiet=(start, end) if start is not None and end is not None else None)

    def easy_days(self) -> None:
        match = self.take(rf"(?:轻松日?|easy(?:\s?days?)?)\s*[::]?\s*(?:(?P<off>{_OFF})|(?P<days>{ANY_DAYS}))")
        if match:
            self.change(easy_days=frozenset() if match["off"] else weekdays(match["days"]))

    def vacation(self) -> None:
        match = self.take(
            rf"(?:休假|放假|假期|度假|vacation|holiday)\s*(?:到|至|until|till)?\s*[::]?\s*(?:(?P<off>{_OFF})|(?P<day>{DATE}))"
        )
        if match is None:
            return
        until = None if match["off"] else read_date(match["day"], self.today)
        if not match["off"] and (until is None or not 0 <= (until - self.today).days <= MAX_VACATION_DAYS):
            self.refuse("wish.date", match["day"] or "")
        self.change(vacation_until=until)

    def difficulty(self) -> None:
        word = r"(?:难度|difficulty)\s*[::]?\s*"
        if self.take(rf"{word}(?:不限|随便|any|all)|any difficulty"):
            self.change(difficulty=ANY_DIFFICULTY)
            return
        match = self.take(
            rf"{word}(?P<low>\d+)\s*"
            rf"(?:{TO}\s*(?P<high>\d+)|(?P<below>及?以[下内]|or less)|(?P<above>及?以上|or more))?"
        )
        if match is None:
            return
        low = int(match["low"])
        high = int(match["high"]) if match["high"] else low
        low, high = (1, low) if match["below"] else (low, 5) if match["above"] else (low, high)
        if not 1 <= low <= high <= 5:
            self.refuse("wish.difficulty", match.group())
        self.change(difficulty=(low, high))

    def retained(self) -> None:
        match = self.take(
            r"(?:记忆目标|记住|目标|保持率|retention)\s*[::]?\s*(?P<value>0?\.\d+|\d{1,3}(?:\.\d+)?)\s*%?"
        )
        if match is None:
            return
        value = float(match["value"])
        value = value / 100 if value > 1 else value
        if not RETENTIONS[0] <= value <= RETENTIONS[1]:
            self.refuse("wish.retention", match.group())
        self.retention = round(value, 3)

    def per_push(self) -> None:
        match = self.take(
            r"(?:每[次天回]|一[次天])?\s*(?P<count>\d{1,3})\s*(?:道题?|(?:个\s*)?题目?|questions?)|(?<!\w)x(?P<x>\d{1,3})(?!\d)"
        )
        if match is None:
            return
        count = int(match["count"] or match["x"])
        if not 1 <= count <= MAX_PER_PUSH:
            self.refuse("wish.count", match.group())
        self.change(per_push=count)

    def zone(self) -> None:
        match = self.take(
            r"(?<![a-z])(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?![\d:])"
            r"|(?<![a-z])(?:[a-z]+/[a-z_+\-/]+\d*|utc|gmt)(?![a-z])"
        )
        if match:
            zone = self.zones.get(_zone_name(match))
            if zone is None:
                self.refuse("wish.zone", match.group())
            else:
                self.change(timezone=zone)
            return
        places = {zone.rpartition("/")[2].replace("_", " "): self.zones[zone] for zone in self.zones if "/" in zone}
        places |= CITIES
        for place in sorted((place for place in places if place in self.text), key=len, reverse=True):
            if self.take(rf"(?<![a-z]){re.escape(place)}(?![a-z])\s*(?:时间|时区|time)?"):
                self.change(timezone=places[place])
                return

    def language_(self) -> None:
        if self.take(r"中文|汉语|\bchinese\b|\bzh\b"):
            self.language = "zh"
        elif self.take(r"英文|英语|\benglish\b|\ben\b"):
            self.language = "en"

    def drawn_from(self) -> None:
        if self.take(r"(?:全部|所有|不限)\s*(?:主题|内容)|all topics"):
            self.change(topics=())
            return
        before = r"(?:主题|只要|只考|只做|只|topics?|only)?\s*[::]?\s*"
        names = sorted(self.topics, key=len, reverse=True)
        found = {self.topics[name] for name in names if self.take(before + re.escape(name))}
        if found:
            self.change(topics=tuple(sorted(found)))

    def enabled_days(self) -> None:
        found = self.take_all(ANY_DAYS)
        if found:
            self.change(weekdays=frozenset().union(*map(weekdays, found)))

    def times(self) -> None:
        walls: list[time] = []
        for said in self.take_all(
            rf"{PERIOD}\s*\d{{1,2}}(?:[:点时]{MINUTES})?"
            rf"|(?<!\d)\d{{1,2}}\s*[:点时]\s*{MINUTES}\s*(?:am|pm)?|(?<!\d)\d{{1,2}}\s*(?:am|pm)"
        ):
            wall = wall_time(said)
            if wall is None:
                self.refuse("wish.time", said)
                return
            walls.append(wall)
        rest = self.text.strip()
        if not walls and rest.isdigit() and len(rest) <= 2:  # "/subscribe 8"
            self.text = ""
            wall = wall_time(f"{rest}:00")
            walls = [wall] if wall else []
            if wall is None:
                self.refuse("wish.time", rest)
        if len(set(walls)) > MAX_TIMES:
            self.refuse("wish.times", str(MAX_TIMES))
        if walls:
            self.change(times=tuple(sorted(set(walls))))

    def finish(self) -> None:
        rest = re.sub(
            rf"[\s\W_]+|{AND}|{TO}|推送|时间|时区|语言|发|给我|在|的|改成?|设为?|请|每次"
            r"|at|on|in|push|language|time ?zone",
            "",
            self.text,
        )
        if rest:
            self.refuse("wish.unread", " ".join(self.text.split()))
        late = [wall for wall in self.schedule.times if self.schedule.is_quiet_at(wall)]
        if late:
            self.refuse("wish.quiet", f"{late[0]:%H:%M}")


def _zone_name(match: re.Match[str]) -> str:
    """Return a zone's name in lower case; "UTC+8" is Etc/GMT-8, as POSIX counts westwards."""
    if match["sign"] is None:
        return match.group()
    hours = int(match["hours"])
    return f"etc/gmt{'-' if match['sign'] == '+' else '+'}{hours}" if hours else "utc"


_STEPS: tuple[Callable[[_Reader], None], ...] = (
    _Reader.quiet,
    _Reader.easy_days,
    _Reader.vacation,
    _Reader.difficulty,
    _Reader.retained,
    _Reader.per_push,
    _Reader.zone,
    _Reader.drawn_from,
    _Reader.language_,
    _Reader.enabled_days,
    _Reader.times,
)
