"""Grading: an answer and a question in, a grade with a verdict on every key point out; pure and deterministic."""

from bot.core.grading.grader import GRADER_VERSION, Grader
from bot.core.grading.mark import PASS_FRACTION, TURNED_NOTES, VALUE_NOTES, Grade, PointMark, Verdict
from bot.core.grading.points.deriving import derive_rubric
from bot.core.grading.points.phrase import phrase_faults
from bot.core.grading.rubric import KeyPoint, Overlay, Rubric
from bot.core.grading.values.numeric import NumericKey, PartialAnswer

__all__ = [
    "GRADER_VERSION",
    "PASS_FRACTION",
    "TURNED_NOTES",
    "VALUE_NOTES",
    "Grade",
    "Grader",
    "KeyPoint",
    "NumericKey",
    "Overlay",
    "PartialAnswer",
    "PointMark",
    "Rubric",
    "Verdict",
    "derive_rubric",
    "phrase_faults",
]
