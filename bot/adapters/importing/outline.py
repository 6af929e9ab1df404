"""A plain document -> its sections: headings, numbered questions, Q/A pairs, questions between paragraphs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from bot.adapters.markdown import parser
from bot.core.chat.intents import reads_as_question

MAX_QUESTION = 80
"""A paragraph of at most this many characters that reads as a question may head what follows it."""
MAX_TITLE = 200
"""A longer first paragraph of a list item is no title."""

_ASKS = re.compile(
    r"^\s*(?:\*\*)?\s*(?:Q\d*|问题?\d*|Question\s*\d*)\s*(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*(.+?)\s*(?:\*\*)?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:\*\*)?\s*(?:Q\d+|\d{1,3})[.、．]\s*(.{1,80}?[?？])\s*(?:\*\*)?\s*$")
_BOLD_LINE = re.compile(r"^\s*\*\*\s*([^*\n]{2,80})\*\*\s*[:：]?\s*$")
_ANSWERS = re.compile(
    r"^\s*(?:\*\*)?\s*(?:A\d*|答案?|解答|Answer\s*\d*)\s*(?:\*\*)?\s*[:：]\s*(?:\*\*)?", re.IGNORECASE
)
_SET_OF_QUESTIONS = re.compile(r"题|问答|Q\s*&\s*A|FAQ|question", re.IGNORECASE)
_ASKING = re.compile(r"多[久长大少远快高]|概率|是否|求[出解]?|问|证明|比较|简述|谈谈|说说")
_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that the document tells.

    Attributes:
        title: the heading or the question, letter for letter.
        path: the headings above it, outermost first.
        text: its own Markdown, without that of sections below it; "" for an empty one.
        below: titles of the sections directly under it.
    """

    title: str
    path: tuple[str, ...]
    text: str
    below: tuple[str, ...] = ()


@dataclass
class _Open:
    """A section whose text is still being collected."""

    title: str
    path: tuple[str, ...]
    nodes: list[SyntaxTreeNode] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def sections(text: str, name: str) -> tuple[Section, ...]:
    """Split a tamed document into sections, in order.

    Args:
        text: Markdown, tamed.
        name: the title of what stands before the first heading; such a section comes first, even if empty.
    """
    lines = text.split("\n")
    root = SyntaxTreeNode(parser.block_tokens(text))
    return tuple(section for opened in _opened(root, name, lines) for section in _divided(opened, lines))


def _opened(root: SyntaxTreeNode, name: str, lines: Sequence[str]) -> Iterator[_Open]:
    """Yield the text under each heading."""
    found = [_Open(name, ())]
    above: list[tuple[int, _Open]] = []
    for node in root.children:
        if node.type != "heading":
            found[-1].nodes += [node] if node.type != "hr" else []
            continue
        level, title = int(node.tag[1]), _heading(node, lines)
        above = [(depth, opened) for depth, opened in above if depth < level]
        if above:
            above[-1][1].below.append(title)
        found.append(_Open(title, tuple(opened.title for _, opened in above)))
        above.append((level, found[-1]))
    yield from found


def _heading(node: SyntaxTreeNode, lines: Sequence[str]) -> str:
    inline = node.children[0].content if node.children else ""
    return inline.replace("\n", " ").strip() or lines[_span(node)[0]].strip()


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
        if asked:
            end = next((n for n in range(index + 1, len(nodes)) if _asked(nodes, n, lines)), len(nodes))
            inner.append(Section(asked, path, _without_mark(_slice(nodes[index + 1 : end], lines))))
            index = end
            continue
        if node.type in _LISTS and _is_question_list(node, path, lines):
            inner += [_of_item(item, path, lines) for item in node.children]
        else:
            own.append(node)
        index += 1
    below = (*opened.below, *(section.title for section in inner))
    yield Section(opened.title, opened.path, _slice(own, lines), below)
    yield from inner


def _slice(nodes: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> str:
    """Return the text of blocks as it stands in the document, the blank lines between them made one."""
    return "\n\n".join("\n".join(lines[slice(*_span(node))]).rstrip() for node in nodes).strip("\n")


def _asked(nodes: Sequence[SyntaxTreeNode], index: int, lines: Sequence[str]) -> str:
    """Return the question that a paragraph asks of what follows it, or ""."""
    node = nodes[index]
    if node.type != "paragraph" or index + 1 == len(nodes):
        return ""
    text = "\n".join(lines[slice(*_span(node))]).strip()
    marked = _marked(text)
    if marked:
        return marked
    is_before_list = index > 0 and nodes[index + 1].type in _LISTS
    return text.strip("* ") if is_before_list and _is_short_question(text) else ""


def _marked(text: str) -> str:
    """Return the question of a line that is marked as one, by a number or in bold; "" where it is not."""
    match = _ASKS.match(text) or _NUMBERED.match(text)
    if match and "\n" not in text:
        return match[1]
    bold = _BOLD_LINE.match(text)
    is_asked = bold and reads_as_question(bold[1]) and not re.search(r"[。；;！!]", bold[1])
    return bold[1].strip() if bold and is_asked else ""


def _is_short_question(text: str) -> bool:
    is_short = len(text) <= MAX_QUESTION and "\n" not in text and not re.search(r"[。；;：:!！]", text)
    return is_short and reads_as_question(text)


def _without_mark(text: str) -> str:
    return _ANSWERS.sub("", text, count=1).strip()


def _is_question_list(node: SyntaxTreeNode, path: Sequence[str], lines: Sequence[str]) -> bool:
    """Tell a list of questions with their answers from any other list: each item answers, most ask."""
    items = [_asked_in(item, lines) for item in node.children]
    if len(items) < 2 or not all(map(all, items)):
        return False
    is_ordered = node.type == "ordered_list"
    if is_ordered and any(_SET_OF_QUESTIONS.search(title) for title in path):
        return True
    asking = sum(_is_asking(question) for question, _ in items)
    return asking >= len(items) * (0.5 if is_ordered else 0.9)


def _is_asking(question: str) -> bool:
    return reads_as_question(question) or bool(_ASKING.search(question))


def _asked_in(item: SyntaxTreeNode, lines: Sequence[str]) -> tuple[str, str]:
    """Return the question of a list item and its answer, either "" where there is none."""
    if not item.children or item.children[0].type != "paragraph":
        return "", ""
    start, end = _span(item)
    first = item.children[0]
    question = str(first.children[0].content).strip() if first.children else ""
    body_start = _span(first)[1]
    head, _, rest = question.partition("\n")
    if rest and (re.search(r"[?？]\W*$", head) or _ANSWERS.match(rest)):
        question, body_start = head.strip(), start + 1
    body = textwrap.dedent("\n".join(lines[body_start:end])).strip("\n")
    question = question.replace("\n", " ")
    return (question, _without_mark(body)) if len(question) <= MAX_TITLE else ("", "")


def _of_item(item: SyntaxTreeNode, path: tuple[str, ...], lines: Sequence[str]) -> Section:
    question, answer = _asked_in(item, lines)
    match = _ASKS.match(question)
    return Section(match[1] if match else question, path, answer)
