"""The documents keep up with the program: every command, setting and field is named in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import cli
from bot.adapters.content import schema
from bot.core.chat.command_table import written
from bot.core.chat.incidents import Incident
from bot.core.content.library import Facet
from bot.core.kinds import KINDS
from bot.core.language.wording import Wording
from bot.features.registry import COMMANDS
from bot.settings import SECRETS, Settings, known_variables

ROOT = Path(__file__).resolve().parents[1]
READMES = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
CONTENT = (ROOT / "docs" / "CONTENT.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES, ids=["English", "Chinese"])
def test_the_readme_names_every_command_and_setting(readme: str) -> None:
    assert [c.name for c in COMMANDS if f"`/{c.name}" not in readme] == []
    assert [n for n in Settings.model_fields if f"`TUTOR_{n.upper()}`" not in readme] == []
    assert [n for n in _cli_commands() if f"`{n}`" not in readme] == []
    assert "make run" in readme
    assert "make test" in readme


@pytest.mark.parametrize(("readme", "language"), [(READMES[0], "en"), (READMES[1], "zh")], ids=["English", "Chinese"])
def test_the_table_of_commands_is_what_the_program_declares(readme: str, language: str) -> None:
    assert written(readme, COMMANDS, language) == readme, "run python docs/write_commands.py"


def test_a_document_without_marks_has_no_table() -> None:
    with pytest.raises(ValueError, match="goes between"):
        written("# README", COMMANDS, "en")


def _cli_commands() -> list[str]:
    return list(cli.COMMANDS)


def test_every_command_of_the_line_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    names = _cli_commands()
    assert len(names) >= 8
    for name in names:
        words = [name] if name != "eval" else [name, "ask"]
        with pytest.raises(SystemExit) as ended:
            cli.build_parser(*cli.COMMANDS).parse_args([*words, "--help"])
        assert ended.value.code == 0
        assert "example: " in capsys.readouterr().out


def test_the_example_environment_has_every_setting() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?(TUTOR_[A-Z_]+)=", lines, re.MULTILINE))
    assert named == known_variables()
    assert all(field.description for field in Settings.model_fields.values())
    assert {f"TUTOR_{secret.upper()}_FILE" for secret in SECRETS} < named


def test_the_format_names_every_field_and_part() -> None:
    parts = schema.QUESTION.json_schema()["$defs"]
    fields = {*schema.FrontMatter.model_fields, *schema.TopicFront.model_fields}
    fields |= {name for title, part in parts.items() if title != "WrongSpec" for name in part["properties"]}
    assert {"points", "contrast", "answer", "fraction", "right", "blanks", "items"} <= fields
    assert [name for name in sorted(fields) if not re.search(rf"`[^`]*\b{name}\b", CONTENT)] == []
    assert [kind for kind in KINDS if f"\n| `{kind}` | " not in CONTENT] == []
    assert [facet for facet in Facet if facet.value not in CONTENT] == []


def test_operators_are_told_what_every_count_means() -> None:
    lines = (ROOT / "docs" / "OPERATIONS.md").read_text(encoding="utf-8").splitlines()
    for incident in Incident:
        shown = [Wording(language)(f"incident.{incident}", count="").strip() for language in ("zh", "en")]
        assert any(line.startswith(f"| `{incident}` | {', '.join(shown)} |") for line in lines), incident


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")) + sorted(ROOT.glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [t for t in targets if not (path.parent / t).exists() and "figures/" not in t] == []
