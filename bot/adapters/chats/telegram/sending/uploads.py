"""Ids of pictures that Telegram has already, by what they show, kept over restarts: none is uploaded twice."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from pathlib import Path

log = logging.getLogger(__name__)

MAX_KEPT = 5000


class Uploads:
    """A bounded memory of file ids; a file of one JSON object a line, written as they come.

    File ids belong to one bot, so that each bot has a file of its own.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Args: path is where they are kept; None keeps them in memory only."""
        self._path = path
        self._ids: OrderedDict[str, str] = OrderedDict(_read(path)) if path else OrderedDict()
        self._trim()

    def get(self, key: str) -> str | None:
        """Return the file id of a picture."""
        return self._ids.get(key)

    def keep(self, key: str, file_id: str) -> None:
        """Remember a file id."""
        if self._ids.get(key) == file_id:
            return
        self._ids[key] = file_id
        self._trim()
        self._append({key: file_id})

    def forget(self, key: str) -> bool:
        """Drop a file id that Telegram no longer knows; tell whether there was one."""
        was_there = self._ids.pop(key, None) is not None
        if was_there:
            self._append({key: None})
        return was_there

    def _trim(self) -> None:
        while len(self._ids) > MAX_KEPT:
            self._ids.popitem(last=False)

    def _append(self, entry: dict[str, str | None]) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(entry) + "\n")
        except OSError as error:
            log.warning("%s: uploads are not remembered over a restart: %s", self._path, error)
            self._path = None


def _read(path: Path) -> dict[str, str]:
    """Read what was kept and write it down afresh, without what was dropped since."""
    ids: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ids
    except (OSError, UnicodeDecodeError) as error:
        log.warning("%s: uploads of before are forgotten: %s", path, error)
        return ids
    for line in lines:
        _take(ids, line)
    part = path.with_suffix(".part")
    try:
        part.write_text("".join(json.dumps({key: value}) + "\n" for key, value in ids.items()), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        log.warning("%s: could not be tidied: %s", path, error)
    return ids


def _take(ids: dict[str, str], line: str) -> None:
    """Add one line; a half-written one, as a crash leaves it, says nothing."""
    try:
        entry = json.loads(line)
    except ValueError:
        return
    for key, value in entry.items() if isinstance(entry, dict) else ():
        ids.pop(key, None)
        if isinstance(value, str):
            ids[key] = value
