"""A reply is rendered in the event loop where all its pictures are at hand, and beside it where one must be made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.adapters.rendering.markup import is_flat
from bot.core.chat.messages import Reply
from bot.core.content.document import AnswerCard, Formula, Picture, walk
from bot.ports import Typesetter

_T = TypeVar("_T")
Drawable = AnswerCard | Formula | Picture


def pictures_in(reply: Reply) -> tuple[Drawable, ...]:
    """Return the parts of a reply that are pictures, wherever something can draw them."""
    parts = (part for block in (*reply.blocks, *reply.more) for part in walk(block))
    return tuple(
        part
        for part in parts
        if isinstance(part, AnswerCard | Picture) or (isinstance(part, Formula) and not is_flat(part.latex))
    )


async def rendered(render: Callable[[Reply, Typesetter | None], _T], reply: Reply, typesetter: Typesetter | None) -> _T:
    """Render a reply; what may take long leaves the event loop free."""
    parts = pictures_in(reply) if typesetter else ()
    if typesetter is None or not parts:
        return render(reply, None)
    if all(typesetter.is_ready(part) for part in parts):
        return render(reply, typesetter)
    return await asyncio.to_thread(render, reply, typesetter)
