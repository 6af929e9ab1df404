"""What the columns of every table are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator
from sqlmodel import Column, Field

from bot.adapters.store.ownership import NAMES_LEARNER
from bot.core.records.records import OwnerKind


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as naive UTC so that every database sorts it alike."""

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Return what writes a moment; for SQLite, which keeps text, at once."""
        return written if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what reads a moment; what SQLite keeps, at once."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return lambda at: moment_of(at) if at is not None else None

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Drop the zone; a naive moment is a programming fault."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Give the zone back."""
        return cast("datetime", value).replace(tzinfo=UTC) if value is not None else None


@lru_cache(4096)
def written(at: datetime | None) -> str | None:
    """Write a moment as SQLAlchemy keeps it in SQLite. Raises ValueError for a naive one, a programming fault."""
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(4096)
def moment_of(at: str | datetime) -> datetime:
    """Read a moment in a database's form: a text, or naive UTC."""
    naive = datetime.fromisoformat(at) if isinstance(at, str) else at
    return naive.replace(tzinfo=UTC)


def moment(**options: Any) -> Any:  # noqa: ANN401  a field of any model
    """Declare an aware moment."""
    return Field(sa_column=Column(UtcDateTime(), nullable=False, **options))


def moment_or_none(**options: Any) -> Any:  # noqa: ANN401  a field of any model
    """Declare an aware moment that may be missing."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=True, **options))


def reference(what: Mapping[str, object], **options: Any) -> Any:  # noqa: ANN401  a field of any model
    """Declare a column with what differs of it from others; see `bot.adapters.store.ownership`."""
    return Field(sa_column_kwargs={"info": dict(what)}, **options)


def owner_id(what: Mapping[str, object]) -> Any:  # noqa: ANN401  a field of any model
    """Declare the id of whom `owner_kind` says: of a learner, or of a group, so that no foreign key can be there."""
    return reference({NAMES_LEARNER: ("owner_kind", OwnerKind.LEARNER.value), **what})


def text() -> Any:  # noqa: ANN401  a field of any model
    """Declare a text of any length."""
    return Field(sa_column=Column(Text(), nullable=False))
