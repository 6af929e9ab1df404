"""The stores that the contract is run over; a PostgreSQL server too, where TEST_POSTGRESQL_URL names an empty one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.store import open_store
from bot.adapters.store.migrating import downgrade, upgrade
from bot.ports import Store
from tests.fakes import MemoryStore

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "")
DATABASES = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]


def _fresh(kind: str, folder: Path) -> str:
    """Return the URL of a database with empty tables."""
    url = POSTGRESQL if kind == "postgresql" else f"sqlite:///{folder / 'tutor.sqlite3'}"
    if kind == "postgresql":
        downgrade(url, "base")
    upgrade(url)
    return url


@pytest.fixture(params=["memory", *DATABASES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every kind of store."""
    opened = MemoryStore() if request.param == "memory" else open_store(_fresh(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture(params=DATABASES)
def two_stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores on one database, as two processes have them."""
    url = _fresh(request.param, tmp_path)
    opened = open_store(url), open_store(url)
    yield opened
    for one in opened:
        one.close()
