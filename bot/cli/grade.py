"""`grade`: grade answers given as JSON lines; for other programs and for authors who try out a rubric."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import knowledge
from bot.core.content.library import Library, Question, fold_heading
from bot.core.grading import Grade, Grader
from bot.core.kinds.deriving import derive_question
from bot.errors import NotFoundError, TutorError
from bot.settings import Settings

MAX_LINE = 1_000_000


class BadLineError(TutorError):
    """A line is no JSON object of the form that is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the answer to be graded."""

    question: Question
    answer: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        'Each line is {"question": id, "answer": text}, or {"origin": heading, "answer": text} for the first '
        'question of the concept that carries the heading, or {"prompt", "reference", "answer"} where there is '
        "no rubric."
    )
    parser.epilog = """example: echo '{"question": "nms/steps", "answer": "按分数排序"}' | tutor grade --json -"""
    parser.add_argument("file", nargs="?", default="-", help="a file of JSON lines; - for standard input")
    parser.add_argument("--json", action="store_true", help="print JSON lines instead of a readable report")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Grade line by line; a bad line answers with its error and the rest goes on."""
    library = knowledge.load_library(settings)
    grader = knowledge.load_grader(library)
    if args.file == "-":
        return _grade_lines(sys.stdin, library, grader, as_json=args.json)
    with Path(args.file).open(encoding="utf-8") as lines:
        return _grade_lines(lines, library, grader, as_json=args.json)


def _grade_lines(lines: Iterable[str], library: Library, grader: Grader, *, as_json: bool) -> int:
    code = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            asked = read_line(line, library)
        except TutorError as error:
            code = 1
            print(json.dumps({"error": str(error)}, ensure_ascii=False), flush=True)
            continue
        grade = grader.grade(asked.question, asked.answer)
        print(json.dumps(as_dict(grade), ensure_ascii=False) if as_json else _report(asked, grade), flush=True)
    return code


def as_dict(grade: Grade) -> dict[str, Any]:
    """Return a grade in the form that other programs read."""
    points = [{"text": m.text, "verdict": str(m.verdict), "evidence": m.evidence} for m in grade.points]
    return {"fraction": grade.fraction, "passed": grade.has_passed, "points": points}


def _report(asked: Asked, grade: Grade) -> str:
    head = f"{grade.fraction:.2f} {asked.answer[:60]}" + (f" ({grade.reason})" if grade.reason else "")
    rows = (
        f"  {m.verdict:12} {m.point_id}: {m.text}" + (f" <- {m.evidence}" if m.evidence else "") for m in grade.points
    )
    return "\n".join((head, *rows))


def read_line(line: str, library: Library) -> Asked:
    """Read one JSON line. Raises BadLineError or NotFoundError."""
    try:
        data = json.loads(line[:MAX_LINE])
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"no JSON: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("answer"), str):
        raise BadLineError('a line must be a JSON object with an "answer" that is text')
    return Asked(find_question(data, library), data["answer"])


def find_question(data: Mapping[str, Any], library: Library) -> Question:
    """Return the question that a line names. Raises BadLineError or NotFoundError."""
    match data:
        case {"question": str(question_id)}:
            if question_id not in library.questions:
                raise NotFoundError(f"no question has the id {question_id!r}: tutor check lists what there is")
            return library.questions[question_id]
        case {"origin": str(origin)}:
            return _of_origin(origin, library)
        case {"prompt": str(prompt), "reference": str(reference)}:
            return derive_question(prompt, reference)
    raise BadLineError('a line needs "question", or "origin", or "prompt" and "reference", as text')


def _of_origin(origin: str, library: Library) -> Question:
    concept = library.by_origin.get(fold_heading(origin))
    if concept is None or not concept.questions:
        raise NotFoundError(f"no question stands under the heading {origin!r}")
    return concept.questions[0]
