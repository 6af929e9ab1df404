"""SPP as in YOLOv4: three max poolings with stride 1 beside the identity, concatenated by channel."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, GREY, ORANGE, PURPLE, RED

ALT = "YOLOv4 的 SPP：特征图同时做 5×5、9×9、13×13 最大池化（步长 1，尺寸不变），与原图按通道拼接，通道变为 4 倍"
HEIGHT = 740


def draw(canvas: Canvas) -> None:
    """Draw the four branches."""
    canvas.title(
        ("SPP：多种感受野的池化并排", "SPP: poolings of several sizes side by side"),
        ("步长都是 1，尺寸不变，只有感受野不同", "stride 1, same size, only the fields differ"),
    )
    canvas.box(50, 350, 210, 110, ("特征图\nH×W×C", "features\nHxWxC"), GREY)
    canvas.box(900, 350, 250, 110, ("拼接\nH×W×4C", "concat\nHxWx4C"), GREEN, bold=True)
    branches = (
        (("原样通过", "identity"), GREY),
        (("最大池化 5×5", "max pool 5x5"), BLUE),
        (("最大池化 9×9", "max pool 9x9"), ORANGE),
        (("最大池化 13×13", "max pool 13x13"), PURPLE),
    )
    for place, (label, tone) in enumerate(branches):
        y = 190 + place * 120
        canvas.box(430, y, 300, 76, label, tone)
        canvas.arrow([(260, 405), (340, 405), (340, y + 38), (424, y + 38)])
        canvas.line([(730, y + 38), (814, y + 38), (814, 405)], stroke=FAINT)
    canvas.arrow([(814, 405), (894, 405)])
    canvas.text(1025, 506, ("通道数 4 倍", "4 x the channels"), fill=RED.deep)
