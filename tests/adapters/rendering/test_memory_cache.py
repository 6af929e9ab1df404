"""Pictures that were shown lately are at hand, and what is at hand is rendered without leaving the event loop."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image as Raster

from bot.adapters.rendering.off_loop import pictures_in, rendered
from bot.adapters.rendering.payload import Image
from bot.adapters.typesetting.memory_cache import MemoryCache
from bot.adapters.typesetting.typesetter import Typst
from bot.core.chat.messages import Reply
from bot.core.content.document import AnswerCard, Block, Formula, Listing, Math, Paragraph, Picture, Quote, paragraph
from bot.ports import Typesetter
from tests.adapters.rendering.conftest import Drawing

FIGURE, TALL = Picture("a.png", "图"), Formula(r"\sum_{i=1}^{n} x_i^2")
FLAT = Formula("a = b")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one figure."""
    folder = tmp_path / "content"
    folder.mkdir()
    Raster.new("RGB", (40, 30), "white").save(folder / "a.png")
    return folder


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((paragraph("只有字"),), ()),
        ((Paragraph((Math("x^2"),)),), ()),
        ((FLAT,), ()),
        ((TALL, FIGURE), (TALL, FIGURE)),
        ((Listing(((FIGURE,), (paragraph("x"), TALL))),), (FIGURE, TALL)),
        ((Quote((TALL,)),), (TALL,)),
        ((AnswerCard("题", (paragraph("x"),)),), (AnswerCard("题", (paragraph("x"),)),)),
    ],
)
def test_parts_that_are_drawn_are_found(blocks: tuple[Block, ...], expected: tuple[Block, ...]) -> None:
    assert pictures_in(Reply(blocks)) == expected
    assert pictures_in(Reply((), more=blocks)) == expected


@pytest.mark.parametrize(
    ("blocks", "is_here"),
    [((paragraph("x"),), True), ((FIGURE,), True), ((FIGURE, FLAT), True), ((FIGURE, TALL), False)],
    ids=["words", "at hand", "a line of mathematics", "to be made"],
)
async def test_only_what_must_be_made_leaves_the_loop(blocks: tuple[Block, ...], is_here: bool) -> None:
    threads: list[int] = []

    def render(reply: Reply, _: Typesetter | None) -> Reply:
        threads.append(threading.get_ident())
        return reply

    assert await rendered(render, Reply(blocks), Drawing()) == Reply(blocks)
    assert (threads == [threading.get_ident()]) is is_here


def test_a_figure_is_at_hand_once_it_was_shown_and_until_its_file_changes(content: Path, tmp_path: Path) -> None:
    typst = Typst(tmp_path / "cache", content)
    assert not typst.is_ready(FIGURE)
    first = typst.figure(FIGURE)
    assert typst.is_ready(FIGURE)
    assert typst.figure(FIGURE) is first
    Raster.new("RGB", (80, 30), "black").save(content / "a.png")
    assert not typst.is_ready(FIGURE)
    second = typst.figure(FIGURE)
    assert first
    assert second
    assert first.key != second.key
    (content / "a.png").unlink()
    assert not typst.is_ready(FIGURE)
    assert typst.figure(FIGURE) is None


def test_a_formula_is_at_hand_once_it_was_made(content: Path, tmp_path: Path) -> None:
    typst = Typst(tmp_path / "cache", content)
    try:
        assert not typst.is_ready(TALL)
        made = typst.formula(TALL.latex)
        assert typst.is_ready(TALL)
        assert typst.formula(TALL.latex) is made
        assert not typst.is_ready(AnswerCard("题", (TALL,)))
    finally:
        typst.close()


def test_those_asked_for_longest_ago_make_room() -> None:
    hand = MemoryCache(max_bytes=25)
    for name in "abc":
        hand.put(Formula(name), Image(name, b"0123456789", name))
    assert [name for name in "abc" if hand.get(Formula(name))] == ["b", "c"]
    assert hand.get(Formula("b"))
    hand.put(Formula("d"), Image("d", b"0123456789", "d"))
    assert [name for name in "bcd" if hand.get(Formula(name))] == ["b", "d"]
    hand.put(Formula("b"), Image("b", b"0", "b"))  # smaller now
    hand.put(Formula("e"), Image("e", b"0123456789", "e"))
    assert [name for name in "bde" if hand.get(Formula(name))] == ["b", "d", "e"]
    hand.put(Formula("f"), Image("f", b"0" * 26, "f"))  # too large to be kept at all
    assert not any(hand.get(Formula(name)) for name in "bdef")
