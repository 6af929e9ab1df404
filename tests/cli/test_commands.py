"""Every command is found by its word, and loads what it needs and no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS, build_parser, main

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


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_known_alone_as_it_is_among_all(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for parser in (build_parser(command), build_parser(*COMMANDS)):
        with pytest.raises(SystemExit) as ended:
            parser.parse_args([command, "--help"])
        assert ended.value.code == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


@pytest.mark.parametrize("words", [["nonsense"], ["--nonsense"], [""]])
def test_what_is_no_command_is_answered_with_all_of_them(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: tutor" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_all_of_them_are_listed_without_loading_one(words: list[str]) -> None:
    listing = f"""
import atexit, sys
from bot.cli import main
atexit.register(lambda: print(sorted(name for name in sys.modules if name.startswith("bot")), file=sys.stderr))
main({words})
"""
    ran = subprocess.run([sys.executable, "-c", listing], cwd=ROOT, check=True, capture_output=True, text=True)
    assert [name for name in COMMANDS if f"\n    {name}" not in ran.stdout] == []
    assert ran.stderr.strip() == str(["bot", "bot.cli", "bot.errors"])


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("ask", {"sqlalchemy", "sqlmodel", "bot.app", *PARSERS, *PICTURES, *OTHERS}),
        ("grade", {"sqlalchemy", "numpy", "bot.app", "bot.core.retrieval", *PARSERS, *PICTURES, *OTHERS}),
        ("check", {"sqlalchemy", "bot.app", "bot.core.retrieval", *OTHERS}),
    ],
)
def test_what_looks_something_up_loads_no_chat_and_no_database(command: str, unneeded: set[str]) -> None:
    given = {"ask": ["ask", "感受野"], "grade": ["grade", os.devnull], "check": ["check", "--errata"]}[command]
    show = f"import sys, json; from bot.cli import main; main({given}); print(json.dumps(sorted(sys.modules)))"
    environment = {**os.environ, "XDG_CACHE_HOME": str(CACHE)}
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", show], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    assert set(json.loads(ran.stdout.splitlines()[-1])) & unneeded == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    assert all(option in script for option in ("accept", "errata", "retention", "quick"))


@pytest.mark.parametrize(
    ("typed", "completed"), [(("tutor", "comp"), "completion"), (("tutor", "check", "--err"), "--errata")]
)
def test_bash_completes_a_command_and_an_option(
    typed: tuple[str, ...], completed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bash = shutil.which("bash") or pytest.skip("there is no bash here")
    main(["completion", "bash"])
    script = tmp_path / "completion.sh"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    words = f"COMP_WORDS=({' '.join(typed)}); COMP_CWORD={len(typed) - 1}"
    press_tab = f"source {script}; {words}; _shtab_tutor; echo ${{COMPREPLY[@]}}"
    ran = subprocess.run([bash, "-c", press_tab], check=True, capture_output=True, text=True)
    assert ran.stdout.split() == [completed]


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
    assert {name for name in loaded if name.startswith("bot.cli.")} == {"bot.cli.run"}


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
