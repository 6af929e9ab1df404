"""The double's REST API over HTTP on loopback: messages, interactions, buckets of requests, faults and a journal."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.doubles.discord.channels import Channels
from tests.doubles.discord.gateway import TOKEN, Gateway
from tests.doubles.discord.interactions import Interactions
from tests.doubles.discord.rules import ApiError, check_commands
from tests.doubles.discord.world import Json, World

BUCKETS: dict[str, Callable[[str, str], bool]] = {
    "messages": lambda method, path: method == "POST" and path.endswith("/messages"),
    "marks": lambda method, path: method == "PUT" and "/reactions/" in path,
}
LIMITS = {"messages": (5, 1.0), "marks": (1, 0.25)}
"""How many of a kind a channel takes within how many seconds."""
WITHOUT_TOKEN = ("/interactions", "/webhooks")


@dataclass
class Fault:
    """What happens to the next requests that fit instead: a refusal, or a line that breaks."""

    method: str
    path: str
    error: ApiError | TooFastError | None
    left: int
    is_done: bool


class Server:
    """The double.

    Attributes:
        refused: every request that was refused without being asked to be.
        limited: how many requests were told to wait.
        journal: method, path and body of every request.
    """

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.gateway = Gateway(self.world)
        self.interactions = Interactions(self.world)
        self.journal: list[tuple[str, str, Json]] = []
        self.refused: list[str] = []
        self.limited = 0
        self.commands: list[Json] = []
        self._faults: list[Fault] = []
        self._buckets: dict[str, deque[float]] = {}
        self._channels = Channels(self.world, self.gateway)
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What TUTOR_DISCORD_API_URL is set to."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """What TUTOR_DISCORD_GATEWAY_URL is set to."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    def fails(
        self, method: str, path: str, error: ApiError | TooFastError | None, times: int = 1, *, is_done: bool = False
    ) -> None:
        """Refuse the next requests that fit; no error breaks the line, `is_done` after carrying it out."""
        self._faults.append(Fault(method, path, error, times, is_done))

    async def lets_in(self, guild: Json) -> None:
        """Have a server take the bot in, for the first time or again."""
        self.world.outside.discard(guild["id"])
        await self.gateway.emit("GUILD_CREATE", guild)

    async def throws_out(self, guild: Json) -> None:
        """Have a server throw the bot out."""
        self.world.outside.add(guild["id"])
        await self.gateway.emit("GUILD_DELETE", {"id": guild["id"]})

    async def until(self, holds: Callable[[], object], what: str = "it", within_s: float = 15.0) -> None:
        """Wait until something holds."""
        ends = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < ends, f"waited in vain for {what}; journal: {self.journal[-5:]}"
            await asyncio.sleep(0.01)

    # --- one request -----------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        body, files = await _read(request)
        self.journal.append((request.method, path, body))
        headers = {"Via": "1.1 double"}
        fault = self._fault(request.method, path)
        try:
            if fault and not fault.is_done:
                return _failed(request, fault, headers)
            self._admit(request, path, headers)
            result = await self._carry_out(request.method, path, body, files)
        except TooFastError as error:
            self.limited += 1
            return _too_fast(error, headers)
        except ApiError as error:
            self.refused.append(f"{request.method} {path}: {error}")
            return _refusal(error, headers)
        return _failed(request, fault, headers) if fault else _json(result, 200, headers)

    def _fault(self, method: str, path: str) -> Fault | None:
        found = next((f for f in self._faults if f.left and f.method == method and f.path in path), None)
        if found:
            found.left -= 1
        return found

    def _admit(self, request: web.Request, path: str, headers: dict[str, str]) -> None:
        """Check the token, and count a message or a mark into the bucket of its channel."""
        if not path.startswith(WITHOUT_TOKEN) and request.headers.get("Authorization") != f"Bot {TOKEN}":
            raise ApiError(401, 0, "401: Unauthorized")
        for kind in (kind for kind, fits in BUCKETS.items() if fits(request.method, path)):
            self._count(kind, f"{kind} {path.split('/')[2]}", headers)

    def _count(self, kind: str, key: str, headers: dict[str, str]) -> None:
        limit, seconds = LIMITS[kind]
        now, used = time.monotonic(), self._buckets.setdefault(key, deque())
        while used and now - used[0] >= seconds:
            used.popleft()
        reset_s = seconds - (now - used[0]) if used else seconds
        if len(used) >= limit:
            raise TooFastError(reset_s)
        used.append(now)
        headers |= {
            "X-RateLimit-Bucket": kind, "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - len(used)), "X-RateLimit-Reset-After": f"{reset_s:.3f}",
            "X-RateLimit-Reset": f"{time.time() + reset_s:.3f}",
        }  # fmt: skip

    async def _carry_out(self, method: str, path: str, body: Any, files: list[str]) -> Any:
        match (method, *path.strip("/").split("/")):
            case (_, "channels", *below):
                return await self._channels.carry_out(method, tuple(below), body, files)
            case ("POST", "interactions", interaction_id, token, "callback"):
                return self.interactions.callback(interaction_id, token, body, files)
            case ("POST", "webhooks", _, token):
                return self.interactions.follow_up(token, body, files)
            case ("DELETE", "webhooks", _, token, "messages", "@original"):
                return self.interactions.delete_original(token)
        return self._of_the_application(method, path, body)

    def _of_the_application(self, method: str, path: str, body: Any) -> Any:
        match (method, *path.strip("/").split("/")):
            case ("GET", "users", "@me"):
                return self.world.me
            case ("GET", "oauth2", "applications", "@me"):
                return self.world.application()
            case ("GET", "gateway", "bot"):
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return {"url": self.gateway_url, "shards": 1, "session_start_limit": limit}
            case ("PUT", "applications", application_id, "commands"):
                check_commands(body)
                self.commands = [self.world.command(application_id, command) for command in body]
                return self.commands
            case ("POST", "users", "@me", "channels"):
                return self.world.dm(str(body["recipient_id"]))
            case ("GET", "guilds", guild_id, "members", user_id):
                if user_id not in self.world.members.get(guild_id, ()):
                    raise ApiError(404, 10007, "Unknown Member")
                return self.world.member(self.world.users[user_id], guild_id)
        raise ApiError(404, 0, "404: Not Found")


class TooFastError(Exception):
    """A bucket is empty."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s
        super().__init__("too fast")


async def _read(request: web.Request) -> tuple[Any, list[str]]:
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return (json.loads(text) if text else dict(request.query)), []
    form = await request.post()
    files = [part.filename for part in form.values() if isinstance(part, web.FileField)]
    return json.loads(str(form["payload_json"])), files


def _json(data: Any, status: int, headers: dict[str, str]) -> web.Response:
    if data is None:
        return web.Response(status=204, headers=headers)
    # Discord's own header has no charset, and the library looks for exactly that.
    plain = {**headers, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=plain)


def _refusal(error: ApiError, headers: dict[str, str]) -> web.Response:
    return _json({"code": error.code, "message": str(error)}, error.status, headers)


def _too_fast(error: TooFastError, headers: dict[str, str]) -> web.Response:
    told = {"message": "You are being rate limited.", "retry_after": error.wait_s, "global": False}
    return _json(told, 429, headers)


def _failed(request: web.Request, fault: Fault, headers: dict[str, str]) -> web.Response:
    """Refuse, or cut the line."""
    if isinstance(fault.error, ApiError):
        return _refusal(fault.error, headers)
    if fault.error:
        return _too_fast(fault.error, headers)
    if request.transport:
        request.transport.close()
    return web.Response()
