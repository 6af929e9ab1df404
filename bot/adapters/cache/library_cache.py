"""A pack that has been read; kept on disk until a file of it, or anything that reads it, changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.adapters.cache import disk_cache
from bot.adapters.content.folder import files_of_pack
from bot.core.content.library import Library

NAME = "library"


def load(pack: Path, folder: Path, parse: Callable[[], Library]) -> Library:
    """Take a pack from a folder, or read it and leave it there.

    Args:
        pack: the folder of topics.
        folder: see `disk_cache.Slot`.
        parse: reads the pack; what it raises is raised, and nothing is kept then.
    """
    try:
        place = _place(pack, folder)
    except OSError:  # a file that cannot be read is a fault with a line, which `parse` tells
        return parse()
    known = place.read(Library)
    if known is not None:
        return known
    library = parse()
    if _is_still(place, pack):
        place.write(_bare(library))
    return library


def _is_still(place: disk_cache.Slot, pack: Path) -> bool:
    """Tell whether no file was changed while all were read."""
    try:
        return _place(pack, place.folder) == place
    except OSError:
        return False


def _bare(library: Library) -> Library:
    """Return a library without the views that it has made of itself."""
    bare = replace(library)
    _ = bare.hash  # lies in it from here on: a start need not find it again
    return bare


def _place(pack: Path, folder: Path) -> disk_cache.Slot:
    files = ((str(file.relative_to(pack)), file) for file in files_of_pack(pack))
    return disk_cache.Slot(folder, NAME, disk_cache.stamp(files=(*files, *disk_cache.program())))
