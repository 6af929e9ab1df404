"""What the documents say to type works as typed, and the talk on the front page is what the program says today."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from bot.adapters.store import migrating
from tests.flows.transcripts import Section

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache" / "bot"
DOCUMENTS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/OPERATIONS.md", "docs/CONTENT.md")
NOT_RUN = {
    "make run": "sets up an environment from the network: the trial below does it in a clean clone",
    "make test": "runs this very test",
    "make trials": "takes long",
    "make format": "changes the checkout",
    "make layers": "is a part of make test",
    "make lock": "needs uv and the network",
    "pipx install": "installs from the network: test_installation.py does it with pip",
    "uvx ": "the same",
    "docker compose": "needs a Docker engine",
    "tutor check": "make test runs it, right before the tests",
    "tutor run": "goes to Telegram or Discord, where the documents say it",
    "sqlite3 ": "a tool that need not be here",
    "apt-get install": "changes the machine",
    "python -m benchmarks": "a measurement",
    ".venv/bin/pre-commit": "changes the hooks of the checkout",
    "tutor COMMAND": "stands for every command: test_documents.py asks each for its help",
    "tutor 命令": "the same",
    "tutor …": "the same",
}
"""How a command begins that is not run here, and why."""
PROGRAMS = r"(?:tutor|make|python3?|pipx|uvx?|docker|apt-get|sqlite3|export|eval|echo|install|\.venv/bin/\S+)"
NO_FONT = """
import sys
from bot.adapters.typesetting.typesetter import Typst
from bot.cli import main
Typst.has_cards = property(lambda self: False)
sys.exit(main())
"""
"""The program on a machine without a Chinese font, where no answer is offered as a picture."""


_BLOCK = re.compile(r"^( *)(`{3,4})(\w*)[^\n]*\n(.*?)^\1\2$", re.DOTALL | re.MULTILINE)


def blocks(document: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a document, each with what it is marked as."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [(found[3], dedent(found[4])) for found in _BLOCK.finditer(text)]


def scripts(document: str) -> Iterator[str]:
    """Yield what a document says to type: its blocks marked `sh`, and commands in the middle of a sentence."""
    yield from (body for mark, body in blocks(document) if mark == "sh")
    sentences = _BLOCK.sub("", (ROOT / document).read_text(encoding="utf-8"))
    yield from (words for words in re.findall(r"`([^`\n]+)`", sentences) if re.match(rf"{PROGRAMS} ", words))


def parted(script: str) -> tuple[list[str], list[str]]:
    """Return the lines that can be run here, and the others."""
    lines = [line for line in script.splitlines() if line.strip()]
    others = [line for line in lines if line.startswith(tuple(NOT_RUN))]
    return [line for line in lines if line not in others], others


def typed() -> Iterator[tuple[str, str]]:
    """Yield each document with a script of it, as far as it can be run here; what stands twice is run once."""
    seen: set[str] = set()
    for document in DOCUMENTS:
        for script in scripts(document):
            lines = [line.partition("  #")[0].rstrip() for line in parted(script)[0]]
            if not set(lines) <= seen:
                yield document, "\n".join(lines)
            seen |= set(lines)


TYPED = list(typed())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at this version."""
    path = tmp_path_factory.mktemp("database") / "tutor.sqlite3"
    migrating.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def checkout(tmp_path: Path, database: Path) -> Path:
    """A folder that looks like a clean clone where `make run` was typed once."""
    for name in ("bot", "tests", "benchmarks", "docs", "Makefile"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "content").mkdir()
    kept = tmp_path / ".local" / "share" / "tutor-bot"
    kept.mkdir(parents=True)
    shutil.copy(database, kept)
    (tmp_path / "notes.md").write_text("# 笔记\n\n## 什么是锚框\n\n预先铺好的框。\n", encoding="utf-8")
    programs = {"tutor": f'exec "{sys.executable}" -m bot "$@"', "editor": 'echo 123456:AA > "$1"'}
    for name, line in programs.items():
        path = tmp_path / ".venv" / "bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("document", "script"), TYPED, ids=[script.splitlines()[0][:50] for _, script in TYPED])
def test_what_is_to_be_typed_works(document: str, script: str, checkout: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    home = {"HOME": str(checkout), "XDG_DATA_HOME": "", "XDG_CACHE_HOME": str(CACHE)}
    path = f"{checkout / '.venv' / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],  # noqa: S607  whichever bash its reader has
        cwd=checkout, env={**kept, "PATH": path, **home},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, f"{document}:\n{script}\n{ended.stdout}\n{ended.stderr}"


def test_every_command_of_a_document_is_run_or_has_a_reason_why_not() -> None:
    others = {line for document in DOCUMENTS for script in scripts(document) for line in parted(script)[1]}
    assert [begin for begin in NOT_RUN if not any(line.startswith(begin) for line in others)] == []
    assert len(TYPED) >= 8
    plain = [body for document in DOCUMENTS for mark, body in blocks(document) if not mark]
    assert [body for body in plain if re.search(rf"^{PROGRAMS} ", body, re.MULTILINE)] == [], "mark the block as sh"


def test_the_talk_of_the_front_page_is_what_the_program_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    section = Section(ROOT / "README.md", "talk")
    said = "".join(f"{line}\n" for line in re.findall(r"^你> (.*)$", section.read(), re.MULTILINE))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    settings = {"XDG_CACHE_HOME": str(CACHE), "TUTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'tutor.sqlite3'}"}
    talk = subprocess.run(
        [sys.executable, "-c", NO_FONT, "chat", "--now", "2026-11-24T10:00:00+08:00"],
        cwd=ROOT, env={**kept, **settings}, input=said, check=True, capture_output=True, text=True,
    )  # fmt: skip
    if request.config.getoption("--update-golden"):
        section.write(talk.stdout.strip())
    assert section.read() == talk.stdout.strip()


@pytest.mark.trial
def test_two_words_set_up_a_clean_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)  # noqa: S607
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUTOR_", "XDG_"))}
    ran = subprocess.run(
        ["make", "run"],  # noqa: S607
        cwd=clone, env={**kept, "HOME": str(tmp_path)}, input="什么是感受野\n",
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert [f"Step {number} of 3" in ran.stdout for number in (1, 2, 3)] == [True] * 3
    assert "只有这块区域里的像素会影响该点的值" in ran.stdout
    subprocess.run([clone / ".venv" / "bin" / "tutor", "--version"], check=True)
