"""Grading: an answer and a question in, a grade with a verdict on every key point out; pure and deterministic."""

from bot.core.grading.choice import shown_order
from bot.core.grading.grader import GRADER_VERSION, Grader, with_overlay
from bot.core.grading.mark import PASS_FRACTION, TURNED_NOTES, VALUE_NOTES, Grade, PointMark, Verdict
from bot.core.grading.points.deriving import derive_question, derive_rubric
from bot.core.grading.points.phrase import phrase_faults
from bot.core.grading.review import rubric_faults
from bot.core.grading.rubric import question_from_json, rubric_hash, rubric_json

__all__ = [
    "GRADER_VERSION",
    "PASS_FRACTION",
    "TURNED_NOTES",
    "VALUE_NOTES",
    "Grade",
    "Grader",
    "PointMark",
    "Verdict",
    "derive_question",
    "derive_rubric",
    "phrase_faults",
    "question_from_json",
    "rubric_faults",
    "rubric_hash",
    "rubric_json",
    "shown_order",
    "with_overlay",
]
