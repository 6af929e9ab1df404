"""Where finished pictures are kept: pages by key, as files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path


class PictureFiles:
    """Pages on disk. Several processes may share the folder, and it may be emptied at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str, number: int) -> Path:
        """Return where a page lies, or would."""
        return self._folder / f"{key}-{number:02}.png"

    def read(self, key: str) -> list[bytes]:
        """Return the pages kept under a key, none where there is none."""
        pages: list[bytes] = []
        try:
            while True:
                pages.append(self.path(key, len(pages)).read_bytes())
        except OSError:
            return pages

    def write(self, key: str, pages: Sequence[bytes]) -> None:
        """Keep pages; the first is written last, since reading begins with it. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number, page in reversed(list(enumerate(pages))):
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "wb") as part:
                part.write(page)
            Path(name).replace(self.path(key, number))
