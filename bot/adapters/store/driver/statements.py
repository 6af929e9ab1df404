"""What every part of a transaction stands on: one connection, and the few statements that dialects differ in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, overload

from sqlalchemy import ColumnElement, Table, UpdateBase, and_, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.adapters.store.driver.connection import PreparedConnection
from bot.adapters.store.driver.prepared import AnySelect, Statement
from bot.adapters.store.tables import AddressRow, SecretRow
from bot.core.chat.messages import Address

R = TypeVar("R")
T = TypeVar("T")


class Statements:
    """A connection inside a transaction.

    What messages, pushes and ticks need is built once, as a constant of its module, and run with values: it is
    prepared then. What is rarely needed is built where it is run, without values, and has SQLAlchemy's own handling.

    What a select of one table returns reads as that table's rows do, its columns are attributes; instances of the
    row classes would cost a tenth of a millisecond each, which is as much as three statements.
    """

    def __init__(self, kept: PreparedConnection) -> None:
        self._kept = kept
        self._connection = kept.connection
        self._is_sqlite = kept.is_sqlite
        self._addresses: dict[Address, int] = {}

    @overload
    def _first(self, statement: SelectOfScalar[R], values: Mapping[str, object] | None = None) -> R | None: ...
    @overload
    def _first(self, statement: AnySelect, values: Mapping[str, object] | None = None) -> Any: ...  # noqa: ANN401  any columns
    def _first(self, statement: AnySelect, values: Mapping[str, object] | None = None) -> Any:
        """Return the first row of a statement, or None."""
        found = self._all(statement, values)
        return found[0] if found else None

    def _one(
        self, read: Callable[[Any], T], statement: AnySelect, values: Mapping[str, object] | None = None
    ) -> T | None:
        """Return the first row of a statement as the record that it is read as, or None."""
        row = self._first(statement, values)
        return read(row) if row else None

    @overload
    def _all(self, statement: SelectOfScalar[R], values: Mapping[str, object] | None = None) -> list[R]: ...
    @overload
    def _all(self, statement: AnySelect, values: Mapping[str, object] | None = None) -> list[Any]: ...
    def _all(self, statement: AnySelect, values: Mapping[str, object] | None = None) -> list[Any]:
        """Return the rows of a statement; of a single column, its values."""
        if values is None:
            found = self._connection.execute(statement)
            return list(found.scalars() if len(statement.exported_columns) == 1 else found)
        return self._kept.prepared(statement).all(self._kept.cursor, values)

    def _run(self, statement: UpdateBase, values: Mapping[str, object] | None = None) -> int:
        """Run a statement; return how many rows it changed."""
        if values is None:
            return self._connection.execute(statement).rowcount
        self._kept.prepared(statement).run(self._kept.cursor, values)
        return self._kept.cursor.rowcount

    def _many(self, statement: Statement, values: Sequence[Mapping[str, object]]) -> None:
        """Run a statement that is built once for many rows."""
        self._kept.prepared(statement).many(self._kept.cursor, values)

    def _insert_new(self, row: type[SQLModel], values: Mapping[str, object]) -> int | None:
        """Insert a row; None where a unique constraint has it already, else its id (0 where it has none)."""
        table = table_of(row)
        insert = self._kept.prepared(_inserting_new(table, self._is_sqlite), tuple(values))
        if "id" in table.c:
            made = insert.all(self._kept.cursor, values)
            return made[0] if made else None
        insert.run(self._kept.cursor, values)
        return None if self._kept.cursor.rowcount == 0 else 0

    def _insert_new_ones(self, row: type[SQLModel], values: Sequence[Mapping[str, object]]) -> None:
        """Insert rows, but those that a unique constraint has already.

        A hundred thousand may be due in one minute: nothing is asked back of the database.
        """
        if values:
            statement = _inserting_quietly(table_of(row), self._is_sqlite)
            self._kept.prepared(statement, tuple(values[0])).many(self._kept.cursor, values)

    def _insert(self, row: type[SQLModel], values: Mapping[str, object]) -> int:
        """Insert a row with an id, and return that id."""
        insert = self._kept.prepared(_inserting(table_of(row)), tuple(values))
        return int(insert.all(self._kept.cursor, values)[0])

    def _put(self, row: type[SQLModel], keys: Sequence[str], values: Mapping[str, object]) -> None:
        """Insert a row, or overwrite the one with these keys."""
        statement = _putting(table_of(row), tuple(keys), tuple(values), self._is_sqlite)
        self._kept.prepared(statement, tuple(values)).run(self._kept.cursor, values)

    def _change(self, row: type[SQLModel], keys: Sequence[str], values: Mapping[str, object]) -> int:
        """Overwrite the rows with these keys; return how many there are."""
        names = tuple(name for name in values if name not in keys)
        self._kept.prepared(_changing(table_of(row), tuple(keys)), names).run(self._kept.cursor, values)
        return self._kept.cursor.rowcount

    def _address_id(self, address: Address) -> int:
        """Return the id of an address, creating its row where it is new."""
        known = self._addresses.get(address)
        if known is None:
            known = self._find_address(address)
        if known is None:
            values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
            known = self._insert_new(AddressRow, values) or self._find_address(address) or 0
        self._addresses[address] = known
        return known

    def _secret(self, name: str) -> str:
        """Return a random key of this database, made when it is first needed."""
        if known := self._first(_SECRET, {"name": name}):
            return known
        value = secrets.token_hex(32)
        self._insert_new(SecretRow, {"name": name, "value": value})
        return value

    def _find_address(self, address: Address) -> int | None:
        values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
        return self._first(_ADDRESS, values)


def table_of(row: type[SQLModel]) -> Table:
    """Return the table that a class of rows declares."""
    return row.metadata.tables[str(row.__tablename__)]


def matching(*columns: Any) -> ColumnElement[bool]:  # noqa: ANN401  to mypy these are what a row holds
    """Compare columns with parameters of their own names, for statements that are built once."""
    return and_(*(column == bindparam(column.key) for column in columns))


_SECRET = select(SecretRow.value).where(matching(SecretRow.name))
_ADDRESS = select(AddressRow.id).where(matching(AddressRow.platform, AddressRow.chat, AddressRow.thread))


def _insert_into(table: Table, is_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that can say what to do on conflict; SQLite and PostgreSQL spell it alike."""
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@cache
def _inserting(table: Table) -> ReturningInsert[Any]:
    return table.insert().returning(table.c.id)


@cache
def _inserting_quietly(table: Table, is_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    return _insert_into(table, is_sqlite).on_conflict_do_nothing()


@cache
def _inserting_new(table: Table, is_sqlite: bool) -> UpdateBase:
    # Not made of the one above: what an insert returns is remembered, and copied along with it.
    insert = _insert_into(table, is_sqlite).on_conflict_do_nothing()
    return insert.returning(table.c.id) if "id" in table.c else insert


@cache
def _putting(table: Table, keys: tuple[str, ...], names: tuple[str, ...], is_sqlite: bool) -> UpdateBase:
    insert = _insert_into(table, is_sqlite)
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=list(keys), set_=changed)


@cache
def _changing(table: Table, keys: tuple[str, ...]) -> UpdateBase:
    return table.update().where(*(table.c[key] == bindparam(key) for key in keys))
