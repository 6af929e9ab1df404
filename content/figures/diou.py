"""DIoU: IoU minus the squared distance of the centres over the squared diagonal of the enclosing box."""

from __future__ import annotations

from content.figures.drawing import Canvas
from content.figures.palette import BLUE, FAINT, GREEN, ORANGE, PURPLE, RED, YELLOW

ALT = "DIoU 在 IoU 上减去 d²/c²：d 是两框中心点的距离，c 是最小外接框的对角线；例中 IoU = 1/3，d²/c² = 5/89"
HEIGHT = 830
CELL = 70


def draw(canvas: Canvas) -> None:
    """Draw two boxes with both distances."""
    canvas.title(
        ("DIoU：再看中心点离得多远", "DIoU: how far apart are the centres"),
        ("不相交或一框包住另一框时，也有指向对方的梯度", "it still has a gradient when boxes are apart or nested"),
    )
    x, y = 100, 190
    boxes = ((x, y, BLUE, "A"), (x + 2 * CELL, y + CELL, ORANGE, "B"))
    wide, high = 6 * CELL, 4 * CELL
    for left, top, tone, _ in boxes:
        canvas.rect(left, top, wide, high, fill=tone.line, opacity=0.14, stroke=tone.line, width=5)
    canvas.dashed(x, y, 8 * CELL, 5 * CELL, YELLOW.line, width=5)
    canvas.line([(x, y), (x + 8 * CELL, y + 5 * CELL)], stroke=PURPLE.line, width=4, dash="14 8")
    first, second = (x + 3 * CELL, y + 2 * CELL), (x + 5 * CELL, y + 3 * CELL)
    canvas.line([first, second], stroke=RED.line, width=8)
    for centre in (first, second):
        canvas.circle(*centre, 12, fill=RED.line)
    canvas.text(x + 28, y + high - 30, "A", size=40, bold=True, fill=BLUE.deep)
    canvas.text(x + 8 * CELL - 28, y + CELL + 32, "B", size=40, bold=True, fill=ORANGE.deep)
    canvas.text(x + 4.35 * CELL, y + 2.05 * CELL, "d", size=44, bold=True, fill=RED.deep)
    canvas.text(x + 1.2 * CELL, y + 1.25 * CELL, "c", size=44, bold=True, fill=PURPLE.deep)
    for top, label, tone in (
        (240, ("d：中心点的距离", "d: between centres"), RED),
        (296, "d^{2} = 2^{2} + 1^{2} = 5", RED),
        (390, ("c：外接框对角线", "c: diagonal of\nthe enclosing box"), PURPLE),
        (462, "c^{2} = 8^{2} + 5^{2} = 89", PURPLE),
    ):
        canvas.text(740, top, label, anchor="start", fill=tone.deep)
    canvas.box(100, 610, 1000, 84, "DIoU = IoU − d^{2} / c^{2}", GREEN, size=40, bold=True)
    canvas.text(600, 756, "1/3 − 5/89 ≈ 0.277", fill=FAINT, size=36)
