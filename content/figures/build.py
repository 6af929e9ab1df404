"""Draw the figures: `python content/figures/build.py [NAME ...] [--ascii] [--svg-only] [--check]`.

The SVG needs nothing but Python. The PNG beside it needs resvg-py and Pillow, and a Chinese font on the machine
(Debian: fonts-noto-cjk, fonts-dejavu-core); both are committed, so that the tutor itself needs none of them.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, cast

FOLDER = Path(__file__).resolve().parent
MACHINERY = {"build", "drawing", "lettering", "palette", "plotting", "scene"}
COLOURS = 128
SOURCE_KEY = "svg-sha256"
"""The text chunk of a PNG that says which SVG it was made from."""


class Figure(Protocol):
    """What a figure's script holds.

    Attributes:
        ALT: one Chinese sentence that says what the figure shows.
        HEIGHT: in pixels, of 1200 in width.
    """

    ALT: str
    HEIGHT: int

    def draw(self, canvas: object) -> None:
        """Draw the figure."""


def names() -> tuple[str, ...]:
    """Return the name of every figure, in order: `receptive-field` is drawn by `receptive_field.py`."""
    modules = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in MACHINERY)
    return tuple(module.replace("_", "-") for module in modules)


def figure(name: str) -> Figure:
    """Import the script of a figure.

    Raises:
        ModuleNotFoundError: when there is no such script.
    """
    return cast("Figure", importlib.import_module(f"content.figures.{name.replace('-', '_')}"))


def svg(name: str, *, is_ascii: bool = False) -> str:
    """Return a figure as SVG text, the same on every machine."""
    from content.figures.drawing import Canvas  # run as a script, the path is not set before main

    script = figure(name)
    canvas = Canvas(script.HEIGHT, script.ALT, is_ascii=is_ascii)
    script.draw(canvas)
    return canvas.svg()


def source_hash(text: str) -> str:
    """Return what a PNG remembers of its SVG."""
    return hashlib.sha256(text.encode()).hexdigest()


def png(text: str) -> bytes:
    """Rasterise SVG text to a small palette PNG that remembers its source.

    Raises:
        ImportError: without resvg-py and Pillow.
    """
    resvg, images, chunks = map(importlib.import_module, ("resvg_py", "PIL.Image", "PIL.PngImagePlugin"))
    image = images.open(io.BytesIO(bytes(resvg.svg_to_bytes(svg_string=text)))).convert("RGB")
    small = image.quantize(COLOURS, method=images.Quantize.MEDIANCUT, dither=images.Dither.NONE)
    notes = chunks.PngInfo()
    notes.add_text(SOURCE_KEY, source_hash(text))
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True, pnginfo=notes)
    return out.getvalue()


def has_chinese_font() -> bool:
    """Ask fontconfig; a machine without it is taken to have one."""
    if not shutil.which("fc-list"):
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=True).stdout.strip())  # noqa: S607


def write(wanted: Iterable[str], *, is_ascii: bool, svg_only: bool) -> None:
    """Write the files of the figures; ASCII ones get `.ascii` in their names."""
    for name in wanted:
        text = svg(name, is_ascii=is_ascii)
        stem = f"{name}.ascii" if is_ascii else name
        (FOLDER / f"{stem}.svg").write_text(text, encoding="utf-8", newline="\n")
        if not svg_only:
            (FOLDER / f"{stem}.png").write_bytes(png(text))


def stale() -> list[str]:
    """Return the figures whose committed SVG or PNG is not what their script draws."""
    return [name for name in names() if not _is_fresh(name)]


def _is_fresh(name: str) -> bool:
    text = svg(name)
    vector, raster = FOLDER / f"{name}.svg", FOLDER / f"{name}.png"
    if not vector.is_file() or not raster.is_file():
        return False
    return vector.read_text(encoding="utf-8") == text and source_hash(text).encode() in raster.read_bytes()


def main(arguments: list[str] | None = None) -> int:
    """Parse, draw, report; exit code 0, 1 when --check finds stale files, 2 on a wrong call."""
    sys.path.insert(0, str(FOLDER.parent.parent))
    parser = argparse.ArgumentParser(description="Draw the figures of the content pack.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {' '.join(names())}; all when none is named")
    parser.add_argument("--ascii", action="store_true", help="labels in ASCII; chosen when no Chinese font is found")
    parser.add_argument("--svg-only", action="store_true", help="do not rasterise; needs only Python")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that are out of date")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in names()]
    if unknown:
        parser.error(f"no figure {', '.join(unknown)}; there are: {' '.join(names())}")
    if options.check:
        return _report(stale())
    is_ascii = options.ascii or (not options.svg_only and not has_chinese_font())
    write(options.names or names(), is_ascii=is_ascii, svg_only=options.svg_only)
    return 0


def _report(found: list[str]) -> int:
    for name in found:
        sys.stderr.write(
            f"content/figures/{name}: out of date; draw it again: python content/figures/build.py {name}\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
