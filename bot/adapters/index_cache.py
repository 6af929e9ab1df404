"""The question index of a library; what is expensive to build is kept on disk by a hash of all that it depends on."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from bot.adapters import language
from bot.core import retrieval
from bot.core.library import Library
from bot.core.retrieval import Index

PREFIX = "index-"
_EMPTY = Library((), ())
_DAMAGED = (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError)
"""What reading a file that is cut short or of another version may raise."""


def load(library: Library, folder: Path) -> Index:
    """Take the index of a library from a folder, or build it and leave it there.

    Args:
        library: what is to be searched.
        folder: may be missing, or not writable: then nothing is kept. Whoever can write to it can run code here,
            so it must belong to the operator.
    """
    path = folder / f"{PREFIX}{_fingerprint(library)}.pickle"
    kept = _read(path)
    if kept is not None:
        return replace(kept, library=library)
    index = Index.build(library, language.full())
    _write(path, replace(index, library=_EMPTY))
    return index


def _fingerprint(library: Library) -> str:
    """Return a hash of the library, of the code that indexes it and of the tables it uses."""
    parts = [library.hash.encode(), version("wordfreq").encode(), version("numpy").encode()]
    parts += (file.read_bytes() for file in _sources())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:24]


def _sources() -> Iterator[Path]:
    package = Path(retrieval.__file__).parent
    yield from sorted(package.glob("*.py"))
    yield package.parent / "language.py"
    yield Path(language.__file__).parent / "data" / language.TABLE


def _read(path: Path) -> Index | None:
    try:
        kept = pickle.loads(path.read_bytes())  # noqa: S301  the operator's own folder, see `load`
    except (OSError, *_DAMAGED):
        return None
    return kept if isinstance(kept, Index) else None


def _write(path: Path, index: Index) -> None:
    """Keep an index and drop older ones; a reader never sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{PREFIX}*"):
            old.unlink(missing_ok=True)
        whole = path.with_suffix(".new")
        whole.write_bytes(pickle.dumps(index, protocol=5))
        whole.replace(path)
    except OSError:
        return
