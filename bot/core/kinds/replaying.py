"""A question as text: everything of it that decides a mark, so that it can be replayed years later."""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from bot.core.kinds import KINDS, Question
from bot.core.kinds.plain import built
from bot.core.language.lexicon import Lexicon

_DECIDES_NOTHING = ("difficulty", "hint", "wrong", "path", "line")
_OF_MATCHER = ("neighbours", "look_alikes", "asked_as")
"""What of a lexicon decides no mark."""


@lru_cache(512)  # the same questions are answered again and again
def rubric_json(question: Question, lexicon: Lexicon | None = None) -> str:
    """Return canonical JSON of what decides the mark of a question.

    Args:
        lexicon: its words are kept as well where it is given, so that a replay needs nothing else.
    """
    kept: dict[str, Any] = {name: value for name, value in asdict(question).items() if value not in (None, "", ())}
    kept = {"kind": question.kind} | {name: value for name, value in kept.items() if name not in _DECIDES_NOTHING}
    if lexicon is not None:
        kept["lexicon"] = {name: words for name, words in asdict(lexicon).items() if name not in _OF_MATCHER}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rubric_hash(question: Question, lexicon: Lexicon | None = None) -> str:
    """Return the fingerprint of `rubric_json`: 16 hexadecimal digits."""
    return hashlib.sha256(rubric_json(question, lexicon).encode()).hexdigest()[:16]


def question_from_json(text: str, today: Lexicon | None = None) -> tuple[Question, Lexicon | None]:
    """Rebuild the question, and the lexicon if it was kept, from `rubric_json`.

    Args:
        today: has the words that texts of earlier versions do not hold.

    Raises:
        ValueError: the text is something else.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or not {"id", "kind", "prompt"} <= data.keys():
        raise ValueError("this JSON is no rubric: it has no id, kind and prompt")
    if data["kind"] not in KINDS:
        raise ValueError(f"this JSON is no rubric: {data['kind']!r} is none of the kinds {', '.join(KINDS)}")
    question: Question = built(KINDS[data["kind"]], {"concept_id": "", **data})
    lexicon: Lexicon | None = (
        built(Lexicon, asdict(today or Lexicon()) | data["lexicon"]) if "lexicon" in data else None
    )
    return question, lexicon
