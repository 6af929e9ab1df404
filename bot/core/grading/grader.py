"""The grader: an answer and a question in, a grade out; the same everywhere and for ever."""

from __future__ import annotations

from typing import Protocol

from bot.core.grading.mark import Grade
from bot.core.grading.points.key_points import RubricReader
from bot.core.grading.points.terms import Terms
from bot.core.grading.rubric import Rubric
from bot.core.grading.text.folding import Folded, Folder
from bot.core.language.characters import Language
from bot.core.language.lexicon import Lexicon

GRADER_VERSION = "2"
"""Changes whenever the same answer may get another mark."""


class Gradable(Protocol):
    """What can be graded: a question of any kind, which knows how."""

    def grade(self, answer: str, grader: Grader, /) -> Grade:
        """Grade an answer by the words that a grader knows."""


class Grader:
    """Grades answers with the words of one lexicon, and reads them for the kinds of question.

    Args:
        lexicon: synonyms widen the rubric's terms, antonyms turn them round.
        language: tables of characters.
    """

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._language = language
        self._folder = Folder(language)
        self.terms = Terms(lexicon, self._folder)
        self._readers: dict[tuple[str, Rubric, tuple[str, ...]], RubricReader] = {}

    def grade(self, question: Gradable, answer: str) -> Grade:
        """Grade an answer."""
        return question.grade(answer, self)

    def fold(self, text: str) -> Folded:
        """Return a text as texts are compared, with the way back to the original."""
        return self._folder.fold(text)

    def reader(self, prompt: str, rubric: Rubric, model: tuple[str, ...]) -> RubricReader:
        """Return a question's rubric made ready for matching; it is made once."""
        key = (prompt, rubric, model)
        if key not in self._readers:
            self._readers[key] = RubricReader(rubric, self.fold(prompt), self.terms, self._language, model)
        return self._readers[key]
