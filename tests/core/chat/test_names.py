"""What others see of a name: one short line, whatever its owner put into it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.names import MAX_NAME, shown_name

ROWS: dict[str, tuple[str, str]] = {
    "a plain name stays": ("Ann", "Ann"),
    "a Chinese name stays": ("王小明", "王小明"),
    "an emoji stays": ("小红🐟", "小红🐟"),
    "a family of emoji stays together": ("👩‍👩‍👧", "👩‍👩‍👧"),
    "lines become one": ("Ann\n第 1 名\tBob", "Ann 第 1 名 Bob"),
    "a long Latin name is cut": ("Bartholomew Featherstonehaugh", "Bartholomew Feather…"),
    "a long Chinese name is cut at as many columns": ("一二三四五六七八九十十一", "一二三四五六七八九…"),
    "text is not turned around": ("\u202eevil", "evil"),
    "what looks like nothing is nothing": ("\u3164\u200b\u2800", ""),
    "joiners alone are nothing": ("\u200d\ufe0f", ""),
    "marks do not pile up": ("a" + "\u0301" * 200, "a" + "\u0301" * 75 + "…"),
    "no name": ("", ""),
}


@pytest.mark.parametrize(("name", "expected"), ROWS.values(), ids=ROWS)
def test_a_name_is_shown_as(name: str, expected: str) -> None:
    assert shown_name(name) == expected


@given(st.text(max_size=80))
def test_any_name_is_one_short_clean_line(name: str) -> None:
    shown = shown_name(name)
    assert shown == shown.strip()
    assert len(shown.splitlines()) <= 1
    assert len(shown) <= 4 * MAX_NAME
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Co") for char in shown)
    assert shown_name(shown) == shown, "showing it twice changes nothing"
