"""Discord's errors -> DeliveryError, of the kind that tells what to do next."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord

from bot.core.chat.incidents import Counts, Incident
from bot.errors import DeliveryError, GoneError, RateLimitError, UncertainError

ERRORS: Final = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""Whatever a call of Discord may raise."""
GONE: Final = {
    10003: Incident.CHAT_NOT_FOUND,
    10013: Incident.NO_SUCH_USER,
    50001: Incident.FORBIDDEN,
    50007: Incident.DMS_CLOSED,
    50013: Incident.MISSING_PERMISSIONS,
    50083: Incident.THREAD_CLOSED,
    50278: Incident.DMS_CLOSED,
}
"""Codes of Discord after which a channel is closed to the bot, and what that is."""
IN_THREADS_ONLY: Final = frozenset({Incident.CHAT_NOT_FOUND, Incident.THREAD_CLOSED})
"""What happens to threads whose channel goes on."""
TAP_EXPIRED: Final = frozenset({10015, 10062})
"""Codes of an interaction that is over."""
RETRIED: Final = frozenset({500, 502, 504, 524})
"""Answers after which the library itself tries again; they are counted as they come."""
NO_REFERENCE: Final = frozenset({160002, 160009, 160010})
"""Codes after which a message may be sent, but not as a reply: its channel's history is not the bot's to read."""
NO_POLL: Final = frozenset({50013, 520002})
"""Codes after which a question may be sent, but not as a poll: the right to send polls, or the kind of channel."""
HAS_THREAD: Final = 160004
"""A message has its thread already: it was sent before."""
BAN_WAIT_S: Final = 600.0
"""How long to be silent after a 429 that does not say: it comes from the gate before Discord."""


def translate(error: BaseException) -> DeliveryError:
    """Return what a failed call means for a delivery."""
    match error:
        case discord.RateLimited():
            return RateLimitError(f"Discord asks to wait {error.retry_after:.0f} s", error.retry_after)
        case discord.HTTPException():
            return _refused(error)
        case aiohttp.ClientConnectorError():
            return DeliveryError(f"Discord cannot be reached: {error}")
        case TimeoutError() | aiohttp.ClientError() | OSError():
            return UncertainError(f"Discord did not answer: {type(error).__name__} {error}")
        case _:
            return DeliveryError(f"Discord: {error}")


def _refused(error: discord.HTTPException) -> DeliveryError:
    said = f"Discord: {error.status} {error.text} (code {error.code})"
    if error.status == 429:
        return RateLimitError(said, BAN_WAIT_S)
    if error.status >= 500:
        return UncertainError(said)
    if error.code in GONE:
        return GoneError(said, GONE[error.code])
    if error.status == 403:
        return GoneError(said, Incident.FORBIDDEN)
    return DeliveryError(said)


def named(error: BaseException) -> Incident:
    """Return what a failed call is counted as."""
    match error:
        case discord.RateLimited():
            return Incident.FLOOD
        case discord.HTTPException():
            return _named(error.status, error.code)
        case aiohttp.ClientConnectorError():
            return Incident.UNREACHABLE
        case TimeoutError() | aiohttp.ClientError() | OSError():
            return Incident.UNCERTAIN
        case _:
            return Incident.REFUSED


def _named(status: int, code: int) -> Incident:
    if status >= 500:
        return Incident.SERVER_ERROR
    others = {429: Incident.FLOOD, 403: Incident.FORBIDDEN}
    by_status = Incident.TAP_EXPIRED if code in TAP_EXPIRED else others.get(status, Incident.REFUSED)
    return GONE.get(code, by_status)


def is_counted_already(error: BaseException) -> bool:
    """Tell whether a failure was counted at each of the library's own tries."""
    return isinstance(error, discord.HTTPException) and error.status in RETRIED


def watch(counts: Counts, patience_s: float) -> aiohttp.TraceConfig:
    """Return what counts, as they come, the answers that the library deals with by itself.

    Args:
        counts: what is added to.
        patience_s: a longer wait that Discord asks for becomes an error, which is counted where it arrives.
    """

    async def count(_: object, __: object, ended: aiohttp.TraceRequestEndParams) -> None:
        status, headers = ended.response.status, ended.response.headers
        if status in RETRIED:
            counts[Incident.SERVER_ERROR] += 1
        elif status == 429 and "Via" in headers and float(headers.get("Retry-After", 0)) <= patience_s:
            counts[Incident.FLOOD] += 1

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(count)
    return trace
