"""Colours, and text that stays text whatever it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a card, as #rrggbb."""

    page: str
    ink: str
    quiet: str
    accent: str
    panel: str


LIGHT: Final = Theme("#ffffff", "#1c1f24", "#6b7280", "#0f5bd7", "#f1f4f9")
DARK: Final = Theme("#15181d", "#e6e8eb", "#9aa3ad", "#7db2ff", "#232930")


def string(text: str) -> str:
    """Write text as a literal of typst: whatever it says, it is only text."""
    escaped = _CONTROL.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def raw_string(text: str) -> str:
    """Write lines of text as a literal of typst that keeps them apart."""
    return string(text.replace("\t", "    ").replace("\n", "\ue000")).replace("\ue000", "\\n")
