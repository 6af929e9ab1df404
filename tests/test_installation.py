"""What a stranger installs: a wheel with all that the program needs, in a fresh environment, from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that the wheel is installed in; it borrows the libraries of the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True)
    (installed,) = folder.glob("lib/python*/site-packages")
    (installed / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


def tutor(environment: Path, home: Path, *words: str, given: str = "") -> str:
    """Run the installed command from an empty folder; return what it printed."""
    (home / "empty").mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUTOR_", "XDG_", "PYTHON"))}
    ended = subprocess.run(
        [environment / "bin" / "tutor", *words],
        cwd=home / "empty", env={**kept, "HOME": str(home)}, input=given, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return ended.stdout


def files(folder: Path) -> dict[str, float]:
    """Return every file with when it was written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_puts_bot_alone_among_the_packages_with_all_that_it_needs(wheel: Path) -> None:
    held = set(ZipFile(wheel).namelist())
    assert {name.split("/")[0].split("-")[0] for name in held} == {"bot", "tutor_bot"}
    for folder in ("bot", "content", "migrations"):
        wanted = [
            path.relative_to(ROOT if folder == "bot" else ROOT / folder).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.parts[-2:-1] != ("figures",)
        ]
        assert len(wanted) > 5
        assert {name if folder == "bot" else f"bot/{folder}/{name}" for name in wanted} - held == set()
    pictures = {f"bot/content/figures/{path.name}" for path in (ROOT / "content" / "figures").glob("*.png")}
    assert pictures
    assert pictures <= held
    assert [name for name in held if name.startswith("bot/content") and name.endswith(".py")] == []


def test_it_answers_from_an_empty_folder_and_writes_nothing_beside_the_code(environment: Path, tmp_path: Path) -> None:
    before = files(environment)
    assert tutor(environment, tmp_path, "ask", "什么是感受野").startswith("# 感受野\n")
    assert "今日一题" in tutor(environment, tmp_path, "chat", given="/daily\n")
    assert files(environment) == before
    assert list((tmp_path / "empty").iterdir()) == []
    assert (tmp_path / ".local" / "share" / "tutor-bot" / "tutor.sqlite3").is_file()
    assert (tmp_path / ".cache" / "tutor-bot").is_dir()


def test_what_would_write_into_the_program_is_refused(environment: Path, tmp_path: Path) -> None:
    before = files(environment)
    for words in (("content", "apply"), ("misses", "--add", "1"), ("eval", "ask", "cases.jsonl", "--fit")):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            tutor(environment, tmp_path, *words)
        assert "came with the program" in refused.value.stderr, words
    assert files(environment) == before


@pytest.mark.trial
def test_pip_installs_it_with_its_libraries_and_the_pack_has_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", ROOT], check=True)
    before = files(folder)
    assert "0 faults" in tutor(folder, tmp_path, "check")
    assert set(files(folder)) - set(before) == set()
