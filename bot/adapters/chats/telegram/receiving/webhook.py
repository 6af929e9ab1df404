"""Updates that Telegram brings: a small HTTP server behind the operator's reverse proxy."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update

from bot.adapters.chats.telegram.receiving.polling import KINDS, read
from bot.adapters.chats.telegram.wire import Words

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BYTES = 1024 * 1024
Take = Callable[[Update | Words], Awaitable[None]]


def secret_of(token: str) -> str:
    """Derive the webhook's secret from the token, so that there is one secret to keep."""
    return hashlib.sha256(f"webhook of {token}".encode()).hexdigest()


class Webhook:
    """Listens, and says 200 when an update has been dealt with; Telegram brings it again otherwise."""

    def __init__(self, bot: Bot, url: str, listen: tuple[str, int], take: Take) -> None:
        self._bot = bot
        self._url = url
        self._listen = listen
        self._take = take
        self._secret = secret_of(bot.token)
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Listen until stopped."""
        app = web.Application(client_max_size=MAX_BYTES)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, *self._listen).start()
            await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=KINDS)
            log.info("webhook listening on %s:%s", *self._listen)
            await self._stopped.wait()
        finally:
            await runner.cleanup()

    def stop(self) -> None:
        """End it; Telegram keeps what comes in the meantime."""
        self._stopped.set()

    async def _receive(self, request: web.Request) -> web.Response:
        secret = request.headers.get(HEADER, "")
        if not hmac.compare_digest(secret.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            given = json.loads(await request.read())
        except ValueError:
            log.warning("the webhook was brought something that is no JSON")
            return web.Response(status=400)
        update = read(given, self._bot) if isinstance(given, dict) else None
        if update:
            await self._take(update)
        return web.Response()
