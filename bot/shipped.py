"""The folders that come with the program: inside it where it is installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from bot.errors import TutorError

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder of this name: `content` or `migrations`."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def own(path: Path) -> Path:
    """Return a path that may be written to. Raises TutorError for one inside a program that was installed."""
    is_installed = shipped("content").parent == PACKAGE
    if is_installed and path.resolve().is_relative_to(PACKAGE):
        raise TutorError(
            f"{path} came with the program and is not written to: "
            "make a copy of the pack and let TUTOR_CONTENT name it, or work in a checkout"
        )
    return path
