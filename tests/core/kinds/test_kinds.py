from __future__ import annotations

import inspect

import pytest

from bot.core.kinds import KINDS, Question
from bot.core.language.wording import Wording


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_is_whole_and_says_how_to_answer(kind: type[Question]) -> None:
    assert not inspect.isabstract(kind)
    assert all(Wording(language).has(kind.how) for language in ("zh", "en"))
    assert kind.answered_by
