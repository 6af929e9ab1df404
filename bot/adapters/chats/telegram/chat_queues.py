"""Work in order within a chat, side by side between chats."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable

from bot.core.chat.incidents import Counts, Incident

log = logging.getLogger(__name__)


class ChatQueues:
    """One lane for each chat: what waits in one never holds up another."""

    def __init__(self, counts: Counts | None = None) -> None:
        self._counts = Counts() if counts is None else counts
        self._last: dict[Hashable, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._last)

    def add(self, lane: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Begin work, after what is under way in its lane."""
        task = asyncio.create_task(self._run(self._last.get(lane), work))
        self._last[lane] = task
        task.add_done_callback(lambda done: self._forget(lane, done))
        return task

    async def below(self, limit: int) -> None:
        """Wait until fewer lanes than this are busy."""
        while len(self._last) >= limit:
            await asyncio.wait(set(self._last.values()), return_when=asyncio.FIRST_COMPLETED)

    async def drain(self, timeout_s: float) -> None:
        """Let everything that is under way finish; what takes longer is broken off."""
        if self._last:
            _, late = await asyncio.wait(set(self._last.values()), timeout=timeout_s)
            for task in late:
                task.cancel()

    async def _run(self, before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await work()
        except Exception:  # one chat's failure is not another's
            self._counts[Incident.FAULT] += 1
            log.exception("an update could not be answered")

    def _forget(self, lane: Hashable, done: asyncio.Task[None]) -> None:
        if self._last.get(lane) is done:
            del self._last[lane]
