"""Brings a database to this version's tables, and back. Alembic is only loaded where there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.adapters.store import connect
from bot.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The newest revision in migrations/versions; a test holds it."""
SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one. Raises StoreError."""
    engine = connect(url)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except DBAPIError as error:
        raise StoreError(f"{url}: the database cannot be opened ({error.orig}): check TUTOR_DATABASE_URL") from error
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(url: str) -> None:
    """Bring a database to this version.

    Raises:
        StoreError: it cannot be opened, or was written by a newer version.
    """
    if current(url) != HEAD:
        _run(url, "upgrade", "head")


def downgrade(url: str, revision: str) -> None:
    """Take a database back to a revision; "base" is empty. Raises StoreError."""
    _run(url, "downgrade", revision)


def _run(url: str, command: str, revision: str) -> None:
    from alembic import command as alembic
    from alembic.util import CommandError

    engine = connect(url)
    try:
        with engine.begin() as connection:
            config = _config(connection)
            getattr(alembic, command)(config, revision)
    except CommandError as error:
        raise StoreError(
            f"{url}: the database is at a revision this version does not know ({error}): "
            "run the version that wrote it, or restore a backup"
        ) from error
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
