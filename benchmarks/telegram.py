"""The whole bot on Telegram beside a bare echo of python-telegram-bot, over the same double, in turns.

    python -m benchmarks.telegram                     4 rounds of 800 updates each
    python -m benchmarks.telegram --rounds 8 --updates 2000 --pushes 3000

Every update of the bot is a question of the development set, answered with everything on: matching, a
transaction in SQLite, rendering. The echo is asked the same and says it back. Updates come from as many people as
there are updates to a round divided by four. CPU is that of the bot's process alone, read from /proc. A round has
ended when everybody has an answer and nothing was sent any more for a while: an answer may be several messages, and
"typing" is none.

Both are started twice: cold, in an empty data folder and with an empty cache, and warm, in what the first start has
left. Everything else is measured after the warm start. The first start also leaves compiled modules, as any
installation has them, wherever the environment may say that Python is to leave none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from bot.adapters.store import open_store
from bot.adapters.store.migrating import upgrade
from bot.core.chat.messages import Address
from bot.core.records.records import Account, Learner, Owner, OwnerKind
from bot.core.scheduling.schedule import Schedule
from tests.doubles.telegram.people import Person, Telegram
from tests.doubles.telegram.server import TOKEN, Entry

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PER_PERSON = 4
QUIET_S = 1.0


class Counting(list[Entry]):
    """A journal that keeps when each chat was written to, and how often, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, deque[float]] = defaultdict(deque)
        self.by_chat: Counter[str] = Counter()
        self.total = 0
        self.last_at = 0.0

    def append(self, entry: Entry, /) -> None:
        """Note a message."""
        if entry.call.method.startswith("send") and entry.call.method != "sendChatAction" and not entry.error:
            self.sent[entry.call.get("chat_id")].append(entry.at)
            self.by_chat[entry.call.get("chat_id")] += 1
            self.total += 1
            self.last_at = entry.at


@dataclass
class Contender:
    """A bot process with a double of its own.

    Attributes:
        cold_s: from its first start to its first request for updates.
        ready_s: the same of its last start, which finds what the one before has left.
        rates: updates a second, of each round.
        cpu_ms: CPU of the process per update, of each round.
    """

    name: str
    command: Sequence[str]
    telegram: Telegram = field(default_factory=Telegram)
    environment: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    cold_s: float = 0.0
    ready_s: float = 0.0
    people: list[Person] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self.process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self.process

    @property
    def journal(self) -> Counting:
        """What the double has seen."""
        return cast("Counting", self.telegram.journal)

    async def start_twice(self) -> None:
        """Start it cold and end it again, then start it warm."""
        await self.start()
        self.cold_s = self.ready_s
        await self.stop()
        self.telegram = Telegram()
        await self.start()

    async def start(self) -> None:
        """Open the double, start the process and wait until it asks for updates."""
        self.telegram.journal = Counting()
        await self.telegram.open()
        url = self.telegram.base_url
        given = {
            "ECHO_TOKEN": TOKEN,
            "ECHO_BASE_URL": url,
            "TUTOR_TELEGRAM_TOKEN": TOKEN,
            "TUTOR_TELEGRAM_BASE_URL": url,
        }
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        started = time.perf_counter()
        self.process = await asyncio.create_subprocess_exec(
            *self.command, env={**kept, **given, **self.environment}, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
        )
        await self.telegram.until(lambda: self.telegram.polls, within_s=60)
        self.ready_s = time.perf_counter() - started

    async def stop(self) -> None:
        """End it."""
        self._running.send_signal(signal.SIGTERM)
        await self._running.wait()
        await self.telegram.close()

    def cpu_s(self) -> float:
        """Return the CPU seconds that the process has used."""
        fields = Path(f"/proc/{self._running.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self) -> float:
        """Return the memory that the process holds now."""
        lines = Path(f"/proc/{self._running.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    async def answered(self, count: int) -> None:
        """Wait until so many messages were sent."""
        await self.telegram.until(lambda: self.journal.total >= count, f"{count} answers of {self.name}", 120)

    async def is_done(self, count: int) -> None:
        """Wait until so many messages were sent, and no more come."""
        await self.answered(count)
        await self.telegram.until(lambda: time.monotonic() > self.journal.last_at + QUIET_S, within_s=60)


async def burst(bot: Contender, questions: Sequence[str]) -> None:
    """Give a bot all questions at once; note its rate and its CPU."""
    before, cpu, started = bot.journal.total, bot.cpu_s(), time.monotonic()
    for number, question in enumerate(questions):
        bot.people[number % len(bot.people)].says(question)
    await bot.is_done(before + len(questions))
    bot.rates.append(len(questions) / (bot.journal.last_at - started))
    bot.cpu_ms.append(1000 * (bot.cpu_s() - cpu) / len(questions))


async def paced(bot: Contender, questions: Sequence[str], per_s: float) -> list[float]:
    """Ask at a steady pace; return how long each answer took, in ms."""
    asked: dict[str, deque[float]] = defaultdict(deque)
    start, sent = time.monotonic(), bot.journal.sent
    sent.clear()
    for number, question in enumerate(questions):
        await asyncio.sleep(max(0.0, start + number / per_s - time.monotonic()))
        person = bot.people[number % len(bot.people)]
        asked[str(person.user.id)].append(time.monotonic())
        person.says(question)
    await bot.telegram.until(lambda: all(sent[chat] and sent[chat][-1] > times[-1] for chat, times in asked.items()))
    pairs = (
        (at, next(answer for answer in sent[chat] if answer > at)) for chat, times in asked.items() for at in times
    )
    return sorted(1000 * (answer - at) for at, answer in pairs)


def share(values: Sequence[float], part: float) -> float:
    """Return a quantile of sorted values."""
    return values[min(len(values) - 1, int(part * len(values)))]


def single_answers() -> list[str]:
    """Return questions of the development set without line breaks."""
    lines = (ROOT / "tests/data/ask_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [query for line in lines if (query := str(json.loads(line)["query"])) and "\n" not in query]


async def compare(bots: Sequence[Contender], rounds: int, updates: int) -> None:
    """Run both in turns, and print what came out."""
    asked = single_answers()
    for bot in bots:
        await bot.start_twice()
        bot.people = [bot.telegram.person(f"P{n}") for n in range(updates // PER_PERSON)]
        await burst(bot, (asked * 9)[: updates // 4])
        bot.rates.clear()
        bot.cpu_ms.clear()
    for turn in range(rounds):
        for bot in bots if turn % 2 else reversed(bots):
            await burst(bot, (asked * 99)[turn * 37 : turn * 37 + updates])
            await asyncio.sleep(PER_PERSON)  # nobody is to meet the flood control
    for bot in bots:
        report(bot)
    mine, echo = bots
    ratio = statistics.median(mine.cpu_ms) / statistics.median(echo.cpu_ms)
    print(f"CPU per update of the whole bot: {ratio:.2f} of the echo's; "
          f"rate {statistics.median(mine.rates) / statistics.median(echo.rates):.2f} times")  # fmt: skip
    for bot in bots:
        times = await paced(bot, (asked * 9)[:updates], statistics.median(mine.rates) / 2)
        print(f"{bot.name:>5} at {statistics.median(mine.rates) / 2:.0f} a second: "
              f"p50 {share(times, 0.5):.1f} ms, p99 {share(times, 0.99):.1f} ms")  # fmt: skip


def report(bot: Contender) -> None:
    """Print the figures of one."""
    rates, cpu = statistics.median(bot.rates), statistics.median(bot.cpu_ms)
    spread = f"{min(bot.cpu_ms):.2f}-{max(bot.cpu_ms):.2f}"
    print(f"{bot.name:>5}: {rates:.0f} updates/s, {cpu:.2f} ms CPU each ({spread}), "
          f"{bot.resident_mb():.0f} MB resident, ready in {bot.ready_s:.2f} s, cold {bot.cold_s:.2f} s")  # fmt: skip


def seed(url: str, telegram: Telegram, learners: int, due: datetime) -> None:
    """Write learners who are subscribed to one minute."""
    upgrade(url)
    store = open_store(url)
    schedule = Schedule(
        (due.astimezone(ZoneInfo("Asia/Shanghai")).time().replace(second=0, microsecond=0),), "Asia/Shanghai"
    )
    with store.transaction() as tx:
        for number in range(learners):
            person = telegram.person(f"L{number}")
            person.user.started = True
            user_id = str(person.user.id)
            learner, _ = tx.add_learner(
                Learner(0, "zh", "Asia/Shanghai", due - timedelta(days=1)), Account(0, 0, "telegram", user_id, "L")
            )
            tx.subscribe(Owner(OwnerKind.LEARNER, learner.id), Address("telegram", user_id), schedule, due)
    store.close()


async def push(folder: Path, learners: int, per_s: int) -> None:
    """Let everybody's question fall due in one minute; somebody asks all the while."""
    url = f"sqlite:///{folder / f'push{per_s}.sqlite3'}"
    due = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    bot = Contender("bot", [sys.executable, "-m", "bot", "run", "--now", (due - timedelta(seconds=4)).isoformat()])
    bot.environment = {"TUTOR_DATABASE_URL": url, "TUTOR_PUSHES_A_SECOND": str(per_s)}
    seed(url, bot.telegram, learners, due)
    await bot.start()
    asker = bot.telegram.person("Asker")
    bot.people = [asker]
    await bot.answered(1)
    started, cpu = time.perf_counter(), bot.cpu_s()
    waits: list[float] = []
    while bot.journal.total - bot.journal.by_chat[str(asker.user.id)] < learners:
        if len(waits) < time.perf_counter() - started + 10:
            waits += await paced(bot, ["什么是感受野"], 100)
        await asyncio.sleep(0.2)
    took = time.perf_counter() - started
    print(f"pushes: {learners} in {took:.1f} s = {learners / took:.0f} a second (limit {per_s}), "
          f"{1000 * (bot.cpu_s() - cpu) / learners:.2f} ms CPU each; "
          f"{len(waits)} answers meanwhile, slowest {max(waits, default=0):.0f} ms")  # fmt: skip
    await bot.stop()


async def run(rounds: int, updates: int, pushes: int) -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bot = Contender("bot", [sys.executable, "-m", "bot", "run"])
        bot.environment = {
            "TUTOR_DATABASE_URL": f"sqlite:///{folder / 'ask.sqlite3'}",
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        echo = Contender("echo", [sys.executable, "-m", "benchmarks.telegram_echo"])
        await compare((bot, echo), rounds, updates)
        for contender in (bot, echo):
            await contender.stop()
        for per_s in (30, 1000):
            await push(folder, min(pushes, per_s * 10), per_s)


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--updates", type=int, default=800)
    parser.add_argument("--pushes", type=int, default=2000)
    args = parser.parse_args()
    asyncio.run(run(args.rounds, args.updates, args.pushes))
    print(f"(this harness: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB)")


if __name__ == "__main__":
    main()
