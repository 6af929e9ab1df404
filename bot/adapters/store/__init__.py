"""The store on SQLModel tables: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bot.adapters.store.deliveries import Deliveries
from bot.adapters.store.log import Log
from bot.adapters.store.people import People
from bot.errors import StoreError

__all__ = ["SqlStore", "SqlTransaction", "connect", "open_store"]

BUSY_TIMEOUT_MS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
)


class SqlTransaction(People, Deliveries, Log):
    """One transaction on the database; see `bot.ports.Transaction`."""


class SqlStore:
    """Where everything is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Begin a transaction that commits when the block ends and rolls back when it raises."""
        with self._engine.begin() as connection:
            yield SqlTransaction(connection)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open a database that is at this version's revision.

    Raises:
        StoreError: it cannot be reached.
    """
    engine = connect(url)
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise StoreError(f"{url}: the database cannot be opened ({error.orig}): check TUTOR_DATABASE_URL") from error
    return SqlStore(engine)


def connect(url: str) -> Engine:
    """Make an engine for a URL, with SQLite set up for one writer that never waits for its readers."""
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        example = "sqlite:////var/lib/tutor/tutor.sqlite3"
        raise StoreError(f"TUTOR_DATABASE_URL: no database URL ({error}): write one such as {example}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: SqliteConnection, _: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late and is no IMMEDIATE
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
