"""Brings a database to this version's tables, and back. Alembic is only loaded where there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.adapters.store.database import HEAD, connect, revision, without_password
from bot.errors import StoreError
from bot.shipped import shipped

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["HEAD", "SCRIPTS", "current", "downgrade", "prepare_folder", "upgrade"]

SCRIPTS = shipped("migrations")


def prepare_folder(url: str) -> None:
    """Make the folder that an SQLite file is to lie in."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one. Raises StoreError."""
    engine = connect(url)
    try:
        return revision(engine)
    finally:
        engine.dispose()


def upgrade(url: str) -> None:
    """Bring a database to this version, or leave it as it was.

    Raises:
        StoreError: it cannot be opened or changed, or was written by a newer version.
    """
    _migrate(url, "upgrade", HEAD)


def downgrade(url: str, target: str) -> None:
    """Take a database back to a revision ("base" is empty), or leave it as it was. Raises StoreError."""
    _migrate(url, "downgrade", target)


def _migrate(url: str, command: str, target: str) -> None:
    engine = connect(url)
    try:
        found = revision(engine)
        if found != target:
            _run(engine, command, found, target)
    finally:
        engine.dispose()


def _run(engine: Engine, command: str, found: str | None, target: str) -> None:
    from alembic import command as alembic
    from alembic.util import CommandError

    try:
        with engine.begin() as connection:
            getattr(alembic, command)(_config(connection), target)
    except CommandError as error:
        raise StoreError(
            f"{without_password(engine.url)}: this version does not know the way from revision {found or 'base'} to "
            f"{target} ({error}): run the version that wrote the database, restore a backup, "
            "or name a revision of migrations/versions"
        ) from error
    except DBAPIError as error:
        raise StoreError(
            f"{without_password(engine.url)}: the tables could not be changed and are as they were ({error.orig}): "
            "mend that, or let TUTOR_DATABASE_URL name a database of the tutor's own"
        ) from error


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
