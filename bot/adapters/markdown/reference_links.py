"""Reference links, `[text][label]` with `[label]: url` elsewhere -> links that hold their own target."""

from __future__ import annotations

import re
from collections.abc import Callable

_DEFINITION = re.compile(r"^ {0,3}\[([^\]\[\n^]{1,200})\]:[ \t]*<?(\S{1,2000}?)>?[ \t]*$", re.MULTILINE)
_USE = re.compile(
    r"(?P<code>(?P<ticks>(?<!`)`+(?!`))[^`](?:.{0,2000}?[^`])??(?P=ticks)(?!`))"
    r"|\[(?P<text>(?:[^\[\]\n]|!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?)+)\]"
    r"(?:\[(?P<label>[^\[\]\n]*)\]|(?![\[(:]))",
    re.DOTALL,
)


def resolve(text: str, edit_prose: Callable[[str, Callable[[str], str]], str]) -> str:
    """Put the target of each reference link where it is used; a definition that nothing uses stays as text.

    Args:
        text: a whole document.
        edit_prose: applies a function to the parts of a text that are no code.
    """
    targets: dict[str, str] = {}
    used: set[str] = set()

    def collect(prose: str) -> str:
        for label, target in _DEFINITION.findall(prose):
            targets.setdefault(_key(label), target)
        return prose

    def place(prose: str) -> str:
        return _USE.sub(lambda match: _placed(match, targets, used), prose)

    def drop(prose: str) -> str:
        return _DEFINITION.sub(lambda match: "" if _key(match[1]) in used else match[0], prose)

    edit_prose(text, collect)
    if not targets:
        return text
    return edit_prose(edit_prose(edit_prose(text, place), place), drop)


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _placed(match: re.Match[str], targets: dict[str, str], used: set[str]) -> str:
    if match["code"] is not None:
        return match[0]
    key = _key(match["label"] or match["text"])
    if key not in targets:
        label = "" if match["label"] is None else f"[{match['label']}]"
        return f"[{_USE.sub(lambda inner: _placed(inner, targets, used), match['text'])}]{label}"
    used.add(key)
    return f"[{match['text']}](<{targets[key]}>)"
