"""The one reader of time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's time, or one that was started elsewhere and runs on from there."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        """Args: starts_at: aware; what the clock shows now. None for the machine's own time."""
        self._offset = starts_at - self._system() if starts_at else timedelta()

    def now(self) -> datetime:
        """Return the present moment, aware UTC."""
        return self._system() + self._offset

    @staticmethod
    def _system() -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)
