"""The question index of a library, kept on disk until the library, or anything that indexes it, changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.adapters import kept, language, word_table
from bot.adapters.sharing import shared
from bot.core import retrieval
from bot.core.library import Library
from bot.core.retrieval import Index

NAME = "index"
_EMPTY = Library((), ())


def load(library: Library, folder: Path) -> Index:
    """Take the index of a library from a folder, or build it and leave it there.

    Args:
        library: what is to be searched.
        folder: see `kept.Place`.
    """
    place = kept.Place(folder, NAME, kept.stamp(library.hash, files=_sources()))
    known = place.read(Index)
    if known is not None:
        return replace(known, library=library)
    index = shared(replace(Index.build(library, language.full()), library=_EMPTY))
    place.write(index)
    return replace(index, library=library)


def _sources() -> Iterator[tuple[str, Path]]:
    package = Path(retrieval.__file__).parent
    files = (
        *sorted(package.glob("*.py")),
        *sorted(package.parent.glob("*.py")),
        Path(language.__file__),
        Path(word_table.__file__),
        Path(language.__file__).parent / "data" / language.TABLE,
    )
    return ((f"{file.parent.name}/{file.name}", file) for file in files)
