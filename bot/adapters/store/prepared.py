"""Statements that are written in SQLAlchemy Core and compiled once, then run by the driver: a tenth of the cost."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Select, UpdateBase
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | UpdateBase
_Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement in a dialect, with what turns values into the database's form and back."""

    def __init__(self, statement: Statement, dialect: Dialect, names: Sequence[str] = ()) -> None:
        """Args: names are the columns that an insert writes."""
        compiled = statement.compile(dialect=dialect, column_keys=list(names) or None)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101  data definitions are no Executable
        self._text = compiled.string
        self._is_positional = compiled.positiontup is not None
        self._binds = [
            (name, _to(compiled.binds[name].type, dialect)) for name in compiled.positiontup or compiled.binds
        ]
        columns = statement.exported_columns
        row: Any = namedtuple("Row", map(str, columns.keys()))  # type: ignore[misc]  # noqa: PYI024  known at run time only
        self._made = row._make
        self._types = [column.type for column in columns]
        self._dialect = dialect
        self._reads: list[_Convert] = []

    def all(self, cursor: DBAPICursor, values: Mapping[str, Any]) -> list[Any]:
        """Run it; return the rows, whose columns are attributes."""
        self.run(cursor, values)
        found = cursor.fetchall()
        if found and not self._reads:
            codes = [column[1] for column in cursor.description or ()]  # drivers say which of several forms they give
            self._reads = [_from(*pair, self._dialect) for pair in zip(self._types, codes, strict=True)]
        return [
            self._made([read(v) if read and v is not None else v for read, v in zip(self._reads, row, strict=True)])
            for row in found
        ]

    def first(self, cursor: DBAPICursor, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  any columns
        """Run it; return the first row, or None."""
        found = self.all(cursor, values)
        return found[0] if found else None

    def run(self, cursor: DBAPICursor, values: Mapping[str, Any]) -> None:
        """Run it. Raises the driver's own errors."""
        bound = [(name, write(values[name]) if write else values[name]) for name, write in self._binds]
        cursor.execute(self._text, [value for _, value in bound] if self._is_positional else dict(bound))


def _to(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from(kind: TypeEngine[Any], code: object, dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, code)
