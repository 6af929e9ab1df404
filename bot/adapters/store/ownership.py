"""Whose a row is: it follows from foreign keys, so that a table that is added tomorrow needs no entry anywhere.

A column *names* a learner where its foreign key is to `learner`, or where `NAMES_LEARNER` says so. A row is the
learner's whom it names; where none of its columns names anybody, it belongs to whose row it refers to: a grading to
whose the attempt is. What is so of every table:

- it is exported with its learner's data, and erased with them, along with whatever else refers to it;
- it is renamed when its learner is joined with another; where a unique key lets only one of both stand, the
  other's stays;
- it leaves with an account that is parted, where it refers to that account, else to an address on its platform, by the
  shortest way; what refers to neither stays with the learner.

What differs is declared on the column or table, with the words below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Index,
    MetaData,
    Select,
    Table,
    UniqueConstraint,
    Update,
    and_,
    false,
    or_,
    select,
    tuple_,
)
from sqlalchemy.sql.ddl import sort_tables

NAMES_LEARNER: Final = "names a learner where"
"""Of a column: (another column, its value) with which this is a learner's id, though no foreign key can say so."""
REFERS_TO: Final = "refers to"
"""Of a column: the "table.column" it refers to without a foreign key: its checks would walk through a large table."""
BLANKED: Final = "blanked"
"""Of a column: the row is a group's, and stays without the name of a learner who is forgotten."""
GIVEN_AWAY: Final = "given away as"
"""Of a column: what the row's columns become (a value, or another column's) where others' rows refer to it and its
learner is forgotten."""
LEFT_TO_LINKING: Final = "left to linking"
"""Of a column: which of two learners' rows holds, and who keeps it, the use case decides before they are joined."""
SAID_ALONE: Final = "said alone"
"""Of a column with an address: where only one learner speaks with the tutor, the row is theirs, named or not."""
MAKES_ROOM: Final = "makes room"
"""Of a column in a unique key: gets the next free number where two learners' rows would collide."""
MADE_ANEW: Final = "made anew"
"""Of a table: its rows are a fold of others, and are dropped where those others become somebody else's."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns of one table that name a row of another."""

    columns: tuple[Column[Any], ...]
    targets: tuple[Column[Any], ...]

    @property
    def target(self) -> Table:
        """The table that is referred to."""
        return self.targets[0].table

    @property
    def is_optional(self) -> bool:
        """Tell whether a row may refer to nothing."""
        return bool(self.nothing)

    @property
    def nothing(self) -> dict[str, None]:
        """What the columns of a row hold that refers to nothing."""
        return {column.name: None for column in self.columns if column.nullable}

    def to(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """Select the rows that refer to a row for which something is so."""
        named = self.columns[0] if len(self.columns) == 1 else tuple_(*self.columns)
        return named.in_(select(*self.targets).where(condition))


@dataclass(frozen=True, slots=True)
class Name:
    """A column that names a learner."""

    column: Column[Any]

    def says(self, learner_id: int) -> ColumnElement[bool]:
        """Select the rows that name a learner."""
        return and_(self.column == learner_id, *self._is_learners())

    def says_other(self, learner_id: int) -> ColumnElement[bool]:
        """Select the rows that name somebody else."""
        return and_(self.column != learner_id, *self._is_learners())

    def _is_learners(self) -> Iterator[ColumnElement[bool]]:
        if NAMES_LEARNER in self.column.info:
            kind, learner = self.column.info[NAMES_LEARNER]
            yield self.column.table.c[kind] == learner

    def doubles(self, source: int, target: int) -> Iterator[ColumnElement[bool]]:
        """Select, for each unique key, the rows that name the source and could not name the target beside its own.

        Those that make room have done so before.
        """
        for key in unique_keys(self.column.table):
            if self.column in key:
                theirs = self.column.table.alias("theirs")
                same = [theirs.c[column.name] == column for column in key if column is not self.column]
                taken = select(theirs).where(theirs.c[self.column.name] == target, *same).exists()
                yield and_(self.says(source), taken)

    def room(self) -> tuple[Column[Any], list[Column[Any]]] | None:
        """Return the column that makes room, and what else its key consists of beside the learner; None for none."""
        for key in unique_keys(self.column.table):
            for column in key:
                if MAKES_ROOM in column.info and self.column in key:
                    return column, [other for other in key if other not in (column, self.column)]
        return None


def in_order(metadata: MetaData) -> list[Table]:
    """Return the tables, those first that others refer to, by a foreign key or not."""
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    learner = metadata.tables["learner"]
    named = [(learner, table) for table in tables if names(table) and table is not learner]
    referred = [(each.target, table) for table in tables for each in references(table) if each.target is not table]
    return sort_tables(tables, extra_dependencies=[*named, *referred])


def references(table: Table) -> list[Reference]:
    """Return what a table refers to, in the order of its columns."""
    found = [
        Reference(tuple(key.columns), tuple(element.column for element in key.elements))
        for key in table.foreign_key_constraints
    ]
    for column in table.columns:
        if REFERS_TO in column.info:
            target, _, name = column.info[REFERS_TO].partition(".")
            found.append(Reference((column,), (table.metadata.tables[target].c[name],)))
    order = list(table.columns)
    return sorted(found, key=lambda reference: order.index(reference.columns[0]))


def names(table: Table) -> list[Name]:
    """Return the columns of a table that name a learner."""
    keys = (reference for reference in references(table) if reference.target.name == "learner")
    named = {reference.columns[0].name for reference in keys}
    return [Name(column) for column in table.columns if column.name in named or NAMES_LEARNER in column.info]


def unique_keys(table: Table) -> Iterator[list[Column[Any]]]:
    """Yield the columns of each key that is unique in a table."""
    yield list(table.primary_key.columns)
    yield from (list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint))
    yield from (_columns(index) for index in table.indexes if index.unique)


def _columns(index: Index) -> list[Column[Any]]:
    return list(index.columns)


def private_addresses(metadata: MetaData, learner_id: int) -> Select[Any]:
    """Select the addresses where a learner and nobody else talks with the tutor."""
    address, conversation = metadata.tables["address"], metadata.tables["conversation"]
    theirs = select(conversation.c.address_id).where(conversation.c.learner_id == learner_id)
    others = select(conversation.c.address_id).where(conversation.c.learner_id != learner_id)
    return select(address.c.id).where(address.c.id.in_(theirs), address.c.id.not_in(others))


def belongs(table: Table, learner_id: int) -> ColumnElement[bool] | None:
    """Select what of a table is a learner's; None where nothing in it can be anybody's."""
    if table.name == "learner":
        return table.c.id == learner_id
    mine = list(_naming(table, learner_id) if names(table) else _referring(table, learner_id))
    return or_(*mine) if mine else None


def _naming(table: Table, learner_id: int) -> Iterator[ColumnElement[bool]]:
    for name in names(table):
        if BLANKED not in name.column.info:
            yield name.says(learner_id)
    for column in table.columns:
        if SAID_ALONE in column.info:
            yield column.in_(private_addresses(table.metadata, learner_id))


def _referring(table: Table, learner_id: int) -> Iterator[ColumnElement[bool]]:
    for reference in references(table):
        condition = belongs(reference.target, learner_id)
        if condition is not None:
            yield reference.to(condition)


def exported(table: Table, learner_id: int) -> ColumnElement[bool] | None:
    """Select what of a table tells of a learner: what is theirs, and what of others' names them."""
    mine = belongs(table, learner_id)
    told = [name.says(learner_id) for name in names(table) if BLANKED in name.column.info]
    if mine is not None:
        told.append(mine)
    return or_(*told) if told else None


def referred_by_others(table: Table, learner_id: int) -> ColumnElement[bool]:
    """Select the rows of a table that rows of other learners refer to."""
    others = (
        select(*each.columns)
        .where(*_pairs(each), or_(*(name.says_other(learner_id) for name in names(child))))
        .exists()
        for child in table.metadata.sorted_tables
        if names(child)
        for each in references(child)
        if each.target is table
    )
    return or_(false(), *others)


def _pairs(reference: Reference) -> Iterator[ColumnElement[bool]]:
    for column, target in zip(reference.columns, reference.targets, strict=True):
        yield column == target


def leaves(table: Table, account_id: int, platform: str) -> ColumnElement[bool] | None:
    """Select what of a table goes with an account; None where it goes by the learner alone."""
    account, address = table.metadata.tables["account"], table.metadata.tables["address"]
    for goal, where in ((account, account.c.id == account_id), (address, address.c.platform == platform)):
        way = _shortest(table, goal)
        if way is not None:
            return reduce(lambda condition, reference: reference.to(condition), reversed(way), where)
    return None


def _shortest(table: Table, goal: Table) -> list[Reference] | None:
    """Return the references from a table to another, as few as can be; None where there is no way."""
    ways: list[list[Reference]] = [[]]
    while ways:
        for way in ways:
            if (way[-1].target if way else table) is goal:
                return way
        ways = [[*way, each] for way in ways for each in references(way[-1].target if way else table)]
    return None


def erasing(metadata: MetaData, seeds: Mapping[str, ColumnElement[bool]]) -> list[Delete | Update]:
    """Write what erases some rows and whatever refers to them; what may refer to nothing only lets go of them.

    Args:
        seeds: the rows, by table.
    """
    gone: dict[Table, ColumnElement[bool]] = {}
    statements: list[Delete | Update] = []
    for table in in_order(metadata):
        reaching = [(each, each.to(gone[each.target])) for each in references(table) if each.target in gone]
        going = [condition for each, condition in reaching if not each.is_optional]
        if table.name in seeds:
            going.append(seeds[table.name])
        changes = (table.update().where(where).values(each.nothing) for each, where in reaching if each.is_optional)
        statements += changes  # turned around, below: those that refer to others go first
        if going:
            gone[table] = or_(*going)
            statements.append(table.delete().where(gone[table]))
    return statements[::-1]
