"""Dropout: a thinned network in training, the whole one with scaled outputs at test time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from content.figures.drawing import SMALL, Canvas
from content.figures.lettering import Label
from content.figures.palette import BLUE, FAINT, GREEN, GREY, PAPER, RED, RULE, Tone

ALT = "dropout：训练时每个神经元以保留概率 p 留下、其余临时丢弃；测试时全部参与，输出乘 p（或训练时就除以 p）"
HEIGHT = 850
LAYERS = (4, 5, 4, 2)
DROPPED = frozenset({(1, 0), (1, 3), (2, 1), (2, 2)})
Unit = tuple[int, int]
NOTE = (
    (
        "另一种等价做法（inverted）：训练时输出除以 p，测试时不缩放\n"
        "PyTorch、Keras 的参数 p 是丢弃概率：训练时除以 1 − p"
    ),
    (
        "inverted dropout: divide by p in training, scale nothing at test\n"
        "in PyTorch and Keras p is the drop probability: divide by 1 - p"
    ),
)


def draw(canvas: Canvas) -> None:
    """Draw the network twice."""
    canvas.title(
        ("dropout：训练时随机丢弃神经元", "Dropout: units are dropped in training"),
        ("p 是保留概率，每次迭代重新抽", "p is the keep probability, drawn anew at every step"),
    )
    _network(
        canvas, 70, ("训练：抽出一个子网络", "training: a thinned network"), BLUE, lambda unit: unit not in DROPPED
    )
    _network(canvas, 660, ("测试：全部参与", "test: every unit"), GREEN, lambda _: True)
    canvas.text(305, 682, ("红叉的神经元这一步不更新", "crossed units are not updated now"), fill=RED.deep, size=30)
    canvas.text(
        895, 682, ("隐藏层输出 × p，期望与训练一致", "hidden outputs x p keep the mean"), fill=GREEN.deep, size=30
    )
    canvas.box(
        60,
        726,
        1080,
        96,
        NOTE,
        GREY,
        size=SMALL,
    )


def _place(x: float, layer: int, unit: int) -> tuple[float, float]:
    return x + 40 + layer * 130, 434 + (unit - (LAYERS[layer] - 1) / 2) * 88


def _network(canvas: Canvas, x: float, name: Label, tone: Tone, is_kept: Callable[[Unit], bool]) -> None:
    canvas.text(x + 235, 180, name, size=36, bold=True, fill=tone.deep)
    for layer, (count, following) in enumerate(pairwise(LAYERS)):
        for unit in range(count):
            for target in range(following):
                if is_kept((layer, unit)) and is_kept((layer + 1, target)):
                    ends = [_place(x, layer, unit), _place(x, layer + 1, target)]
                    canvas.line(ends, stroke=RULE, width=2)
    for layer, count in enumerate(LAYERS):
        for unit in range(count):
            _unit(canvas, _place(x, layer, unit), tone, is_kept=is_kept((layer, unit)))


def _unit(canvas: Canvas, place: tuple[float, float], tone: Tone, *, is_kept: bool) -> None:
    canvas.circle(*place, 28, fill=tone.tint if is_kept else PAPER, stroke=tone.line if is_kept else FAINT)
    if not is_kept:
        x, y = place
        for sign in (-1, 1):
            canvas.line([(x - 17, y - 17 * sign), (x + 17, y + 17 * sign)], stroke=RED.line, width=5)
