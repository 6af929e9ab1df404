"""What is written into a pipe is whole, however long its lines are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.adapters.chats.console.chat import ADDRESS, Console
from bot.core.chat.events import ChatEvent
from bot.core.chat.messages import Message, Replies, Reply, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import Block, Code, Formula, Listing, Quote, Table, paragraph, spans
from bot.ports import Services

LONG = "感受野逐层递推，上一层的感受野加 (k-1) 乘前面步长的积；" * 20 + "完"


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 24, tzinfo=UTC)


async def handle(_: Message) -> Replies:
    return ()


async def suggest(_text: str, _language: str, _offered: Offered) -> Sequence[Suggestion]:
    return ()


async def note(_: ChatEvent) -> None:
    return None


@pytest.mark.parametrize(
    "block",
    [
        paragraph(LONG),
        Quote((paragraph(LONG),)),
        Listing(((paragraph(LONG), Quote((paragraph(LONG),))),)),
        Code(LONG),
        Formula(LONG[:900] + "完"),
        Table(((spans(LONG),),)),
    ],
    ids=["a paragraph", "a quotation", "a list", "code", "a formula", "a table"],
)
async def test_a_long_block_is_whole(block: Block) -> None:
    written = io.StringIO()
    console = Console(Services(handle, suggest, note, Clock()), reads=io.StringIO(), writes=written)
    await console.send(ADDRESS, Reply((block,)))
    assert written.getvalue().rstrip().endswith("完")
    assert max(map(len, written.getvalue().splitlines())) < 2000  # and nothing is filled up to some width
