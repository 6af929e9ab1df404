"""Reaching a database: one writer at a time on SQLite and PostgreSQL alike, and the revision it is at."""

from __future__ import annotations

import time
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bot.errors import StoreError
from bot.shipped import shipped

HEAD = max(path.name for path in (shipped("migrations") / "versions").glob("[0-9]*.py")).partition("_")[0]
"""The newest revision, by the names of the scripts; a test holds that alembic finds the same."""
BUSY_TIMEOUT_MS = 5000
_EXAMPLE = "sqlite:////var/lib/tutor/tutor.sqlite3"
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    # In KiB: the system keeps the file in memory as well, and this is on top of it.
    "PRAGMA cache_size=-8000",
    # In pages, and only for what has no `checkpoints` beside it: moving the log into the file holds up the commit.
    "PRAGMA wal_autocheckpoint=32000",
)
_WRITER_LOCK = 0x7475746F72
"""Any number will do, as long as every process of the tutor names the same one."""
BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"}
"""What makes a transaction wait for every other, by dialect; psycopg begins by itself."""


def connect(url: str) -> Engine:
    """Make an engine whose transactions never interleave, whatever process they run in.

    What a transaction reads is therefore still so when it writes: a replayed message finds its receipt.

    Raises:
        StoreError: the URL is none, or names a database that the tutor does not know or has no driver for.
    """
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def is_embedded(url: str) -> bool:
    """Tell whether a database is a file that is read and written in this process, rather than a service."""
    return make_url(url).get_backend_name() == "sqlite"


def _engine(url: str) -> Engine:
    try:
        return create_engine(_known(make_url(url)))
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"TUTOR_DATABASE_URL: no database URL ({error}): write one such as {_EXAMPLE}") from error
    except ImportError as error:
        raise StoreError(
            f"TUTOR_DATABASE_URL: the driver of this database is missing ({error}): "
            f"install it beside the tutor, or write a URL such as {_EXAMPLE}"
        ) from error


def _known(url: URL) -> URL:
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise NoSuchModuleError("only sqlite and postgresql are known")
    return url


def _set_up_sqlite(connection: SqliteConnection, _: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late and is no IMMEDIATE
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()
    _use_wal(connection)


def _use_wal(connection: SqliteConnection) -> None:
    """Turn the write-ahead log on, trying again where another process is just doing so.

    SQLite answers "locked" to that at once, whatever the busy timeout.
    """
    for is_last in (*[False] * (BUSY_TIMEOUT_MS // 50), True):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except OperationalError:
            if is_last:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    """Begin as a line does, unless that has been done: SQLAlchemy tells of a transaction when it joins in."""
    if not getattr(connection.connection.dbapi_connection, "in_transaction", False):
        connection.exec_driver_sql(BEGIN[connection.dialect.name])


def without_password(url: URL) -> str:
    """Name a database in a message, its password hidden."""
    return url.render_as_string(hide_password=True)


def revision(engine: Engine) -> str | None:
    """Return the revision a database is at; None for one without tables of ours. Raises StoreError."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        raise StoreError(
            f"{without_password(engine.url)}: the database cannot be opened ({error.orig}): check TUTOR_DATABASE_URL"
        ) from error
