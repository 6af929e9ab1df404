"""What every part of a transaction stands on: one connection, and the few statements that dialects differ in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UpdateBase, and_, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.adapters.store.columns import written
from bot.adapters.store.driver.connection import Line
from bot.adapters.store.driver.prepared import Statement
from bot.adapters.store.tables.tables import T
from bot.core.chat.messages import Address


class Statements:
    """A line inside a transaction.

    What messages, pushes and ticks need is prepared and run by the line's cursor; the rest goes through
    `_connection`, which is the same connection with SQLAlchemy's own handling.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._connection = line.connection
        self._is_sqlite = line.is_sqlite
        self._addresses: dict[Address, int] = {}

    def _first(self, statement: Statement, values: Mapping[str, object]) -> Any:  # noqa: ANN401  any columns
        """Return the first row of a statement that is built once, or None."""
        return self._line.prepared(statement).first(self._line.cursor, values)

    def _all(self, statement: Statement, values: Mapping[str, object]) -> list[Any]:
        """Return the rows of a statement that is built once."""
        return self._line.prepared(statement).all(self._line.cursor, values)

    def _run(self, statement: Statement, values: Mapping[str, object]) -> int:
        """Run a statement that is built once; return how many rows it changed."""
        self._line.prepared(statement).run(self._line.cursor, values)
        return self._line.cursor.rowcount

    def _many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run one statement for many rows, past SQLAlchemy's own handling: values are in the database's form.

        Args:
            statement: with a question mark for each value.
        """
        self._line.cursor.executemany(self._spelt(statement), rows)

    def _spelt(self, statement: str) -> str:
        """Write a statement with the placeholders that the driver wants."""
        return statement if self._is_sqlite else statement.replace("?", "%s")

    def _moment(self, at: datetime) -> object:
        """Return a moment in the database's form; see `UtcDateTime`."""
        return written(at) if self._is_sqlite else at.astimezone(UTC).replace(tzinfo=None)

    def _insert_new(self, table: Table, values: Mapping[str, object]) -> int | None:
        """Insert a row; None where a unique constraint has it already, else its id (0 where it has none)."""
        insert = self._line.prepared(_inserting_new(table, self._is_sqlite), tuple(values))
        if "id" in table.c:
            row = insert.first(self._line.cursor, values)
            return None if row is None else int(row.id)
        insert.run(self._line.cursor, values)
        return None if self._line.cursor.rowcount == 0 else 0

    def _insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Insert a row with an id, and return that id."""
        return int(self._line.prepared(_inserting(table), tuple(values)).first(self._line.cursor, values).id)

    def _put(self, table: Table, keys: Sequence[str], values: Mapping[str, object]) -> None:
        """Insert a row, or overwrite the one with these keys."""
        statement = _putting(table, tuple(keys), tuple(values), self._is_sqlite)
        self._line.prepared(statement, tuple(values)).run(self._line.cursor, values)

    def _change(self, table: Table, keys: Sequence[str], values: Mapping[str, object]) -> int:
        """Overwrite the rows with these keys; return how many there are."""
        names = tuple(name for name in values if name not in keys)
        self._line.prepared(_changing(table, tuple(keys)), names).run(self._line.cursor, values)
        return self._line.cursor.rowcount

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

    def _secret(self, name: str) -> str:
        """Return a random key of this database, made when it is first needed."""
        if known := self._first(_SECRET, {"name": name}):
            return str(known.value)
        value = secrets.token_hex(32)
        self._insert_new(T.secret, {"name": name, "value": value})
        return value

    def _find_address(self, address: Address) -> int | None:
        values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
        row = self._first(_ADDRESS, values)
        return int(row.id) if row else None


def matching(*columns: Column[Any]) -> ColumnElement[bool]:
    """Compare columns with parameters of their own names, for statements that are built once."""
    return and_(*(column == bindparam(column.name) for column in columns))


_SECRET = select(T.secret.c.value).where(matching(T.secret.c.name))
_ADDRESS = select(T.address.c.id).where(matching(T.address.c.platform, T.address.c.chat, T.address.c.thread))


def _insert_into(table: Table, is_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that can say what to do on conflict; SQLite and PostgreSQL spell it alike."""
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@cache
def _inserting(table: Table) -> ReturningInsert[Any]:
    return table.insert().returning(table.c.id)


@cache
def _inserting_new(table: Table, is_sqlite: bool) -> UpdateBase:
    insert = _insert_into(table, is_sqlite).on_conflict_do_nothing()
    return insert.returning(table.c.id) if "id" in table.c else insert


@cache
def _putting(table: Table, keys: tuple[str, ...], names: tuple[str, ...], is_sqlite: bool) -> UpdateBase:
    insert = _insert_into(table, is_sqlite)
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=list(keys), set_=changed)


@cache
def _changing(table: Table, keys: tuple[str, ...]) -> UpdateBase:
    return table.update().where(matching(*(table.c[key] for key in keys)))
