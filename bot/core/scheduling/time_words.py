"""How people say times, weekdays, dates and places: the patterns that find them, and what they mean."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from bot.core.scheduling.schedule import ALL_WEEK

MAX_DATE = 40
"""No date is written in more characters."""
MAX_DAYS = 366
"""Further ahead than this nobody plans by counting days."""

CITIES: Final[Mapping[str, str]] = {
    "北京": "Asia/Shanghai", "上海": "Asia/Shanghai", "中国": "Asia/Shanghai", "东八区": "Asia/Shanghai",
    "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "香港": "Asia/Hong_Kong", "台北": "Asia/Taipei",
    "台湾": "Asia/Taipei", "新加坡": "Asia/Singapore", "东京": "Asia/Tokyo", "日本": "Asia/Tokyo",
    "首尔": "Asia/Seoul", "韩国": "Asia/Seoul", "悉尼": "Australia/Sydney", "墨尔本": "Australia/Melbourne",
    "伦敦": "Europe/London", "英国": "Europe/London", "巴黎": "Europe/Paris", "法国": "Europe/Paris",
    "柏林": "Europe/Berlin", "德国": "Europe/Berlin", "纽约": "America/New_York", "波士顿": "America/New_York",
    "多伦多": "America/Toronto", "芝加哥": "America/Chicago", "洛杉矶": "America/Los_Angeles",
    "旧金山": "America/Los_Angeles", "西雅图": "America/Los_Angeles", "温哥华": "America/Vancouver",
}  # fmt: skip
"""Places by which people name their time zone, beside the cities of the IANA names."""

_HAN = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DAYS = {char: value for value, char in enumerate("一二三四五六日")} | {"天": 6}
_ENGLISH_DAYS = {name: value for value, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_TRADITIONAL = str.maketrans(
    "週禮點時題後號擾靜輕鬆關閉沒無結難內隨記憶標兩個臺東韓國爾倫紐約頓舊圖溫華裡裏淩鐘漢語發給設請區間礎學習機論據構計總體視覺為從曉",
    "周礼点时题后号扰静轻松关闭没无结难内随记忆标两个台东韩国尔伦纽约顿旧图温华里里凌钟汉语发给设请区间础学习机论据构计总体视觉为从晓",
)
"""Of the words that are read here, and of topics."""
_NIGHT = ("晚上", "晚", "夜里")

_WEEK = r"(?:每?(?:个)?(?:周|星期|礼拜))"
_ENGLISH_DAY = (
    r"(?<![a-z])(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?(?![a-z])"
)
TO = r"(?:到|至|-|~|〜|—|–|−|to|through)"
AND = r"(?:、|,|，|和|及|跟|and|&)"
_DAY = rf"(?:{_WEEK}?\s*[一二三四五六日天]|{_ENGLISH_DAY})"
_FIRST_DAY = rf"(?:{_WEEK}\s*[一二三四五六日天]|{_ENGLISH_DAY})"
_DAY_LIST = rf"{_FIRST_DAY}(?:\s*(?:{TO}|{AND})?\s*{_DAY})*"
_ALL_DAYS = r"每天|天天|每日|every\s?day|daily"
_WORKDAYS = r"工作日|平日|weekdays?"
_WEEKEND = r"周末|weekends?"
ANY_DAYS = rf"(?:{_ALL_DAYS}|{_WORKDAYS}|{_WEEKEND}|{_DAY_LIST})"
PERIOD = r"(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚|夜里)"
_TIME = (
    rf"(?P<period>{PERIOD})?\s*(?P<hour>\d{{1,2}})"
    r"(?:\s*[:：]\s*(?P<minute>\d{1,2})|\s*[点时](?P<spoken>半|[一三]刻|\s*\d{1,2}\s*分?|整)?)?\s*(?P<half>am|pm)?"
)
PLAIN_TIME = re.sub(r"\?P<\w+>", "?:", _TIME)
MINUTES = r"(?:半|[一三]刻|\s*\d{1,2}(?!\d|\s?[点时:])\s*分?|整)?"
DATE = r"(?:(?:\d{4}\s*[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,3}\s*(?:天|days?))"


_HOUR = r"(?:(?<![周期拜])[一二]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])(?=\s?[点时])"
_COUNT = r"(?:[二三四五六七八九]?十[一二三四五六七八九]?|[零〇]?[一二两三四五六七八九])(?=\s?(?:分|道|题|个|天|级))"
_MINUTE = r"(?<=[点时])(?:[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])"
_SPOKEN = re.compile(rf"{_HOUR}|{_COUNT}|{_MINUTE}")


def folded(text: str) -> str:
    """Bring a text into one form: half width, lower case, simplified, single spaces, digits for spoken numbers.

    A number is spoken before a unit, or after "点": the 一 of "周一八点" stays a day.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_TRADITIONAL)
    return _SPOKEN.sub(lambda match: str(_number(match.group())), re.sub(r"\s+", " ", folded))


def _number(said: str) -> int:
    tens, ten, units = said.rpartition("十")
    if not ten:
        return int("".join(str(_HAN[char]) for char in said))
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[units] if units else 0)


def wall_time(said: str) -> time | None:
    """Read one time of day; None where there is no such time."""
    match = re.fullmatch(rf"\s*{_TIME}\s*", said)
    if match is None:
        return None
    hour = int(match["hour"])
    spoken = (match["spoken"] or "").strip().rstrip("分").strip()
    minute = {"半": 30, "一刻": 15, "三刻": 45, "": 0, "整": 0}.get(spoken)
    minute = int(match["minute"]) if match["minute"] else int(spoken) if minute is None else minute
    hour = _in_24_hours(hour, match["half"] or match["period"] or "")
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_24_hours(hour: int, period: str) -> int:
    """Read an hour by the part of the day it is said with: "晚上 9" is 21, "晚上 1" is 1, "中午 11" is 11."""
    if hour in (12, 24) and (period in ("am", "凌晨") or period in _NIGHT):
        return 0
    first = {"中午": 1, "pm": 1, "下午": 1, "傍晚": 1}.get(period, 5 if period in _NIGHT else 12)
    last = 10 if period == "中午" else 11
    return hour + 12 if first <= hour <= last else hour


def weekdays(said: str) -> frozenset[int]:
    """Read a list of weekdays with ranges; a range may run over Sunday."""
    if re.fullmatch(_ALL_DAYS, said):
        return ALL_WEEK
    if re.fullmatch(_WORKDAYS, said):
        return frozenset(range(5))
    if re.fullmatch(_WEEKEND, said):
        return frozenset((5, 6))
    found: list[int] = []
    is_range = False
    for token in re.findall(rf"{TO}|[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun", said):
        day = _DAYS.get(token, _ENGLISH_DAYS.get(token))
        if day is None:
            is_range = True
            continue
        span = (day - found[-1]) % 7 if is_range and found else 0
        found += [(found[-1] + step) % 7 for step in range(1, span + 1)] if span else [day]
        is_range = False
    return frozenset(found)


_SMALL = r"[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
MOST_MINUTES = MAX_DAYS * 24 * 60.0


def read_span(said: str) -> timedelta | None:
    """Read "1小时", "半小时", "30分钟" or "2 hours"; None where no span of time is said."""
    text = folded(said)
    minutes = 30.0 if re.search(r"半\s?个?\s?(?:小时|钟头)|half an? hour", text) else 0.0
    for number, unit in re.findall(rf"(\d{{1,4}}(?:\.\d{{1,2}})?|{_SMALL})\s?个?半?\s?(小时|钟头|分|刻|h|m)", text):
        value = float(number) if number[0].isdigit() else float(_number(number))
        minutes += value * {"小时": 60, "钟头": 60, "h": 60, "刻": 15}.get(unit, 1)
    return timedelta(minutes=min(minutes, MOST_MINUTES)) if minutes else None


def read_date(said: str, today: date) -> date | None:
    """Read "2027-01-15", "1月15日", "12/5" (the next one) or "10天"; None where there is no such date."""
    numbers = [int(part) for part in re.findall(r"\d+", folded(said)[:MAX_DATE])]
    if re.search(r"天|day", said):
        return today + timedelta(days=numbers[0]) if numbers and numbers[0] <= MAX_DAYS else None
    try:
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 2:
            this_year = date(today.year, *numbers)
            return this_year if this_year >= today else date(today.year + 1, *numbers)
    except (ValueError, OverflowError):
        return None
    return None
