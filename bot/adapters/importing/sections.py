"""The text of a section -> its opening and the parts that list items name."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from bot.adapters.markdown import parser

MAX_LEAD = 40
"""A list item whose first line is at most this long names what the rest of it tells."""
THIN = 30
"""Letters and characters below which a text says nothing by itself."""

MAX_TERM = 30

_NO_TERM = re.compile(
    r"^(?:在|对|关于|为|第|如何|怎|使用|采用|另外|此外|例如|比如|the |an? |how |what |why )|的$"
    r"|步骤|流程|作用|目的|动机|区别|优点|缺点|优势|问题|用法|应用|复杂度|计算|参数|历史|例子|例如|公式|定义|概念|阶段|方法|方面|原因|特点|总结"
    r"|\b(?:example|usage|step|note|option|parameter|return|install\w*|feature|pros|cons|advantage|definition)s?\b",
    re.IGNORECASE,
)
_MATH = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
_MARKS = re.compile(r"!\[[^\]]*\]\((?:<[^>]*>|[^)]*)\)|https?://\S+|[\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section: Markdown text under a lead.

    Attributes:
        is_term: the lead is a name that the text explains, as against a heading such as "步骤".
    """

    lead: str
    text: str
    is_term: bool


@dataclass
class _Named:
    """A part while its text is collected."""

    lead: str
    texts: list[str]

    def closed(self, title: str) -> Iterator[Part]:
        """Yield the part, unless it is empty."""
        text = "\n\n".join(self.texts).strip("\n")
        if text.strip():
            yield Part(self.lead, text, said(text) >= THIN and is_term_of(self.lead, text, title))


@dataclass
class _Split:
    """A section's text while it is taken apart."""

    title: str
    lines: Sequence[str]
    opening: list[str] = field(default_factory=list)
    parts: list[_Named] = field(default_factory=list)
    is_open: bool = False
    is_led: bool = False


def said(text: str) -> int:
    """Count the letters and characters of a text, pictures and addresses aside; a formula counts as a few."""
    return len(_MARKS.sub("", _MATH.sub("formula", text)))


@dataclass(frozen=True, slots=True)
class Parted:
    """A section's text, taken apart.

    Attributes:
        opening: what no list item names.
        parts: what list items name, in order.
        is_led: the opening begins before the parts and says enough to stand for the section.
    """

    opening: str
    parts: tuple[Part, ...]
    is_led: bool

    @property
    def terms(self) -> tuple[Part, ...]:
        """The parts that explain a name."""
        return tuple(part for part in self.parts if part.is_term)

    @property
    def others(self) -> tuple[Part, ...]:
        """The parts under a heading such as "步骤"."""
        return tuple(part for part in self.parts if not part.is_term)


def split_parts(title: str, text: str) -> Parted:
    """Split a section's text into its opening and the parts that its lists name; no parts where none do."""
    split = _Split(title, text.split("\n"))
    for node in SyntaxTreeNode(parser.block_tokens(text)).children:
        if node.type == "bullet_list" and _is_naming(node, split):
            split.is_led = split.is_led or (not split.parts and said("\n".join(split.opening)) >= THIN)
            _take_list(node, split)
        else:
            target = split.parts[-1].texts if split.is_open else split.opening
            target.append(_source(node, split.lines))
    parts = tuple(part for found in split.parts for part in found.closed(title))
    return Parted("\n\n".join(split.opening).strip("\n"), parts, split.is_led)


def _take_list(node: SyntaxTreeNode, split: _Split) -> None:
    """Begin a part with each item that has a lead; other items belong to the opening."""
    for item in node.children:
        lead = _lead(item)
        if lead:
            split.parts.append(_Named(lead, [_body(item, split.lines)]))
        else:
            split.opening.append(_source(item, split.lines))
    # A picture alone under a name is explained by what follows the list.
    last = node.children[-1]
    split.is_open = bool(_lead(last)) and said(_body(last, split.lines)) < THIN


def _is_naming(node: SyntaxTreeNode, split: _Split) -> bool:
    """Tell a list that gives names to texts: all its items do, or some explain a term."""
    leads = [_lead(item) for item in node.children]
    if not any(leads):
        return False
    is_term = (
        is_term_of(lead, _body(item, split.lines), split.title)
        for item, lead in zip(node.children, leads, strict=True)
        if lead
    )
    is_whole = all(lead or len(_first_line(item)) <= MAX_LEAD for item, lead in zip(node.children, leads, strict=True))
    return is_whole or any(is_term)


def is_term_of(lead: str, text: str, title: str) -> bool:
    """Tell a name (SENet, 分组卷积) from a heading (步骤, 存在的问题): the text or the title uses it again."""
    if _NO_TERM.search(lead) or len(lead) > MAX_TERM:
        return False
    sought = _folded(lead)
    return sought in _folded(title) or sought in _folded(text)


def _folded(text: str) -> str:
    return re.sub(r"[\s_*`-]+", "", text).casefold()


def _first_line(item: SyntaxTreeNode) -> str:
    inline = item.children[0].children if item.children and item.children[0].type == "paragraph" else []
    return inline[0].content.strip() if inline else ""


def _lead(item: SyntaxTreeNode) -> str:
    """Return the short first line of an item that has more below it, or ""."""
    text = _first_line(item) if len(item.children) > 1 else ""
    is_name = 0 < len(text) <= MAX_LEAD and not re.search(r"[。；;\n$!！?？\[\]<]|https?:|\w[:：]\s*\w", text)
    return re.sub(r"[*`]|^__|__$", "", text).strip(" :：") if is_name else ""


def _body(item: SyntaxTreeNode, lines: Sequence[str]) -> str:
    """Return what stands below the first line of an item, as deep as the page."""
    start, end = (item.children[0].map or (0, 0))[1], (item.map or (0, 0))[1]
    return textwrap.dedent("\n".join(lines[start:end])).strip("\n")


def _source(node: SyntaxTreeNode, lines: Sequence[str]) -> str:
    return "\n".join(lines[slice(*(node.map or (0, 0)))]).rstrip()
