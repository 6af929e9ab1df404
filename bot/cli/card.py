"""`card`: typeset a concept on phone-sized pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot import app, knowledge
from bot.cli.operators.doctor import HOW_TO_GET_A_FONT
from bot.core.content import presenting
from bot.core.content.library import Concept, Library
from bot.errors import NotFoundError, TutorError
from bot.ports import Image
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor card focal-loss -o focal-loss.png --dark"
    parser.add_argument("concept", help="the id of a concept, or one of its names")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.png", help="further pages get -2, -3")
    parser.add_argument("--dark", action="store_true", help="light letters on a dark page")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Typeset, write, and print the name of each file."""
    concept = _concept(knowledge.load_library(settings), args.concept)
    typesetter = app.load_typesetter(settings)
    try:
        if not typesetter.has_cards:
            raise TutorError(f"there is no font with Chinese characters: {HOW_TO_GET_A_FONT}; then try again")
        images = typesetter.card(presenting.card(concept, settings.language, is_dark=args.dark))
    finally:
        typesetter.close()
    if not images:
        raise TutorError(f"{concept.id} could not be typeset; the log above says why")
    for path in _write(images, args.output):
        print(path)
    return 0


def _concept(library: Library, name: str) -> Concept:
    """Return a concept by its id, title or one of its names. Raises NotFoundError."""
    known = library.by_id.get(name)
    folded = name.casefold()
    named = (c for c in library.concepts if folded in {n.casefold() for n in (c.title, c.title_en, *c.names)})
    found = known or next(named, None)
    if found is None:
        raise NotFoundError(f"{name}: no concept has this id or name: tutor ask {name!r} finds near ones")
    return found


def _write(images: tuple[Image, ...], output: Path) -> list[Path]:
    """Write pages. Raises TutorError where a file cannot be written."""
    paths = [output if n == 1 else output.with_stem(f"{output.stem}-{n}") for n in range(1, len(images) + 1)]
    try:
        for path, image in zip(paths, images, strict=True):
            path.write_bytes(image.png)
    except OSError as error:
        raise TutorError(f"{output}: cannot be written ({error}): name a file in a folder that is there") from error
    return paths
