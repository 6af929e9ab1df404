"""The cheap look whether a term may stand in a text never misses what its pattern finds."""

from __future__ import annotations

import pytest

from bot.core.content.library import Lexicon, Library
from bot.core.grading import Grader
from bot.core.grading.points.phrase import parse_phrase
from bot.core.grading.points.terms import Terms
from bot.core.grading.text.folding import Folder
from bot.core.language.characters import Language


def test_whatever_a_pattern_finds_in_the_pack_was_held_possible(pack: Library, grader: Grader) -> None:
    found = 0
    for question in pack.questions.values():
        points = question.rubric.points if question.rubric else ()
        said = [*(point.says for point in points), *question.model, *(wrong.text for wrong in question.wrong)]
        text = grader.terms.fold("。".join(said))
        for term in {term for point in points for phrase in point.accept for term in parse_phrase(phrase).terms}:
            if grader.terms.pattern(term).search(text):
                found += 1
                assert grader.terms.may_stand_in(text, term), (term, text)
    assert found > 1000


@pytest.mark.parametrize(
    ("term", "text", "may"),
    [
        ("normalise", "normalized", True),
        ("realization", "realisation", True),
        ("organising", "organized", True),
        ("study", "studies", True),
        ("过拟合", "过了拟合", True),
        ("over features", "over the features", True),
        ("不需要锚框", "无需锚框", True),
        ("不需要锚框", "无需", False),
        ("增大", "变大", True),
        ("增大", "变小", False),
        ("0.5", "0.5", True),
        ("iou", "tou", False),
    ],
)
def test_inflections_particles_and_synonyms_are_held_possible(
    term: str, text: str, characters: Language, *, may: bool
) -> None:
    terms = Terms(Lexicon((("增大", "变大"),)), Folder(characters))
    assert terms.may_stand_in(text, term) is may
    assert bool(terms.pattern(term).search(text)) is may
