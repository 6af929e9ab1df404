"""The stores that the contract is run over: SQLite and a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.store import open_store
from bot.ports import Store
from tests.postgresql import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, empty: Path) -> Iterator[str]:
    """A database with empty tables, of every kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(empty, tmp_path)}"
        return
    server: Server = request.getfixturevalue("postgresql")
    database: str = request.getfixturevalue("empty_postgresql")
    yield server.url(database)
    server.wipe(database)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Every kind of store."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def two_stores(url: str) -> Iterator[tuple[Store, Store]]:
    """Two stores on one database, as two processes have them."""
    opened = open_store(url), open_store(url)
    yield opened
    for one in opened:
        one.close()
