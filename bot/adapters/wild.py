"""Markdown as people really write it -> Markdown that parses: formulas on lines of their own, tabs that are no code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.core.language import is_han
from bot.errors import ContentError, Fault

MAX_BYTES = 5_000_000
"""A larger document is refused: nobody studies it, and parsing it would hold up the start."""

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_ITEM = re.compile(r"^(\s*(?:[*+-]|\d{1,9}[.)]))( {1,4})(?=\S)")
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


def read_text(path: Path) -> str:
    """Return a document's text with plain line ends and without its front matter.

    Raises:
        ContentError: it is not there, too large, or no UTF-8.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            mend = f"split it into parts of at most {MAX_BYTES // 1_000_000} MB"
            raise ContentError([Fault(str(path), 1, "the document is too large", mend)])
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        mend = "name a readable file, saved as UTF-8 text"
        raise ContentError([Fault(str(path), 1, f"the document cannot be read ({error})", mend)]) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return _FRONT.sub(lambda match: "\n" * match[0].count("\n"), text)


def tame(text: str) -> str:
    """Return the text with its mathematics and its indentation made regular; no word is added or lost."""
    return "".join(part if is_code else _tame_prose(part) for part, is_code in _split_at_fences(text))


def _split_at_fences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield stretches of prose and of fenced code, in order; together they are the text."""
    fence = ""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if not fence and match:
            yield "".join(lines), False
            fence, lines = match[1], [line]
        elif fence and match and match[1].startswith(fence):
            yield "".join((*lines, line)), True
            fence, lines = "", []
        else:
            lines.append(line)
    yield "".join(lines), bool(fence)


def _tame_prose(text: str) -> str:
    return "".join(_reindented(_DISPLAY.sub(lambda match: _on_its_own(text, match), text)))


def _on_its_own(text: str, match: re.Match[str]) -> str:
    """Put a display formula on one line, between blank ones, as deep as the line it stands in."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    indent = re.match(r"[\s>]*", line.expandtabs(4))
    margin = indent[0] if indent else ""
    inner = " ".join(part.strip().lstrip(">").strip() for part in match[1].split("\n"))
    lead = "" if not line.strip(" \t>") else f"\n\n{margin}"
    after, _, _ = text[match.end() : match.end() + 200].partition("\n")
    tail = "\n" if not after.strip() else f"\n\n{margin}"
    before = f"{lead}" if lead else "\n" + margin
    return f"{before}$${inner.strip()}$${tail}"


def _reindented(text: str) -> Iterator[str]:
    """Take lines back to their list item where only deep indentation makes code of them."""
    content = 0
    for line in text.splitlines(keepends=True):
        flat = line.expandtabs(4)
        indent = len(flat) - len(flat.lstrip())
        item = _ITEM.match(flat)
        if item:
            content = len(item[1]) + 1 if indent < content + 4 else content
            yield f"{item[1]} {flat[item.end() :]}"
            continue
        if flat.strip() and indent == 0:
            content = 0
        is_prose = "$" in flat or "![" in flat or any(is_han(char) for char in flat)
        yield " " * content + flat.lstrip() if indent >= content + 4 and is_prose else flat
