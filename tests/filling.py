"""Fills a database with a row of somebody's in every table, whatever tables there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Column, Engine, Row, TypeDecorator, select
from sqlmodel import SQLModel

from bot.adapters.store.ownership import NAMES_LEARNER, in_order

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NUMBERS = count(1000)
Found = Mapping[str, list[Row[Any]]]


@dataclass
class Database:
    """A database, and what one learner or another has in it.

    Attributes:
        rows: by learner and table.
    """

    engine: Engine
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def fills(self, who: str, platform: str, learner: str = "") -> int:
        """Write a row of somebody's into every table, each referring to their others; return the learner's id.

        Args:
            learner: whose the rows are, where that is somebody who has some already, on another platform.
        """
        if learner:
            for name in ("learner", "subscription", "due"):  # there is one each
                self.rows[who, name] = self.rows[learner, name]
        with self.engine.begin() as connection:
            for table in in_order(SQLModel.metadata):
                if (who, table.name) not in self.rows:
                    values = {column.name: self._value(who, column) for column in table.columns}
                    values |= {"platform": platform} if "platform" in values else {}
                    connection.execute(table.insert().values(values))
                    self.rows[who, table.name] = values
        return int(self.rows[who, "learner"]["id"])

    def _value(self, who: str, column: Column[Any]) -> object:
        for key in column.foreign_keys:
            return self.rows[who, key.column.table.name][key.column.name]
        if NAMES_LEARNER in column.info:
            return self.rows[who, "learner"]["id"]
        if column.name == "owner_kind":
            return "learner"
        number = next(NUMBERS)
        made: dict[type, object] = {
            str: f"{column.name}-{number}",
            int: number,
            float: 0.5,
            bool: False,
            date: date(2026, 1, 1) + timedelta(days=number),
            datetime: NOW,
        }
        kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        return made[kind.python_type]

    def holds(self) -> Found:
        """Return the rows of every table."""
        with self.engine.connect() as connection:
            return {table.name: list(connection.execute(select(table))) for table in in_order(SQLModel.metadata)}
