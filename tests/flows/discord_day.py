"""A bot whose clock is moved by starting it anew, and what it did on Discord as people see it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.people import plain
from tests.doubles.discord.process import BotProcess
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import DM, EPHEMERAL, Json, said
from tests.flows.transcripts import TUTOR, Transcript


@asynccontextmanager
async def running(
    discord: Server,
    folder: Path,
    moment: str,
    *,
    by: signal.Signals = signal.SIGTERM,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[BotProcess]:
    """Let the bot run from a moment on, on the database of that folder, and end by a signal.

    Args:
        moment: "2026-11-24T09:00:00+08:00"; the world's clock shows it too.
    """
    discord.world.turns_to(datetime.fromisoformat(moment))
    before = discord.gateway.log.count("ready")
    async with BotProcess(discord, folder, "--now", moment, **(settings or {})) as bot:
        await discord.until(lambda: discord.gateway.log.count("ready") > before, "the gateway", 60)
        await discord.until(lambda: discord.commands, "the commands")
        yield bot
        await asyncio.sleep(0.1)  # the process notes what arrived last
        code = await bot.ends(by)
        assert code == (0 if by is signal.SIGTERM else -by)
        assert "ERROR" not in bot.log
        assert TOKEN not in bot.log


def posts(discord: Server, channel: Json) -> list[Json]:
    """Return what the bot has posted in a channel for all to see, in order."""
    world = discord.world
    here = (message for message in world.messages.values() if message["channel_id"] == channel["id"])
    own = (message for message in here if message["author"]["id"] == world.me["id"])
    return [message for message in own if not message["flags"] & EPHEMERAL and message["id"] not in world.deleted]


@dataclass
class Scribe:
    """Writes what the bot did into a transcript, from what is in the world of the double since it last did."""

    discord: Server
    transcript: Transcript
    written: set[str] = field(default_factory=set)

    def writes(self) -> None:
        """Write down what the bot has done since it was last asked."""
        world = self.discord.world
        for message_id, marks in world.marks.items():
            author = world.messages[message_id]["author"]["global_name"]
            for emoji, _ in marks:
                self._does(f"{emoji} {message_id}", f"reacts to {author}'s message: {emoji}")
        for message in tuple(world.messages.values()):
            if message["author"]["id"] == world.me["id"] and message["id"] not in world.deleted | self.written:
                self.written.add(message["id"])
                self.transcript.says(TUTOR, self._where(message), plain(said(message)))
            if message["id"] in world.channels:
                name = world.channels[message["id"]]["name"]
                self._does(f"thread {message['id']}", f"opens a thread under that message: {name}")
        for number, refusal in enumerate(self.discord.refused):
            path, _, why = refusal.partition(": ")
            channel = world.channels[path.split("/")[2]]
            self._does(f"refusal {number}", f"{self._name(channel)}: cannot be said ({why})")

    def _does(self, key: str, what: str) -> None:
        if key not in self.written:
            self.written.add(key)
            self.transcript.does(TUTOR, what)

    def _where(self, message: Json) -> str:
        world = self.discord.world
        where = self._name(world.channels[message["channel_id"]])
        if message["flags"] & EPHEMERAL:
            where += f", seen by {world.users[world.eyes[message['id']]]['global_name']} alone"
        quoted = message.get("referenced_message")
        if quoted:
            is_mine = quoted["author"]["id"] == world.me["id"]
            where += f", answering {'the question' if is_mine else quoted['author']['global_name']}"
        return where

    @staticmethod
    def _name(channel: Json) -> str:
        return f"{channel['recipients'][0]['global_name']} alone" if channel["type"] == DM else f"#{channel['name']}"
