"""Reply -> Telegram's HTML: a plain rendering, text only."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape, unescape

from bot.adapters.mathtext import to_unicode
from bot.adapters.pieces import Piece
from bot.core.document import Block, Heading, Inlines, Listing, Math, Paragraph, Quote, Spoiler, lines_of, plain
from bot.core.messages import Reply
from bot.ports import Typesetter

LIMIT = 3900


def render(reply: Reply, typesetter: Typesetter | None) -> tuple[Piece, ...]:  # noqa: ARG001  text only
    """Write a reply as messages of Telegram's HTML."""
    return tuple(Piece(text) for text in _joined(_lines(reply.blocks)))


def _joined(lines: Iterable[str]) -> Iterable[str]:
    text = ""
    for line in lines:
        if text and len(unescape(text)) + len(unescape(line)) > LIMIT:
            yield text
            text = ""
        text = f"{text}\n{line}" if text else line
    if text.strip():
        yield text


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading(inlines):
            yield f"<b>{_inlines(inlines)}</b>"
        case Paragraph(inlines):
            text = plain(inlines)
            whole = (_inlines(inlines),) if len(text) <= LIMIT else _cut(text)
            yield from whole
        case Quote(blocks):
            yield f"<blockquote>{chr(10).join(_lines(blocks))}</blockquote>"
        case Spoiler(blocks):
            yield f"<tg-spoiler>{chr(10).join(_lines(blocks))}</tg-spoiler>"
        case Listing(items):
            for number, item in enumerate(items, block.start):
                mark = f"{number}. " if block.is_ordered else "• "
                yield mark + "\n  ".join(_lines(item))
        case _:
            yield from (escape(to_unicode(line.strip("$"))) for line in lines_of(block))


def _cut(text: str) -> Iterable[str]:
    """Yield a long text in parts without markup."""
    yield from (escape(text[at : at + LIMIT], quote=False) for at in range(0, len(text), LIMIT))


def _inlines(inlines: Inlines) -> str:
    return "".join(_span(span) for span in inlines)


def _span(span: object) -> str:
    if isinstance(span, Math):
        return f"<code>{escape(to_unicode(span.latex))}</code>"
    text = escape(getattr(span, "text", ""), quote=False)
    for name, is_on in (("b", getattr(span, "bold", False)), ("i", getattr(span, "italic", False))):
        text = f"<{name}>{text}</{name}>" if is_on else text
    return text
