"""The line to the Bot API: python-telegram-bot's requests carried by aiohttp, which costs a third of its default."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.adapters.chats.telegram.sending import refusals
from bot.core.chat.incidents import Counts, Incident

CONNECT_S, ANSWER_S, UPLOAD_S = 10.0, 15.0, 60.0
CONNECTIONS = 64
NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
JSON = {"Content-Type": "application/json"}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """Parameters that are ready to be written as JSON, where the library's own layers would only copy them."""

    parameters: Json
    contains_files: bool = False


async def call(bot: Bot, method: str, **parameters: object) -> Any:  # noqa: ANN401  any JSON
    """Call a method of the Bot API; return its result as it comes. A parameter that is None is left out.

    Raises the library's errors, as its own methods do.
    """
    ready = Ready({name: value for name, value in parameters.items() if value is not None})
    return await bot.request.post(f"{bot.base_url}/{method}", cast("RequestData", ready))


class NotSentError(NetworkError):
    """The request never left: trying again doubles nothing."""


class TooManyRequestsError(TelegramError):
    """Telegram asks to wait.

    Attributes:
        retry_after_s: how long, in seconds.
    """

    def __init__(self, message: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class Transport(BaseRequest):
    """Carries requests over one pool of kept connections.

    What fails before a connection stands is a `NotSentError`; what fails later may have been carried out, and
    is a `TimedOut`. No message names the address, because the token is part of it. Every failure is counted.
    """

    def __init__(self, counts: Counts | None = None, connections: int = CONNECTIONS, proxy: str = "") -> None:
        """Args: proxy is the address of an HTTP proxy; "" for none."""
        self._proxy = proxy or None
        self._counts = Counts() if counts is None else counts
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer is waited for."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=75)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), proxy=self._proxy
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: Any,  # noqa: ANN401  the library names each timeout
        **timeouts: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Send one request; return status and body."""
        if self._session is None:
            raise NotSentError("the connection pool is not open")
        has_files = request_data is not None and request_data.contains_files
        timeout = aiohttp.ClientTimeout(
            total=_seconds(timeouts.get("read_timeout"), UPLOAD_S if has_files else ANSWER_S) + CONNECT_S,
            sock_connect=_seconds(timeouts.get("connect_timeout"), CONNECT_S),
        )
        try:
            body, headers = _body(request_data), {} if has_files else JSON
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                status, answer = response.status, await response.read()
        except NEVER_LEFT as error:
            self._counts[Incident.UNREACHABLE] += 1
            raise NotSentError(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            self._counts[Incident.UNCERTAIN] += 1
            raise TimedOut(f"no answer ({type(error).__name__})") from None
        if status >= HTTPStatus.BAD_REQUEST:
            self._counts[refusals.read(status, answer)] += 1
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise _too_many_requests(answer)
        return status, answer


def _too_many_requests(body: bytes) -> TooManyRequestsError:
    # Told apart here, because the library's own error warns of its future type whenever it is made.
    try:
        answer = json.loads(body)
        return TooManyRequestsError(str(answer["description"]), float(answer["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return TooManyRequestsError("Too Many Requests", 1.0)


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, int | float) else default


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    """Write parameters as JSON, or as a multipart form where files go with them.

    Both are the Bot API's own; a urlencoded form costs ten times as much, most of all for Chinese text.
    """
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode()
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
