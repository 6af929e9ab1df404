"""The rules of the house that a test can hold; what ruff, mypy and import-linter hold is not repeated here."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
LONGEST_FILE = 300
FULLEST_FOLDER = 15
MOST_COMPLEX = 10
"""As radon counts it, `and` and `or` included."""

SAY_NOTHING = frozenset({"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"})
OUTGROWN = frozenset(
    {
        *("kept", "coming", "visit", "lanes", "line", "said_times", "said_schedule", "live_said", "at_hand", "shelf"),
        *("press", "ink", "desk", "board", "parts", "pieces", "wild", "drawing", "place", "asides", "giving", "owning"),
        "own_data",
    }
)
"""Names that nobody would guess; each has a better one by now."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_a_reader_holds() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_folder_is_a_drawer() -> None:
    files = (path for path in (ROOT / "bot").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    counts = Counter(shown(path.parent) for path in files)
    assert {folder: count for folder, count in counts.items() if count > FULLEST_FOLDER} == {}


def test_nothing_is_more_complex_than_a_reader_holds() -> None:
    found = {
        f"{shown(path)}:{block.lineno} {block.fullname}": block.complexity
        for path in SOURCES
        for block in cc_visit(path.read_text(encoding="utf-8"))
        if block.complexity > MOST_COMPLEX
    }
    assert found == {}


def classes(path: Path) -> Iterator[str]:
    found = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef))
    return (node.name.lower() for node in found)


@pytest.mark.parametrize("folder", ["bot", "tests", "benchmarks"])
def test_files_are_called_by_the_words_of_the_field(folder: str) -> None:
    files = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py")]
    called = {path: {path.stem.removeprefix("test_").removeprefix("importer_"), path.parent.name} for path in files}
    assert {path.as_posix() for path, names in called.items() if names & (SAY_NOTHING | OUTGROWN)} == set()


def test_classes_are_called_by_the_words_of_the_field() -> None:
    assert [f"{shown(path)}: {name}" for path in SOURCES for name in classes(path) if name in OUTGROWN] == []
