"""The whole bot on Discord beside a bare echo of discord.py, over the same double, in turns.

    python -m benchmarks.discord                      3 rounds of 300 interactions each, 1,000 servers
    python -m benchmarks.discord --rounds 5 --interactions 1000 --guilds 5000

Every interaction is `/ask` with a question of the development set, 16 under way at a time. The bot answers with
everything on: matching, a transaction in SQLite, rendering, a layout with buttons. The echo says the question back.
CPU and memory are those of the bot's process alone, read from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.people import Person
from tests.doubles.discord.server import Server

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
UNDER_WAY, PER_PERSON = 16, 4


@dataclass
class Contender:
    """A bot process with a double of its own.

    Attributes:
        rates: interactions a second, of each round.
        cpu_ms: CPU of the process per interaction, of each round.
        waits_ms: how long each interaction took until it was acknowledged.
    """

    name: str
    command: Sequence[str]
    folder: Path
    discord: Server = field(default_factory=Server)
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Open the double, start the process and wait until its commands are known."""
        await self.discord.__aenter__()
        given = {
            "TUTOR_DISCORD_TOKEN": TOKEN,
            "TUTOR_DISCORD_API_URL": self.discord.api_url,
            "TUTOR_DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "TUTOR_DATABASE_URL": f"sqlite:///{self.folder / self.name}.sqlite3",
        }
        self.process = await asyncio.create_subprocess_exec(
            *self.command, env={**os.environ, **given}, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
        )
        await self.discord.until(lambda: self.discord.commands and self.discord.gateway.is_up, "the bot", 60)

    async def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()
        await self.discord.__aexit__()

    def cpu_s(self) -> float:
        """Return the CPU seconds that the process has used."""
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self) -> float:
        """Return the memory that the process holds now."""
        lines = Path(f"/proc/{self._pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    @property
    def _pid(self) -> int:
        if self.process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self.process.pid


async def burst(bot: Contender, questions: Sequence[str]) -> None:
    """Have people ask, a few questions each, so many at a time; note rate, CPU and waits."""
    people = [Person(bot.discord, "P") for _ in range(0, len(questions), PER_PERSON)]
    left = list(enumerate(questions))

    async def asks() -> None:
        while left:
            number, question = left.pop()
            person = people[number // PER_PERSON]
            tap = await person.runs("ask", text=question)
            await person.answer(tap)
            bot.waits_ms.append(1000 * tap.taken_s)

    cpu, started = bot.cpu_s(), time.perf_counter()
    await asyncio.gather(*(asks() for _ in range(UNDER_WAY)))
    bot.rates.append(len(questions) / (time.perf_counter() - started))
    await asyncio.sleep(0.2)
    bot.cpu_ms.append(1000 * (bot.cpu_s() - cpu) / len(questions))


async def join(bot: Contender, guilds: int) -> None:
    """Take the bot into many servers, and print what that costs in memory."""
    await asyncio.sleep(3)  # the first servers have been counted
    before = bot.resident_mb()
    for number in range(guilds):
        guild = bot.discord.world.guild(f"guild {number}")
        await bot.discord.gateway.emit("GUILD_CREATE", {**guild, "unavailable": False})
    await burst(bot, ["什么是感受野"] * UNDER_WAY)
    grown = (bot.resident_mb() - before) * 1000 / guilds
    print(f"{bot.name:>5}: {grown:.1f} MB for 1,000 servers (of one channel and one role each)")


def report(bot: Contender) -> None:
    """Print the figures of one."""
    waits = sorted(bot.waits_ms)
    print(f"{bot.name:>5}: {statistics.median(bot.rates):.0f} interactions/s "
          f"({min(bot.rates):.0f}-{max(bot.rates):.0f}), {statistics.median(bot.cpu_ms):.2f} ms CPU each, "
          f"acknowledged in {waits[len(waits) // 2]:.0f} ms median, {waits[int(len(waits) * 0.99)]:.0f} ms p99, "
          f"{bot.resident_mb():.0f} MB resident, refused {len(bot.discord.refused)}")  # fmt: skip


async def run(rounds: int, interactions: int, guilds: int) -> None:
    """Run both in turns."""
    lines = (ROOT / "tests/data/ask_dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [query for line in lines if (query := str(json.loads(line)["query"]).strip())]
    with tempfile.TemporaryDirectory() as name:
        commands = {"bot": ["-m", "bot", "run"], "echo": ["-m", "benchmarks.discord_echo"]}
        bots = [Contender(who, [sys.executable, *what], Path(name)) for who, what in commands.items()]
        for bot in bots:
            await bot.start()
            await burst(bot, asked[: interactions // 4])
            for kept in (bot.rates, bot.cpu_ms, bot.waits_ms):
                kept.clear()
        for turn in range(rounds):
            for bot in bots if turn % 2 else reversed(bots):
                await burst(bot, (asked * 99)[turn * 37 : turn * 37 + interactions])
        for bot in bots:
            report(bot)
        mine, echo = bots
        print(f"the whole bot: {statistics.median(mine.rates) / statistics.median(echo.rates):.2f} of the echo's rate, "
              f"{statistics.median(mine.cpu_ms) / statistics.median(echo.cpu_ms):.2f} times its CPU")  # fmt: skip
        for bot in bots:
            await join(bot, guilds)
        for bot in bots:
            await bot.stop()


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--interactions", type=int, default=300)
    parser.add_argument("--guilds", type=int, default=1000)
    args = parser.parse_args()
    asyncio.run(run(args.rounds, args.interactions, args.guilds))


if __name__ == "__main__":
    main()
