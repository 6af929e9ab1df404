"""Queues and redaction: small parts that hold the rest up."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.adapters.chats.telegram.chat_queues import ChatQueues
from bot.adapters.runtime.redaction import HIDDEN, Redaction
from bot.core.chat.incidents import Counts, Incident

TOKEN = "123:AAsecret"  # noqa: S105  no bot has it


async def test_a_lane_keeps_its_order_and_holds_up_no_other() -> None:
    lanes, seen, gate = ChatQueues(), list[str](), asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        seen.append("a1")

    async def note(name: str) -> None:
        seen.append(name)

    lanes.add("a", slow)
    second = lanes.add("a", lambda: note("a2"))
    await lanes.add("b", lambda: note("b1"))
    assert seen == ["b1"]
    assert len(lanes) == 1
    gate.set()
    await second
    assert seen == ["b1", "a1", "a2"]
    await lanes.drain(1)
    assert len(lanes) == 0


async def test_a_failure_in_a_lane_is_logged_and_the_next_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    counts, seen = Counts(), list[str]()
    lanes = ChatQueues(counts)

    async def fails() -> None:
        raise ValueError("broken")

    async def works() -> None:
        seen.append("done")

    lanes.add("a", fails)
    await lanes.add("a", works)
    assert seen == ["done"]
    assert "could not be answered" in caplog.text
    assert counts == {Incident.FAULT: 1}


def test_a_token_shows_in_no_line_and_no_traceback() -> None:
    redaction = Redaction(TOKEN)
    with pytest.raises(OSError, match="AAsecret") as caught:
        Path(f"/no/bot{TOKEN}/getMe").read_bytes()
    info = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed for %s and %s", (TOKEN, "123%3AAAsecret"), info)
    redaction.filter(record)
    shown = logging.Formatter().format(record)
    assert "AAsecret" not in shown
    assert HIDDEN in shown
    assert "Traceback" in shown
