"""Markdown text -> blocks of the core's document, with the line each block begins on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bot.adapters.markdown import emphasis
from bot.core.content.document import (
    Block,
    Code,
    Divider,
    Formula,
    Heading,
    Inlines,
    Listing,
    Math,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
)

PLAIN = Text("")
MAX_NESTING = 20
"""Deeper lists and quotes than this are read as text: nobody writes them, and attackers do."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the line it begins on, counted from 1 in the text that was parsed."""

    block: Block
    line: int


@cache
def _reader(*, is_deep: bool) -> MarkdownIt:
    """Make a reader; one that is not deep leaves the inside of paragraphs alone."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    reader.enable(["table", "strikethrough"])
    # A definition `[label]: url` would vanish from the text; here it is text.
    reader.disable("reference")
    if not is_deep:
        reader.disable(["inline", "text_join"])
    return reader.use(dollarmath_plugin, allow_space=True, allow_digits=True, double_inline=True)


def tokens(text: str) -> list[Token]:
    """Tokenise Markdown; `token.map` holds the 0-based line span of a block."""
    return _reader(is_deep=True).parse(text)


def block_tokens(text: str) -> list[Token]:
    """Tokenise Markdown without what stands inside paragraphs: many times faster, the same blocks."""
    return _reader(is_deep=False).parse(text)


def parse(text: str) -> tuple[Placed, ...]:
    """Parse Markdown into blocks.

    Args:
        text: Markdown with `$...$` and `$$...$$` mathematics. Raw HTML stays text.

    Returns:
        The top-level blocks in order, each with its line.
    """
    root = SyntaxTreeNode(tokens(text))
    return tuple(Placed(block, _line(node)) for node in root.children for block in _blocks(node))


def _line(node: SyntaxTreeNode) -> int:
    return (node.map[0] if node.map else 0) + 1


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    make = _MAKERS.get(node.type)
    if make is None:
        raise AssertionError(f"Markdown block {node.type!r} has no counterpart in the document")
    yield from make(node)


def _heading(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Heading(_inlines(node), level=int(node.tag[1]))


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    items = tuple(tuple(b for part in item.children for b in _blocks(part)) for item in node.children)
    is_ordered = node.type == "ordered_list"
    yield Listing(items, is_ordered=is_ordered, start=int(node.attrs.get("start", 1)) if is_ordered else 1)


def _quote(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Quote(tuple(block for part in node.children for block in _blocks(part)))


def _code(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Code(node.content.rstrip("\n"), language=node.info.strip() if node.type == "fence" else "")


def _formula(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Formula(node.content.strip())


def _table(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Table(tuple(_row(row) for part in node.children for row in part.children))


def _divider(_: SyntaxTreeNode) -> Iterator[Block]:
    yield Divider()


def _html(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Paragraph((Text(node.content.strip()),))


def _row(row: SyntaxTreeNode) -> tuple[Inlines, ...]:
    return tuple(_inlines(cell) for cell in row.children)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Block]:
    """Split a paragraph where a picture or a display formula stands in it: those are blocks of their own."""
    run: list[Text | Math] = []
    for piece in _spans(_inline_children(node)):
        if isinstance(piece, Picture | Formula):
            yield from _flush(run)
            yield piece
            run = []
        else:
            run.append(piece)
    yield from _flush(run)


def _flush(run: Sequence[Text | Math]) -> Iterator[Block]:
    merged = _trimmed(_merge(run))
    if any(isinstance(span, Math) or span.text.strip() for span in merged):
        yield Paragraph(merged)


def _trimmed(inlines: Inlines) -> Inlines:
    """Take the white space off both ends: it parted the run from a formula or a picture that stands alone now."""
    out = list(inlines)
    if out and isinstance(out[0], Text):
        out[0] = replace(out[0], text=out[0].text.lstrip())
    if out and isinstance(out[-1], Text):
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return tuple(span for span in out if isinstance(span, Math) or span.text)


def _inline_children(node: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    return [child for inline in node.children for child in inline.children]


def _inlines(node: SyntaxTreeNode) -> Inlines:
    spans = (
        Math(s.latex) if isinstance(s, Formula) else Text(s.alt) if isinstance(s, Picture) else s
        for s in _spans(_inline_children(node))
    )
    return _merge(spans)


def _spans(nodes: Iterable[SyntaxTreeNode], style: Text = PLAIN) -> Iterator[Text | Math | Picture | Formula]:
    """Yield the runs of some inline nodes; `style` is what the nodes around them ask for."""
    for node in nodes:
        match node.type:
            case "math_inline":
                yield Math(node.content.strip())
            case "math_inline_double":
                yield Formula(node.content.strip())
            case "image":
                yield Picture(unquote(str(node.attrs.get("src", ""))), alt=node.content)
            case "softbreak" | "hardbreak":
                yield replace(style, text="\n")
            case "code_inline":
                yield replace(style, text=node.content, code=True)
            case _ if node.children:
                yield from _spans(node.children, _styled(style, node))
            case _:
                yield replace(style, text=node.content)


def _styled(style: Text, node: SyntaxTreeNode) -> Text:
    match node.type:
        case "strong":
            return replace(style, bold=True)
        case "em":
            return replace(style, italic=True)
        case "link":
            return replace(style, href=str(node.attrs.get("href", "")))
        case _:
            return style


def _merge(spans: Iterable[Text | Math]) -> Inlines:
    """Join neighbouring runs of the same style, and fold a line break between Chinese characters away."""
    merged: list[Text | Math] = []
    for span in spans:
        last = merged[-1] if merged else None
        if isinstance(span, Text) and isinstance(last, Text) and _style(span) == _style(last):
            merged[-1] = replace(last, text=last.text + span.text)
        elif not isinstance(span, Text) or span.text:
            merged.append(span)
    return emphasis.mended(tuple(map(_unwrapped, merged)))


def _unwrapped(span: Text | Math) -> Text | Math:
    return replace(span, text=_unwrap(span.text)) if isinstance(span, Text) and "\n" in span.text else span


def _style(span: Text) -> tuple[bool, bool, bool, str | None]:
    return span.bold, span.italic, span.code, span.href


def _unwrap(text: str) -> str:
    """Turn the line breaks of wrapped source into spaces, or into nothing between wide characters."""
    lines = text.split("\n")
    out = lines[0]
    for line in lines[1:]:
        is_tight = bool(out) and bool(line) and ord(out[-1]) > 0x2E80 and ord(line[0]) > 0x2E80
        out += line if is_tight else f" {line}"
    return out


_MAKERS: Mapping[str, Callable[[SyntaxTreeNode], Iterator[Block]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": _code,
    "code_block": _code,
    "math_block": _formula,
    "math_block_label": _formula,
    "table": _table,
    "hr": _divider,
    "html_block": _html,
}
