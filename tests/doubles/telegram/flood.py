"""How much Telegram lets a bot send: 30 messages a second in all, one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.doubles.telegram.errors import TooManyRequests


@dataclass
class Bucket:
    """Tokens that come back at a steady pace."""

    size: float
    per_s: float
    tokens: float = -1.0
    at: float = field(default_factory=time.monotonic)

    def take(self) -> float:
        """Take a token; return 0, or the seconds to wait for one."""
        now = time.monotonic()
        held = self.size if self.tokens < 0 else self.tokens
        self.tokens = min(self.size, held + (now - self.at) * self.per_s)
        self.at = now
        if self.tokens < 1:
            return (1 - self.tokens) / self.per_s
        self.tokens -= 1
        return 0.0


@dataclass
class Limits:
    """The three limits. `burst`: messages a private chat may get at once before one a second holds."""

    in_all: Bucket = field(default_factory=lambda: Bucket(30, 30))
    burst: float = 5
    chats: dict[str, Bucket] = field(default_factory=dict)

    def take(self, chat_id: str) -> None:
        """Count one message, or refuse it."""
        fresh = Bucket(20, 20 / 60) if chat_id.startswith("-") else Bucket(self.burst, 1)
        wait = self.chats.setdefault(chat_id, fresh).take() or self.in_all.take()
        if wait:
            raise TooManyRequests(max(1, round(wait)))
