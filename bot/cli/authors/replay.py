"""`replay`: show how an attempt was marked, by the rubric as it stood, and how it is marked today."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bot import app, knowledge
from bot.adapters.content import language
from bot.core.content.library import Library
from bot.core.grading import Grade, Grader
from bot.core.kinds.replaying import question_from_json
from bot.core.records.records import Attempt, Grading
from bot.errors import NotFoundError
from bot.features.studying import recording
from bot.ports import Transaction
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor replay 42"
    parser.add_argument("attempt", type=int, help="the attempt's id")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the attempt and each of its gradings; exit 1 where one does not replay to the same mark."""
    library = knowledge.load_library(settings)
    grader = knowledge.load_grader(library)
    store = app.load_store(settings)
    try:
        with store.transaction() as tx:
            made = tx.attempt(args.attempt)
            if made is None:
                raise NotFoundError(f"there is no attempt {args.attempt}")
            lines = list(_lines(tx, made, library, grader))
    finally:
        store.close()
    print("\n".join(lines))
    return 1 if any(line.strip().startswith("differs") for line in lines) else 0


def _lines(tx: Transaction, made: Attempt, library: Library, grader: Grader) -> Iterator[str]:
    prompt = library.questions[made.question_id].prompt if made.question_id in library.questions else "(retired)"
    yield f"attempt {made.id} at {made.question_id}, {made.sent_at:%Y-%m-%d %H:%M} UTC: {prompt}"
    yield f"  {made.text or '(the answer was shown)'}"
    for other, grading in tx.gradings(made.learner_id, made.question_id):
        if other.id == made.id:
            yield from _grading(tx, made, grading, library, grader)


def _grading(tx: Transaction, made: Attempt, grading: Grading, library: Library, grader: Grader) -> Iterator[str]:
    rating = grading.rating.name.lower() if grading.rating else "no rating"
    yield f"{grading.at:%Y-%m-%d %H:%M} {grading.cause}: {grading.grade.fraction:.2f}, {rating} {grading.grade.reason}"
    yield from _points(grading.grade)
    text = tx.rubric(grading.rubric_hash)
    if not made.text or not text or grading.rating is None:
        return
    question, lexicon = question_from_json(text, library.lexicon)
    then = Grader(lexicon, language.characters()) if lexicon else grader
    again = then.grade(question, recording.whole_text(tx, made))
    if abs(again.fraction - grading.grade.fraction) < 1e-9:
        yield f"  replayed by rubric {grading.rubric_hash[:12]}: the same"
    else:
        yield f"  differs when replayed by rubric {grading.rubric_hash[:12]}: {again.fraction:.2f}"
        yield f"  (made by grader {grading.grader_version})"


def _points(grade: Grade) -> Iterator[str]:
    for mark in grade.points:
        evidence = f" <- {mark.evidence}" if mark.evidence else ""
        yield f"  {mark.verdict} {mark.point_id}: {mark.text}{evidence}{f' ({mark.note})' if mark.note else ''}"
