"""Finishing touches on pictures: fewer colours, no empty foot, figures within what chats take."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image as Raster
from PIL import ImageChops

COLOURS = 256
MAX_PIXELS = 40_000_000
MAX_SIDE = 2560
"""Longer figures are made smaller: that is what chats show anyway."""
MAX_BYTES = 8_000_000
MAX_RATIO = 18
"""Telegram refuses photos that are more than twenty times as long as wide."""
FOOT = 50
"""Pixels left below the content of a card that is not full."""
_UNREADABLE = (OSError, ValueError, SyntaxError, Raster.DecompressionBombError)


def tidied(page: bytes, *, is_cropped: bool = False) -> bytes:
    """Return a page with a palette of colours: a third of the size, and the same to the eye.

    Args:
        is_cropped: leave out the empty rest of the page below its content.
    """
    with Raster.open(io.BytesIO(page)) as opened:
        image = opened.convert("RGB")
    return _png((_cropped(image) if is_cropped else image).quantize(COLOURS))


def _cropped(image: Raster.Image) -> Raster.Image:
    ground = Raster.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, ground).getbbox()
    return image.crop((0, 0, image.width, min(image.height, box[3] + FOOT))) if box else image


def is_nearly_empty(page: bytes) -> bool:
    """Tell whether a page of a card has content in its upper quarter only; the page number below does not count."""
    with Raster.open(io.BytesIO(page)) as opened:
        image = opened.convert("RGB")
    lower = image.crop((0, image.height // 4, image.width, image.height * 15 // 16))
    ground = Raster.new("RGB", lower.size, image.getpixel((0, 0)))
    return ImageChops.difference(lower, ground).getbbox() is None


def figure(path: Path) -> bytes | None:
    """Return a picture file as PNG within the limits of chats; None for what is no picture, or a huge one."""
    try:
        with Raster.open(path) as opened:
            if opened.width * opened.height > MAX_PIXELS or not opened.width or not opened.height:
                return None
            if _is_opaque_png(opened) and _fits(opened) and path.stat().st_size <= MAX_BYTES:
                return path.read_bytes()
            return _png(_fitted(opened.convert("RGBA")))
    except _UNREADABLE:
        return None


def _is_opaque_png(image: Raster.Image) -> bool:
    return image.format == "PNG" and image.mode in ("RGB", "P", "L") and "transparency" not in image.info


def _fits(image: Raster.Image) -> bool:
    """Tell whether a picture is within the longest side, and no mere line."""
    return max(image.size) <= MAX_SIDE and max(image.size) / min(image.size) < MAX_RATIO


def _fitted(image: Raster.Image) -> Raster.Image:
    """Put a picture on white, within the longest side, and padded where it is a mere line."""
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    least = max(image.size) // MAX_RATIO + 1
    canvas = Raster.new("RGB", (max(image.width, least), max(image.height, least)), "white")
    canvas.paste(image, ((canvas.width - image.width) // 2, (canvas.height - image.height) // 2), image)
    return canvas


def _png(image: Raster.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
