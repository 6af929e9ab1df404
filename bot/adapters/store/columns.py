"""What the columns of every table are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator
from sqlmodel import Column, Field


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as naive UTC so that every database sorts it alike."""

    impl = DateTime
    cache_ok = True

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


def moment(**options: Any) -> Any:  # noqa: ANN401  a field of any model
    """Declare an aware moment."""
    return Field(sa_column=Column(UtcDateTime(), nullable=False, **options))


def moment_or_none(**options: Any) -> Any:  # noqa: ANN401  a field of any model
    """Declare an aware moment that may be missing."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=True, **options))


def text() -> Any:  # noqa: ANN401  a field of any model
    """Declare a text of any length."""
    return Field(sa_column=Column(Text(), nullable=False))
