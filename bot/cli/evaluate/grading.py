"""`eval grade`: our marks beside a person's, per question, worst first, with each disagreement explained."""

from __future__ import annotations

import argparse
import html
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import knowledge
from bot.cli.grade import find_question
from bot.core.content.library import Library, Question
from bot.core.grading import Grade, Grader
from bot.errors import TutorError
from bot.settings import Settings

LEVELS = 5
DISAGREES = 0.25


@dataclass(frozen=True, slots=True)
class Case:
    """An answer with a person's mark and ours.

    Attributes:
        mark: the person's, 0-1.
    """

    question: Question
    answer: str
    kind: str
    mark: float
    grade: Grade

    @property
    def error(self) -> float:
        """Ours less the person's."""
        return self.grade.fraction - self.mark


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = 'Each line of FILE is {"question": id or "origin": heading, "answer", "mark": 0-1, "kind"}.'
    parser.epilog = "example: tutor eval grade tests/data/grade_dev.jsonl --html report.html"
    parser.add_argument("file", type=Path, help="JSON lines")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write a page to look at as well")
    parser.add_argument("--half", choices=("tune", "held"), help="only the lines with this `split`")
    parser.add_argument("--quiet", action="store_true", help="the figures only")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Grade the file, print the figures and the disagreements."""
    library = knowledge.load_library(settings)
    cases, faults = read_cases(args.file, args.half, library, knowledge.load_grader(library))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not cases:
        print("no case could be graded", file=sys.stderr)
        return 1
    print(_table("kind", cases, lambda case: case.kind))
    if not args.quiet:
        print()
        print(_table("question", cases, lambda case: case.question.id or case.question.prompt[:30]))
        print("\n".join(("", *_explained(cases))))
    if args.html:
        args.html.write_text(page(cases), encoding="utf-8")
    return 1 if faults else 0


def read_cases(path: Path, half: str | None, library: Library, grader: Grader) -> tuple[list[Case], list[str]]:
    """Read and grade a file of marked answers; return the cases and what could not be read."""
    cases: list[Case] = []
    faults: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            data = json.loads(line)
            if half is None or data.get("split") == half:
                cases.append(_case(data, library, grader))
        except (ValueError, KeyError, TypeError, TutorError) as error:
            faults.append(f"{path}:{number}: {error}")
    return cases, faults


def _case(data: dict[str, Any], library: Library, grader: Grader) -> Case:
    question = find_question(data, library)
    mark = float(data["mark"] if "mark" in data else data["score"])
    return Case(question, data["answer"], data.get("kind", ""), mark, grader.grade(question, data["answer"]))


def correlation(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return Pearson's r; nan where either does not vary."""
    count = len(ours)
    mean_a, mean_b = sum(ours) / count, sum(theirs) / count
    cov = sum((a - mean_a) * (b - mean_b) for a, b in zip(ours, theirs, strict=True))
    var = sum((a - mean_a) ** 2 for a in ours) * sum((b - mean_b) ** 2 for b in theirs)
    return cov / math.sqrt(var) if var > 0 else math.nan


def kappa(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the quadratic weighted kappa over five levels (0, .25, .5, .75, 1)."""
    a = [_level(value) for value in ours]
    b = [_level(value) for value in theirs]
    seen = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / len(a)
    chance = sum((x - y) ** 2 for x in a for y in b) / len(a) ** 2
    return 1 - seen / chance if chance else math.nan


def _level(value: float) -> int:
    return min(LEVELS - 1, max(0, round(value * (LEVELS - 1))))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a set of marks agrees; shares are 0-1, nan where nothing can be counted."""

    count: int
    r: float
    kappa: float
    within: float
    false_pass: float
    false_fail: float
    mean_error: float


def figures(cases: Sequence[Case]) -> Figures:
    """Measure a set of cases."""
    ours, theirs = [c.grade.fraction for c in cases], [c.mark for c in cases]
    low, high = [c for c in cases if c.mark <= 0.25], [c for c in cases if c.mark >= 0.75]
    return Figures(
        len(cases),
        correlation(ours, theirs),
        kappa(ours, theirs),
        _share(cases, lambda c: abs(c.error) <= DISAGREES + 1e-9),
        _share(low, lambda c: c.grade.has_passed),
        _share(high, lambda c: c.grade.fraction < 0.4),
        sum(abs(c.error) for c in cases) / len(cases),
    )


def _share(cases: Sequence[Case], holds: Callable[[Case], bool]) -> float:
    return sum(map(holds, cases)) / len(cases) if cases else math.nan


_COLUMNS = ("n", "r", "qwk", "within .25", "false pass", "false fail", "mean error")


def _row(name: str, found: Figures) -> tuple[str, ...]:
    numbers = (found.r, found.kappa, found.within, found.false_pass, found.false_fail, found.mean_error)
    return (name, str(found.count), *("-" if math.isnan(number) else f"{number:.3f}" for number in numbers))


def _table(head: str, cases: Sequence[Case], key: Callable[[Case], str]) -> str:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    found = sorted(((name, figures(group)) for name, group in groups.items()), key=lambda item: -item[1].mean_error)
    rows = [(head, *_COLUMNS), _row("ALL", figures(cases)), *(_row(name, item) for name, item in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def disagreements(cases: Sequence[Case]) -> list[Case]:
    """Return the cases that are off by more than .25, worst first."""
    return sorted((c for c in cases if abs(c.error) > DISAGREES + 1e-9), key=lambda c: (-abs(c.error), c.answer))


def _explained(cases: Sequence[Case]) -> Iterator[str]:
    for case in disagreements(cases):
        marks = f"person {case.mark:.2f}, we {case.grade.fraction:.2f}"
        yield f"{case.question.id} [{case.kind}] {marks} {case.grade.reason}".rstrip()
        yield f"  {case.answer}"
        for mark in case.grade.points:
            evidence = (f" <- {mark.evidence}" if mark.evidence else "") + (f" ({mark.note})" if mark.note else "")
            yield f"    {mark.verdict:12} {mark.point_id}: {mark.text}{evidence}"


_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2em;max-width:70em}table{border-collapse:collapse}td,th{padding:.2em .7em;"
    "border-bottom:1px solid #ddd;text-align:left;vertical-align:top}.hit{color:#176f2c}.missed{color:#777}"
    ".contradicted{color:#b3261e}"
)


def page(cases: Sequence[Case]) -> str:
    """Return a page with the figures and every disagreement, worst first."""
    body = "".join(map(_html_case, disagreements(cases)))
    table = html.escape(_table("question", cases, lambda case: case.question.id))
    return (
        f"<!doctype html><meta charset=utf-8><title>Grading</title><style>{_STYLE}</style><h1>Grading</h1>"
        f"<pre>{table}</pre><table><tr><th>question<th>person<th>we<th>answer and points</tr>{body}</table>\n"
    )


def _html_case(case: Case) -> str:
    points = "".join(
        f'<div class="{mark.verdict}">{mark.verdict} · {html.escape(" ".join((mark.text, mark.evidence or "")))}</div>'
        for mark in case.grade.points
    )
    return (
        f"<tr><td>{html.escape(case.question.id)}<br>{html.escape(case.kind)}<td>{case.mark:.2f}"
        f"<td>{case.grade.fraction:.2f}<td><b>{html.escape(case.answer)}</b>{points}</tr>"
    )
