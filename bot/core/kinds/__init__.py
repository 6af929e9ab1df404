"""The kinds of question: each has its file, which holds everything about it; the union of them is closed."""

from collections.abc import Mapping
from typing import get_args

from bot.core.kinds.choice import Choice, Option
from bot.core.kinds.cloze import Cloze
from bot.core.kinds.kind import LETTERS, AnsweredBy, Kind, WrongAnswer
from bot.core.kinds.numeric import Numeric
from bot.core.kinds.open import Open
from bot.core.kinds.ordering import Ordering

__all__ = [
    "KINDS",
    "LETTERS",
    "AnsweredBy",
    "Choice",
    "Cloze",
    "Kind",
    "Numeric",
    "Open",
    "Option",
    "Ordering",
    "Question",
    "WrongAnswer",
]

Question = Open | Numeric | Choice | Cloze | Ordering
"""A question of any kind."""
KINDS: Mapping[str, type[Question]] = {kind.kind: kind for kind in get_args(Question)}
"""Every kind by its name, in the order of the documents."""
