"""Blocks of a reply -> parts in a platform's markup: what the chat platforms share.

A part is as much as must stay together: a paragraph, a list item, a block of code, an image. `packing`
puts parts into payloads, `splitting` halves what would not fit into any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.adapters.markdown import table_lines
from bot.adapters.rendering.dialect import Dialect, fits
from bot.adapters.rendering.mathtext import to_unicode
from bot.adapters.rendering.splitting import halves
from bot.core.content.document import (
    AnswerCard,
    Block,
    BoardChart,
    Chart,
    Code,
    Divider,
    File,
    Formula,
    Heading,
    Inlines,
    Listing,
    Math,
    Paragraph,
    Picture,
    Quote,
    Source,
    Spoiler,
    Table,
    Text,
    walk,
)
from bot.ports import Image, Typesetter

MAX_FORMULA = 1000
"""Characters of a formula that are shown as text; longer ones are cut."""
MAX_FLAT = 40
"""Characters of a display formula that reads as well in a line of text as in a picture."""
ALBUM = 10
"""Images that one message of either platform can carry."""
PARAGRAPHS = "\n\n"
LINES = "\n"


@dataclass(frozen=True, slots=True)
class Part:
    """What stays together.

    Attributes:
        gap: stands before it if it is not the first of its payload.
        images: close the payload in which they stand.
    """

    text: str = ""
    gap: str = PARAGRAPHS
    images: tuple[Image, ...] = ()
    file: File | None = None


def shown(latex: str) -> str:
    """Return a formula as text of bounded length."""
    text = to_unicode(latex)
    return text if len(text) <= MAX_FORMULA else f"{text[:MAX_FORMULA]}…"


def is_flat(latex: str) -> bool:
    """Tell whether a display formula reads well in a line of text: short, no fraction with brackets, no marks."""
    text = to_unicode(latex)
    return len(text) <= MAX_FLAT and not any(sign in text for sign in ("\\", "^", "_", ")/", "/(", "{", "∑", "∏", "∫"))


class Flow:
    """Turns blocks into parts."""

    def __init__(self, dialect: Dialect, typesetter: Typesetter | None, *, is_inner: bool = False) -> None:
        """Args: is_inner is for what stands in a quotation, where there is neither image nor code."""
        self._dialect = dialect
        self._typesetter = typesetter
        self._is_inner = is_inner

    def parts(self, blocks: Iterable[Block]) -> Iterator[Part]:
        """Yield the parts of some blocks, each small enough for a payload of its own."""
        for block in blocks:
            yield from self._block(block)

    def folded(self, blocks: Sequence[Block]) -> Iterator[Part]:
        """Yield the rest of a long answer: folded away where it is one text, else in full."""
        inside = [part for block in blocks for part in walk(block)]
        is_text = not any(
            isinstance(part, Picture | Formula | Code | Quote | Spoiler | AnswerCard | File) for part in inside
        )
        parts = tuple(self.parts(blocks))
        folded = self._dialect.quote(_joined(parts), is_folded=True)
        if parts and is_text and self._fits(folded):
            yield Part(folded)
        else:
            yield from parts

    def _block(self, block: Block) -> Iterator[Part]:
        match block:
            case Paragraph() | Heading() | Code():
                yield from self._text(block)
            case Listing():
                yield from self._listing(block)
            case BoardChart():  # drawn in cards only
                yield from self._listing(Listing(tuple((Paragraph((Text(line),)),) for line in block.lines)))
            case Table(rows):
                yield from self._table(rows)
            case Quote(blocks):
                yield from self._enclosed(blocks, is_covered=False)
            case Spoiler(blocks):
                yield from self._enclosed(blocks, is_covered=True)
            case _:
                yield from self._other(block)

    def _other(self, block: Formula | Picture | Chart | Divider | Source | File | AnswerCard) -> Iterator[Part]:
        match block:
            case Formula(latex):
                yield self._formula(latex)
            case Picture():
                yield self._picture(block)
            case AnswerCard():
                yield from self._card(block)
            case Chart(alt=alt):  # drawn in cards only
                yield Part(self._dialect.small(self._dialect.literal(alt)))
            case Source(path):
                yield Part(self._dialect.small(self._dialect.literal("— " + " › ".join(path))))
            case File(name):
                yield Part(self._dialect.literal(name), file=block)
            case Divider():
                yield Part(self._dialect.literal("─" * 8))

    # --- text ----------------------------------------------------------------------------------

    def _text(self, block: Paragraph | Heading | Code, lead: str = "") -> Iterator[Part]:
        """Yield a block, in halves of halves where it is too long for one payload."""
        text = self._written(block)
        if not text.strip():
            return
        smaller = () if self._fits(lead + text) else halves(block)
        if smaller:
            yield from self._text(smaller[0], lead)
            for part in self._text(smaller[1]):
                yield replace(part, gap=LINES)
        else:
            yield Part(lead + text)

    def _written(self, block: Paragraph | Heading | Code) -> str:
        match block:
            case Heading(inlines, level):
                flat = tuple(replace(s, bold=False) if isinstance(s, Text) else s for s in inlines)
                return self._dialect.heading(self._inlines(flat), level)
            case Code(text) if self._is_inner:
                return self._dialect.guarded(self._dialect.literal(text))
            case Code(text, language):
                return self._dialect.code(text, language)
            case Paragraph(inlines):
                return self._dialect.guarded(self._inlines(inlines))

    def _inlines(self, inlines: Inlines) -> str:
        written = (
            self._dialect.literal(shown(s.latex)) if isinstance(s, Math) else self._dialect.styled(s) for s in inlines
        )
        return "".join(written).strip()

    def _fits(self, markup: str) -> bool:
        return fits(self._dialect, markup, self._dialect.limit)

    # --- lists, tables, quotations ---------------------------------------------------------------

    def _listing(self, listing: Listing) -> Iterator[Part]:
        for number, item in enumerate(listing.items, listing.start):
            mark = f"{number}. " if listing.is_ordered else self._dialect.bullet
            gap = PARAGRAPHS if number == listing.start else LINES
            for part in self._item(item, mark):
                yield replace(part, gap=gap)
                gap = LINES

    def _item(self, item: Sequence[Block], mark: str) -> Iterator[Part]:
        """Yield an item whole where it is text that fits, else block by block."""
        parts = tuple(self.parts(item)) or (Part(),)
        head = tuple(part for part in parts if not part.images and not part.file)
        if head == parts:
            whole = mark + self._indented(_joined(parts, LINES))
            if self._fits(whole):
                yield Part(whole)
                return
        if parts[0].images and not parts[0].text:
            yield Part(mark.strip(), images=parts[0].images)
        else:
            yield replace(parts[0], text=mark + self._indented(parts[0].text))
        yield from parts[1:]

    def _indented(self, text: str) -> str:
        return text.replace(LINES, LINES + self._dialect.indent)

    def _table(self, rows: Sequence[Sequence[Inlines]]) -> Iterator[Part]:
        """Write each row as an item below the names of the columns: phones are too narrow for columns."""
        head, *body = rows or ((),)
        names = (*table_lines.bold(head[0]), *table_lines.rest(head)) if head else ()
        yield from self._text(Paragraph(names))
        for row in body:
            for part in self._text(Paragraph(table_lines.as_line(head, row)), self._dialect.bullet):
                yield replace(part, gap=LINES)

    def _enclosed(self, blocks: Sequence[Block], *, is_covered: bool) -> Iterator[Part]:
        """Yield quoted or covered blocks, as many together as fit."""
        enclose = self._dialect.spoiler if is_covered else self._dialect.quote
        inner = Flow(self._dialect, None, is_inner=True)
        if self._is_inner:
            yield from inner.parts(blocks)
            return
        kept: list[Part] = []
        for part in inner.parts(blocks):
            if kept and not self._fits(enclose(_joined((*kept, part)))):
                yield Part(enclose(_joined(kept)))
                kept = []
            kept.append(part)
        if kept:
            yield Part(enclose(_joined(kept)))

    # --- images ----------------------------------------------------------------------------------

    def _formula(self, latex: str) -> Part:
        if self._is_inner:
            return Part(self._dialect.guarded(self._dialect.literal(shown(latex))))
        image = self._typesetter.formula(latex) if self._typesetter and not is_flat(latex) else None
        return Part(images=(image,)) if image else Part(self._dialect.code(shown(latex)))

    def _picture(self, picture: Picture) -> Part:
        image = self._typesetter.figure(picture) if self._typesetter else None
        alt = picture.alt[: self._dialect.caption_limit // 2]
        if image:
            is_silent = self._dialect.has_alt or not alt
            return Part("" if is_silent else self._dialect.small(self._dialect.literal(alt)), images=(image,))
        return Part(self._dialect.small(self._dialect.literal(f"🖼 {alt}")))

    def _card(self, card: AnswerCard) -> Iterator[Part]:
        images = (self._typesetter.card(card) if self._typesetter else None) or ()
        for at in range(0, len(images), ALBUM):
            yield Part(images=images[at : at + ALBUM])
        if not images:
            yield from self.parts((Heading((Text(card.title),)), *card.blocks))


def _joined(parts: Iterable[Part], gap: str | None = None) -> str:
    """Join texts, each after its own gap or after one for all."""
    text = ""
    for part in parts:
        text += (part.gap if gap is None else gap) + part.text if text else part.text
    return text
