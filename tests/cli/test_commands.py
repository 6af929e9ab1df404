"""Every command is found by its word, and loads what it needs and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import _COMMANDS, build_parser, main

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".pytest_cache" / "bot"

START = """
import json, sys
from bot.cli import build_parser
build_parser("run").parse_args(["run"])
from bot import app, settings
given = settings.load()
with app.closing(app.load_store(given)), app.closing(app.load_typesetter(given)) as typesetter:
    app.load_knowledge(given, typesetter)
    from bot.adapters.chats.telegram import chat
print(json.dumps(sorted(sys.modules)))
"""
PARSERS = (
    "markdown_it",
    "mdit_py_plugins",
    "yaml",
    "ruamel",
    "polib",
    "bot.adapters.content.pack_reader",
    "bot.adapters.importing.reader",
)
PICTURES = ("PIL", "typst", "pypandoc", "latex2mathml")
OTHERS = (
    "alembic",
    "discord",
    "wordfreq",
    "aiohttp.web",
    "prompt_toolkit",
)


@pytest.mark.parametrize("command", _COMMANDS)
def test_a_command_is_known_alone_as_it_is_among_all(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for parser in (build_parser(command), build_parser()):
        with pytest.raises(SystemExit) as ended:
            parser.parse_args([command, "--help"])
        assert ended.value.code == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


@pytest.mark.parametrize("words", [[], ["nonsense"], ["--nonsense"], [""]])
def test_what_is_no_command_is_answered_with_all_of_them(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m bot" in capsys.readouterr().err


def test_a_second_start_of_telegram_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")},
        "TUTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'tutor.sqlite3'}",
        "XDG_CACHE_HOME": str(CACHE),
    }
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", START], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    loaded = set(json.loads(ran.stdout))
    assert {"bot.app", "bot.core.retrieval", "bot.adapters.chats.telegram.chat"} <= loaded
    assert loaded & {*PARSERS, *PICTURES, *OTHERS} == set()
    assert {name for name in loaded if name.startswith("bot.cli.")} == {"bot.cli.chat"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [("id: iou\n", "1 fault: mend it, then run"), ("id: iou\ntitel: x\n", "2 faults: mend them, then run")],
)
def test_faults_are_counted(
    lines: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = tmp_path / "pack" / "cv"
    topic.mkdir(parents=True)
    (topic / "_topic.md").write_text("---\ntitle: 检测\n---\n", encoding="utf-8")
    (topic / "iou.md").write_text(f"---\n{lines}---\n重叠的面积除以合并的面积。\n", encoding="utf-8")
    monkeypatch.setenv("TUTOR_CONTENT", str(tmp_path / "pack"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["ask", "交并比"]) == 1
    assert told in capsys.readouterr().err
