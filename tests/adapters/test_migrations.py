from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.adapters import migrate
from bot.adapters.store import connect, open_store
from bot.adapters.store.tables import METADATA
from bot.errors import StoreError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tutor.sqlite3'}"


def _tables(url: str) -> set[str]:
    engine = connect(url)
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found


def test_upgraded_to_the_head_equals_the_tables(url: str) -> None:
    migrate.upgrade(url)
    engine = connect(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []
    assert migrate.current(url) == migrate.HEAD


def test_down_to_the_base_and_up_again(url: str) -> None:
    migrate.upgrade(url)
    migrate.downgrade(url, "base")
    assert _tables(url) == {"alembic_version"}
    assert migrate.current(url) is None
    migrate.upgrade(url)
    assert _tables(url) == {"alembic_version", *METADATA.tables}


def test_the_head_is_the_newest_script() -> None:
    revisions = sorted(path.name.split("_")[0] for path in (migrate.SCRIPTS / "versions").glob("*.py"))
    assert revisions[-1] == migrate.HEAD


def test_an_upgraded_database_is_left_alone(url: str) -> None:
    migrate.upgrade(url)
    before = Path(url.removeprefix("sqlite:///")).read_bytes()
    migrate.upgrade(url)
    assert Path(url.removeprefix("sqlite:///")).read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    migrate.upgrade(url)
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="does not know"):
        migrate.upgrade(url)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("sqlite:////no/such/folder/x.sqlite3", "cannot be opened"),
        ("nonsense", "no database URL"),
        ("oracle9://x", "no database URL"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(bad: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        migrate.current(bad)
    with pytest.raises(StoreError, match=words):
        open_store(bad)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    file.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        migrate.current(f"sqlite:///{file}")


def test_sqlite_is_set_up_for_one_writer(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    engine.dispose()
    assert found == ["wal", 1, 5000, 1]
