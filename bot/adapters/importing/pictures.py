"""The pictures of a plain document: found within its folder, or marked missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from bot.adapters.markdown.loose_markdown import CODE_SPAN

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
"""What chats can show; anything else counts as missing."""

_ALT = r"(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,300})"
_TARGET = r"(?:<(?P<long>[^<>\n]{0,2000})>|(?P<bare>(?:[^()\s<>]|\([^()\s]{0,200}\))*))"
_PICTURE = re.compile(
    rf"{CODE_SPAN}|!\[{_ALT}\]\([ \t]*{_TARGET}(?P<title>[^()\n]{{0,200}})\)|(?P<stray>(?<!\\)!\[)", re.DOTALL
)


def replaced(text: str, target_of: Callable[[str], str | None]) -> str:
    """Replace the target of each picture by what a function makes of it; "" marks it missing, None leaves it."""
    return _PICTURE.sub(lambda match: _replacement(match, target_of), text)


def _replacement(match: re.Match[str], target_of: Callable[[str], str | None]) -> str:
    """Return a picture with its new target; what only begins like one is escaped, so that no target is missed."""
    if match["stray"]:
        return "!\\["
    return match[0] if match["alt"] is None else _picture(match, target_of)


def _picture(match: re.Match[str], target_of: Callable[[str], str | None]) -> str:
    target = match["long"] if match["long"] is not None else match["bare"]
    kept = target_of(target)
    if kept is None:
        return match[0]
    title = match["title"].strip().strip("\"'")
    alt = " ".join(part for part in (match["alt"].strip(), title) if part)
    if not alt and not target.startswith("data:"):
        alt = re.sub(r"[\[\]\\*_`$]+", " ", Path(unquote(target.partition("?")[0])).stem)[:80]
    return f"![{alt}]({f'<{kept}>' if kept else ''})"


def within(target: str, folder: Path, root: Path) -> str:
    """Return the path of a picture relative to `root`, or "" where it is not there or leads out of it.

    Args:
        target: as the document names it; addresses are never fetched.
        folder: what the target is relative to.
        root: what the picture must lie in.
    """
    named = unquote(target.strip())
    if not named or re.match(r"[A-Za-z][\w+.-]*:|//", named) or not named.lower().endswith(SUFFIXES):
        return ""
    try:
        found = (folder / named).resolve()
        is_there = found.is_relative_to(root.resolve()) and found.is_file()
    except (OSError, ValueError):
        return ""
    return found.relative_to(root.resolve()).as_posix() if is_there and not re.search(r"[<>\n]", str(found)) else ""
