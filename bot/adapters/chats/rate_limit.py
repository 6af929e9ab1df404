"""How often something may happen: one rate limit, kept by key, and what it is used for.

What each person may ask of the bot, what each chat may be sent, and how much is pushed a second. Moments are arguments,
in seconds of any steady clock; several limits can be asked before a place is taken in any; and a refusal says how long
it holds. The packages for it (aiolimiter, pyrate-limiter, limits) leave just that to be written, and hold more code.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final, TypeVar

from bot.errors import RateLimitError

MAX_KEYS: Final = 10_000
"""Keys are let go beyond this many, those that were idle longest first."""
ROUNDING_S: Final = 1e-9
PERSON_BURST, PERSON_A_SECOND = 20, 1.0
CHAT_BURST: Final = 3
"""So many messages to a chat may follow each other at once, where the mean holds."""
PATIENCE_S: Final = 2.0
"""A chat that takes nothing for longer than this is tried again later: what waits here is on its way meanwhile."""

_T = TypeVar("_T")


class RateLimit:
    """A mean with room for a burst, kept for each key as the moment at which it would be back at rest (GCRA)."""

    def __init__(self, a_second: float, burst: int = 1) -> None:
        self._gap_s = 1 / a_second
        self._room_s = (burst - 1) * self._gap_s
        self._rests_at: OrderedDict[str, float] = OrderedDict()

    def retry_after_s(self, key: str, now_s: float) -> float:
        """Return how long it is until it may happen once more, in seconds."""
        wait_s = self._rests_at.get(key, now_s) - self._room_s - now_s
        return wait_s if wait_s > ROUNDING_S else 0.0

    def used(self, key: str, now_s: float) -> float:
        """Return how much of the burst is used up, in times."""
        return max(0.0, self._rests_at.get(key, now_s) - now_s) / self._gap_s

    def count(self, key: str, at_s: float) -> None:
        """Count what happens at that moment."""
        self._rests_at[key] = max(at_s, self._rests_at.pop(key, at_s)) + self._gap_s  # the latest used last
        if len(self._rests_at) > MAX_KEYS:
            self._rests_at.popitem(last=False)

    async def wait(self, key: str = "") -> None:
        """Wait until it may happen once more; those who wait are let through in turn, at an even pace."""
        now_s = asyncio.get_running_loop().time()
        wait_s = self.retry_after_s(key, now_s)
        self.count(key, now_s + wait_s)
        if wait_s:
            await asyncio.sleep(wait_s)


class Verdict(StrEnum):
    """What happens to a message."""

    TAKE = "take"
    WARN = "warn"
    DROP = "drop"


class PersonLimit:
    """How much one person may ask of the bot, and one kind word to whoever asks more. It touches no store."""

    def __init__(self, burst: int = PERSON_BURST, a_second: float = PERSON_A_SECOND) -> None:
        self._limit = RateLimit(a_second, burst)
        self._burst = burst
        self._warned: set[str] = set()

    def judge(self, sender: str, now_s: float) -> Verdict:
        """Count one message of a sender."""
        if self._limit.retry_after_s(sender, now_s):
            return self._refuse(sender)
        self._limit.count(sender, now_s)
        # Free again by half before the next warning: somebody who keeps pressing is told once.
        if sender in self._warned and self._limit.used(sender, now_s) <= self._burst / 2:
            self._warned.discard(sender)
        return Verdict.TAKE

    def _refuse(self, sender: str) -> Verdict:
        if sender in self._warned:
            return Verdict.DROP
        if len(self._warned) >= MAX_KEYS:
            self._warned.clear()
        self._warned.add(sender)
        return Verdict.WARN


class ChatLimit:
    """What a platform allows to be sent to one chat."""

    def __init__(self, a_second: float, a_minute_to_group: float) -> None:
        """Args: messages a second to any chat, and a minute to a group, in the mean."""
        self._to_chat = RateLimit(a_second, CHAT_BURST)
        self._to_group = RateLimit(a_minute_to_group / 60, round(a_minute_to_group))

    async def wait(self, chat: str, *, is_group: bool) -> None:
        """Wait until a chat may get one more message, for a moment only.

        Raises:
            RateLimitError: it takes longer; says how long.
        """
        wait_s = self.reserve(chat, asyncio.get_running_loop().time(), is_group=is_group)
        if wait_s:
            await asyncio.sleep(wait_s)

    def reserve(self, chat: str, now_s: float, *, is_group: bool) -> float:
        """Take a chat's next place; return how long it is until then, in seconds.

        Raises:
            RateLimitError: it is longer than anybody should wait; no place is taken.
        """
        limits = (self._to_chat, self._to_group) if is_group else (self._to_chat,)
        wait_s = max(limit.retry_after_s(chat, now_s) for limit in limits)
        if wait_s > PATIENCE_S:
            raise RateLimitError(f"chat {chat} has had what it may get: {wait_s:.1f} s more", wait_s)
        for limit in limits:
            limit.count(chat, now_s + wait_s)
        return wait_s


async def waiting_out(act: Callable[[], Awaitable[_T]], *, most_s: float, times: int = 1) -> _T:
    """Do something, waiting as long as the platform asks each time it does; then the RateLimitError is the caller's.

    Args:
        most_s: a longer wait than this is not waited for, in seconds.
        times: so many waits at most.
    """
    for _ in range(times):
        try:
            return await act()
        except RateLimitError as error:
            if error.retry_after_s > most_s:
                raise
            await asyncio.sleep(error.retry_after_s)
    return await act()
