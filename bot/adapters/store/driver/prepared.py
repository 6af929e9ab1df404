"""Statements that are written in SQLAlchemy, compiled once and then run by the driver.

An account looked up costs 5 µs of CPU in this way, 41 µs through a connection of SQLAlchemy's with the same statement,
and 128 µs through its session, which makes an instance. A message has ten to twenty statements and takes 1.4 ms of CPU
in all, so that learners would feel it where many write at once.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Dialect, Select, UpdateBase
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

AnySelect = Select[*tuple[Any, ...]]
Statement = AnySelect | UpdateBase
_Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement in a dialect, with what turns values into the database's form and back."""

    def __init__(self, statement: Statement, dialect: Dialect, names: Sequence[str] = ()) -> None:
        """Args: names are the columns that an insert or an update writes."""
        compiled = statement.compile(dialect=dialect, column_keys=list(names) or None)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101  data definitions are no Executable
        self._text = compiled.string
        self._bound: Any = {}
        self._writes: list[tuple[Any, str, _Convert]] = []
        if compiled.positiontup is not None:
            self._bound = [None] * len(compiled.positiontup)
        for place, name in enumerate(compiled.positiontup or compiled.binds):
            self._bind(place if compiled.positiontup is not None else name, compiled.binds[name], dialect)
        columns = statement.exported_columns
        row: Any = namedtuple("Row", map(str, columns.keys()))  # type: ignore[misc]  # noqa: PYI024  known at run time only
        self._made: Callable[[Sequence[Any]], Any] = row._make if len(columns) > 1 else itemgetter(0)
        self._types = [column.type for column in columns]
        self._dialect = dialect
        self._reads: list[tuple[int, Callable[[Any], Any]]] | None = None

    def _bind(self, place: int | str, parameter: BindParameter[Any], dialect: Dialect) -> None:
        """Note what stands at a place: a value of the statement itself, or one that comes with each run."""
        write = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if parameter.required:
            self._writes.append((place, parameter.key, write))
        else:
            value = parameter.effective_value
            self._bound[place] = write(value) if write else value

    def all(self, cursor: DBAPICursor, values: Mapping[str, Any]) -> list[Any]:
        """Run it; return the rows, whose columns are attributes, or the values of its only column."""
        self.run(cursor, values)
        found = cursor.fetchall()
        if not found:
            return []
        if self._reads is None:
            codes = [column[1] for column in cursor.description or ()]  # drivers say which of several forms they give
            reads = [_from(*pair, self._dialect) for pair in zip(self._types, codes, strict=True)]
            self._reads = [(place, read) for place, read in enumerate(reads) if read]
        return [self._made(_read(row, self._reads)) for row in found] if self._reads else [*map(self._made, found)]

    def run(self, cursor: DBAPICursor, values: Mapping[str, Any]) -> None:
        """Run it. Raises the driver's own errors."""
        cursor.execute(self._text, self._filled(values))

    def many(self, cursor: DBAPICursor, values: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of many values. Raises the driver's own errors."""
        if isinstance(self._bound, dict):
            cursor.executemany(self._text, [self._filled(each) for each in values])
        else:
            cursor.executemany(self._text, list(zip(*self._columns(values), strict=True)))

    def _columns(self, values: Sequence[Mapping[str, Any]]) -> list[Iterable[Any]]:
        """Return what stands at each place, for all values: a quarter of the time that one after the other takes."""
        columns: list[Iterable[Any]] = [repeat(value, len(values)) for value in self._bound]
        for place, name, write in self._writes:
            column = map(itemgetter(name), values)
            columns[place] = map(write, column) if write else column
        return columns

    def _filled(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  what the driver wants: a list or a mapping
        bound = self._bound.copy()
        for place, name, write in self._writes:
            bound[place] = write(values[name]) if write else values[name]
        return bound


def _read(row: Sequence[Any], reads: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, read in reads:
        if values[place] is not None:
            values[place] = read(values[place])
    return values


def _from(kind: TypeEngine[Any], code: object, dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, code)
