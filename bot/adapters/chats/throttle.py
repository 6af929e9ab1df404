"""How much one person may ask of the bot: a bucket each, and one kind word when it is empty."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

BURST, PER_S = 20.0, 1.0
MAX_PEOPLE = 10_000
"""Buckets that are kept; the one used longest ago goes first."""


class Verdict(StrEnum):
    """What happens to a message."""

    TAKE = "take"
    WARN = "warn"
    DROP = "drop"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    is_warned: bool = False


class Throttle:
    """Counts messages by sender. Dropping costs one look-up and touches no store."""

    def __init__(self, burst: float = BURST, per_s: float = PER_S) -> None:
        self._burst = burst
        self._per_s = per_s
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def judge(self, sender: str, now_s: float) -> Verdict:
        """Count one message of a sender at a moment, in seconds of any steady clock."""
        bucket = self._buckets.pop(sender, None) or _Bucket(self._burst, now_s)
        self._buckets[sender] = bucket
        if len(self._buckets) > MAX_PEOPLE:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self._burst, bucket.tokens + max(0.0, now_s - bucket.at) * self._per_s)
        bucket.at = now_s
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            # Full again by half before the next warning: somebody who keeps pressing is told once.
            bucket.is_warned = bucket.is_warned and bucket.tokens < self._burst / 2
            return Verdict.TAKE
        if bucket.is_warned:
            return Verdict.DROP
        bucket.is_warned = True
        return Verdict.WARN
