"""Standard and group convolution: which input channels each output channel reads."""

from __future__ import annotations

from collections.abc import Callable

from content.figures.drawing import Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, Tone

ALT = "普通卷积每个输出通道读全部输入通道；分 3 组的卷积只读本组通道，参数量是原来的 1/3"
HEIGHT = 860
CELL = 66
GAP = 18
CHANNELS = 6
GROUPS = (BLUE, ORANGE, GREEN)


def draw(canvas: Canvas) -> None:
    """Draw the two wirings side by side."""
    canvas.title(
        ("普通卷积与分组卷积", "Standard and group convolution"),
        ("一个方块是一个通道，一条线是一个 k×k 卷积核", "a square is a channel, a line is one k x k kernel"),
    )
    _wiring(canvas, 50, ("普通卷积", "standard"), lambda _: GREY, lambda *_: True)
    _wiring(canvas, 652, ("分组卷积，g = 3", "groups, g = 3"), _group_tone, lambda a, b: a // 2 == b // 2)
    canvas.text(298, 746, ("36 条线", "36 lines"), fill=GREY.deep)
    canvas.text(298, 800, "k^{2} · C_{in} · C_{out}", size=36, bold=True)
    canvas.text(900, 746, ("12 条线，组间不相通", "12 lines, groups do not mix"), fill=GREEN.deep)
    canvas.text(900, 800, "k^{2} · C_{in} · C_{out} / g", size=36, bold=True)


def _group_tone(channel: int) -> Tone:
    return GROUPS[channel // 2]


def _centre(x: float, channel: int) -> float:
    return x + channel * (CELL + GAP) + CELL / 2


def _wiring(
    canvas: Canvas, x: float, name: Label, tone: Callable[[int], Tone], is_wired: Callable[[int, int], bool]
) -> None:
    top, bottom = 300, 560
    canvas.text(x + 248, 186, name, size=36, bold=True)
    canvas.text(x + 248, 258, ("输入通道 C_{in}", "input channels C_{in}"), fill=FAINT)
    for source in range(CHANNELS):
        for target in range(CHANNELS):
            if is_wired(source, target):
                ends = [(_centre(x, source), top + CELL), (_centre(x, target), bottom)]
                canvas.line(ends, stroke=tone(source).line, width=3)
    for channel in range(CHANNELS):
        for y in (top, bottom):
            hue = tone(channel)
            left = x + channel * (CELL + GAP)
            canvas.rect(left, y, CELL, CELL, fill=hue.tint, stroke=hue.line, radius=12)
    canvas.text(x + 248, bottom + CELL + 40, ("输出通道 C_{out}", "output channels C_{out}"), fill=FAINT)
