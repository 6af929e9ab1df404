"""What numbers are said to be of: things that are counted, and the quantity that is asked for."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.core.grading.text.word_lists import any_of, by_script

_CLASSIFIERS = "个|张|份|次|分钟|位|堆|箱|种|面|组|边|段|点(?!几)|滴|格|条|根|枚|秒|辆"
_COUNTED = "minutes?|pieces?|of the|remaining|other"
_CONCLUDES = (
    r"答案|所以|因此|因而|故|综上|最终|最后|结果|加起来|相加|合起来|应该是|应为|更正|改成|得到|得出|算出|可得|"
    r"(?<![值取获])得(?=\s*[0-9(一二三四五六七八九十百])|"
    r"answer|\bso\b|thus|therefore|hence|result|finally|in total|total|comes to|we get|gives|wait|actually"
)
_STATES = "=|≈|是|为|即|约|得|就|大概|等于|equals?|is|are|about|approximately"
_SAYS_NOTHING = (
    r"[0-9.+\-−*/^%()（）{}\\$=≈×³²\s]|分之|点|[零一二三四五六七八九十百千万亿]|约|大约|大概|是|等于|为|就|"
    r"[个种组层块格次行条位倍]"
)
_ENGLISH_SAYS_NOTHING = (
    r"[a-z]|sqrt|ln|log|exp|pi|frac|about|approx\w*|roughly|around|is|the|answer|equals?|it|its|"
    r"think|maybe|over|out|of|in|to|power|squared|cubed|minus|plus|times|percent|half|zero|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
)


class Quantities:
    """Tells what a number is of.

    Args:
        counted: things of the field that are counted without a classifier ("3 红").
        sought: quantities of the field that are asked for ("概率").

    Attributes:
        counted: matches what is counted, right behind the number.
        states: matches what stands right before a value that is stated.
        sought: found where a value is said to be what is asked for.
        concludes: found where a result is announced.
        is_bare: tells a clause that is hardly more than its value.
    """

    def __init__(self, counted: Iterable[str] = (), sought: Iterable[str] = ()) -> None:
        (things, english_things), (names, english_names) = by_script(counted), by_script(sought)
        han, latin = any_of(names), rf"(?<![a-z])(?:{any_of(english_names)})"
        self.counted = re.compile(rf"\s*(?:{_CLASSIFIERS}|{any_of(things)}|(?:{_COUNTED}|{any_of(english_things)})\b)")
        self.states = re.compile(rf"(?:{han}|{_STATES})\s*$", re.IGNORECASE)
        self.sought = re.compile(f"{han}|{latin}", re.IGNORECASE)
        self.concludes = re.compile(f"{_CONCLUDES}|总的?(?:{han})|{latin} is", re.IGNORECASE)
        english = f"{_ENGLISH_SAYS_NOTHING}|{any_of(english_names)}"
        self._nothing = re.compile(rf"{_SAYS_NOTHING}|{han}|(?<![a-z])(?:{english})(?![a-z])", re.IGNORECASE)
        self.is_bare = lru_cache(maxsize=256)(self._is_bare)

    def _is_bare(self, clause: str) -> bool:
        return not self._nothing.sub("", clause).strip("，。；;！!？?：,.:~～'")


OF_LANGUAGE = Quantities()
"""What can be told without a field."""
