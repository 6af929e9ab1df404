"""Parts -> payloads: one message of a platform each, as full as its limits allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.adapters.rendering.dialect import Dialect, fits
from bot.adapters.rendering.markup import Flow, Part
from bot.adapters.rendering.payload import Payload
from bot.core.chat.messages import Reply
from bot.ports import Typesetter

MARK = 12
"""Units kept free for the mark "(12/34)" and its line break."""


def payloads(reply: Reply, dialect: Dialect, typesetter: Typesetter | None) -> tuple[Payload, ...]:
    """Write a reply as payloads in a platform's markup, in reading order."""
    flow = Flow(dialect, typesetter)
    packed = tuple(_Packer(dialect).packed((*flow.parts(reply.blocks), *flow.folded(reply.more))))
    texts = [payload for payload, _ in packed]
    return _marked(texts, dialect) if any(is_full for _, is_full in packed) else tuple(texts)


def _marked(texts: Sequence[Payload], dialect: Dialect) -> tuple[Payload, ...]:
    """Number the payloads of a reply that is too long for one."""
    return tuple(
        replace(payload, text=f"{payload.text}\n{dialect.literal(f'({number}/{len(texts)})')}")
        if payload.text
        else payload
        for number, payload in enumerate(texts, 1)
    )


class _Packer:
    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._parts: list[Part] = []

    def packed(self, parts: Iterable[Part]) -> Iterator[tuple[Payload, bool]]:
        """Yield payloads, each with whether it ended because it was full."""
        for part in parts:
            if part.images or part.file:
                yield from self._with_attachment(part)
            else:
                if not self._takes(part, self._dialect.limit):
                    yield Payload(self._text()), True
                    self._parts = []
                self._parts.append(part)
        if self._parts:
            yield Payload(self._text()), False

    def _with_attachment(self, part: Part) -> Iterator[tuple[Payload, bool]]:
        """Put an image under as much of what leads up to it as a caption may hold."""
        caption = [part] if part.text else []
        while self._parts and self._fits([self._parts[-1], *caption], self._dialect.caption_limit):
            caption.insert(0, self._parts.pop())
        if self._parts:
            yield Payload(self._text()), False
        self._parts = []
        yield Payload(_text(caption), part.images, part.file), False

    def _takes(self, part: Part, limit: int) -> bool:
        return not self._parts or self._fits([*self._parts, part], limit)

    def _fits(self, parts: Sequence[Part], limit: int) -> bool:
        return fits(self._dialect, _text(parts), limit - MARK)

    def _text(self) -> str:
        return _text(self._parts)


def _text(parts: Sequence[Part]) -> str:
    return "".join(part.text if number == 0 else part.gap + part.text for number, part in enumerate(parts))
