"""Delivering: claiming what is due and draining it, beside the usual way of one scheduled job per learner.

    python -m benchmarks.delivery                      a million subscriptions, 100,000 of them due in one minute
    python -m benchmarks.delivery --subscriptions 50000 --due 5000

The database is an SQLite file in a temporary folder. Claiming runs as in the app: in a worker thread, in
batches, while a probe on the event loop measures how long the loop was held.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import Process
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import app, settings
from bot.adapters.runtime.clock import SystemClock
from bot.adapters.store import open_store
from bot.adapters.store.migrating import upgrade
from bot.adapters.store.rows import dump_schedule
from bot.core.chat.messages import Address, Reply, Sent
from bot.core.scheduling.schedule import Schedule
from bot.features.daily import delivering
from bot.features.daily.outcomes import Outcome, Outgoing, record
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.sender import Sender

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
ZONES = ("Asia/Shanghai", "Asia/Taipei", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
BATCH = 500
PROBE_S = 0.001
_T = TypeVar("_T")


def fill(path: Path, subscriptions: int, due: int) -> None:
    """Write learners with subscriptions, `due` of them due at NOW: slots are whole minutes."""
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany("INSERT INTO learner VALUES (?, 'zh', ?, ?, 0.9, NULL)", _learners(subscriptions))
        connection.executemany(
            "INSERT INTO address (id, platform, chat, thread) VALUES (?, 'bench', ?, '')",
            ((n, str(n)) for n in range(1, subscriptions + 1)),
        )
        rows = list(_subscriptions(subscriptions, due))
        connection.executemany(
            "INSERT INTO subscription (id, owner_kind, owner_id, address_id, schedule, next_at, paused, unanswered, "
            "missed) VALUES (?, 'learner', ?, ?, ?, ?, '', 0, 0)",
            ((n, n, n, schedule, at) for n, schedule, at in rows),
        )
        connection.executemany(
            "INSERT INTO due VALUES (?, ?, 'learner', ?, ?, 'bench', ?, 0)",
            sorted((at, n, n, n, schedule) for n, schedule, at in rows),
        )
    connection.close()


def _learners(count: int) -> Iterator[tuple[int, str, str]]:
    return ((n, ZONES[n % len(ZONES)], _stored(NOW)) for n in range(1, count + 1))


def _subscriptions(count: int, due: int) -> Iterator[tuple[int, str, str]]:
    """Yield ids, schedules and next slots: those due are spread evenly among all, as people are."""
    every = max(1, count // due)
    for n in range(1, count + 1):
        zone = ZONES[n % len(ZONES)]
        at = NOW if n % every == 0 else NOW + timedelta(minutes=1 + n % 1380)
        yield n, dump_schedule(Schedule((at.astimezone(ZoneInfo(zone)).time(),), zone)), _stored(at)


def _stored(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


# --- claiming --------------------------------------------------------------------------------------


@dataclass
class Probe:
    """Measures how long the event loop was held at most, in seconds."""

    worst_s: float = 0.0
    is_on: bool = True

    async def run(self) -> None:
        """Look at the clock again and again."""
        while self.is_on:
            before = time.perf_counter()
            await asyncio.sleep(PROBE_S)
            self.worst_s = max(self.worst_s, time.perf_counter() - before - PROBE_S)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    rows: int
    seconds: float
    cpu_seconds: float
    loop_held_ms: float
    mb: float

    def __str__(self) -> str:
        rate, cpu_rate = self.rows / self.seconds, self.rows / self.cpu_seconds
        return f"{self.name:34} {self.rows:8,} {rate:10,.0f} {cpu_rate:12,.0f} {self.loop_held_ms:12.1f} {self.mb:8.0f}"


async def claim_all(store: Store) -> Figure:
    """Claim everything that is due, as the app does."""
    app.freeze_what_stays()
    worker, loop, probe = ThreadPoolExecutor(1), asyncio.get_running_loop(), Probe()
    probing = asyncio.create_task(probe.run())
    start, cpu, rows = time.perf_counter(), time.process_time(), 0
    while claimed := await loop.run_in_executor(worker, delivering.claim, store, NOW, BATCH):
        rows += claimed
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    probe.is_on = False
    await probing
    worker.shutdown()
    return Figure("one tick over the due table", rows, seconds, cpu_seconds, 1000 * probe.worst_s, _resident_mb())


async def one_job_each(count: int) -> Figure:
    """Run one APScheduler job per learner, all due at the same moment: the usual way."""
    done = 0

    async def job() -> None:
        nonlocal done
        done += 1
        if done == count:
            finished.set()

    scheduler, probe, finished = AsyncIOScheduler(timezone=UTC), Probe(), asyncio.Event()
    at = datetime.now(UTC) + timedelta(seconds=2 + count / 2000)  # noqa: TID251  APScheduler has no other clock
    for _ in range(count):
        scheduler.add_job(job, "date", run_date=at, misfire_grace_time=None)
    scheduler.start()
    await asyncio.sleep(max(0.0, (at - SystemClock().now()).total_seconds() - 0.2))
    probing = asyncio.create_task(probe.run())
    await asyncio.sleep(0)
    cpu = time.process_time()
    await finished.wait()
    seconds = (SystemClock().now() - at).total_seconds()
    probe.is_on = False
    await probing
    scheduler.shutdown(wait=False)
    held_ms = 1000 * probe.worst_s
    name = f"one APScheduler job each, {count:,}"
    return Figure(name, count, seconds, time.process_time() - cpu, held_ms, _resident_mb())


def _resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- draining --------------------------------------------------------------------------------------


class Instant:
    """A platform that takes everything at once."""

    platform = "bench"

    def __init__(self) -> None:
        self.count = 0

    async def run(self) -> None:
        """Nothing comes in."""

    async def send(self, address: Address, reply: Reply) -> Sent:  # noqa: ARG002  nothing is shown
        """Take one message."""
        self.count += 1
        return Sent((f"{address.chat}-{self.count}",))

    async def stop(self) -> None:
        """There is nothing to stop."""


class Outbox:
    """The store behind the sender, ending after so many."""

    def __init__(self, store: Store, knowledge: Knowledge, most: int) -> None:
        self._store, self._knowledge, self._left = store, knowledge, most
        self._worker = ThreadPoolExecutor(1)

    async def take(self, limit: int) -> list[Outgoing]:
        """Take a batch."""
        wanted = min(limit, self._left)
        if not wanted:
            return []
        taken = await self._work(delivering.take, self._store, self._knowledge, ("bench",), NOW, wanted)
        self._left -= len(taken)
        return taken

    async def record(self, outcomes: list[Outcome]) -> None:
        """Write outcomes down."""
        await self._work(record, self._store, outcomes, NOW)

    async def _work(self, act: Callable[..., _T], *args: object) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, lambda: act(*args))


async def drain(store: Store, knowledge: Knowledge, rate: float, count: int) -> str:
    """Send so many at a rate, and say how close to the limit that came."""
    chat = Instant()
    sender = Sender(Outbox(store, knowledge, count), {"bench": chat}, rate)
    start, cpu = time.perf_counter(), time.process_time()
    await sender.drain()
    seconds = time.perf_counter() - start
    return (
        f"{rate:9,.0f} {chat.count:9,} {seconds:9.2f} {chat.count / rate:9.2f} {chat.count / seconds / rate:9.0%} "
        f"{1000 * (time.process_time() - cpu) / chat.count:9.2f}"
    )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscriptions", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tutor.sqlite3"
        upgrade(f"sqlite:///{path}")
        # In a process of its own, so that its memory is not taken for the tutor's.
        filling = Process(target=fill, args=(path, args.subscriptions, args.due))
        filling.start()
        filling.join()
        store = open_store(f"sqlite:///{path}")
        print(f"{'':34} {'rows':>8} {'rows/s':>10} {'rows/CPU s':>12} {'loop held ms':>12} {'MB peak':>8}")
        print(asyncio.run(claim_all(store)))
        for count in (1_000, 10_000):
            print(asyncio.run(one_job_each(count)))
        knowledge = app.load_knowledge(settings.load())
        print(f"\n{'limit/s':>9} {'sent':>9} {'seconds':>9} {'at best':>9} {'of limit':>9} {'CPU ms':>9}")
        for rate, count in ((30, 300), (1_000, 4_000)):
            print(asyncio.run(drain(store, knowledge, rate, count)))
        store.close()


if __name__ == "__main__":
    main()
