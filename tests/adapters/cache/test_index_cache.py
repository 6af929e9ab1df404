"""The kept index answers as a fresh one does, and nothing on disk can stop the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.cache import index_cache
from bot.core.content.library import Library

QUERIES = ("感授野怎么算", "卷积", "今天天气怎么样", "kongdong juanji")


def test_a_kept_index_decides_as_a_fresh_one(pack: Library, tmp_path: Path) -> None:
    fresh = index_cache.load(pack, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    kept = index_cache.load(pack, tmp_path)
    assert kept is not fresh
    assert [kept.search(query) for query in QUERIES] == [fresh.search(query) for query in QUERIES]


def test_another_library_has_another_index(pack: Library, tmp_path: Path) -> None:
    index_cache.load(pack, tmp_path)
    fewer = replace(pack, concepts=pack.concepts[:5])
    assert len(index_cache.load(fewer, tmp_path).library.concepts) == 5
    assert len(list(tmp_path.iterdir())) == 1, "the older one is dropped"


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05N."])
def test_a_damaged_file_is_replaced(damage: bytes, pack: Library, tmp_path: Path) -> None:
    small = replace(pack, concepts=pack.concepts[:3])
    index_cache.load(small, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert index_cache.load(small, tmp_path).library == small
    assert path.stat().st_size > 100


def test_a_folder_that_cannot_be_written_is_no_fault(pack: Library, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert index_cache.load(replace(pack, concepts=pack.concepts[:3]), blocked).search("x").query == "x"
