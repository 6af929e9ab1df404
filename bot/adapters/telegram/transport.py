"""The line to the Bot API: python-telegram-bot's requests, carried as JSON over kept connections."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.adapters.telegram import refusals
from bot.adapters.telegram.connections import Connections, NoConnectionError
from bot.core.incidents import Counts, Incident

CONNECT_S, ANSWER_S, UPLOAD_S = 10.0, 15.0, 60.0
CONNECTIONS = 64
Json = dict[str, Any]
_UNSAFE = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""What would end a file's name in a form, as browsers write it."""


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


class TooFastError(TelegramError):
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

    def __init__(self, counts: Counts | None = None, connections: int = CONNECTIONS) -> None:
        self._counts = Counts() if counts is None else counts
        self._limit = connections
        self._connections: Connections | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer is waited for."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Open the pool."""
        if self._connections is None:
            self._connections = Connections(self._limit)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._connections is not None:
            self._connections.close()
            self._connections = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  the library's own type is private
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
    ) -> tuple[int, bytes]:
        """Send one request; return status and body."""
        if self._connections is None:
            raise NotSentError("the connection pool is not open")
        has_files = request_data is not None and request_data.contains_files
        body, media_type = _body(request_data)
        connect_s = _seconds(connect_timeout, CONNECT_S)
        try:
            async with asyncio.timeout(_seconds(read_timeout, UPLOAD_S if has_files else ANSWER_S) + CONNECT_S):
                status, answer = await self._connections.request(method, url, body, media_type, connect_s)
        except NoConnectionError as error:
            self._counts[Incident.UNREACHABLE] += 1
            raise NotSentError(f"no connection ({error})") from None
        except OSError as error:  # a time-out is one
            self._counts[Incident.UNCERTAIN] += 1
            raise TimedOut(f"no answer ({type(error).__name__})") from None
        if status >= HTTPStatus.BAD_REQUEST:
            self._counts[refusals.read(status, answer)] += 1
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise _too_fast(answer)
        return status, answer


def _too_fast(body: bytes) -> TooFastError:
    # Told apart here, because the library's own error warns of its future type whenever it is made.
    try:
        answer = json.loads(body)
        return TooFastError(str(answer["description"]), float(answer["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return TooFastError("Too Many Requests", 1.0)


def _seconds(given: object, default: float) -> float:
    if isinstance(given, DefaultValue) or not isinstance(given, int | float):
        return default
    return float(given)


def _body(data: RequestData | None) -> tuple[bytes, str]:
    """Write parameters as JSON, or as a multipart form where files go with them; return it with its media type.

    Both are the Bot API's own; a urlencoded form costs ten times as much, most of all for Chinese text.
    """
    if data is None:
        return b"", "application/json"
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode(), "application/json"
    boundary = secrets.token_hex(16)
    parts = [_part(boundary, f'name="{name}"', "", value.encode()) for name, value in data.json_parameters.items()]
    for name, (filename, content, media_type) in data.multipart_data.items():
        safe = filename.translate(_UNSAFE)
        whole = content if isinstance(content, bytes) else content.read()
        parts.append(_part(boundary, f'name="{name}"; filename="{safe}"', media_type, whole))
    return b"".join((*parts, f"--{boundary}--\r\n".encode())), f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, name: str, media_type: str, content: bytes) -> bytes:
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {name}\r\n{kind}\r\n".encode() + content + b"\r\n"
