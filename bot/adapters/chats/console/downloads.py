"""Files for someone at the terminal: written beside them, never over another file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.core.chat.messages import Reply
from bot.core.content.document import File

MAX_COPIES = 1000


def saved(reply: Reply, folder: Path) -> Reply:
    """Write the files of a reply into a folder; return the reply with their paths for names."""
    blocks = tuple(replace(b, name=str(_write(b, folder))) if isinstance(b, File) else b for b in reply.blocks)
    return replace(reply, blocks=blocks)


def _write(file: File, folder: Path) -> Path:
    """Write one file under its name, or under the first numbered one that is free. Raises OSError."""
    plain = Path(file.name).name
    stem, suffix = Path(plain).stem, Path(plain).suffix
    for number in range(1, MAX_COPIES):
        path = folder / (plain if number == 1 else f"{stem}-{number}{suffix}")
        try:
            with path.open("x", encoding="utf-8") as opened:
                opened.write(file.content)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"{folder / plain}: there are {MAX_COPIES} of it: move some away")
