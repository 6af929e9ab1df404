"""The grader: an answer and a question in, a grade out; the same everywhere and for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.content.library import KeyPoint, Lexicon, Question, QuestionKind, Rubric
from bot.core.grading.choice import grade_choice, grade_cloze, grade_ordering, shown_order
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.points.deriving import derive_rubric
from bot.core.grading.points.gates import is_blank, is_echo, is_question
from bot.core.grading.points.key_points import RubricReader, mark_points
from bot.core.grading.points.lists import LONGEST_NAME, LONGEST_TERM, Lists, asks_for_names, is_marked
from bot.core.grading.points.terms import Terms
from bot.core.grading.text.folding import Folded, Folder, content_length
from bot.core.grading.values.numeric import NumericReader
from bot.core.language.characters import Language

GRADER_VERSION = "2"
"""Changes whenever the same answer may get another mark."""

LIST_CEILING = 0.25
"""What a list of terms without claims earns at most."""
NAMES_CEILING = 0.5
"""What such a list earns at most where names of methods were asked for."""
PENALTY: Mapping[str, float] = {"contradict": 0.6, "swapped": 0.75, "denied": 0.5, "opposite": 0.5}
"""What a contradicted point costs beyond its own weight, as a share of that weight."""
WRONG_CLAIM_CEILING = 0.5
"""What an answer earns at most that claims the contrary of a point of some weight, whatever else is right."""
SOME_WEIGHT = 0.1
"""As a share of the weight of all points."""
METHOD_CEILING = 0.5
"""What a right method earns at most without the right value: no number, no pass."""

Overlay = Mapping[str, Sequence[str]]
"""Phrasings accepted since the file was written, by point id."""


class Grader:
    """Grades answers with the words of one lexicon.

    Args:
        lexicon: synonyms widen the rubric's terms, antonyms turn them round.
        language: tables of characters.
    """

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._language = language
        self._folder = Folder(language)
        self.terms = Terms(lexicon, self._folder)
        self._readers: dict[tuple[str, Rubric, tuple[str, ...]], RubricReader] = {}

    def grade(self, question: Question, answer: str, *, extra_accept: Overlay | None = None) -> Grade:
        """Grade an answer.

        Args:
            extra_accept: phrases by point id that count beside the rubric's own.
        """
        question = with_overlay(question, extra_accept or {})
        match question.kind:
            case QuestionKind.CHOICE:
                return grade_choice(question, answer, self.terms, shown_order(question))
            case QuestionKind.CLOZE:
                return grade_cloze(question, answer, self.terms)
            case QuestionKind.ORDERING:
                return grade_ordering(question, answer, self.terms, shown_order(question))
        folded = self._folder.fold(answer)
        if is_blank(folded):
            return Grade(0.0, self._missed(question), "blank")
        if question.kind is QuestionKind.NUMERIC and question.numeric:
            return self._grade_numeric(question, answer, folded)
        return self._grade_open(question, folded)

    def looks_like_answer(self, question: Question, text: str) -> bool:
        """Tell whether a text says anything about a question's key points, rightly or wrongly.

        A question that holds a number is none on account of it: "54 张牌分成 6 份的概率是多少".
        """
        grade = self.grade(question, text)
        if question.kind is QuestionKind.NUMERIC and is_question(self._folder.fold(text).text):
            return False
        return grade.reason not in ("blank", "echo") and any(
            mark.verdict is not Verdict.MISSED for mark in grade.points
        )

    def _grade_open(self, question: Question, folded: Folded) -> Grade:
        rubric = _rubric(question)
        prompt = self._fold(question.prompt)
        if is_echo(folded, prompt):
            return Grade(0.0, self._missed(question), "echo")
        reader = self._reader(question, rubric)
        marks = mark_points(reader, reader.read(reader.repairer.mend(folded)))
        fraction = _fraction(marks, rubric.full)
        ceiling = _list_ceiling(folded.original, prompt.text, self.terms.lists)
        if fraction > ceiling:
            return Grade(ceiling, marks, "list")
        if content_length(folded.text) <= 2 and len(marks) > 1 and fraction > LIST_CEILING:
            return Grade(LIST_CEILING, marks, "one-word")
        is_silent = all(mark.verdict is Verdict.MISSED for mark in marks)
        return Grade(fraction, marks, "off-topic" if is_silent else "")

    def _grade_numeric(self, question: Question, answer: str, folded: Folded) -> Grade:
        if question.numeric is None:
            return Grade(0.0, ())
        mark, judged = NumericReader(question.numeric, self.terms, question.prompt).mark(answer)
        if question.rubric is None:
            return Grade(judged.fraction, (mark,), _reason(judged.fraction, judged.note))
        reader = self._reader(question, question.rubric)
        marks = mark_points(reader, reader.read(folded))
        if judged.fraction == 1.0:
            lost = sum(m.weight for m in marks if m.note == "contradict")
            return Grade(round(max(0.0, 1.0 - lost / _total((mark, *marks))), 4), (mark, *marks))
        earned = _fraction((replace(mark, verdict=Verdict.MISSED), *marks), question.rubric.full)
        return Grade(
            max(judged.fraction, min(earned, METHOD_CEILING)), (mark, *marks), _reason(judged.fraction, judged.note)
        )

    def _reader(self, question: Question, rubric: Rubric) -> RubricReader:
        key = (question.prompt, rubric, question.model)
        if key not in self._readers:
            self._readers[key] = RubricReader(
                rubric, self._fold(question.prompt), self.terms, self._language, question.model
            )
        return self._readers[key]

    def _fold(self, text: str) -> Folded:
        return self._folder.fold(text)

    def _missed(self, question: Question) -> tuple[PointMark, ...]:
        marks = tuple(
            PointMark(point.id, point.says, Verdict.MISSED, None, point.weight) for point in _points(question)
        )
        if question.numeric is None:
            return marks
        value = PointMark("value", f"结果是 {question.numeric.answer}", Verdict.MISSED, None, question.numeric.weight)
        return (value, *marks)


def _list_ceiling(answer: str, prompt: str, lists: Lists) -> float:
    """Return what the form of an answer lets it earn at most."""
    is_of_names = asks_for_names(prompt) and is_marked(answer)
    if not lists.is_list(answer, LONGEST_NAME if is_of_names else LONGEST_TERM):
        return 1.0
    return NAMES_CEILING if is_of_names else LIST_CEILING


def _rubric(question: Question) -> Rubric:
    return question.rubric or derive_rubric(question.prompt, question.reference)


def _points(question: Question) -> tuple[KeyPoint, ...]:
    if question.kind is QuestionKind.NUMERIC:
        return question.rubric.points if question.rubric else ()
    return _rubric(question).points


def _reason(fraction: float, note: str) -> str:
    if note in ("no-value", "other-value", "other-quantity", "close"):
        return note
    return "partial-value" if 0 < fraction < 1 else ""


def _total(marks: Sequence[PointMark]) -> float:
    return sum(mark.weight for mark in marks) or 1.0


def _fraction(marks: Sequence[PointMark], full: float) -> float:
    """Return the share of the weight that was earned, less what contradictions cost, over what is enough."""
    total = _total(marks)
    earned = sum(mark.weight for mark in marks if mark.verdict is Verdict.HIT)
    lost = sum(mark.weight * PENALTY.get(mark.note, 0.5) for mark in marks if mark.verdict is Verdict.CONTRADICTED)
    claimed = sum(mark.weight for mark in marks if mark.note in ("contradict", "swapped"))
    ceiling = WRONG_CLAIM_CEILING if claimed >= SOME_WEIGHT * total else 1.0
    return round(min(ceiling, max(0.0, (earned - lost) / (full * total))), 4)


def with_overlay(question: Question, accepted: Overlay) -> Question:
    """Return a question whose points also accept these phrases, by point id."""
    if question.rubric is None or not accepted:
        return question
    points = tuple(
        replace(point, accept=tuple(dict.fromkeys((*point.accept, *accepted.get(point.id, ())))))
        for point in question.rubric.points
    )
    return replace(question, rubric=replace(question.rubric, points=points))
