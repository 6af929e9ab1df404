"""What lies where in a pack or document, told without anything that parses."""

from __future__ import annotations

from pathlib import Path

LEXICON_FILE = "lexicon.md"
TOPIC_FILE = "_topic.md"


def is_pack(path: Path) -> bool:
    """Tell a folder of concept files from a plain document."""
    return path.is_dir() and any(path.glob(f"*/{TOPIC_FILE}"))


def files_of_pack(folder: Path) -> list[Path]:
    """Return every file that decides what a pack teaches, in order; pictures are looked up when they are shown."""
    return sorted(folder.rglob("*.md"))


def pictures_root(path: Path) -> Path:
    """Return the folder that the pictures of a document, or of a folder of documents, are named relative to."""
    return path if path.is_dir() else path.parent
