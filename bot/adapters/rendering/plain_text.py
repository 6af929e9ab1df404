"""Plain text as platforms count and cut it."""

from __future__ import annotations

from bot.adapters.rendering.mathtext import to_unicode
from bot.core.content.document import Math, spans


def units(text: str) -> int:
    """Count UTF-16 units: what Telegram counts, and never fewer than what Discord does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many characters, a sign at its end where it was cut."""
    return text if len(text) <= most else text[: most - 1] + "…"


def flat(text: str) -> str:
    """Write mathematics as plain text, on one line."""
    parts = (to_unicode(span.latex) if isinstance(span, Math) else span.text for span in spans(text))
    return " ".join("".join(parts).split())
