"""What is wrong with a rubric: found by grading the author's own model and wrong answers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.library import Question, QuestionKind
from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, Verdict
from bot.core.grading.points.phrase import phrase_faults
from bot.core.grading.values.numeric import NumericReader

WRONG_AT_MOST = 0.25
_GRADED = (QuestionKind.OPEN, QuestionKind.NUMERIC)


def rubric_faults(question: Question, grader: Grader) -> tuple[tuple[str, str], ...]:
    """Return (what is wrong, how to mend it) for a question's rubric and its own answers."""
    return tuple(_faults(question, grader))


def _faults(question: Question, grader: Grader) -> Iterator[tuple[str, str]]:
    yield from _of_phrases(question)
    if question.kind not in _GRADED:
        return
    if question.numeric and not NumericReader(question.numeric, grader.terms).is_readable:
        yield (
            "its answer, also or partial is no formula",
            "write 8/53, 0.25, 1-(1-p)^3, and name the letters in variables",
        )
    yield from _of_models(question, grader)
    for wrong in question.wrong:
        grade = grader.grade(question, wrong.text)
        if grade.fraction > WRONG_AT_MOST:
            told = f"the wrong answer {_short(wrong.text)} earns {grade.fraction:.2f} ({_hits(grade)})"
            yield told, "narrow what those points accept, or add what contradicts them"


def _of_phrases(question: Question) -> Iterator[tuple[str, str]]:
    for point in question.rubric.points if question.rubric else ():
        for phrase in (*point.accept, *point.contradict, *((point.of,) if point.of else ())):
            fault = phrase_faults(phrase)
            if fault:
                yield (
                    f"point {point.id}: the phrase {phrase!r} {fault}",
                    "write alternatives as a / b, joint terms as a + b",
                )
    of = {point.id: point.of for point in question.rubric.points} if question.rubric else {}
    for group in question.rubric.contrast if question.rubric else ():
        if len({of.get(name, "") for name in group}) < 2 or not all(of.get(name) for name in group):
            yield f"contrast {list(group)} needs points with different `of`", "say with of: what each point is about"


def _of_models(question: Question, grader: Grader) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for model in question.model:
        grade = grader.grade(question, model)
        seen |= {mark.point_id for mark in grade.points if mark.verdict is Verdict.HIT}
        if grade.fraction < 1.0:
            told = f"the model answer {_short(model)} earns {grade.fraction:.2f} ({_gaps(grade)})"
            yield told, "accept its wording, or write what is missing"
        elif any(mark.note == "contradict" for mark in grade.points):
            yield f"the model answer {_short(model)} is taken for wrong ({_gaps(grade)})", "narrow what contradicts"
    for point in question.rubric.points if question.rubric and question.kind is QuestionKind.OPEN else ():
        own = grader.grade(question, point.says)
        is_hit = any(m.point_id == point.id and m.verdict is Verdict.HIT for m in own.points)
        if question.model and point.id not in seen and not is_hit:
            told = f"neither a model answer nor its own sentence hits the point {point.id}"
            yield told, "mend what it accepts, or let a model answer state it"


def _short(text: str) -> str:
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def _hits(grade: Grade) -> str:
    return ", ".join(f"{m.point_id}: {m.evidence}" for m in grade.points if m.verdict is Verdict.HIT) or grade.reason


def _gaps(grade: Grade) -> str:
    gaps = [
        f"{m.verdict} {m.point_id}" + (f" by “{m.evidence}”" if m.evidence else "")
        for m in grade.points
        if m.verdict is not Verdict.HIT
    ]
    return ", ".join([*([grade.reason] if grade.reason else []), *gaps])
