"""What every part of a transaction stands on: one connection, and the few statements that dialects differ in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.store.tables import T
from bot.core.messages import Address


class Statements:
    """A connection inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._addresses: dict[Address, int] = {}

    def _many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run one statement for many rows, past SQLAlchemy's own handling: values are in the database's form.

        Args:
            statement: with a question mark for each value.
        """
        self._connection.exec_driver_sql(self._spelt(statement), list(rows))

    def _spelt(self, statement: str) -> str:
        """Write a statement with the placeholders that the driver wants."""
        return statement if self._is_sqlite else statement.replace("?", "%s")

    def _moment(self, at: datetime) -> object:
        """Return a moment in the database's form; see `UtcDateTime`."""
        return _written(at) if self._is_sqlite else at.astimezone(UTC).replace(tzinfo=None)

    def _insert_into(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Begin an insert that can say what to do on conflict; SQLite and PostgreSQL spell it alike."""
        return sqlite.insert(table) if self._is_sqlite else postgresql.insert(table)

    def _insert_new(self, table: Table, values: Mapping[str, object]) -> int | None:
        """Insert a row; None where a unique constraint has it already, else its id (0 where it has none)."""
        id_ = table.c.id if "id" in table.c else None
        insert = self._insert_into(table).values(**values).on_conflict_do_nothing()
        if id_ is None:
            return None if self._connection.execute(insert).rowcount == 0 else 0
        row = self._connection.execute(insert.returning(id_)).first()
        return None if row is None else int(row[0])

    def _insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Insert a row with an id, and return that id."""
        return int(self._connection.execute(table.insert().values(**values).returning(table.c.id)).scalar_one())

    def _put(self, table: Table, keys: Sequence[str], values: Mapping[str, object]) -> None:
        """Insert a row, or overwrite the one with these keys."""
        insert = self._insert_into(table).values(**values)
        changed = {name: value for name, value in values.items() if name not in keys}
        self._connection.execute(insert.on_conflict_do_update(index_elements=list(keys), set_=changed))

    def _address_id(self, address: Address) -> int:
        """Return the id of an address, creating its row where it is new."""
        known = self._addresses.get(address)
        if known is None:
            known = self._find_address(address)
        if known is None:
            values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
            known = self._insert_new(T.address, values) or self._find_address(address) or 0
        self._addresses[address] = known
        return known

    def _find_address(self, address: Address) -> int | None:
        table = T.address
        where = (
            (table.c.platform == address.platform) & (table.c.chat == address.chat) & (table.c.thread == address.thread)
        )
        return self._connection.execute(select(table.c.id).where(where)).scalar()


@lru_cache(4096)
def _written(at: datetime) -> str:
    """Write a moment as SQLAlchemy keeps it in SQLite."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
