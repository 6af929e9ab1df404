"""How fast a platform may be written to: so many messages a second in all, to one chat, to one group."""

from __future__ import annotations

from dataclasses import dataclass

from aiolimiter import AsyncLimiter

KEPT_CHATS = 10_000
"""Limiters of single chats are let go beyond this many, those that were idle longest first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows.

    Attributes:
        a_second: messages a second in all.
        a_second_to_chat: messages a second to one chat.
        a_minute_to_group: messages a minute to one group; 0 for no such limit.
    """

    a_second: float
    a_second_to_chat: float = 1.0
    a_minute_to_group: float = 0.0


class Pace:
    """Lets messages pass as fast as a platform allows, each chat at its own pace."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        # One at a time at an even pace: a burst of a whole second's worth is what platforms punish.
        self._all = AsyncLimiter(1, 1 / limits.a_second)
        self._chats: dict[tuple[str, bool], AsyncLimiter] = {}

    async def turn(self) -> None:
        """Wait for a place among all messages."""
        await self._all.acquire()

    async def turn_in(self, chat: str, *, is_group: bool = False) -> None:
        """Wait until a chat may get one more message, whatever happens elsewhere."""
        await self._of(chat, is_group=False).acquire()
        if is_group and self._limits.a_minute_to_group:
            await self._of(chat, is_group=True).acquire()

    def _of(self, chat: str, *, is_group: bool) -> AsyncLimiter:
        key = (chat, is_group)
        limiter = self._chats.pop(key, None)
        if limiter is None:
            rate = (self._limits.a_minute_to_group, 60.0) if is_group else (1.0, 1 / self._limits.a_second_to_chat)
            limiter = AsyncLimiter(*rate)
        self._chats[key] = limiter  # the latest used last
        if len(self._chats) > KEPT_CHATS:
            del self._chats[next(iter(self._chats))]
        return limiter
