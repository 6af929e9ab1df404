"""A residual block: two layers learn F(x), the shortcut carries x, the output is their sum."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE

ALT = "残差块：输入 x 经两层卷积得到 F(x)，捷径把 x 直接加上来，输出 H(x) = F(x) + x"
HEIGHT = 860
X = 330


def draw(canvas: Canvas) -> None:
    """Draw the block on the left, what follows from it on the right."""
    canvas.title(("残差块：学 F(x) = H(x) − x", "Residual block: learn F(x) = H(x) - x"))
    canvas.box(X - 100, 120, 200, 66, ("输入 x", "input x"), GREY)
    canvas.box(X - 150, 280, 300, 90, ("卷积 3×3 + BN", "conv 3x3 + BN"))
    canvas.box(X - 150, 460, 300, 90, ("卷积 3×3 + BN", "conv 3x3 + BN"))
    canvas.node(X, 642, "+", GREEN, r=36)
    canvas.box(X - 170, 764, 340, 66, ("输出 ReLU(H(x))", "output ReLU(H(x))"), GREEN)
    canvas.arrow([(X, 186), (X, 276)])
    canvas.arrow([(X, 370), (X, 456)])
    canvas.arrow([(X, 550), (X, 602)])
    canvas.arrow([(X, 678), (X, 760)])
    canvas.text(X - 52, 642, "H(x) = F(x) + x", anchor="end", bold=True, fill=GREEN.deep)
    canvas.text(X + 20, 413, "ReLU", anchor="start", fill=FAINT)
    canvas.text(X + 20, 718, "ReLU", anchor="start", fill=FAINT)
    canvas.arrow([(X, 226), (X + 240, 226), (X + 240, 642), (X + 40, 642)], stroke=ORANGE.line, width=6, head=24)
    canvas.text(X - 174, 415, "F(x)", size=40, anchor="end", bold=True, fill=BLUE.deep)
    canvas.text(
        X + 262, 434, ("捷径\n恒等映射 x", "shortcut,\nidentity x"), anchor="start", fill=ORANGE.deep, bold=True
    )
    notes = (
        ("退化时可令 F(x) → 0，\n块变成恒等映射", "if layers do not help,\nF(x) -> 0 is identity", GREEN),
        ("反向：梯度里有 +1，\n误差直达浅层", "backward: the gradient\nhas a + 1 that goes\nstraight down", ORANGE),
    )
    for place, (chinese, english, tone) in enumerate(notes):
        canvas.box(800, 250 + place * 190, 370, 150, (chinese, english), tone, size=30)
    canvas.text(985, 640, "∂H/∂x = ∂F/∂x + 1", size=36, bold=True, fill=ORANGE.deep)
