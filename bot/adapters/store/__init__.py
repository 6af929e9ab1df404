"""The store on SQLModel tables: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from bot.adapters.store.database import HEAD, connect, is_embedded, revision, without_password
from bot.adapters.store.driver.checkpoints import checkpoints
from bot.adapters.store.driver.connection import PreparedConnection
from bot.adapters.store.repositories.awards import Awards
from bot.adapters.store.repositories.contests import Contests
from bot.adapters.store.repositories.deliveries import Deliveries
from bot.adapters.store.repositories.groups import Groups
from bot.adapters.store.repositories.linking import Linking
from bot.adapters.store.repositories.live import Live
from bot.adapters.store.repositories.log import Log
from bot.adapters.store.repositories.personal_data import PersonalData
from bot.adapters.store.repositories.subscriptions import Subscriptions
from bot.errors import StoreError

__all__ = ["SqlStore", "SqlTransaction", "checkpoints", "connect", "is_embedded", "open_store"]


class SqlTransaction(Linking, Subscriptions, Deliveries, Log, PersonalData, Groups, Awards, Live, Contests):
    """One transaction on the database; see `bot.ports.Transaction`."""


class SqlStore:
    """Where everything is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[PreparedConnection] = []

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Begin a transaction that commits when the block ends and rolls back when it raises."""
        kept = self._idle.pop() if self._idle else PreparedConnection(self._engine)
        try:
            kept.begin()
            yield SqlTransaction(kept)
            kept.commit()
        except BaseException:
            kept.close()
            raise
        self._idle.append(kept)

    def close(self) -> None:
        """Let go of the database."""
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open a database that is at this version's revision.

    Raises:
        StoreError: it cannot be reached, or is at another revision.
    """
    engine = connect(url)
    found = revision(engine)
    if found != HEAD:
        engine.dispose()
        raise StoreError(
            f"{without_password(engine.url)}: the database is at revision {found or 'base (empty)'}, "
            f"this version needs {HEAD}: run tutor migrate, or the version that wrote it"
        )
    return SqlStore(engine)
