"""A strict double of the Bot API over HTTP on loopback: long poll with offset, webhook, faults and a journal."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.doubles.telegram.call import Call
from tests.doubles.telegram.errors import ApiError, BadRequest, TooManyRequests
from tests.doubles.telegram.flood import Limits
from tests.doubles.telegram.methods import carry_out
from tests.doubles.telegram.world import Chat, World

Json = dict[str, Any]
TOKEN = "7000000001:AAdouble-token_that-must-never-be-logged"  # noqa: S105  the double's own
SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds of update that only come where they are asked for by name."""


class DroppedError(Exception):
    """The line goes dead: `is_done` tells whether the method was carried out before."""

    def __init__(self, *, is_done: bool) -> None:
        self.is_done = is_done
        super().__init__("dropped")


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    at: float
    call: Call
    result: Any
    error: str = ""


@dataclass
class Fault:
    """What happens to the next calls of a method instead."""

    method: str
    error: Exception
    left: int = 1
    only: Callable[[Call], bool] = field(default=lambda _: True)


class Server:
    """The double's HTTP side. `refused` collects every call that was refused without being asked to."""

    def __init__(self, world: World | None = None, *, limits: Limits | None = None) -> None:
        self.world = world or World()
        self.journal: list[Entry] = []
        self.refused: list[Entry] = []
        self.polls = 0
        self._limits = limits
        self._faults: list[Fault] = []
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._poller: asyncio.Future[None] | None = None
        self._webhook: Json = {}
        self._allowed: list[str] = []
        self._pushing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def base_url(self) -> str:
        """What TUTOR_TELEGRAM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._port}/bot"

    @property
    def allowed(self) -> list[str]:
        """The kinds of update that the bot asked for."""
        return self._allowed

    async def open(self) -> None:
        """Listen; after `close` on the same port as before."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Be gone, as a network that fails."""
        self._end_poll(DroppedError(is_done=False))
        if self._pushing:
            self._pushing.cancel()
        if self._runner:
            await self._runner.cleanup()

    def fails(self, method: str, error: Exception, times: int = 1, only: Callable[[Call], bool] | None = None) -> None:
        """Let the next calls of a method fail."""
        self._faults.append(Fault(method, error, times, only or (lambda _: True)))

    def floods(self, chat: Chat, retry_after: int) -> None:
        """Ask the next message to a chat to wait."""
        self.fails("sendMessage", TooManyRequests(retry_after), only=lambda call: call.get("chat_id") == str(chat.id))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return _refusal(ApiError(401, "Unauthorized"))
        call = await _read(request)
        try:
            result = await self._call(call)
        except ApiError as error:
            return _refusal(error)
        except DroppedError:
            if request.transport:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _call(self, call: Call) -> Any:
        try:
            result = await self._answer(call)
        except (ApiError, DroppedError) as error:
            entry = Entry(time.monotonic(), call, None, str(error))
            self.journal.append(entry)
            raise
        if call.method != "getUpdates":
            self.journal.append(Entry(time.monotonic(), call, result))
        return result

    async def _answer(self, call: Call) -> Any:
        fault = next((f for f in self._faults if f.method == call.method and f.left and f.only(call)), None)
        if fault:
            fault.left -= 1
            if isinstance(fault.error, DroppedError) and fault.error.is_done:
                carry_out(self.world, call)
            raise fault.error
        match call.method:
            case "getUpdates":
                return await self._get_updates(call)
            case "setWebhook":
                return self._set_webhook(call)
            case "deleteWebhook":
                return self._delete_webhook()
        return self._carried_out(call)

    def _carried_out(self, call: Call) -> Any:
        try:
            if self._limits and "chat_id" in call.params and call.method.startswith("send"):
                self._limits.take(call.params["chat_id"])
            return carry_out(self.world, call)
        except TooManyRequests:
            raise
        except ApiError as error:
            self.refused.append(Entry(time.monotonic(), call, None, str(error)))
            raise

    # --- updates ---------------------------------------------------------------------------------

    async def _get_updates(self, call: Call) -> list[Json]:
        if self._webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        self.polls += 1
        self._end_poll()
        self._allowed = call.json("allowed_updates") or self._allowed
        offset, limit = int(call.get("offset") or 0), int(call.get("limit") or 100)
        self.world.updates[:] = [u for u in self.world.updates if u["update_id"] >= offset and self._wants(u)]
        if not self.world.updates and int(call.get("timeout") or 0):
            await self._wait(int(call.get("timeout")))
        return [update for update in self.world.updates if self._wants(update)][:limit]

    async def _wait(self, timeout_s: int) -> None:
        self.world.news.clear()
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = ended
        news = asyncio.ensure_future(self.world.news.wait())
        either: set[asyncio.Future[Any]] = {news, ended}
        try:
            await asyncio.wait(either, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
        if ended.done():
            ended.result()
        self._poller = None

    def _end_poll(self, error: Exception | None = None) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_exception(error or ApiError(409, SECOND_POLLER))
        self._poller = None

    def _wants(self, update: Json) -> bool:
        if not self._allowed:
            return not UNASKED & set(update)
        return any(kind in update for kind in self._allowed)

    # --- webhook ---------------------------------------------------------------------------------

    def _set_webhook(self, call: Call) -> bool:
        secret = call.get("secret_token")
        if not 1 <= len(secret) <= 256 or not secret.replace("-", "").replace("_", "").isalnum():
            raise BadRequest("secret token contains unallowed characters")
        self._webhook = {"url": call.get("url"), "secret": secret}
        self._allowed = call.json("allowed_updates") or []
        self._pushing = asyncio.ensure_future(self._push())
        return True

    def _delete_webhook(self) -> bool:
        self._webhook = {}
        if self._pushing:
            self._pushing.cancel()
        return True

    async def _push(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._webhook["secret"]}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                await self.world.news.wait()
                self.world.news.clear()
                while self.world.updates:
                    await self._push_one(session, self.world.updates[0])

    async def _push_one(self, session: aiohttp.ClientSession, update: Json) -> None:
        """Bring one update; it stays first in the queue until it is taken."""
        try:
            async with session.post(self._webhook["url"], json=update) as response:
                if response.status == 200:
                    self.world.updates.remove(update)
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.05)


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return web.json_response(body | ({"parameters": error.parameters} if error.parameters else {}), status=error.code)


async def _read(request: web.Request) -> Call:
    method, params, files = request.match_info["method"], dict(request.query), {}
    if request.content_type == "application/json":
        given = await request.json()
        return Call(method, params | {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()})
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        elif isinstance(value, str):
            params[name] = value
    return Call(method, params, files)
