"""A learner's progress as typst draws it: a calendar, a line of months, bars of topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.adapters.typesetting.style import DARK, Theme, string
from bot.core.content.document import Chart

WIDTH_PT: Final = 331.0
CELL_PT: Final = 10.6
GAP_PT: Final = 2.1
LINE_PT: Final = 96.0
"""Height of the line of months."""
FLOOR: Final = 0.5
"""The share at the foot of the line; what is lower is drawn there."""
STEPS_LIGHT: Final = ("#e4e9f0", "#b9d4f7", "#6ea8ef", "#0f5bd7")
STEPS_DARK: Final = ("#242b34", "#1f4673", "#2f74bf", "#7db2ff")


def chart_code(chart: Chart, theme: Theme) -> str:
    """Write a chart in typst's code."""
    parts = (
        _titled(chart.titles[0], theme, _calendar(chart, theme)),
        _titled(chart.titles[1], theme, _months(chart, theme)) if len(chart.months) > 1 else "",
        _titled(chart.titles[2], theme, _bars(chart, theme)) if chart.bars else "",
    )
    return "\n\n".join(part for part in parts if part)


def _titled(title: str, theme: Theme, body: str) -> str:
    head = f'#text(11.5pt, weight: "bold", rgb("{theme.accent}"), {string(title)})'
    return f"#block(breakable: false, above: 14pt)[{head}\n\n{body}]"


def _calendar(chart: Chart, theme: Theme) -> str:
    """Write a column a week, Monday on top, the month named above its first whole week."""
    steps = STEPS_DARK if theme is DARK else STEPS_LIGHT
    weeks = [chart.days[at : at + 7] for at in range(0, len(chart.days), 7)]
    named = [_month_of(weeks[n - 1][0][0] if n else "", week[0][0]) for n, week in enumerate(weeks)]
    heads = ", ".join(f"box(width: {CELL_PT}pt, text(7pt, {_quiet(theme)}, {string(name)}))" for name in named)
    cells = ", ".join(_cell(week, weekday, steps) for weekday in range(7) for week in weeks)
    return f"#grid(columns: {len(weeks)}, gutter: {GAP_PT}pt, {heads}, {cells})"


def _month_of(before: str, day: str) -> str:
    """Return the number of a month where a week is its first one, else nothing."""
    return "" if before[:7] == day[:7] else str(int(day[5:7]))


def _cell(week: tuple[tuple[str, int], ...], weekday: int, steps: tuple[str, ...]) -> str:
    if weekday >= len(week):
        return "[]"
    colour = steps[min(week[weekday][1], len(steps) - 1)]
    return f'rect(width: {CELL_PT}pt, height: {CELL_PT}pt, radius: 2pt, fill: rgb("{colour}"))'


def _months(chart: Chart, theme: Theme) -> str:
    """Write the share recalled month by month, with the wanted one as a dashed line."""
    step = (WIDTH_PT - 60) / (len(chart.months) - 1)
    points = [(20 + n * step, _height(share)) for n, (_, share) in enumerate(chart.months)]
    moves = ", ".join(f"curve.{'line' if n else 'move'}(({x:.1f}pt, {y:.1f}pt))" for n, (x, y) in enumerate(points))
    accent, quiet = f'rgb("{theme.accent}")', _quiet(theme)
    aim = _height(chart.aim)
    drawn = [
        f'place(line(start: (0pt, {aim:.1f}pt), length: {WIDTH_PT - 30}pt, stroke: (paint: {quiet}, dash: "dashed")))',
        f"place(dx: {WIDTH_PT - 26}pt, dy: {aim - 4:.1f}pt, text(8pt, {quiet}, {string(f'{chart.aim:.0%}')}))",
        f"place(curve(stroke: 1.8pt + {accent}, {moves}))",
        *_dots(chart, points, accent, quiet),
    ]
    return f"#block(width: {WIDTH_PT}pt, height: {LINE_PT + 16}pt, {{ {'; '.join(drawn)} }})"


def _height(share: float) -> float:
    """Return how far below the top a share stands, in points."""
    return LINE_PT * (1 - (max(share, FLOOR) - FLOOR) / (1 - FLOOR))


def _dots(chart: Chart, points: list[tuple[float, float]], accent: str, quiet: str) -> Iterator[str]:
    for (label, share), (x, y) in zip(chart.months, points, strict=True):
        yield f"place(dx: {x - 2.5:.1f}pt, dy: {y - 2.5:.1f}pt, circle(radius: 2.5pt, fill: {accent}))"
        above = share >= chart.aim  # away from the dashed line
        yield f"place(dx: {x - 9:.1f}pt, dy: {y - 13 if above else y + 5:.1f}pt, text(7.5pt, {string(f'{share:.0%}')}))"
        yield f"place(dx: {x - 9:.1f}pt, dy: {LINE_PT + 4}pt, text(7.5pt, {quiet}, {string(label)}))"


def _bars(chart: Chart, theme: Theme) -> str:
    """Write a bar for each topic: learnt in a light colour, known now in a strong one."""
    steps = STEPS_DARK if theme is DARK else STEPS_LIGHT
    rows = (
        f"text(9.5pt, {string(label)}), {_bar(learnt, learnt * known, steps)}, "
        f"text(9pt, {_quiet(theme)}, {string(f'{learnt:.0%}')})"
        for label, learnt, known in chart.bars
    )
    return f"#grid(columns: (80pt, 1fr, 32pt), gutter: 7pt, align: horizon, {', '.join(rows)})"


def _bar(learnt: float, known: float, steps: tuple[str, ...]) -> str:
    layers = ((1.0, steps[0]), (learnt, steps[1]), (known, steps[3]))
    drawn = "; ".join(
        f'place(left + horizon, rect(width: {100 * share:.1f}%, height: 9pt, radius: 2pt, fill: rgb("{colour}")))'
        for share, colour in layers
        if share > 0
    )
    return f"block(width: 100%, height: 11pt, {{ {drawn} }})"


def _quiet(theme: Theme) -> str:
    return f'rgb("{theme.quiet}")'
