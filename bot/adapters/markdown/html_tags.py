"""The HTML that people mix into Markdown -> Markdown; tags that are not known stay as they stand."""

from __future__ import annotations

import re

_ATTRIBUTES = r"""((?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"\n]*"|'[^'\n]*'|[^\s"'<>`]+))?)*)\s*/?"""
_BLOCKS = (
    *("p", "div", "center", "details", "section", "article", "figure", "figcaption", "blockquote"),
    *("dl", "dt", "dd", "ul", "ol", "table", "thead", "tbody", "tr"),
)
_DROPPED = (
    *("span", "font", "u", "small", "kbd", "mark", "del", "ins", "s", "big", "label", "nobr"),
    *("picture", "source", "td", "th", "li"),
)
_NAMES = "|".join(
    (*_BLOCKS, *_DROPPED, "b", "strong", "i", "em", "code", "sub", "sup", "summary", "h[1-6]", "a", "img")
)
_TAG = re.compile(
    r"(?P<code>(?P<ticks>(?<!`)`+(?!`))[^`](?:.{0,2000}?[^`])??(?P=ticks)(?!`)|\$\$.{1,4000}?\$\$|\$[^$\n]+\$)"
    rf"|<!--(?:(?!<!--).){{0,20000}}?-->|<br\s*/?>|<hr\s*/?>|<(?P<close>/?)(?P<name>{_NAMES}){_ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
_VALUE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
_PAIRS = {
    **{name: (mark, mark) for name, mark in (("b", "**"), ("strong", "**"), ("i", "*"), ("em", "*"), ("code", "`"))},
    **{f"h{level}": (f"\n\n{'#' * level} ", "\n\n") for level in range(1, 7)},
    "sub": ("_", ""),
    "sup": ("^", ""),
    "td": ("", " | "),
    "th": ("", " | "),
    "summary": ("\n\n**", "**\n\n"),
    "li": ("\n- ", ""),
}
"""What an opening tag becomes, and what a closing one."""


def without_tags(text: str) -> str:
    """Return text with HTML tags turned into their Markdown; comments are dropped, code and formulas stay."""
    if "<" not in text:
        return text
    links: list[str] = []
    return _TAG.sub(lambda match: _as_markdown(match, links), text)


def _as_markdown(match: re.Match[str], links: list[str]) -> str:
    if match["code"] is not None:
        return match[0]
    if match["name"] is None:
        return _of_void(match[0])
    name, is_end = match["name"].lower(), bool(match["close"])
    if name == "img":
        return _picture(match[0])
    if name == "a":
        return _link(match[0], links, is_end=is_end)
    return _of_pair(name, is_end=is_end)


def _of_void(tag: str) -> str:
    """Return a blank for a comment or a line break, as many lines long, and a divider for a rule."""
    if tag.lower().startswith("<hr"):
        return "\n\n---\n\n"
    return "\n" * tag.count("\n") or " "


def _of_pair(name: str, *, is_end: bool) -> str:
    around = "\n\n" if name in _BLOCKS else ""
    return _PAIRS.get(name, (around, around))[is_end]


def _values(tag: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in _VALUE.findall(tag)}


def _picture(tag: str) -> str:
    values = _values(tag)
    alt = re.sub(r"[\[\]\n]", " ", values.get("alt", "") or values.get("title", ""))
    return f"![{alt}](<{re.sub('[<>]', '', values.get('src', ''))}>)"


def _link(tag: str, links: list[str], *, is_end: bool) -> str:
    """Keep a link's target until its end; anchors without one leave nothing."""
    if is_end:
        target = links.pop() if links else ""
        return f"](<{target}>)" if target else ""
    target = re.sub("[<>]", "", _values(tag).get("href", ""))
    links.append(target)
    return "[" if target else ""
