"""Discord's errors -> DeliveryError, of the kind that tells what to do next."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord

from bot.errors import DeliveryError, FloodError, GoneError, UncertainError

ERRORS: Final = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""Whatever a call of Discord may raise."""
GONE: Final = {
    10003: "deleted",
    10013: "no such user",
    50001: "no access",
    50007: "direct messages closed",
    50013: "missing permissions",
    50083: "archived",
    50278: "direct messages closed",
}
"""Codes of Discord after which a channel is closed to the bot, and the word kept for each."""
IN_THREADS_ONLY: Final = frozenset({"deleted", "archived"})
"""What happens to threads whose channel goes on."""
BAN_WAIT_S: Final = 600.0
"""How long to be silent after a 429 that does not say: it comes from the gate before Discord."""


def translate(error: BaseException) -> DeliveryError:
    """Return what a failed call means for a delivery."""
    match error:
        case discord.RateLimited():
            return FloodError(f"Discord asks to wait {error.retry_after:.0f} s", error.retry_after)
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
        return FloodError(said, BAN_WAIT_S)
    if error.status >= 500:
        return UncertainError(said)
    if error.code in GONE:
        return GoneError(said, GONE[error.code])
    if error.status == 403:
        return GoneError(said, "forbidden")
    return DeliveryError(said)


def name(error: DeliveryError) -> str:
    """Return the word that an error is counted under."""
    return error.reason if isinstance(error, GoneError) else type(error).__name__.removesuffix("Error").lower()
