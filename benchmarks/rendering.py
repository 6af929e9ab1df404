"""What pictures and long answers cost: made for the first time, and again from the shelf.

    python -m benchmarks.rendering

Wall time, with typst and its process warm unless said otherwise; a picture made once comes from the disk.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.gallery import formulas
from bot.adapters.chats.discord.sending import render as discord
from bot.adapters.chats.telegram import render as telegram
from bot.adapters.content import pack_reader
from bot.adapters.typesetting.typesetter import Typst
from bot.core.chat.messages import Reply
from bot.core.content import presenting
from bot.core.content.document import Formula, Heading, spans
from bot.core.content.library import Library

CONTENT = Path(__file__).resolve().parent.parent / "content"
FORMULAS = 30
CARDS = 12


def main() -> int:
    """Measure and print a table."""
    library = pack_reader.load(CONTENT)
    with tempfile.TemporaryDirectory() as folder:
        typst = Typst(Path(folder), CONTENT)
        try:
            _report("start of the process, with the list of fonts", _times([lambda: typst.font]))
            _measure(library, typst)
        finally:
            typst.close()
    return 0


def _measure(library: Library, typst: Typst) -> None:
    latex = formulas(library)[-FORMULAS:]
    cards = [presenting.card(concept) for concept in library.concepts[:: len(library.concepts) // CARDS]]
    answers = [Reply((Heading(spans(c.title)), *presenting.whole(c))) for c in library.concepts]
    longest = max(answers, key=lambda reply: sum(isinstance(block, Formula) for block in reply.blocks))
    for when in ("first", "again"):
        _report(f"the answer with most pictures, {when}", _times([lambda: telegram.render(longest, typst)]))
        _report(f"a formula, {when}", _times([lambda one=one: typst.formula(one) for one in latex]))  # type: ignore[misc]
        _report(f"a card, {when}", _times([lambda one=one: typst.card(one) for one in cards]))  # type: ignore[misc]
    _report("an answer as text, Telegram", _times([lambda r=r: telegram.render(r, None) for r in answers]))  # type: ignore[misc]
    _report("an answer as text, Discord", _times([lambda r=r: discord.render(r, None) for r in answers]))  # type: ignore[misc]


def _times(acts: Sequence[Callable[[], object]]) -> list[float]:
    """Return milliseconds of each act."""
    found = []
    for act in acts:
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _report(what: str, times: Sequence[float]) -> None:
    median, worst = statistics.median(times), max(times)
    print(f"{what:<46} n={len(times):<4} median {median:8.2f} ms   worst {worst:8.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
