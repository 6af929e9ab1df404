"""`ask` and `eval ask` keep the form that other programs read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

KEYS = {"query", "decision", "concept", "origin", "title", "passage", "score", "facet", "note", "also", "candidates"}
CANDIDATE_KEYS = {"concept", "origin", "title", "score"}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def asked(capsys: pytest.CaptureFixture[str], *args: str) -> list[dict[str, Any]]:
    """Run `ask --json` and return what it printed."""
    assert main(["ask", "--json", *args]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_answer_has_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = asked(capsys, "GIoU 公式")
    assert set(found) == KEYS
    assert (found["decision"], found["concept"], found["facet"], found["note"]) == ("answer", "giou", "公式", None)
    assert found["origin"] == "IoU 与 GIoU 区别"
    assert "$" in found["passage"]
    assert 0 < found["score"] <= 100
    assert all(set(candidate) == CANDIDATE_KEYS for candidate in found["candidates"])


def test_lines_are_answered_in_order(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sys.stdin", io.StringIO("什么是感受野\n\n今天天气怎么样\n卷积\nBN 是什么？dropout 有什么用？\n")
    )
    found = asked(capsys, "-")
    assert [line["decision"] for line in found] == ["answer", "refuse", "refuse", "choose", "answer"]
    assert found[2]["candidates"] == []
    assert (found[2]["concept"], found[2]["origin"], found[2]["title"], found[2]["passage"]) == (None,) * 4
    assert 2 <= len(found[3]["candidates"]) <= 4
    assert [part["concept"] for part in found[4]["also"]] == ["dropout"]


@pytest.mark.parametrize(
    ("query", "said"),
    [("什么是感受野", "# 感受野"), ("卷积", "你是想问"), ("今天天气怎么样", "文档里没有")],
)
def test_a_person_reads_words(query: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", query]) == 0
    assert capsys.readouterr().out.startswith(said)


def test_the_table_has_a_row_a_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cases = [
        {"kind": "keyword", "query": "感受野", "gold": ["什么是感受野"]},
        {"kind": "oos-far", "query": "今天天气怎么样", "gold": []},
        {"kind": "typo", "query": "空洞卷积", "gold": ["什么是感受野"]},
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in cases), encoding="utf-8")
    assert main(["eval", "ask", str(path), "--errors"]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("keyword", "oos-far", "combined", "precision", "x typo: 空洞卷积"))


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "ask", "none.jsonl"]) == 1
    assert "none.jsonl" in capsys.readouterr().err
