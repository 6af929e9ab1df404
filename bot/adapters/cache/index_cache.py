"""The question index of a library, kept on disk until the library, or anything that indexes it, changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.adapters.cache import disk_cache
from bot.adapters.cache.interning import shared
from bot.adapters.content import language
from bot.core.content.library import Library
from bot.core.retrieval import Index

NAME = "index"
_EMPTY = Library((), ())


def load(library: Library, folder: Path) -> Index:
    """Take the index of a library from a folder, or build it and leave it there.

    Args:
        library: what is to be searched.
        folder: see `disk_cache.Slot`.
    """
    place = disk_cache.Slot(folder, NAME, disk_cache.stamp(library.hash, files=disk_cache.program()))
    known = place.read(Index)
    if known is not None:
        return replace(known, library=library)
    index = shared(replace(Index.build(library, language.full()), library=_EMPTY))
    place.write(index)
    return replace(index, library=library)
