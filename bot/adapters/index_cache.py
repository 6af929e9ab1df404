"""The question index of a library, with what is expensive to prepare kept by content hash."""

from __future__ import annotations

from pathlib import Path

from bot.adapters import language
from bot.core.library import Library
from bot.core.retrieval import Index


def load(library: Library, folder: Path) -> Index:  # noqa: ARG001  the table of words will be kept there
    """Build the index of a library."""
    return Index.build(library, language.full())
