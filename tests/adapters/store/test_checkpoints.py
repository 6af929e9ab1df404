"""The write-ahead log is moved into the database file beside the work."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.store import is_embedded
from bot.adapters.store.driver.checkpoints import checkpoints, move


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "tutor.sqlite3"


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that never moves the log itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA wal_autocheckpoint=0").close()
        connection.execute("CREATE TABLE line (words TEXT)")
        yield connection


def _write(connection: sqlite3.Connection, lines: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO line VALUES (?)", [("x" * 1000,)] * lines)
    connection.execute("COMMIT")


def _without_log(path: Path, copy: Path) -> int:
    """Count the lines of the database file alone."""
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as alone:
        return int(alone.execute("SELECT count(*) FROM line").fetchone()[0])


def test_what_is_written_arrives_in_the_file_while_the_writer_is_open(path: Path, writer: sqlite3.Connection) -> None:
    with checkpoints(f"sqlite:///{path}", every_s=0.02):
        _write(writer, 500)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            time.sleep(0.05)
            try:
                if _without_log(path, path.with_name("copy")) == 500:
                    break
            except sqlite3.DatabaseError:  # the file was read in the middle of being written
                continue
        else:
            pytest.fail("the log was never moved")


@pytest.mark.parametrize(
    ("lines", "hows"), [(10, ["PASSIVE"]), (1000, ["PASSIVE", "PASSIVE", "RESTART"])], ids=["short", "long"]
)
def test_writers_stand_still_for_a_long_log_only(
    path: Path, writer: sqlite3.Connection, lines: int, hows: list[str]
) -> None:
    asked: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as mover:
        mover.set_trace_callback(asked.append)
        _write(writer, lines)
        move(mover, long_log=100)
    assert asked == [f"PRAGMA wal_checkpoint({how})" for how in hows]


def test_a_writer_that_is_busy_is_not_waited_for(path: Path, writer: sqlite3.Connection) -> None:
    _write(writer, 10)
    writer.execute("BEGIN IMMEDIATE")
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as mover:
        started = time.monotonic()
        move(mover)
        assert time.monotonic() - started < 2


def test_a_database_that_cannot_be_read_is_told_in_the_log_and_harms_nothing(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be read as one" * 100)
    with checkpoints(f"sqlite:///{path}", every_s=0.01):
        end = time.monotonic() + 5
        while not caplog.records and time.monotonic() < end:
            time.sleep(0.01)
    assert "the database's log could not be moved into its file" in caplog.text


def test_a_server_is_left_to_itself() -> None:
    with checkpoints("postgresql+psycopg://nobody@nowhere.invalid/tutor", every_s=0.01):
        time.sleep(0.05)


def test_what_is_embedded_is_told_by_the_url() -> None:
    assert is_embedded("sqlite:////var/lib/tutor/tutor.sqlite3")
    assert not is_embedded("postgresql+psycopg://tutor@db/tutor")
