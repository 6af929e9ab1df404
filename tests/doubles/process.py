"""The bot process as an operator starts it, with a database of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".pytest_cache" / "bot"


class Process:
    """`python -m bot run`.

    Attributes:
        log: what it has written on stderr so far.
    """

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
        self._environment: Mapping[str, str] = {
            **kept,
            "TUTOR_DATABASE_URL": f"sqlite:///{folder / 'tutor.sqlite3'}",
            "XDG_CACHE_HOME": str(CACHE),
            **settings,
        }
        self._arguments = arguments
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.log = ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process and self._process.returncode is None:
            await self.ends(signal.SIGKILL)

    async def start(self) -> None:
        """Start it, or start it again."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", *self._arguments,
            env=self._environment, cwd=ROOT, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read(self._process.stderr))

    async def _read(self, stream: asyncio.StreamReader | None) -> None:
        assert stream is not None
        async for line in stream:
            self.log += line.decode()

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    async def ends(self, by: signal.Signals | None = None, within_s: float = 20.0) -> int:
        """Send a signal, or none, and return the exit code."""
        assert self._process is not None
        assert self._reading is not None
        if by is not None:
            self._process.send_signal(by)
        code = await asyncio.wait_for(self._process.wait(), within_s)
        await self._reading
        return code
