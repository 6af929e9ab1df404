"""HTTP/1.1 as far as the Bot API needs it: a request and its answer at a time, over connections that are kept.

A general client does much that is never asked for here (redirects, cookies, proxies, compression, streams); each
request through one costs as much as answering a message does.
"""

from __future__ import annotations

import asyncio
import ssl
from functools import lru_cache
from urllib.parse import urlsplit

from bot.adapters.telegram.http_answer import Answer, BrokenAnswerError

KEPT_S = 50.0
"""A connection that was idle longer is not used again: the other side may be about to close it."""
HAPPY_EYEBALLS_S = 0.25
"""So long one address of a host is tried before the next one is tried beside it."""


class NoConnectionError(OSError):
    """No connection could be made: nothing was sent."""


class Connections:
    """A pool of connections; every request has one to itself."""

    def __init__(self, limit: int) -> None:
        """Args: limit is how many are open at the same time; more requests wait."""
        self._free = asyncio.Semaphore(limit)
        self._idle: dict[tuple[str, int, bool], list[_Line]] = {}
        self._tls: ssl.SSLContext | None = None

    async def request(self, method: str, url: str, body: bytes, media_type: str, connect_s: float) -> tuple[int, bytes]:
        """Send one request; return status and body.

        Raises:
            NoConnectionError: nothing was sent.
            OSError: the connection failed after that, so that the request may have been carried out.
        """
        host, port, is_tls, path = _parts(url)
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: */*\r\n"
        head += f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        async with self._free:
            line = self._kept((host, port, is_tls)) or await self._open(host, port, is_tls, connect_s)
            try:
                answer = await line.exchange(head.encode() + body)
            except BaseException:
                line.abort()
                raise
            if answer.is_kept:
                self._idle.setdefault((host, port, is_tls), []).append(line)
            else:
                line.abort()
            return answer.status, answer.body

    def close(self) -> None:
        """Close what is idle."""
        for lines in self._idle.values():
            for line in lines:
                line.abort()
        self._idle.clear()

    def _kept(self, origin: tuple[str, int, bool]) -> _Line | None:
        """Return the connection that was used last, if it still stands."""
        lines = self._idle.get(origin, [])
        while lines:
            line = lines.pop()
            if line.is_usable():
                return line
            line.abort()
        return None

    async def _open(self, host: str, port: int, is_tls: bool, connect_s: float) -> _Line:
        if is_tls and self._tls is None:
            self._tls = ssl.create_default_context()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(connect_s):
                _, line = await loop.create_connection(
                    _Line, host, port, ssl=self._tls if is_tls else None, happy_eyeballs_delay=HAPPY_EYEBALLS_S
                )
        except OSError as error:  # a time-out is one
            raise NoConnectionError(f"{type(error).__name__}") from None
        return line


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: Answer | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._loop = asyncio.get_running_loop()
        self._idle_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the way out."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  a stream's always is
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take a piece of the answer; what comes unasked ends the connection, as it belongs to no request."""
        if self._answer is None or self._waiting is None:
            self.abort()
            return
        try:
            is_whole = self._answer.feed(data)
        except BrokenAnswerError as error:
            self._fail(error)
            return
        if is_whole:
            self._settle(self._answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """End an answer that lasts until the end, or fail one that is not whole."""
        self._transport = None
        if self._answer is not None and self._answer.ends_with_line():
            self._settle(self._answer)
        else:
            self._fail(exc or ConnectionResetError("closed by the other side"))

    async def exchange(self, request: bytes) -> Answer:
        """Send a request; return its answer. Raises OSError."""
        if self._transport is None:
            raise ConnectionResetError("closed by the other side")
        self._answer, self._waiting = Answer(), self._loop.create_future()
        self._transport.write(request)
        return await self._waiting

    def is_usable(self) -> bool:
        """Tell whether the connection stands and was used not long ago."""
        is_open = self._transport is not None and not self._transport.is_closing()
        return is_open and self._loop.time() - self._idle_since < KEPT_S

    def abort(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.abort()

    def _settle(self, answer: Answer) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(answer)
        self._answer = self._waiting = None
        self._idle_since = self._loop.time()

    def _fail(self, error: Exception) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error if isinstance(error, OSError) else ConnectionError(str(error)))
        self._answer = self._waiting = None
        self.abort()


@lru_cache(256)
def _parts(url: str) -> tuple[str, int, bool, str]:
    """Return host, port, whether to encrypt, and the path of a URL."""
    split = urlsplit(url)
    is_tls = split.scheme == "https"
    path = f"{split.path or '/'}{'?' + split.query if split.query else ''}"
    return split.hostname or "", split.port or (443 if is_tls else 80), is_tls, path
