"""The colours of every figure: one ink, one paper, seven tones with a strong line, a tint and a dark text colour."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#ffffff"
INK = "#1f2d3a"
FAINT = "#5c6b78"
RULE = "#b9c4cd"


@dataclass(frozen=True, slots=True)
class Tone:
    """One hue.

    Attributes:
        line: for strokes and solid marks.
        tint: for areas that carry text.
        deep: for text on the tint or on paper.
    """

    line: str
    tint: str
    deep: str


BLUE = Tone("#2f72b8", "#deebf8", "#1c4f86")
ORANGE = Tone("#dd7a25", "#fce8d5", "#9a4c0a")
GREEN = Tone("#2f9163", "#d9f0e4", "#1a6342")
RED = Tone("#cc4040", "#fadfdd", "#992626")
PURPLE = Tone("#7b5ab5", "#e9e1f5", "#553a87")
YELLOW = Tone("#dcae2c", "#fcf2d2", "#7d5f06")
GREY = Tone("#8d99a4", "#edf0f3", "#46525d")
