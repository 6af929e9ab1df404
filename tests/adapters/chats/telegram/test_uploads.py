from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.chats.telegram.sending import uploads
from bot.adapters.chats.telegram.sending.uploads import Uploads


def test_what_was_uploaded_is_known_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "telegram-1.jsonl"
    first = Uploads(path)
    first.keep("a", "1")
    first.keep("b", "2")
    assert first.forget("a")
    assert not first.forget("a")
    again = Uploads(path)
    assert (again.get("a"), again.get("b")) == (None, "2")
    assert path.read_text(encoding="utf-8") == '{"b": "2"}\n', "it was tidied"


@pytest.mark.parametrize("line", ['{"c": ', "[1]", '{"c": 3}', ""], ids=["cut off", "a list", "a number", "empty"])
def test_a_spoiled_line_spoils_no_other(tmp_path: Path, line: str) -> None:
    path = tmp_path / "telegram-1.jsonl"
    path.write_text(f'{{"a": "1"}}\n{line}\n{{"b": "2"}}\n', encoding="utf-8")
    kept = Uploads(path)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("1", "2", None)


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_KEPT", 2)
    kept = Uploads()
    for key in "abc":
        kept.keep(key, key)
    assert [kept.get(key) for key in "abc"] == [None, "b", "c"]


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Uploads(tmp_path / "file" / "telegram-1.jsonl")
    kept.keep("a", "1")
    assert kept.get("a") == "1"
