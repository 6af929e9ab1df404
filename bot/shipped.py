"""The folders that come with the program: inside it where it is installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder of this name: `content` or `migrations`."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def is_installed() -> bool:
    """Tell an installed program, whose own folders are nobody's to write into, from a checkout."""
    return (PACKAGE / "content").is_dir()
