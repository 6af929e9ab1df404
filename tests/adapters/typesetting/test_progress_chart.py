"""A learner's progress as a picture."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.adapters.chats.telegram.render import render
from bot.adapters.typesetting.progress_chart import chart_code
from bot.adapters.typesetting.style import DARK, LIGHT
from bot.adapters.typesetting.typesetter import Typst
from bot.core.chat.messages import Reply
from bot.core.content.document import AnswerCard, Chart

MONDAY = date(2026, 6, 1)
DAYS = tuple(((MONDAY + timedelta(days=n)).isoformat(), n % 4) for n in range(40))
CHART = Chart(
    ("calendar", "line", "bars"), DAYS, (("06", 0.85), ("07", 0.93)), 0.9, (('"]#evil', 0.5, 0.9),), "40 days of study"
)


def test_every_day_has_a_cell_and_every_month_a_dot() -> None:
    code = chart_code(CHART, LIGHT)
    assert code.count("rect(width: 10.6pt") == len(DAYS)
    assert code.count("circle(") == 2
    assert '"\\"]#evil"' in code, "a title is only ever text"


def test_one_month_makes_no_line() -> None:
    one = Chart(CHART.titles, DAYS, (("06", 0.85),), 0.9, (), "alt")
    assert "curve(" not in chart_code(one, DARK)
    assert "bars" not in chart_code(one, DARK)


def test_without_a_typesetter_its_words_are_shown() -> None:
    (payload,) = render(Reply((AnswerCard("Progress", (CHART,)),)), None)
    assert "40 days of study" in payload.text


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_it_is_typeset_on_one_page(tmp_path: Path, *, is_dark: bool) -> None:
    typesetter = Typst(tmp_path, tmp_path)
    try:
        if not typesetter.has_cards:
            pytest.skip("no font with Chinese characters here")
        images = typesetter.card(AnswerCard("学习情况", (CHART,), is_dark))
        assert images is not None
        assert [image.alt for image in images] == ["学习情况"]
    finally:
        typesetter.close()
