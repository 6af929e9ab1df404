from __future__ import annotations

from pathlib import Path

import pytest

from bot import app
from bot.cli import main
from bot.settings import load


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def has_font() -> bool:
    typesetter = app.load_typesetter(load())
    try:
        return typesetter.has_cards
    finally:
        typesetter.close()


@pytest.mark.parametrize("name", ["focal-loss", "Focal Loss"], ids=["an id", "a name"])
def test_a_concept_is_written_page_by_page(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not has_font():
        pytest.skip("there is no font with Chinese characters on this machine")
    assert main(["card", name, "-o", str(tmp_path / "out.png"), "--dark"]) == 0
    written = [tmp_path / "out.png", tmp_path / "out-2.png"]
    assert capsys.readouterr().out.splitlines() == [str(path) for path in written]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)


def test_an_unknown_concept_says_how_to_find_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "nonsense", "-o", str(tmp_path / "out.png")]) == 1
    assert "tutor ask" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not has_font():
        pytest.skip("there is no font with Chinese characters on this machine")
    assert main(["card", "focal-loss", "-o", str(tmp_path / "no" / "out.png")]) == 1
    assert "cannot be written" in capsys.readouterr().err
