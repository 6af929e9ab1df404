"""A plain document -> its sections: headings, numbered questions, Q/A pairs, questions between paragraphs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from bot.adapters import markdown
from bot.core.intents import reads_as_question

MAX_LEAD = 40
"""A list item whose first line is at most this long names what the rest of it tells."""
MAX_QUESTION = 80
"""A paragraph of at most this many characters that reads as a question may head what follows it."""

_ASKS = re.compile(
    r"^\s*(?:\*\*)?\s*(?:Q|问|问题|Question)\s*\d*\s*[:：.]\s*(?:\*\*)?\s*(.+?)\s*(?:\*\*)?\s*$", re.IGNORECASE
)
_ANSWERS = re.compile(r"^\s*(?:\*\*)?\s*(?:A|答|答案|Answer)\s*\d*\s*[:：.]\s*(?:\*\*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section: Markdown text under a lead ("" for none)."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that the document tells.

    Attributes:
        title: the heading or the question, letter for letter.
        path: the headings above it, outermost first.
        line: 1-based line of its heading.
        parts: its own text, without that of sections below it; () for an empty one.
    """

    title: str
    path: tuple[str, ...]
    line: int
    parts: tuple[Part, ...]


@dataclass
class _Open:
    """A section whose text is still being collected."""

    title: str
    path: tuple[str, ...]
    line: int
    nodes: list[SyntaxTreeNode] = field(default_factory=list)


def sections(text: str, name: str) -> tuple[Section, ...]:
    """Split a tamed document into sections, in order.

    Args:
        text: Markdown, tamed.
        name: the title of what stands before the first heading.
    """
    lines = text.split("\n")
    root = SyntaxTreeNode(markdown.tokens(text))
    return tuple(section for opened in _opened(root, name, lines) for section in _divided(opened, lines))


def _opened(root: SyntaxTreeNode, name: str, lines: Sequence[str]) -> Iterator[_Open]:
    """Yield the text under each heading."""
    above: list[tuple[int, str]] = []
    current = _Open(name, (), 1)
    for node in root.children:
        if node.type != "heading":
            current.nodes.append(node)
            continue
        if current.nodes or current.line > 1 or current.path:
            yield current
        level, title = int(node.tag[1]), _heading(node, lines)
        above = [(depth, heading) for depth, heading in above if depth < level]
        current = _Open(title, tuple(heading for _, heading in above), _span(node)[0] + 1)
        above.append((level, title))
    yield current


def _heading(node: SyntaxTreeNode, lines: Sequence[str]) -> str:
    start, _ = _span(node)
    inline = node.children[0].content if node.children else ""
    return inline.replace("\n", " ").strip() or lines[start].strip()


def _span(node: SyntaxTreeNode) -> tuple[int, int]:
    return node.map or (0, 0)


def _divided(opened: _Open, lines: Sequence[str]) -> Iterator[Section]:
    """Yield the section of a heading, and those of the questions in its text."""
    own: list[SyntaxTreeNode] = []
    inner: list[Section] = []
    path = (*opened.path, opened.title)
    nodes = opened.nodes
    index = 0
    while index < len(nodes):
        node = nodes[index]
        asked = _asked(nodes, index, lines)
        if _is_question_list(node):
            inner += [_of_item(item, path, lines) for item in node.children]
            index += 1
        elif asked:
            end = next((n for n in range(index + 1, len(nodes)) if _asked(nodes, n, lines)), len(nodes))
            body = _slice(nodes[index + 1 : end], lines)
            inner.append(Section(asked, path, _span(node)[0] + 1, parts_of(_without_mark(body))))
            index = end
        else:
            own.append(node)
            index += 1
    yield Section(opened.title, opened.path, opened.line, parts_of(_slice(own, lines)))
    yield from inner


def _slice(nodes: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> str:
    return "\n\n".join("\n".join(lines[slice(*_span(node))]).rstrip() for node in nodes)


def _asked(nodes: Sequence[SyntaxTreeNode], index: int, lines: Sequence[str]) -> str:
    """Return the question that a paragraph asks of what follows it, or ""."""
    node = nodes[index]
    if node.type != "paragraph":
        return ""
    text = "\n".join(lines[slice(*_span(node))]).strip()
    match = _ASKS.match(text)
    if match and "\n" not in text:
        return match[1]
    follows = nodes[index + 1].type if index + 1 < len(nodes) else ""
    is_short = len(text) <= MAX_QUESTION and "\n" not in text and not re.search(r"[。；;：:!]", text)
    is_list = follows in ("bullet_list", "ordered_list")
    return text.strip("* ") if is_short and is_list and reads_as_question(text) and index > 0 else ""


def _without_mark(text: str) -> str:
    return _ANSWERS.sub("", text, count=1).strip()


def _is_question_list(node: SyntaxTreeNode) -> bool:
    """Tell a numbered list of questions with their answers from any other list."""
    if node.type != "ordered_list" or len(node.children) < 2:
        return False
    answered = [item for item in node.children if len(item.children) > 1 and item.children[0].type == "paragraph"]
    return len(answered) == len(node.children)


def _of_item(item: SyntaxTreeNode, path: tuple[str, ...], lines: Sequence[str]) -> Section:
    start, end = _span(item)
    question = item.children[0]
    body_start = _span(question)[1]
    title = question.children[0].content.replace("\n", " ").strip() if question.children else ""
    body = textwrap.dedent("\n".join(lines[body_start:end])).strip("\n")
    return Section(title, path, start + 1, parts_of(body))


def parts_of(text: str) -> tuple[Part, ...]:
    """Split a section's text where the items of a list name what they tell.

    What follows such an item, up to the next, is told under it; what stands before the first is the opening.
    """
    lines = text.split("\n")
    leads: list[str] = [""]
    texts: list[list[str]] = [[]]
    for node in SyntaxTreeNode(markdown.tokens(text)).children:
        if not _is_named_list(node):
            texts[-1].append("\n".join(lines[slice(*_span(node))]).rstrip())
            continue
        for item in node.children:
            lead = _lead(item)
            if lead:
                leads.append(lead)
                texts.append([_item_text(item, lines)])
            else:
                texts[-1].append("\n".join(lines[slice(*_span(item))]).rstrip())
    parts = (Part(lead, "\n\n".join(text).strip("\n")) for lead, text in zip(leads, texts, strict=True))
    return tuple(part for part in parts if part.text.strip())


def _is_named_list(node: SyntaxTreeNode) -> bool:
    """Tell a list whose items are names with something below them, or bare names."""
    if node.type != "bullet_list" or not any(map(_lead, node.children)):
        return False
    return all(_lead(item) or len(_first_line(item)) <= MAX_LEAD for item in node.children)


def _first_line(item: SyntaxTreeNode) -> str:
    inline = item.children[0].children if item.children and item.children[0].type == "paragraph" else []
    return inline[0].content.strip() if inline else ""


def _lead(item: SyntaxTreeNode) -> str:
    """Return the short first line of an item that has more below it, or ""."""
    text = _first_line(item) if len(item.children) > 1 else ""
    is_name = 0 < len(text) <= MAX_LEAD and not re.search(r"[。；;\n$!]|https?:", text)
    return re.sub(r"[*`_]", "", text).strip(" :：") if is_name else ""


def _item_text(item: SyntaxTreeNode, lines: Sequence[str]) -> str:
    body = lines[_span(item.children[0])[1] : _span(item)[1]]
    return textwrap.dedent("\n".join(body)).strip("\n")
