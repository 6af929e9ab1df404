"""How fast one chat may be written to unasked, whatever happens in the others."""

from __future__ import annotations

from aiolimiter import AsyncLimiter

KEPT_CHATS = 10_000
"""Limiters of single chats are let go beyond this many, those that were idle longest first."""
BURST = 3
"""So many messages may follow each other at once, where the mean holds."""


class ChatPace:
    """Lets messages pass at the pace that a platform allows one chat."""

    def __init__(self, a_second: float, a_minute_to_group: float) -> None:
        """Args: messages a second to any chat, and a minute to a group, in the mean."""
        self._to_chat = (BURST, BURST / a_second)
        self._to_group = (a_minute_to_group, 60.0)
        self._limiters: dict[tuple[str, bool], AsyncLimiter] = {}

    async def turn(self, chat: str, *, is_group: bool) -> None:
        """Wait until a chat may get one more message."""
        await self._limiter(chat, is_group=False).acquire()
        if is_group:
            await self._limiter(chat, is_group=True).acquire()

    def _limiter(self, chat: str, *, is_group: bool) -> AsyncLimiter:
        key = (chat, is_group)
        limiter = self._limiters.pop(key, None) or AsyncLimiter(*(self._to_group if is_group else self._to_chat))
        self._limiters[key] = limiter  # the latest used last
        if len(self._limiters) > KEPT_CHATS:
            del self._limiters[next(iter(self._limiters))]
        return limiter
