"""The smallest question of each kind, where a test only cares which kind it is."""

from __future__ import annotations

from typing import Any

from bot.core.grading import NumericKey
from bot.core.kinds import Choice, Cloze, Numeric, Open, Option, Ordering, Question

_OWN: dict[type[Question], dict[str, Any]] = {
    Open: {},
    Numeric: {"numeric": NumericKey("1")},
    Choice: {"options": (Option("x", is_right=True), Option("y", is_right=False))},
    Cloze: {"blanks": (("x",),)},
    Ordering: {"items": ("x", "y")},
}


def question_of(kind: type[Question], question_id: str, prompt: str, difficulty: int = 2) -> Question:
    """Return a question of a kind; its concept is what its id begins with."""
    concept_id = question_id.partition("/")[0]
    return kind(question_id, concept_id, prompt, difficulty, **_OWN[kind])
