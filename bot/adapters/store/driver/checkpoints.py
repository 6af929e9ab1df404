"""SQLite's write-ahead log is moved into the database file beside the work, never in the middle of it.

A commit that finds the log full moves all of it before it returns: a sixth of a second on an ordinary disk, for which
everybody who is just asking would wait.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import make_url

from bot.adapters.store.database import BUSY_TIMEOUT_MS, is_embedded

log = logging.getLogger(__name__)
EVERY_S = 10.0
LONG_LOG = 16_000
"""Pages. A log as long as this begins anew, for which writers have to stand still, some ten milliseconds."""


@contextmanager
def checkpoints(url: str, every_s: float = EVERY_S) -> Iterator[None]:
    """Move what is written into its place now and then, while the block runs; other databases do so themselves."""
    if not is_embedded(url):
        yield
        return
    ends = threading.Event()
    mover = threading.Thread(target=_run, args=(make_url(url).database, every_s, ends), name="checkpoints", daemon=True)
    mover.start()
    try:
        yield
    finally:
        ends.set()
        mover.join()


def _run(path: str, every_s: float, ends: threading.Event) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)) as connection:
        while not ends.wait(every_s):
            try:
                move(connection)
            except sqlite3.Error as error:  # the next commit that finds the log far too long does it all the same
                log.warning("the database's log could not be moved into its file: %s", error)


def move(connection: sqlite3.Connection, long_log: int = LONG_LOG) -> None:
    """Move what can be moved while others read and write; a long log is then begun anew.

    What was written while the most was moved is moved once more, so that little is left for the part that holds
    up writers.
    """
    if _moved(connection, "PASSIVE") > long_log:
        _moved(connection, "PASSIVE")
        _moved(connection, "RESTART")


def _moved(connection: sqlite3.Connection, how: str) -> int:
    """Return how many pages the log holds; those that were moved stay until it begins anew."""
    _is_busy, pages, _done = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
    return int(pages)
