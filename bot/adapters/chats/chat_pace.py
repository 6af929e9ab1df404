"""How fast one chat may be written to unasked, whatever happens in the others."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.errors import FloodError

KEPT_CHATS = 10_000
"""Chats are let go beyond this many, those that were idle longest first."""
BURST = 3
"""So many messages may follow each other at once, where the mean holds."""
PATIENCE_S = 2.0
"""A chat that takes nothing for longer than this is tried again later: what waits here is on its way meanwhile."""


class _Limit:
    """A mean with room for a burst, kept as the moment at which a chat would be back at rest (GCRA)."""

    def __init__(self, a_second: float, burst: float) -> None:
        self._gap_s = 1 / a_second
        self._room_s = (burst - 1) * self._gap_s
        self._rests_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, chat: str, now_s: float) -> float:
        """Return how long it is until a chat may get one more message, in seconds."""
        return max(0.0, self._rests_at.get(chat, now_s) - self._room_s - now_s)

    def count(self, chat: str, at_s: float) -> None:
        """Count a message of that moment."""
        self._rests_at[chat] = max(at_s, self._rests_at.pop(chat, at_s)) + self._gap_s  # the latest used last
        if len(self._rests_at) > KEPT_CHATS:
            self._rests_at.popitem(last=False)


class ChatPace:
    """Lets messages pass at the pace that a platform allows one chat."""

    def __init__(self, a_second: float, a_minute_to_group: float) -> None:
        """Args: messages a second to any chat, and a minute to a group, in the mean."""
        self._to_chat = _Limit(a_second, BURST)
        self._to_group = _Limit(a_minute_to_group / 60, a_minute_to_group)

    async def turn(self, chat: str, *, is_group: bool) -> None:
        """Wait until a chat may get one more message, for a moment only.

        Raises:
            FloodError: it takes longer; says how long.
        """
        wait_s = self.reserve(chat, asyncio.get_running_loop().time(), is_group=is_group)
        if wait_s:
            await asyncio.sleep(wait_s)

    def reserve(self, chat: str, now_s: float, *, is_group: bool) -> float:
        """Take a chat's next place; return how long it is until then, in seconds of any steady clock.

        Raises:
            FloodError: it is longer than anybody should wait; no place is taken.
        """
        limits = (self._to_chat, self._to_group) if is_group else (self._to_chat,)
        wait_s = max(limit.wait_s(chat, now_s) for limit in limits)
        if wait_s > PATIENCE_S:
            raise FloodError(f"chat {chat} has had what it may get: {wait_s:.1f} s more", wait_s)
        for limit in limits:
            limit.count(chat, now_s + wait_s)
        return wait_s
