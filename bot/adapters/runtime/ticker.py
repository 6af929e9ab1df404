"""One APScheduler job that ticks; what is due is in the store, never in a job of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

SECONDS = 1.0


class Ticker:
    """Calls one coroutine at a steady pace; a tick that is still running is never doubled."""

    def __init__(self, tick: Callable[[], Awaitable[None]], every_s: float = SECONDS) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        # A late tick still runs (the default drops it after one second), and late ones are one.
        self._scheduler.add_job(
            tick,
            IntervalTrigger(seconds=every_s, timezone=UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin to tick; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        self._scheduler.shutdown(wait=False)
