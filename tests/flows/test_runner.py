"""Where the tutor works: in the event loop beside a database file, in a thread of its own beside a database server."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import cast

import pytest

from bot.core.chat.messages import Address, Message, Replies, Reply, Sender, Sent
from bot.core.content.document import paragraph
from bot.running.runner import Runner
from bot.running.tutor import Tutor

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SLOW_S = 0.2


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Return the same moment."""
        return NOW


class Slow:
    """A tutor that takes its time and notes who works: 1,200 subscriptions are due, in batches of 500."""

    def __init__(self) -> None:
        self.counts: dict[str, object] = {}
        self.threads: set[int] = set()
        self.heard: list[str] = []
        self.due = [500, 500, 200]

    def handle(self, message: Message) -> Replies:
        """Say it back after a while."""
        self.threads.add(threading.get_ident())
        time.sleep(SLOW_S)
        self.heard.append(message.text)
        return (Reply((paragraph(message.text),)),)

    def claim_due(self, _: datetime) -> int:
        """Return the size of the next batch."""
        return self.due.pop(0) if self.due else 0

    def notices(self, _: frozenset[str]) -> tuple[()]:
        """Return nothing to tell."""
        return ()

    def recover(self, _: datetime) -> None:
        """Find nothing left over."""

    settle = recover


class Speaker:
    """A chat in which three people speak at once; it ends when they are answered."""

    platform = "speaker"

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.beats = 0
        self.answers: list[Replies] = []

    async def run(self) -> None:
        """Speak, and count how often the loop came round meanwhile."""
        beating = asyncio.create_task(self._beat())
        messages = (Message(name, Address("speaker", name), Sender(name, name), name, NOW) for name in ("a", "b", "c"))
        self.answers = await asyncio.gather(*map(self._runner.handle, messages))
        beating.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(SLOW_S / 20)
            self.beats += 1

    async def send(self, _: Address, _reply: Reply) -> Sent:
        """Take nothing: nobody is to be pushed to here."""
        raise AssertionError("a push was sent")

    async def stop(self) -> None:
        """Have ended already."""


def _ran(worker: Executor | None) -> tuple[Slow, Speaker]:
    tutor = Slow()
    runner = Runner(cast("Tutor", tutor), Noon(), worker=worker)
    speaker = Speaker(runner)
    runner.add(speaker)
    asyncio.run(runner.run())
    return tutor, speaker


def test_beside_a_file_the_tutor_works_in_the_loop() -> None:
    tutor, speaker = _ran(None)
    assert tutor.threads == {threading.get_ident()}
    assert tutor.heard == ["a", "b", "c"]
    assert len(speaker.answers) == 3


def test_beside_a_server_the_loop_goes_on_while_the_tutor_works() -> None:
    tutor, speaker = _ran(ThreadPoolExecutor(1))
    assert threading.get_ident() not in tutor.threads
    assert len(tutor.threads) == 1
    assert tutor.heard == ["a", "b", "c"]
    assert speaker.beats >= 10


@pytest.mark.parametrize("worker", [None, ThreadPoolExecutor(1)])
async def test_everything_that_is_due_is_claimed_in_one_tick_and_others_have_their_turn(
    worker: Executor | None,
) -> None:
    tutor, turns = Slow(), 0
    runner = Runner(cast("Tutor", tutor), Noon(), worker=worker)
    ticking = asyncio.create_task(runner.tick())
    while not ticking.done():
        turns += 1
        await asyncio.sleep(0)
    assert tutor.due == []
    assert turns >= 4
