"""Axes for curves: data in, pixels out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content.figures.drawing import SMALL, Canvas, Point
from content.figures.lettering import Label
from content.figures.palette import FAINT, INK, RULE


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot area.

    Attributes:
        canvas: where it is drawn.
        box: left, top, right, bottom in pixels.
        x: the first and last value of the horizontal axis.
        y: the lowest and highest value of the vertical axis.
    """

    canvas: Canvas
    box: tuple[float, float, float, float]
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """Return the pixel of a value pair."""
        left, top, right, bottom = self.box
        return (
            left + (x - self.x[0]) / (self.x[1] - self.x[0]) * (right - left),
            bottom - (y - self.y[0]) / (self.y[1] - self.y[0]) * (bottom - top),
        )

    def frame(self, x_label: Label, y_label: Label) -> None:
        """Draw the two axes with their names: x below the right end, y above the top."""
        left, top, right, bottom = self.box
        self.canvas.arrow([(left, bottom), (right + 36, bottom)], stroke=INK)
        self.canvas.arrow([(left, bottom), (left, top - 36)], stroke=INK)
        self.canvas.text(right + 36, bottom + 82, x_label, anchor="end")
        self.canvas.text(left + 24, top - 30, y_label, anchor="start")

    def ticks(
        self, xs: Sequence[tuple[float, Label]], ys: Sequence[tuple[float, Label]], *, rules: bool = True
    ) -> None:
        """Draw marks with labels; with `rules` a faint line crosses the plot at every y."""
        left, _, right, bottom = self.box
        for value, label in ys:
            _, y = self.at(self.x[0], value)
            if rules and y != bottom:
                self.canvas.line([(left, y), (right, y)], stroke=RULE, width=2)
            self.canvas.text(left - 16, y, label, size=SMALL, fill=FAINT, anchor="end")
        for value, label in xs:
            x, _ = self.at(value, self.y[0])
            self.canvas.line([(x, bottom), (x, bottom + 10)], stroke=INK, width=3)
            self.canvas.text(x, bottom + 36, label, size=SMALL, fill=FAINT)

    def sample(self, function: Callable[[float], float], start: float, end: float, steps: int = 96) -> list[Point]:
        """Return the pixels of a function between two values; what rises above the plot is cut off at its top."""
        values = [start + (end - start) * step / steps for step in range(steps + 1)]
        return [self.at(x, min(function(x), self.y[1])) for x in values]

    def curve(
        self,
        function: Callable[[float], float],
        start: float,
        end: float,
        *,
        stroke: str,
        width: float = 6,
        dash: str | None = None,
    ) -> None:
        """Draw a function between two values."""
        self.canvas.line(self.sample(function, start, end), stroke=stroke, width=width, dash=dash)
