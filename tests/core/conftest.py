"""A grader with a small lexicon, so that tests of the engine stand apart from the pack."""

from __future__ import annotations

import pytest

from bot.core.content.library import Lexicon
from bot.core.grading import Grader
from bot.core.language.characters import Language

LEXICON = Lexicon(
    synonyms=(
        ("增大", "扩大", "增加", "increase"),
        ("减小", "降低", "减少", "decrease"),
        ("感受野", "receptive field"),
    ),
    antonyms=(("增大", "减小"), ("训练", "测试"), ("头部", "尾部")),
)


@pytest.fixture(scope="session")
def engine(characters: Language) -> Grader:
    """A grader with the small lexicon."""
    return Grader(LEXICON, characters)
