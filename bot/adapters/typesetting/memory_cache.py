"""The pictures that were asked for last stay in memory: a figure goes to many people on the same day."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from bot.adapters.rendering.payload import Image
from bot.core.content.document import Formula, Picture

MAX_BYTES = 4_000_000
Stamp = tuple[int, int]
"""When a file was written, in ns, and its size."""


class MemoryCache:
    """Pictures by what they show, with the stamp of the file they were made from. Safe in several threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Formula | Picture, tuple[Image, Stamp | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, shown: Formula | Picture) -> tuple[Image, Stamp | None] | None:
        """Return a picture and its stamp, None where it is not at hand."""
        with self._lock:
            found = self._kept.get(shown)
            if found:
                self._kept.move_to_end(shown)
            return found

    def put(self, shown: Formula | Picture, image: Image, stamp: Stamp | None = None) -> None:
        """Keep a picture, and let go of those that were asked for longest ago where there are too many."""
        with self._lock:
            self._drop(shown)
            self._kept[shown] = (image, stamp)
            self._bytes += len(image.png)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._kept)))

    def _drop(self, shown: Formula | Picture) -> None:
        image, _ = self._kept.pop(shown, (None, None))
        self._bytes -= len(image.png) if image else 0
