"""Keeps text that Markdown would swallow (cells beyond a table's width, lists too deep) as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from bot.adapters.markdown import parser
from bot.core.content.document import Block, Code, Heading, Inlines, Paragraph, Picture, Table, Text, lines_of, walk

_NUMBERS = re.compile(r"^[\s>]*(?:\d{1,9}[.)]\s+)+", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,2}(?=\s)")


@dataclass(frozen=True, slots=True)
class Whole:
    """Markdown and what it reads as."""

    text: str
    blocks: tuple[Block, ...]


def kept_whole(text: str) -> Whole:
    """Return Markdown in which every word is shown: blocks that lose some in reading become code.

    Headings within the text become level 3, and code is never a question of a concept file.
    """
    lines = text.split("\n")
    spans = (node.map or (0, 0) for node in SyntaxTreeNode(parser.block_tokens(text)).children)
    wholes = [_whole("\n".join(lines[start:end]).rstrip()) for start, end in spans]
    kept = [whole for whole in wholes if whole.blocks]
    return Whole("\n\n".join(w.text for w in kept), tuple(block for w in kept for block in w.blocks))


def _whole(source: str) -> Whole:
    blocks = tuple(placed.block for placed in parser.parse(source))
    if _letters(_NUMBERS.sub("", unescape(source))) - _letters(unescape("\n".join(_words(blocks)))):
        return _fenced(source)
    first = blocks[0] if blocks else None
    if isinstance(first, Code) and (first.language.startswith("yaml") or _is_unclosed(source)):
        return _fenced(first.text)
    if isinstance(first, Heading) and first.level <= 2:
        text = _HEADING.sub("###", source) if _HEADING.match(source) else f"### {_setext(source)}"
        return Whole(text, (replace(first, level=3), *blocks[1:]))
    return Whole(source, blocks)


def _is_unclosed(source: str) -> bool:
    """Tell a fence that only the end of its section closes: what is written below it would be code too."""
    opening = re.match(r" {0,3}(`{3,}|~{3,})", source)
    if opening is None:
        return False
    _, has_more, last = source.rpartition("\n")
    closing = last.strip()
    return not (has_more and closing.startswith(opening[1]) and not closing.strip(opening[1][0]))


def _setext(source: str) -> str:
    """Return the text of a heading that is underlined."""
    return " ".join(source.split("\n")[:-1]).strip()


def _fenced(source: str) -> Whole:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", source)), default=0))
    return Whole(f"{fence}\n{source}\n{fence}", (Code(source),))


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in unquote(text) if char.isalnum())


def _words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield all text of blocks, that of links and code fences included."""
    for block in blocks:
        yield from lines_of(block)
        for part in walk(block):
            yield from _hidden(part)


def _hidden(block: Block) -> Iterator[str]:
    """Yield the text of a block that is there and not shown."""
    match block:
        case Code(_, language):
            yield language
        case Picture(path, _):
            yield path
        case Paragraph(inlines) | Heading(inlines):
            yield from _targets(inlines)
        case Table(rows):
            for cell in (cell for row in rows for cell in row):
                yield from _targets(cell)


def _targets(inlines: Inlines) -> Iterator[str]:
    yield from (span.href for span in inlines if isinstance(span, Text) and span.href)
