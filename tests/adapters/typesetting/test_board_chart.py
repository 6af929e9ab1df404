"""A group's board as a picture, and as text where there is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, Group

from bot.adapters.chats.console import render
from bot.adapters.chats.discord.sending.render import render as render_discord
from bot.adapters.chats.telegram.render import render as render_telegram
from bot.adapters.typesetting.board_chart import board_code
from bot.adapters.typesetting.style import DARK, LIGHT
from bot.adapters.typesetting.typesetter import Typst
from bot.core.chat.messages import Reply
from bot.core.content.document import AnswerCard, BoardChart, paragraph, source_text

EVIL = '"]#read("/etc/passwd") $x$ <b>*a*</b>'
CHART = BoardChart(
    (
        ("1", "王小明 🐟", "34 分 · 5 题", 1.0),
        ("1", "👩‍👩‍👧", "34 分 · 5 题", 1.0),
        ("3", EVIL, "7 分 · 1 题", 0.2),
        ("12", "Ann", "0 分 · 1 题", 0.0),
    )
)


def test_everybody_has_a_place_a_name_and_a_bar() -> None:
    code = board_code(CHART, LIGHT)
    assert code.count("circle(") == 4
    assert code.count(f'fill: rgb("{LIGHT.accent}"), align(') == 3, "the first three places are filled"
    assert code.count(f'rect(width: 100.0%, height: 7.0pt, radius: 3pt, fill: rgb("{LIGHT.accent}")') == 2
    assert code.count("rect(width: 20.0%") == 1
    assert "rect(width: 0.0%" not in code
    assert '"王小明"' in code, "the fonts of cards have no emoji"
    assert '"—"' in code, "a name of emoji alone"
    assert LIGHT.accent not in board_code(CHART, DARK)


def test_a_name_is_only_ever_text() -> None:
    assert '"\\"]#read(\\"/etc/passwd\\") $x$ <b>*a*</b>"' in board_code(CHART, LIGHT)


def test_a_bar_is_never_longer_than_its_track() -> None:
    assert "rect(width: 100.0%" in board_code(BoardChart((("1", "Ann", "x", 7.5),)), LIGHT)
    assert "rect(width: 7" not in board_code(BoardChart((("1", "Ann", "x", 7.5),)), LIGHT)


def test_without_a_typesetter_it_is_lines_of_text() -> None:
    reply = Reply((AnswerCard("本周榜", (CHART, paragraph("全组"))),))
    (telegram,) = render_telegram(reply, None)
    assert "本周榜" in telegram.text
    assert "1 · 王小明 🐟 · 34 分 · 5 题" in telegram.text
    assert "&lt;b&gt;*a*&lt;/b&gt; · 7 分" in telegram.text
    assert "全组" in telegram.text
    (discord,) = render_discord(reply, None)
    assert "1 · 王小明 🐟 · 34 分 · 5 题" in discord.text
    assert r"\*a\*" in discord.text
    screen = Console(file=io.StringIO(), width=200, highlight=False, emoji=False, markup=False)
    screen.print(Group(*render.render(reply)))
    assert isinstance(screen.file, io.StringIO)
    assert "• 12 · Ann · 0 分 · 1 题" in screen.file.getvalue()
    assert "12 · Ann · 0 分 · 1 题" in source_text(reply.blocks)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_it_is_typeset_on_one_page_of_a_phones_width(tmp_path: Path, *, is_dark: bool) -> None:
    typesetter = Typst(tmp_path, tmp_path)
    try:
        if not typesetter.has_cards:
            pytest.skip("no font with Chinese characters here")
        images = typesetter.card(AnswerCard("本周榜", (CHART, paragraph("全组")), is_dark))
        assert images is not None
        (image,) = images
        assert int.from_bytes(image.png[16:20], "big") == 833
    finally:
        typesetter.close()
