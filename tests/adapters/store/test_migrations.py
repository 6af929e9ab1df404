from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text

from bot.adapters.store import connect, migrating, open_store
from bot.adapters.store.database import without_password
from bot.adapters.store.tables import METADATA
from bot.core.records.records import Owner, OwnerKind
from bot.errors import StoreError
from tests.filling import NOW, Database
from tests.postgresql import Server

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tutor.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, url: str) -> str:
    """An empty database of every kind."""
    if request.param == "sqlite":
        return url
    server: Server = request.getfixturevalue("postgresql")
    return server.url(server.make())


def _tables(url: str) -> set[str]:
    engine = connect(url)
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found


def test_upgraded_to_the_head_equals_the_tables(any_url: str) -> None:
    migrating.upgrade(any_url)
    engine = connect(any_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []
    assert migrating.current(any_url) == migrating.HEAD


def test_down_to_the_base_and_up_again(any_url: str) -> None:
    migrating.upgrade(any_url)
    migrating.downgrade(any_url, "base")
    assert _tables(any_url) == {"alembic_version"}
    assert migrating.current(any_url) is None
    migrating.upgrade(any_url)
    assert _tables(any_url) == {"alembic_version", *METADATA.tables}


def test_the_head_is_the_newest_script() -> None:
    assert ScriptDirectory(migrating.SCRIPTS).get_heads() == [migrating.HEAD]


def test_every_row_of_the_version_before_is_kept_and_no_receipt_of_somebody_who_is_gone(any_url: str) -> None:
    migrating.upgrade(any_url)
    migrating.downgrade(any_url, "0006")
    engine = connect(any_url)
    database = Database(engine)
    database.fills("ann", "console")
    before = database.holds()
    gone = database.rows["ann", "receipt"] | {"wire_id": "gone", "learner_id": 4711}
    with engine.begin() as connection:
        connection.execute(METADATA.tables["receipt"].insert().values(gone))
    engine.dispose()
    migrating.upgrade(any_url)
    assert database.holds() == before
    migrating.downgrade(any_url, "0006")
    assert database.holds() == before
    engine.dispose()


def test_a_database_that_people_used_with_the_version_before_goes_on(tmp_path: Path, url: str) -> None:
    with closing(sqlite3.connect(tmp_path / "tutor.sqlite3")) as connection:
        connection.executescript((ROOT / "tests" / "data" / "database_0006.sql").read_text())
    assert migrating.current(url) == "0006"
    migrating.upgrade(url)
    store = open_store(url)
    with store.transaction() as tx:
        ann, bob = tx.account("console", "ann"), tx.account("telegram", "bob")
        assert ann is not None
        assert bob is not None
        kept = tx.subscription(Owner(OwnerKind.LEARNER, ann.learner_id))
        assert kept is not None
        assert [due.subscription_id for due in tx.due(kept.next_at, 9)] == [kept.id]
        assert len(tx.excused(ann.learner_id)) == 12
        ((made, mark),) = tx.gradings(bob.learner_id)
        assert (made.question_id, made.id) == (tx.cards(bob.learner_id)[0].question_id, mark.attempt_id)
        tx.join(bob.learner_id, ann.learner_id)
        assert len(tx.attempts(ann.learner_id)) == 1
        tx.forget(ann.learner_id, NOW)
        assert not any(rows for rows in tx.everything(ann.learner_id).values())
    store.close()


def test_an_upgraded_database_is_left_alone(url: str) -> None:
    migrating.upgrade(url)
    before = Path(url.removeprefix("sqlite:///")).read_bytes()
    migrating.upgrade(url)
    assert Path(url.removeprefix("sqlite:///")).read_bytes() == before


@pytest.mark.parametrize(
    ("before", "loads_alembic"),
    [
        pytest.param(None, True, id="a fresh database"),
        pytest.param("0005", True, id="a database that is behind"),
        pytest.param(migrating.HEAD, False, id="a database at the head"),
    ],
)
def test_alembic_is_loaded_where_there_is_something_to_do(before: str | None, loads_alembic: bool, url: str) -> None:
    if before:
        migrating.upgrade(url)
        if before != migrating.HEAD:
            migrating.downgrade(url, before)
        assert migrating.current(url) == before
    start = (
        f"import sys; from bot.adapters import store; from bot.adapters.store import migrating; "
        f"migrating.upgrade({url!r}); "
        f"store.open_store({url!r}).close(); print('alembic' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", start], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout == f"{loads_alembic}\n"
    assert migrating.current(url) == migrating.HEAD


def test_two_processes_that_start_together_make_the_tables_once(url: str) -> None:
    start = [sys.executable, "-c", f"from bot.adapters.store import migrating; migrating.upgrade({url!r})"]
    started = [subprocess.Popen(start, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=30)[1] for process in started] == ["", ""]
    assert [process.returncode for process in started] == [0, 0]
    assert _tables(url) == {"alembic_version", *METADATA.tables}


def _write(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    migrating.upgrade(url)
    _write(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="does not know the way from revision 9999"):
        migrating.upgrade(url)
    with pytest.raises(StoreError, match=r"tutor\.sqlite3: the database is at revision 9999, this version needs"):
        open_store(url)


def test_an_empty_database_is_not_opened(url: str) -> None:
    with pytest.raises(StoreError, match=r"at revision base \(empty\).*: run tutor migrate"):
        open_store(url)


def test_a_downgrade_to_nowhere_changes_nothing(url: str) -> None:
    migrating.upgrade(url)
    with pytest.raises(StoreError, match=f"the way from revision {migrating.HEAD} to nowhere"):
        migrating.downgrade(url, "nowhere")
    assert migrating.current(url) == migrating.HEAD


def test_a_database_of_something_else_is_left_as_it_was(url: str) -> None:
    _write(url, "CREATE TABLE subscription (magazine TEXT)")
    with pytest.raises(StoreError, match=r"are as they were \(table subscription already exists\)"):
        migrating.upgrade(url)
    assert _tables(url) == {"subscription"}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("sqlite:////no/such/folder/x.sqlite3", "cannot be opened"),
        ("nonsense", "no database URL"),
        ("oracle9://x", "no database URL"),
        ("mysql://x/y", "only sqlite and postgresql are known"),
        ("postgresql+nodriver://x/y", "no database URL"),
        ("sqlite+pysqlcipher://:secret@/x", "driver of this database is missing"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(bad: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        migrating.current(bad)
    with pytest.raises(StoreError, match=words):
        open_store(bad)


def test_a_password_is_never_shown() -> None:
    assert without_password(make_url("postgresql://bob:secret@host/tutor")) == "postgresql://bob:***@host/tutor"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    file.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        migrating.current(f"sqlite:///{file}")


def test_sqlite_is_set_up_for_one_writer(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    engine.dispose()
    assert found == ["wal", 1, 5000, 1]
