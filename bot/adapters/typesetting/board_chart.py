"""A group's board as typst draws it: a place in a circle, a name, points, and a bar as long as they are many."""

from __future__ import annotations

import unicodedata
from typing import Final

from bot.adapters.typesetting.style import DARK, Theme, string
from bot.core.content.document import BoardChart

PLACE_PT: Final = 22.0
NAME_PT: Final = 17.0
BAR_PT: Final = 7.0
STAGE: Final = ("1", "2", "3")
"""Places whose circle is filled."""
TRACK_LIGHT: Final = "#e4e9f0"
TRACK_DARK: Final = "#242b34"
NAMELESS: Final = "—"
_JOINERS: Final = "\u200d\ufe0e\ufe0f"


def board_code(chart: BoardChart, theme: Theme) -> str:
    """Write a board in typst's code."""
    rows = ", ".join(
        f"{_place(place, theme)}, {_line(name, said, share, theme)}" for place, name, said, share in chart.rows
    )
    grid = f"grid(columns: ({PLACE_PT}pt, 1fr), column-gutter: 9pt, row-gutter: 11pt, {rows})"
    return f"#block(above: 4pt, below: 18pt, {grid})"


def _place(place: str, theme: Theme) -> str:
    is_high = place in STAGE
    fill = f'rgb("{theme.accent}")' if is_high else f'rgb("{theme.panel}")'
    ink = f'rgb("{theme.page}")' if is_high else f'rgb("{theme.quiet}")'
    size = "9.5pt" if len(place) < 3 else "7pt"
    label = f'text({size}, weight: "bold", {ink}, {string(place)})'
    return f"circle(radius: {PLACE_PT / 2}pt, inset: 0pt, fill: {fill}, align(center + horizon, {label}))"


def _line(name: str, said: str, share: float, theme: Theme) -> str:
    """Write the name and what they have above the bar; the name gives way where both are long."""
    label = f'text(11.5pt, weight: "bold", {string(_drawn(name))})'
    head = (
        "grid(columns: (1fr, auto), column-gutter: 8pt, "
        f"block(width: 100%, height: {NAME_PT}pt, clip: true, align(horizon, {label})), "
        f'align(right + horizon, text(9.5pt, rgb("{theme.quiet}"), {string(said)})))'
    )
    track = TRACK_DARK if theme is DARK else TRACK_LIGHT
    layers = ((1.0, track), (min(max(share, 0.0), 1.0), theme.accent))
    bars = "; ".join(
        f'place(left + horizon, rect(width: {100 * part:.1f}%, height: {BAR_PT}pt, radius: 3pt, fill: rgb("{colour}")))'
        for part, colour in layers
        if part > 0
    )
    return f"stack(spacing: 3pt, {head}, block(width: 100%, height: {BAR_PT}pt, {{ {bars} }}))"


def _drawn(name: str) -> str:
    """Leave out emoji: the fonts of cards have none, and would draw boxes."""
    kept = (char for char in name if char not in _JOINERS and not _is_emoji(char))
    return " ".join("".join(kept).split()) or NAMELESS


def _is_emoji(char: str) -> bool:
    return char >= "\U0001f000" and unicodedata.category(char) in ("So", "Sk", "Cn")
