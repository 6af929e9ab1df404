"""Who takes note of what becomes of channels and of whispers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports import Opened, Unheard


@dataclass(frozen=True, slots=True)
class Watch:
    """Who takes note; None for nobody. Who leaves a server is not told without a privileged right."""

    opened: Opened | None = None
    unheard: Unheard | None = None


NOBODY = Watch()
