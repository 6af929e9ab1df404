"""Every concept, passage and question of the pack, and an imported document, on every platform."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.adapters.chats.discord.sending import render as discord
from bot.adapters.chats.telegram import render as telegram
from bot.adapters.importing import reader
from bot.adapters.rendering.markup import is_flat
from bot.adapters.rendering.mathtext import to_unicode
from bot.core.chat.messages import Reply
from bot.core.content.document import Formula, Picture
from bot.core.content.library import Library
from tests.adapters.rendering.conftest import (
    Drawing,
    blocks_of,
    judged,
    replies_of,
    seen_in_discord,
    seen_in_terminal,
    units,
    words_of,
)

WILD = Path(__file__).parent / "wild.md"
ARTEFACT = re.compile(r"\\|\$|\*\*|```|\]\(|^#{1,6} |</?(?:b|i|code|pre)>|&(?:lt|gt|amp);", re.MULTILINE)


@pytest.fixture(scope="module")
def imported() -> Library:
    library, _ = reader.read_document(WILD)
    return library


@pytest.fixture(params=["pack", "imported"], ids=["of the pack", "of an imported document"])
def library(request: pytest.FixtureRequest) -> Library:
    found: Library = request.getfixturevalue(request.param)
    return found


def _faults(name: str, reply: Reply, seen: str) -> Iterable[str]:
    """Yield what is wrong with what a reader sees."""
    yield from (f"{name}: {found[0]!r} is seen" for found in ARTEFACT.finditer(seen))
    flat = re.sub(r"\s+", "", seen)
    missing = (words for words in words_of(reply) if re.sub(r"\s+", "", words) not in flat)
    yield from (f"{name}: {words!r} is not seen" for words in missing)
    formulas = (block.latex for block in blocks_of(reply) if isinstance(block, Formula))
    yield from (f"{name}: {f!r} is not seen" for f in formulas if re.sub(r"\s+", "", to_unicode(f)) not in flat)


def test_telegram_shows_all_of_it_as_text(library: Library) -> None:
    faults: list[str] = []
    for name, reply in replies_of(library):
        read = [judged(payload.text) for payload in telegram.render(reply, None)]
        faults += [f"{name}: {text}" for text in read if text["@type"] != "formattedText"]
        faults += [f"{name}: too long" for text in read if units(text["text"]) > 4096 or len(text["entities"]) > 100]
        faults += _faults(name, reply, "\n".join(text["text"] for text in read))
    assert faults == []


def test_discord_shows_all_of_it_as_text(library: Library) -> None:
    faults: list[str] = []
    for name, reply in replies_of(library):
        payloads = discord.render(reply, None)
        faults += [f"{name}: too long" for payload in payloads if units(payload.text) > discord.LIMIT]
        faults += _faults(name, reply, "\n".join(seen_in_discord(payload.text) for payload in payloads))
    assert faults == []


def test_the_terminal_shows_all_of_it(library: Library) -> None:
    faults: list[str] = []
    for name, reply in replies_of(library):
        seen = seen_in_terminal(reply)
        faults += _faults(name, reply, seen)
        faults += [f"{name}: a line begins or ends oddly: {s!r}" for s in re.findall(r"^ [^\s].*", seen, re.MULTILINE)]
    assert faults == []


@pytest.mark.parametrize("platform", [telegram, discord], ids=["telegram", "discord"])
def test_every_formula_and_figure_has_its_picture(library: Library, platform: object) -> None:
    render = telegram.render if platform is telegram else discord.render
    for name, reply in replies_of(library):
        drawing = Drawing()
        payloads = render(reply, drawing)
        blocks = tuple(blocks_of(reply))
        formulas = [b.latex for b in blocks if isinstance(b, Formula) and not is_flat(b.latex)]
        figures = [b.path for b in blocks if isinstance(b, Picture) and b.path]
        sent = [image.alt for payload in payloads for image in payload.images]
        assert sent == drawing.asked, name
        assert sorted(sent) == sorted(formulas + figures), name


def test_captions_of_telegram_fit(pack: Library) -> None:
    for _, reply in replies_of(pack):
        for payload in telegram.render(reply, Drawing()):
            if payload.images:
                assert units(judged(payload.text)["text"]) <= 1024
