"""Where the right option of a choice question stands."""

from __future__ import annotations

from collections import Counter

from bot.core.content.library import Library
from bot.core.grading import Grader
from bot.core.kinds import LETTERS, Choice


def test_the_right_option_stands_anywhere_and_its_letter_is_right(pack: Library, grader: Grader) -> None:
    places: Counter[int] = Counter()
    for question in pack.questions.values():
        if not isinstance(question, Choice):
            continue
        right = next(number for number, index in enumerate(question.shown_order()) if question.options[index].is_right)
        places[right] += 1
        assert question.listed[right] == next(option.text for option in question.options if option.is_right)
        assert question.model_answer.startswith(LETTERS[right])
        marks = [grader.grade(question, LETTERS[number]).fraction for number in range(len(question.options))]
        assert marks == [float(number == right) for number in range(len(question.options))], question.id
    assert min(places[place] for place in range(4)) >= sum(places.values()) / 10, places
