"""Contact sheets of every display formula and every card of the pack, for a person to look at.

Run: make gallery, or .venv/bin/python -m benchmarks.gallery FOLDER
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image as Raster

from bot import app, knowledge
from bot.core.content import presenting
from bot.core.content.document import Formula, walk
from bot.core.content.library import Library
from bot.settings import load

COLUMN = 520
GAP = 12
SHEET_HEIGHT = 1500
CARD_WIDTH = 416
CARDS_A_SHEET = 8
GROUND = "#8a8f98"


def main() -> int:
    """Write the sheets into a folder and print their names."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    settings = load()
    library, typesetter = knowledge.load_library(settings), app.load_typesetter(settings)
    try:
        latex = formulas(library)
        images = [typesetter.formula(one) for one in latex]
        for one, image in zip(latex, images, strict=True):
            if image is None:
                print(f"could not be typeset: {one}")
        save(columns([image.png for image in images if image]), folder, "formulas")
        pages = [page.png for c in library.concepts for page in typesetter.card(presenting.card(c)) or ()]
        save(rows(pages), folder, "cards")
        dark = [p.png for c in library.concepts for p in typesetter.card(presenting.card(c, is_dark=True)) or ()]
        save(rows(dark[:: len(dark) // 16 or 1]), folder, "dark")
    finally:
        typesetter.close()
    return 0


def formulas(library: Library) -> list[str]:
    """Return every display formula of a library, each once."""
    blocks = (b for c in library.concepts for p in c.passages for block in p.blocks for b in walk(block))
    return list(dict.fromkeys(block.latex for block in blocks if isinstance(block, Formula)))


def columns(pngs: Sequence[bytes]) -> Iterator[Raster.Image]:
    """Yield sheets of two columns of pictures, as they come."""
    sheet, x, y = _sheet(2), GAP, GAP
    for png in pngs:
        image = _at_width(png, COLUMN)
        if y + image.height + GAP > SHEET_HEIGHT:
            x, y = x + COLUMN + GAP, GAP
        if x > 2 * COLUMN:
            yield sheet
            sheet, x, y = _sheet(2), GAP, GAP
        sheet.paste(image, (x, y))
        y += image.height + GAP
    yield sheet


def rows(pngs: Sequence[bytes]) -> Iterator[Raster.Image]:
    """Yield sheets of eight cards."""
    for at in range(0, len(pngs), CARDS_A_SHEET):
        images = [_at_width(png, CARD_WIDTH) for png in pngs[at : at + CARDS_A_SHEET]]
        sheet = Raster.new("RGB", (4 * (CARD_WIDTH + GAP) + GAP, 2 * (640 + GAP) + GAP), GROUND)
        for number, image in enumerate(images):
            sheet.paste(image, (GAP + number % 4 * (CARD_WIDTH + GAP), GAP + number // 4 * (640 + GAP)))
        yield sheet


def _sheet(count: int) -> Raster.Image:
    return Raster.new("RGB", (count * (COLUMN + GAP) + GAP, SHEET_HEIGHT), GROUND)


def _at_width(png: bytes, width: int) -> Raster.Image:
    with Raster.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    return image.resize((width, round(image.height * width / image.width)), Raster.Resampling.LANCZOS)


def save(sheets: Iterator[Raster.Image], folder: Path, name: str) -> None:
    """Write sheets as numbered files."""
    for number, sheet in enumerate(sheets, 1):
        path = folder / f"{name}-{number:02}.png"
        sheet.save(path)
        print(path)


if __name__ == "__main__":
    sys.exit(main())
