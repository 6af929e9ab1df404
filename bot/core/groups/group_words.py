"""Reads what only a group wishes, in words, and leaves the rest to the schedule: "揭晓 6小时 投票"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from bot.core.groups.group import LONGEST_REVEAL, SHORTEST_REVEAL, GroupMode
from bot.core.scheduling.time_words import read_span

_UNIT = r"(?:小[时時]|[钟鐘][头頭]|分[钟鐘]|分|刻[钟鐘]|hours?|minutes?|mins?|h|m)"
_SPAN = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|[半一二两三四五六七八九十]{{1,3}})\s?[个個]?半?\s?{_UNIT}"
_REVEAL = re.compile(
    rf"(?:(?:揭[晓曉]|公布|答案)\s*(?:延迟|时间|在)?|reveal(?:\s+after)?)\s*[::]?\s*(?P<after>{_SPAN})\s*(?:以?[后後]|之[后後]|later)?"
    rf"|(?P<before>{_SPAN})\s*(?:以?[后後]|之[后後])?\s*(?:再?(?:揭[晓曉]|公布)(?:答案)?|reveal)",
    re.IGNORECASE,
)
_MODES = (
    (re.compile(r"(?:公开)?投票(?:模式)?|\bpolls?\b", re.IGNORECASE), GroupMode.POLL),
    (
        re.compile(r"(?:私下|单独|私聊|各自)(?:作?答|回答)?(?:模式)?|\bprivate(?:ly)?\b", re.IGNORECASE),
        GroupMode.PRIVATE,
    ),
)


@dataclass(frozen=True, slots=True)
class GroupWishes:
    """What was read.

    Attributes:
        reveal_after: None where nothing was said.
        mode: None where nothing was said.
        rest: what is left, for the schedule.
        about: the words of a reveal that is too soon or too late; "" where there are none.
    """

    reveal_after: timedelta | None
    mode: GroupMode | None
    rest: str
    about: str = ""


def read_group(text: str) -> GroupWishes:
    """Read when the answer is revealed and how a group answers; the rest is returned as it was written."""
    reveal_after, about, mode = None, "", None
    match = _REVEAL.search(text)
    if match:
        reveal_after = read_span(match["after"] or match["before"])
        about = "" if reveal_after and SHORTEST_REVEAL <= reveal_after <= LONGEST_REVEAL else match.group().strip()
        text = f"{text[: match.start()]} {text[match.end() :]}"
    for pattern, meant in _MODES:
        found = pattern.search(text)
        if found:
            mode = meant
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return GroupWishes(reveal_after, mode, text.strip(), about)


def shortest_gap(times: tuple[time, ...]) -> timedelta:
    """Return the shortest time between one push and the next, by wall times on two days in a row.

    `shortest_gap((time(9), time(21)))` is 12 hours; of one time it is a day.
    """
    day = datetime(2000, 1, 1)  # noqa: DTZ001  a wall time on no particular date
    walls = [datetime.combine(day, wall) for wall in sorted(times)]
    return min(later - earlier for earlier, later in pairwise([*walls, walls[0] + timedelta(days=1)]))
