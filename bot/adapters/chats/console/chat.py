"""The terminal as a platform: lines in, rich text out.

With a terminal at both ends it keeps a prompt open while questions arrive; with a pipe it answers one
message a line, in order, and ends with the input.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from rich.console import Console as Screen
from rich.console import Group, RenderableType
from rich.text import Text as Line

from bot.adapters.chats.console.downloads import saved
from bot.adapters.chats.console.render import render
from bot.adapters.chats.console.room import ROOM, USAGE, Room, heading, way_of
from bot.adapters.chats.policy import Way
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Message, Reply, Sender, Sent
from bot.ports import Services

log = logging.getLogger(__name__)
PIPE_WIDTH = 1_000_000

PLATFORM = "console"
ADDRESS = Address(PLATFORM, "local")
FAREWELLS = frozenset({"exit", "quit", "退出", "/exit", "/quit", "/退出"})
PROMPT = "你> "


def to_message(line: str, wire_id: str, sent_at: datetime) -> Message:
    """Read one typed line; the person at the terminal may do everything here."""
    return Message(
        wire_id=wire_id,
        address=ADDRESS,
        sender=Sender("local"),
        text=line,
        sent_at=sent_at,
        is_admin=True,
    )


class Console:
    """The terminal chat."""

    platform = PLATFORM

    def __init__(
        self,
        services: Services,
        *,
        reads: TextIO | None = None,
        writes: TextIO | None = None,
        folder: Path | None = None,
        room: Room | None = None,
    ) -> None:
        """Args: reads and writes default to the process's own; a terminal at both ends is interactive.

        Files for the reader go into `folder`, the current one if left out. In a `room` several people speak.
        """
        self._room = room
        self._services = services
        self._folder = folder or Path.cwd()
        self._reads = reads or sys.stdin
        self._writes = writes or sys.stdout
        self._is_interactive = self._reads.isatty() and self._writes.isatty()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._session = uuid.uuid4().hex[:12]
        self._count = 0

    async def run(self) -> None:
        """Answer lines until the input ends or someone says goodbye."""
        with self._around():
            async for line in self._typed():
                if line.strip().lower() in FAREWELLS:
                    break
                self._count += 1
                message = self._read_line(line)
                if message:
                    await self._answer(message)
                else:
                    self._screen().print(Line(USAGE), Line())

    def _read_line(self, line: str) -> Message | None:
        wire_id = f"{self._session}-{self._count}"
        read = self._room.to_message if self._room else to_message
        return read(line, wire_id, self._services.clock.now())

    async def _answer(self, message: Message) -> None:
        first = 1  # the choices of one turn are numbered through
        for reply in await self._services.handle(message):
            above = heading(message, reply, "zh") if self._room else None
            is_whole = self._room is not None and way_of(message, reply) is Way.REACT
            sent = await self._print(Reply(()) if is_whole else reply, first, above)
            if self._room and above is None:
                self._room.posted(reply, sent, first)
            first += len(reply.choices)
            if reply.ref:
                await self._services.note(ReplySent(message.address, reply.ref, sent))

    async def send(self, address: Address, reply: Reply) -> Sent:
        """Print a reply."""
        sent = await self._print(reply)
        if self._room and address == ROOM:
            self._room.posted(reply, sent)
        return sent

    async def _print(self, reply: Reply, first: int = 1, above: Line | None = None) -> Sent:
        """Print a reply, its choices numbered from `first`."""
        self._count += 1
        lines = await asyncio.to_thread(self._rendered, reply, first)
        self._screen().print(Group(*([above] if above else []), *lines), Line())
        self._writes.flush()
        return Sent((f"{self._session}-{self._count}",))

    def _rendered(self, reply: Reply, first: int) -> tuple[RenderableType, ...]:
        try:
            reply = saved(reply, self._folder)
        except OSError as error:
            log.warning("files could not be written: %s", error)
        return render(reply, first, self._services.typesetter)

    async def stop(self) -> None:
        """End the input."""
        self._lines.put_nowait(None)

    def _screen(self) -> Screen:
        # Made anew each time: the prompt swaps sys.stdout while it is open.
        writes = sys.stdout if self._is_interactive else self._writes
        # What goes into a pipe is not wrapped; with `soft_wrap` what is indented would be cut at the width instead.
        width = None if self._is_interactive else PIPE_WIDTH
        return Screen(file=writes, highlight=False, width=width, emoji=False, markup=False)

    def _around(self) -> contextlib.AbstractContextManager[None]:
        if not self._is_interactive:
            return contextlib.nullcontext()
        from prompt_toolkit.patch_stdout import patch_stdout

        return patch_stdout(raw=True)

    async def _typed(self) -> AsyncIterator[str]:
        if self._is_interactive:
            async for line in self._prompted():
                yield line
            return
        # A thread of its own may block on the input for ever without holding up the end of the process.
        threading.Thread(target=self._read, args=(asyncio.get_running_loop(),), daemon=True).start()
        while (typed := await self._lines.get()) is not None:
            self._screen().print(Line(f"{PROMPT}{typed}"))
            yield typed

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        with contextlib.suppress(RuntimeError):  # the loop ended first
            for line in self._reads:
                loop.call_soon_threadsafe(self._lines.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(self._lines.put_nowait, None)

    async def _prompted(self) -> AsyncIterator[str]:
        from prompt_toolkit import PromptSession

        session: PromptSession[str] = PromptSession()
        while True:
            typing = asyncio.ensure_future(session.prompt_async(PROMPT))
            stopping = asyncio.ensure_future(self._lines.get())
            try:
                await asyncio.wait({typing, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not typing.done():
                    return
                yield typing.result()
            except (EOFError, KeyboardInterrupt):
                return
            finally:
                for task in (typing, stopping):
                    task.cancel()
                await asyncio.gather(typing, stopping, return_exceptions=True)
