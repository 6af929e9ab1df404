"""The table of commands in a document, between two marks, written from the declarations."""

import re
from collections.abc import Iterable

from bot.core.chat.command import Command, Who

BEGIN, END = "<!-- commands -->", "<!-- /commands -->"
_HEAD = {"en": "| command | what it does |", "zh": "| 命令 | 作用 |"}
_BETWEEN = re.compile(rf"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)


def table(commands: Iterable[Command], language: str) -> str:
    """Return a Markdown table of commands in "zh" or "en", those of owners last."""
    in_order = sorted(commands, key=lambda command: command.who is Who.OWNER)
    return "\n".join((_HEAD[language], "|---|---|", *(_row(command, language) for command in in_order), ""))


def written(document: str, commands: Iterable[Command], language: str) -> str:
    """Return a document with the table between its marks made anew.

    Raises:
        ValueError: the document has no marks.
    """
    if not _BETWEEN.search(document):
        raise ValueError(f"the table of commands goes between {BEGIN} and {END}")
    rows = table(commands, language)
    return _BETWEEN.sub(lambda _: rows, document, count=1)


def _row(command: Command, language: str) -> str:
    typed = f"/{command.name} {command.usage.in_(language)}".strip().replace("|", "\\|")
    other = " ".join(f"`/{word}`" for word in command.words[1:]) if language == "zh" else ""
    return f"| `{typed}` {other}".rstrip() + f" | {command.does.in_(language)} |"
