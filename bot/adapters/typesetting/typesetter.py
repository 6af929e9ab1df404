"""Pictures of formulas and of whole answers, each made once and kept by what it shows."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from bot.adapters.rendering.markup import shown
from bot.adapters.rendering.mathtext import MAX_LATEX
from bot.adapters.rendering.payload import Image
from bot.adapters.typesetting import latex
from bot.adapters.typesetting.memory_cache import MemoryCache, Stamp
from bot.adapters.typesetting.picture_files import PictureFiles
from bot.adapters.typesetting.typst_source import (
    CARD_PPI,
    FONTS,
    FORMULA_PPI,
    Equation,
    card_sheet,
    formula_sheet,
    latex_of,
)
from bot.adapters.typesetting.worker_process import WorkerError, WorkerProcess
from bot.core.content.document import AnswerCard, Block, Formula, Listing, Picture, Quote, Spoiler, source_text, walk

log = logging.getLogger(__name__)

LOOK: Final = 5
"""Goes into every key: raised when a sheet looks different."""
MAX_PAGES: Final = 30
MAX_CARD: Final = 60_000
"""Characters of source that are typeset; a longer answer stays text."""
MAX_FAILED: Final = 1000


class Typst:
    """Makes pictures by pandoc and typst; what cannot be made is None, and the text form serves.

    Synchronous and safe to be called from several threads; a call takes 10 s at the very most for each
    exchange with its process, and is made off the event loop.
    """

    def __init__(self, cache: Path, content: Path, worker: WorkerProcess | None = None) -> None:
        """Args: content is the folder that figures are read from, and nothing outside of it."""
        self._content = content.resolve()
        self._files = PictureFiles(cache)
        self._worker = worker or WorkerProcess()
        self._memory = MemoryCache()
        self._failed: set[str] = set()

    def close(self) -> None:
        """End the typesetting process."""
        self._worker.close()

    @cached_property
    def _version(self) -> str:
        from importlib.metadata import version  # reads about packages; asked for with the first picture

        return version("typst")

    @cached_property
    def font(self) -> str:
        """The font with Chinese characters that is used; "" where there is none."""
        try:
            there = set(self._worker.families())
        except WorkerError as error:
            log.warning("formulas and cards are shown as text: %s", error)
            return ""
        return next((font for font in FONTS if font in there), "")

    @property
    def has_cards(self) -> bool:
        """Tell whether whole answers can be typeset: that takes a font with Chinese characters."""
        return bool(self.font)

    def formula(self, written: str) -> Image | None:
        """Return a display formula as a picture on a white canvas."""
        known = self._memory.get(Formula(written))
        if known:
            return known[0]
        if len(written) > MAX_LATEX or (not written.isascii() and not self.font):
            return None
        images = self._cached(f"formula {written}", shown(written), lambda: self._formula_page(written))
        if not images:
            return None
        self._memory.put(Formula(written), images[0])
        return images[0]

    def figure(self, picture: Picture) -> Image | None:
        """Return a figure of the content."""
        known = self._known_figure(picture)
        if known:
            return known
        from bot.adapters.typesetting import raster  # Pillow is loaded with the first picture: a start has none

        path = self._path_of(picture)
        stamp, png = (_stamp(path), raster.figure(path)) if path else (None, None)
        if not png:
            return None
        image = Image(hashlib.sha256(png).hexdigest(), png, picture.alt, str(path))
        self._memory.put(picture, image, stamp)
        return image

    def is_ready(self, part: Formula | Picture | AnswerCard) -> bool:
        """Tell whether a picture is in memory; cards never are."""
        if isinstance(part, Picture):
            return self._known_figure(part) is not None
        return isinstance(part, Formula) and self._memory.get(part) is not None

    def card(self, card: AnswerCard) -> tuple[Image, ...] | None:
        """Return an answer as pages."""
        if not self.has_cards or len(source_text(card.blocks)) > MAX_CARD:
            return None
        figures = {picture: self.figure(picture) for picture in _pictures(card.blocks)}
        stamps = [image.key if image else "" for image in figures.values()]
        return self._cached(f"{card!r} {stamps}", card.title, lambda: self._card_pages(card, figures)) or None

    # --- making --------------------------------------------------------------------------------

    def _formula_page(self, written: str) -> list[bytes]:
        from bot.adapters.typesetting import raster

        code = self._codes([written]).get(written)
        if code is None:
            return []
        return [raster.tidied(page) for page in self._typeset(formula_sheet(code, self.font), {}, FORMULA_PPI)]

    def _codes(self, formulas: Sequence[str]) -> dict[str, Equation]:
        """Return formulas in typst's mathematics; those that could not be converted are left out."""
        rows = {written: latex.rows(written) for written in formulas if len(written) <= MAX_LATEX}
        found = self._converted(dict.fromkeys(part for written, parts in rows.items() for part in (written, *parts)))
        return {written: _equation(written, rows[written], found) for written in rows if written in found}

    def _converted(self, asked: Mapping[str, None]) -> dict[str, str]:
        made = self._worker.convert([latex.prepared(part) for part in asked]) if asked else []
        return {part: code for part, code in zip(asked, made, strict=True) if code}

    def _card_pages(self, card: AnswerCard, figures: dict[Picture, Image | None]) -> list[bytes]:
        from bot.adapters.typesetting import raster

        names = {picture: f"{n}.png" if image else "" for n, (picture, image) in enumerate(figures.items())}
        blocks = [_renamed(block, names) for block in card.blocks]
        files = {names[picture]: image.png for picture, image in figures.items() if image}
        sheet = partial(card_sheet, card, blocks, self._codes(latex_of(card.blocks)), self.font)
        pages = self._typeset(sheet(), files, CARD_PPI)
        if len(pages) > 1 and raster.is_nearly_empty(pages[-1]):
            tight = self._typeset(sheet(is_tight=True), files, CARD_PPI)
            pages = min(pages, tight, key=len)
        if len(pages) > MAX_PAGES:
            return []
        return [raster.tidied(page, is_cropped=len(pages) == 1) for page in pages]

    def _typeset(self, sheet: str, files: dict[str, bytes], ppi: float) -> list[bytes]:
        """Typeset in a folder of its own, with nothing in it but the figures that are shown."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "main.typ").write_text(sheet, encoding="utf-8")
            for name, png in files.items():
                (Path(folder) / name).write_bytes(png)
            return self._worker.pages(folder, ppi)

    def _known_figure(self, picture: Picture) -> Image | None:
        """Return a figure from memory, unless its file has changed since."""
        image, stamp = self._memory.get(picture) or (None, None)
        return image if image and _stamp(Path(image.path)) == stamp else None

    def _path_of(self, picture: Picture) -> Path | None:
        """Return the file of a picture if it lies within the content folder."""
        try:
            path = (self._content / picture.path).resolve()
            return path if picture.path and path.is_relative_to(self._content) and path.is_file() else None
        except (OSError, ValueError):
            return None

    # --- keeping -------------------------------------------------------------------------------

    def _cached(self, what: str, alt: str, make: Callable[[], list[bytes]]) -> tuple[Image, ...]:
        """Return pages from their files, or make them; what cannot be made is not tried again before a restart."""
        named = f"{LOOK} {self._version} {self.font} {what}"
        key = hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:40]
        if key in self._failed:
            return ()
        pages = self._files.read(key) or self._made(key, make)
        count = len(pages)
        return tuple(
            Image(
                hashlib.sha256(page).hexdigest(),
                page,
                f"{alt} ({number + 1}/{count})" if count > 1 else alt,
                str(self._files.path(key, number)),
            )
            for number, page in enumerate(pages)
        )

    def _made(self, key: str, make: Callable[[], list[bytes]]) -> list[bytes]:
        try:
            pages = make()
        except (WorkerError, OSError) as error:
            log.warning("a picture could not be made, its text is shown: %s", error)
            pages = []
        if not pages:
            if len(self._failed) < MAX_FAILED:
                self._failed.add(key)
            return []
        try:
            self._files.write(key, pages)
        except OSError as error:
            log.warning("a picture could not be kept: %s", error)
        return pages


def _equation(written: str, rows: Sequence[str], found: Mapping[str, str]) -> Equation:
    return Equation(found[written], " \\ ".join(found[part] for part in rows if part in found))


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _pictures(blocks: Sequence[Block]) -> tuple[Picture, ...]:
    return tuple(dict.fromkeys(p for block in blocks for p in walk(block) if isinstance(p, Picture)))


def _renamed(block: Block, names: dict[Picture, str]) -> Block:
    """Name pictures by their files in the folder of typesetting."""
    match block:
        case Picture(_, alt):
            return Picture(names.get(block, ""), alt)
        case Listing(items):
            return replace(block, items=tuple(tuple(_renamed(part, names) for part in item) for item in items))
        case Quote(blocks) | Spoiler(blocks) | AnswerCard(_, blocks):
            return replace(block, blocks=tuple(_renamed(part, names) for part in blocks))
        case _:
            return block
