"""Markdown as people really write it -> Markdown that parses: formulas on lines of their own, tabs that are no code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.adapters.markdown.html_tags import without_tags
from bot.adapters.markdown.reference_links import resolve
from bot.core.language.characters import is_han
from bot.errors import ContentError, Fault

MAX_BYTES = 3_000_000
"""A larger document is refused: nobody studies it, and parsing it would hold up the start."""
MAX_FORMULA = 4000
"""What stands between two `$$` further apart than this is no formula."""
MAX_LINE = 500
"""Characters of a line before a formula that are looked at."""
CODE_SPAN = r"(?P<ticks>(?<!`)`+(?!`))[^`](?:.{0,2000}?[^`])??(?P=ticks)(?!`)"
"""A stretch of code within a paragraph; nothing in it is changed."""

_FENCE = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
_DISPLAY = re.compile(rf"{CODE_SPAN}|\$\$(?P<inner>.+?)\$\$", re.DOTALL)
_HEADING_INSIDE = re.compile(r"\n[ \t]*#{1,6}[ \t]|\n[ \t]*\n[ \t]*\n")
_ITEM = re.compile(r"^( *(?:[*+-]|\d{1,9}[.)]))( {1,4})(?=\S)")
_FRONT = re.compile(r"\A---[ \t]*\n((?:(?:[\w .-]+:|[ \t]+|- |#)[^\n]*\n|\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_MATH = re.compile(r"\$[^$\n]+\$|!\[")
_CODE = re.compile(
    r"^\s*(?:#|//|/\*|\$ |>>>|(?:import|from|def|class|return|for|if|else|while|print|echo|let|var|const|public)\b"
    r"|[\w.\[\]\"']+\s*(?:[+*/-]?=|\())|[;{}]\s*$"
)
_ASKED = re.compile(
    r"^[ \t]*(?:\*\*)?(?:(?:Q\d*|问题?\d*|Question\s*\d*)\s*[:：]|(?:Q\d+|\d{1,3})[.、．]\S?[^\n]{0,80}[?？](?:\*\*)?$)"
)
_ANSWERED = re.compile(r"^[ \t]*(?:\*\*)?(?:A\d*|答案?|解答|Answer\s*\d*)\s*(?:\*\*)?\s*[:：]")


def read_text(path: Path) -> str:
    """Return a document's text with plain line ends.

    Raises:
        ContentError: it is not there, too large, or no UTF-8.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            mend = f"split it into parts of at most {MAX_BYTES // 1_000_000} MB"
            raise ContentError([Fault(str(path), 1, "the document is too large", mend)])
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"the document is no UTF-8 text (byte {error.start})"
        raise ContentError([Fault(str(path), 1, what, "save it as UTF-8; it may be GBK, Big5 or UTF-16")]) from error
    except OSError as error:
        what = f"the document cannot be read ({error.strerror})"
        raise ContentError([Fault(str(path), 1, what, "name a Markdown file that is there")]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def split_front(text: str) -> tuple[str, str]:
    """Split a text into its front matter ("" for none) and the rest."""
    match = _FRONT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def tame(text: str) -> str:
    """Return the text with its mathematics, its indentation and its HTML made regular; no word is added or lost."""
    return edit_prose(resolve(edit_prose(text, without_tags), edit_prose), _tame_prose)


def edit_prose(text: str, edit: Callable[[str], str]) -> str:
    """Apply a function to everything that is not a fenced block of code."""
    return "".join(part if is_code else edit(part) for part, is_code in _split_at_fences(text))


def _split_at_fences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield stretches of prose and of fenced code, in order; together they are the text."""
    fence = ""
    lines: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        match = _FENCE.match(line)
        if not fence and match:
            yield "".join(lines), False
            fence, lines = match[1], [line]
        elif fence and line.strip(" \t>\n").startswith(fence) and not line.strip(" \t>\n").strip(fence[0]):
            yield "".join((*lines, line)), True
            fence, lines = "", []
        else:
            lines.append(line)
    yield "".join(lines), bool(fence)


def _tame_prose(text: str) -> str:
    flat = _DISPLAY.sub(lambda match: _on_its_own(text, match), text)
    return "\n".join(_spaced(_reindented(flat.split("\n"))))


def _on_its_own(text: str, match: re.Match[str]) -> str:
    """Put a display formula on one line, between blank ones, as deep as the line it stands in."""
    inner = match["inner"]
    if inner is None or len(inner) > MAX_FORMULA or _HEADING_INSIDE.search(inner):
        return match[0]
    start = match.start()
    line = text[text.rfind("\n", max(0, start - MAX_LINE), start) + 1 : start][-MAX_LINE:]
    latex = " ".join(part.strip().lstrip(">").strip() for part in inner.split("\n")).strip()
    if line.lstrip().startswith(("|", "#")):
        return f"${latex}$"
    indent = re.match(r"[\s>]*", line.expandtabs(4))
    margin = indent[0] if indent else ""
    after = text[match.end() : match.end() + 200].partition("\n")[0]
    before = f"\n\n{margin}" if line.strip(" \t>") else "\n" + margin
    tail = f"\n\n{margin}" if after.strip() else "\n"
    return f"{before}$${latex}$${tail}"


def _reindented(lines: Sequence[str]) -> Iterator[str]:
    """Take runs of lines back to their list item where only deep indentation makes code of them."""
    content = 0
    deep: list[str] = []
    for line in lines:
        flat = line.expandtabs(4)
        indent = len(flat) - len(flat.lstrip())
        item = _ITEM.match(flat)
        if flat.strip() and indent >= content + 4 and not item:
            deep.append(flat)
            continue
        yield from _dedented(deep, content)
        deep = []
        if item:
            content = len(item[1]) + 1 if indent < content + 4 else content
            yield f"{item[1]} {flat[item.end() :]}"
            continue
        if flat.strip() and indent == 0:
            content = 0
        yield flat
    yield from _dedented(deep, content)


def _dedented(deep: Sequence[str], content: int) -> Iterator[str]:
    """Yield a run of deep lines: as it stands where it is code, at the item's depth where it is prose."""
    is_math = any(_MATH.search(line) for line in deep)
    is_han_text = any(is_han(char) for line in deep for char in line)
    is_prose = (is_math or is_han_text) and not any(_CODE.search(line) for line in deep)
    yield from (" " * content + line.lstrip() for line in deep) if is_prose else deep


def _spaced(lines: Iterator[str]) -> Iterator[str]:
    """Put a blank line around questions and before answers that are marked as such."""
    for line in lines:
        is_asked = bool(_ASKED.match(line))
        if is_asked or _ANSWERED.match(line):
            yield ""
        yield line
        if is_asked:
            yield ""
