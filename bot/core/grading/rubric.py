"""A rubric as text: everything of a question that decides a mark, so that it can be replayed years later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from bot.core.content.library import (
    KeyPoint,
    Lexicon,
    NumericKey,
    Option,
    PartialAnswer,
    Question,
    QuestionKind,
    Rubric,
)

_FIELDS = (
    "id",
    "concept_id",
    "kind",
    "prompt",
    "rubric",
    "numeric",
    "options",
    "blanks",
    "items",
    "reference",
    "model",
)


@lru_cache(512)  # the same questions are answered again and again
def rubric_json(question: Question, lexicon: Lexicon | None = None) -> str:
    """Return canonical JSON of what decides the mark of a question.

    Args:
        lexicon: its synonyms and antonyms are kept as well where it is given, so that a replay needs nothing else.
    """
    whole = asdict(question)
    kept: dict[str, Any] = {name: whole[name] for name in _FIELDS if whole[name]}
    if lexicon is not None:
        kept["lexicon"] = {"synonyms": lexicon.synonyms, "antonyms": lexicon.antonyms}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rubric_hash(question: Question, lexicon: Lexicon | None = None) -> str:
    """Return the fingerprint of `rubric_json`: 16 hexadecimal digits."""
    return hashlib.sha256(rubric_json(question, lexicon).encode()).hexdigest()[:16]


def question_from_json(text: str) -> tuple[Question, Lexicon | None]:
    """Rebuild the question, and the lexicon if it was kept, from `rubric_json`. Raises ValueError."""
    data = json.loads(text)
    if not isinstance(data, dict) or not {"id", "kind", "prompt"} <= data.keys():
        raise ValueError("this JSON is no rubric: it has no id, kind and prompt")
    question = Question(
        id=data["id"],
        concept_id=data.get("concept_id", ""),
        kind=QuestionKind(data["kind"]),
        prompt=data["prompt"],
        rubric=_rubric(data["rubric"]) if data.get("rubric") else None,
        numeric=_numeric(data["numeric"]) if data.get("numeric") else None,
        options=tuple(Option(**option) for option in data.get("options", ())),
        blanks=_nested(data.get("blanks", ())),
        items=tuple(data.get("items", ())),
        reference=data.get("reference", ""),
        model=tuple(data.get("model", ())),
    )
    return question, _lexicon(data["lexicon"]) if "lexicon" in data else None


def _nested(value: Any) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401  JSON
    return tuple(tuple(inner) for inner in value)


def _rubric(data: dict[str, Any]) -> Rubric:
    points = tuple(
        KeyPoint(**{**point, "accept": tuple(point["accept"]), "contradict": tuple(point["contradict"])})
        for point in data["points"]
    )
    return Rubric(points, data["full"], _nested(data["contrast"]))


def _numeric(data: dict[str, Any]) -> NumericKey:
    lists = {name: tuple(data[name]) for name in ("also", "about", "not_about", "variables")}
    return NumericKey(**{**data, **lists, "partial": tuple(PartialAnswer(**part) for part in data["partial"])})


def _lexicon(data: dict[str, Any]) -> Lexicon:
    pairs = tuple((one, other) for one, other in data["antonyms"])
    return Lexicon(_nested(data["synonyms"]), pairs)
