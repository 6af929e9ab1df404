"""Values that are expensive to make, kept on disk under a hash of all that they depend on.

Whoever can write to the folder can run code here, so it must belong to the operator.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

_PROGRAM = Path(__file__).resolve().parents[2]
_DAMAGED = (
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    OverflowError,
    TypeError,
    ValueError,
)
"""What reading a file that is cut short or of another version may raise."""

_SOURCES = frozenset({".py", ".tsv"})
"""Endings of what decides how a pack is read: code, and tables of characters and words."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the value of one kind is kept; there is never more than one.

    Attributes:
        folder: may be missing, or not writable: then nothing is kept.
        name: what is kept.
        stamp: see `stamp`.
    """

    folder: Path
    name: str
    stamp: str

    def read(self, kind: type[_T]) -> _T | None:
        """Return what is kept; None where that is nothing, damaged or something else."""
        try:
            with self._path.open("rb") as file:
                found = pickle.load(file)  # noqa: S301  the operator's own folder, see above
        except (OSError, *_DAMAGED):
            return None
        return found if isinstance(found, kind) else None

    def write(self, value: object) -> None:
        """Keep a value and drop older ones; a reader never sees half a file."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob(f"{self.name}-*"):
                old.unlink(missing_ok=True)
            whole = self._path.with_suffix(".new")
            with whole.open("wb") as file:
                pickle.dump(value, file, protocol=5)
            whole.replace(self._path)
        except OSError:
            return

    @property
    def _path(self) -> Path:
        return self.folder / f"{self.name}-{self.stamp}.pickle"


def stamp(*parts: str, files: Iterable[tuple[str, Path]]) -> str:
    """Return a hash of some words, of files with what they are called, and of every library that is installed.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    for word in (*parts, sys.version, *_installed()):
        digest.update(f"{len(word)} {word}".encode("utf-8", "surrogateescape"))
    for name, path in files:
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:24]


def program() -> Iterator[tuple[str, Path]]:
    """Yield every file of the program with its name: whatever of it reads and indexes, wherever it is moved to."""
    for file in sorted(_PROGRAM.rglob("*")):
        if file.suffix in _SOURCES:
            yield file.relative_to(_PROGRAM).as_posix(), file


@cache
def _installed() -> tuple[str, ...]:
    """Return the folders that name each installed package with its version: one look, where asking for each costs."""
    folders = (Path(entry) for entry in sys.path if entry)
    return tuple(
        sorted(
            item.name
            for folder in folders
            if folder.is_dir()
            for item in folder.iterdir()
            if item.suffix in (".dist-info", ".egg-info")
        )
    )
