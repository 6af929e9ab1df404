"""Where the right option of a choice question stands."""

from __future__ import annotations

from collections import Counter

from bot.core.grading import Grader, shown_order
from bot.core.content.library import Library, QuestionKind
from bot.features.studying.feedback import LETTERS, model_answer, options


def test_the_right_option_stands_anywhere_and_its_letter_is_right(pack: Library, grader: Grader) -> None:
    places: Counter[int] = Counter()
    for question in pack.questions.values():
        if question.kind is not QuestionKind.CHOICE:
            continue
        right = next(number for number, index in enumerate(shown_order(question)) if question.options[index].is_right)
        places[right] += 1
        assert options(question)[right] == next(option.text for option in question.options if option.is_right)
        assert model_answer(question).startswith(LETTERS[right])
        marks = [grader.grade(question, LETTERS[number]).fraction for number in range(len(question.options))]
        assert marks == [float(number == right) for number in range(len(question.options))], question.id
    assert min(places[place] for place in range(4)) >= sum(places.values()) / 10, places
