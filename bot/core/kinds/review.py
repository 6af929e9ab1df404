"""What is wrong with a rubric: found by grading the author's own model and wrong answers."""

from collections.abc import Iterator

from bot.core.grading.grader import Grader
from bot.core.grading.mark import Grade, Verdict
from bot.core.grading.points.phrase import phrase_faults
from bot.core.grading.rubric import KeyPoint, Rubric
from bot.core.kinds.kind import Kind

WRONG_AT_MOST = 0.25
"""What an answer earns at most that must not pass."""

RubricFault = tuple[str, str]
"""(what is wrong, how to mend it)."""


def of_phrases(rubric: Rubric | None) -> Iterator[RubricFault]:
    """Yield phrases of bad form, and contrasts between what is not kept apart."""
    if rubric is None:
        return
    for point in rubric.points:
        for phrase in (*point.accept, *point.contradict, *filter(None, (point.of,))):
            fault = phrase_faults(phrase)
            if fault:
                told = f"point {point.id}: the phrase {phrase!r} {fault}"
                yield told, "write alternatives as a / b, joint terms as a + b"
    of = {point.id: point.of for point in rubric.points}
    for group in rubric.contrast:
        subjects = {of.get(name, "") for name in group}
        if len(subjects) < 2 or "" in subjects:
            yield f"contrast {list(group)} needs points with different `of`", "say with of: what each point is about"


def of_models(question: Kind, grader: Grader) -> Iterator[RubricFault]:
    """Yield model answers that do not earn the whole mark."""
    for model in question.model:
        grade = question.grade(model, grader)
        if grade.fraction < 1.0:
            told = f"the model answer {_short(model)} earns {grade.fraction:.2f} ({_gaps(grade)})"
            yield told, "accept its wording, or write what is missing"
        elif any(mark.note == "contradict" for mark in grade.points):
            yield f"the model answer {_short(model)} is taken for wrong ({_gaps(grade)})", "narrow what contradicts"


def of_points(question: Kind, grader: Grader) -> Iterator[RubricFault]:
    """Yield points that neither a model answer nor their own sentence hits, where there are model answers."""
    hit = {name for model in question.model for name in _hit(question.grade(model, grader))}
    for point in question.points if question.model else ():
        if point.id not in hit and not _is_hit_by_itself(point, question, grader):
            told = f"neither a model answer nor its own sentence hits the point {point.id}"
            yield told, "mend what it accepts, or let a model answer state it"


def of_wrong(question: Kind, grader: Grader) -> Iterator[RubricFault]:
    """Yield wrong answers that earn too much."""
    for wrong in question.wrong:
        grade = question.grade(wrong.text, grader)
        if grade.fraction > WRONG_AT_MOST:
            told = f"the wrong answer {_short(wrong.text)} earns {grade.fraction:.2f} ({_hits(grade)})"
            yield told, "narrow what those points accept, or add what contradicts them"


def _is_hit_by_itself(point: KeyPoint, question: Kind, grader: Grader) -> bool:
    return point.id in _hit(question.grade(point.says, grader))


def _hit(grade: Grade) -> Iterator[str]:
    return (mark.point_id for mark in grade.points if mark.verdict is Verdict.HIT)


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
