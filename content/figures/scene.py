"""The little street that detection and segmentation figures look at: two people, a dog, grass and sky."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.figures.drawing import Canvas

SKY, GRASS = "#e6f2fb", "#dcefd8"
PERSON, DOG = "#8a97a3", "#b08a62"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner, in units of the scene."""

    x: float
    y: float
    w: float
    h: float


LEFT, RIGHT, PET = Box(60, 60, 84, 200), Box(154, 74, 78, 190), Box(272, 178, 124, 84)
WIDE, HIGH = 440, 290


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the scene stands on a canvas.

    Attributes:
        canvas: to draw on.
        x: of its left edge.
        y: of its top.
        scale: pixels per unit; the scene is 440 by 290 units.
    """

    canvas: Canvas
    x: float
    y: float
    scale: float

    def ground(self, sky: str = SKY, grass: str = GRASS) -> None:
        """Fill the background."""
        self._rect(Box(0, 0, WIDE, 170), sky)
        self._rect(Box(0, 170, WIDE, HIGH - 170), grass)

    def things(self, left: str = PERSON, right: str = PERSON, pet: str = DOG) -> None:
        """Draw the two people and the dog as silhouettes in the colours given."""
        self.person(LEFT, left)
        self.person(RIGHT, right)
        self.dog(PET, pet)

    def person(self, box: Box, fill: str) -> None:
        """Draw a person who fills a box."""
        middle, head = box.x + box.w / 2, box.w * 0.27
        self.canvas.circle(self._x(middle), self._y(box.y + head), head * self.scale, fill=fill)
        body = Box(box.x, box.y + 2.15 * head, box.w, box.h * 0.42)
        self._rect(body, fill, 24)
        legs = box.y + box.h * 0.6
        for left in (box.x + box.w * 0.16, box.x + box.w * 0.54):
            self._rect(Box(left, legs, box.w * 0.3, box.h * 0.4), fill, 8)

    def dog(self, box: Box, fill: str) -> None:
        """Draw a dog who fills a box."""
        self._rect(Box(box.x + box.w * 0.1, box.y + box.h * 0.32, box.w * 0.72, box.h * 0.38), fill, 16)
        self._rect(Box(box.x + box.w * 0.68, box.y, box.w * 0.32, box.h * 0.46), fill, 12)
        self._polygon(box, ((0.7, 0.1), (0.72, -0.0), (0.84, 0.1)), fill)
        self._polygon(box, ((0.12, 0.4), (0.0, 0.06), (0.08, 0.04), (0.24, 0.4)), fill)
        for left in (0.13, 0.3, 0.56, 0.71):
            self._rect(Box(box.x + box.w * left, box.y + box.h * 0.6, box.w * 0.1, box.h * 0.4), fill, 4)

    def frame(self, box: Box, stroke: str, *, width: float = 5) -> None:
        """Draw a detection box."""
        self.canvas.rect(
            self._x(box.x),
            self._y(box.y),
            box.w * self.scale,
            box.h * self.scale,
            stroke=stroke,
            width=width,
        )

    def border(self, stroke: str) -> None:
        """Draw the edge of the picture."""
        self.frame(Box(0, 0, WIDE, HIGH), stroke, width=2)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a point of the scene."""
        return self._x(x), self._y(y)

    def _x(self, x: float) -> float:
        return self.x + x * self.scale

    def _y(self, y: float) -> float:
        return self.y + y * self.scale

    def _rect(self, box: Box, fill: str, radius: float = 0) -> None:
        self.canvas.rect(
            self._x(box.x),
            self._y(box.y),
            box.w * self.scale,
            box.h * self.scale,
            fill=fill,
            radius=radius * self.scale,
        )

    def _polygon(self, box: Box, points: Sequence[tuple[float, float]], fill: str) -> None:
        self.canvas.polygon([self.at(box.x + x * box.w, box.y + y * box.h) for x, y in points], fill=fill)
