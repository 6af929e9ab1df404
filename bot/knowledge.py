"""Reads what the tutor knows, from the files or the cache: the library, its index, its grader.

Apart from `app`, so that a command which looks something up loads no chat and no database.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.adapters.cache import library_cache
from bot.adapters.content import folder
from bot.core.content.library import Library
from bot.errors import ContentError, Fault
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.core.grading import Grader
    from bot.core.retrieval import Index


def read_library(settings: Settings) -> tuple[Library, tuple[Fault, ...]]:
    """Read the pack, or the plain document, that the settings name, with all its faults and warnings."""
    from bot.adapters.content import pack_reader
    from bot.adapters.importing import reader

    path = settings.content
    return pack_reader.read(path) if folder.is_pack(path) else reader.read_document(path)


def load_library(settings: Settings) -> Library:
    """Read the document, or the pack unless the cache has it. Raises ContentError with every serious fault."""
    parse = partial(_parsed, settings)
    is_pack = folder.is_pack(settings.content)
    return library_cache.load(settings.content, settings.cache_folder, parse) if is_pack else parse()


def _parsed(settings: Settings) -> Library:
    library, faults = read_library(settings)
    serious = [fault for fault in faults if not fault.is_warning]
    if serious:
        raise ContentError(serious)
    return library


def load_index(settings: Settings, library: Library) -> Index:
    """Build the question index, or take it from the cache."""
    from bot.adapters.cache import index_cache

    return index_cache.load(library, settings.cache_folder)


def load_grader(library: Library) -> Grader:
    """Make the grader of a library."""
    from bot.adapters.content import language
    from bot.core.grading import Grader

    return Grader(library.lexicon, language.characters())
