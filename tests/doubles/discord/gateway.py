"""The double's gateway: HELLO, IDENTIFY, heartbeats, READY, events in a compressed stream, RESUME."""

from __future__ import annotations

import asyncio
import itertools
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.doubles.discord.world import Json, World

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.double-token-that-must-never-be-logged"  # noqa: S105  the double's own
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
HEARTBEAT_MS = 41_250
GUILDS, MESSAGES, MARKS, VOTES = 1 << 0, 1 << 9 | 1 << 12, 1 << 10 | 1 << 13, 1 << 24 | 1 << 25
WANTED = {
    "GUILD": GUILDS, "CHANNEL": GUILDS, "THREAD": GUILDS, "MESSAGE_POLL": VOTES, "MESSAGE_REACTION": MARKS,
    "MESSAGE": MESSAGES,
}  # fmt: skip
"""What begins the name of an event that is sent only to whoever asked for one of these intents."""


@dataclass
class Session:
    """What the gateway keeps of a client: its events since READY, so that a lost line loses none."""

    id: str
    intents: int
    events: list[Json] = field(default_factory=list)
    line: Line | None = None


class Line:
    """One connection, with its compressed stream."""

    def __init__(self, socket: web.WebSocketResponse, *, is_compressed: bool) -> None:
        self.socket = socket
        self._deflate = zlib.compressobj() if is_compressed else None

    async def send(self, payload: Json) -> None:
        """Send one payload."""
        text = json.dumps(payload)
        if self._deflate is None:
            await self.socket.send_str(text)
            return
        data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        await self.socket.send_bytes(data)


class Gateway:
    """The gateway of one application.

    Attributes:
        log: what happened on it, for tests: "identify", "resume", "heartbeat", "ready".
        refused: what was against the rules.
        late_s: how long after READY the servers come.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = itertools.count(1)
        self._sessions: dict[str, Session] = {}
        self._current: Session | None = None
        self.url = ""
        self.log: list[str] = []
        self.refused: list[str] = []
        self.late_s = 0.0

    @property
    def is_up(self) -> bool:
        """Tell whether the bot is connected and knows it."""
        return self._current is not None and self._current.line is not None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(socket, is_compressed=request.query.get("compress") == "zlib-stream")
        await line.send({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}, "s": None, "t": None})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._take(line, json.loads(message.data))
        if self._current and self._current.line is line:
            self._current.line = None
        return socket

    async def emit(self, event: str, data: Any) -> None:
        """Dispatch an event; while no line is up it is kept for the one that resumes."""
        session = self._current
        assert session is not None, "nobody has identified yet"
        wanted = next((bits for name, bits in WANTED.items() if event.startswith(name)), session.intents)
        if not session.intents & wanted:
            return
        payload = {"op": DISPATCH, "t": event, "d": data, "s": len(session.events) + 2}
        session.events.append(payload)
        if session.line:
            await session.line.send(payload)

    async def drop(self, code: int = 4000) -> None:
        """Lose the line, as happens every few hours."""
        assert self._current is not None
        assert self._current.line is not None
        line, self._current.line = self._current.line, None
        await line.socket.close(code=code)

    async def close(self) -> None:
        """End every connection."""
        for session in self._sessions.values():
            if session.line:
                await session.line.socket.close(code=1001)

    async def _take(self, line: Line, payload: Json) -> None:
        match payload["op"]:
            case 1:
                self.log.append("heartbeat")
                await line.send({"op": ACK, "d": None, "s": None, "t": None})
            case 2:
                await self._identify(line, payload["d"])
            case 6:
                await self._resume(line, payload["d"])
            case other:
                self.log.append(f"op {other}")

    async def _identify(self, line: Line, data: Json) -> None:
        self.log.append("identify")
        if data["token"] != TOKEN:
            await line.socket.close(code=4004)
            return
        if data["intents"] & PRIVILEGED:
            self.refused.append(f"privileged intents: {data['intents']:b}")
            await line.socket.close(code=4014)
            return
        session = Session(f"session-{next(self._numbers)}", data["intents"], line=line)
        self._sessions[session.id] = self._current = session
        inside = [guild for guild in self._world.guilds.values() if guild["id"] not in self._world.outside]
        guilds = [{"id": guild["id"], "unavailable": True} for guild in inside]
        ready = {
            "v": 10, "user": self._world.me, "guilds": guilds, "session_id": session.id,
            "resume_gateway_url": self.url, "shard": data.get("shard", [0, 1]),
            "application": {"id": self._world.me["id"], "flags": 0},
        }  # fmt: skip
        await line.send({"op": DISPATCH, "t": "READY", "s": 1, "d": ready})
        await asyncio.sleep(self.late_s)
        for guild in inside:
            await self.emit("GUILD_CREATE", {**guild, "unavailable": False})
        self.log.append("ready")

    async def _resume(self, line: Line, data: Json) -> None:
        self.log.append("resume")
        session = self._sessions.get(data["session_id"])
        if session is None:
            await line.send({"op": INVALID, "d": False, "s": None, "t": None})
            return
        session.line, self._current = line, session
        for payload in [event for event in session.events if event["s"] > data["seq"]]:
            await line.send(payload)
        await line.send({"op": DISPATCH, "t": "RESUMED", "s": len(session.events) + 1, "d": {}})
