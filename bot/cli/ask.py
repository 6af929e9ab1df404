"""`ask`: look questions up, one at a time or one a line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from bot import knowledge
from bot.core.content.library import Concept, Library
from bot.core.retrieval import Decision, DecisionKind
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = 'example: tutor ask "什么是感受野"   or: tutor ask --json - < questions.txt'
    parser.add_argument("--json", action="store_true", help="print one JSON object a question")
    parser.add_argument("text", help="the question; - reads one a line from standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Look up and print."""
    library = knowledge.load_library(settings)
    index = knowledge.load_index(settings, library)
    for query in _queries(args.text):
        decision = index.search(query)
        print(json.dumps(as_json(decision, library), ensure_ascii=False) if args.json else as_text(decision))
    return 0


def _queries(text: str) -> Iterator[str]:
    """Yield the queries; an empty line is a query too, so that answers stay in step with lines."""
    if text == "-":
        yield from (line.rstrip("\r\n") for line in sys.stdin)
    else:
        yield text


def as_json(decision: Decision, library: Library) -> dict[str, Any]:
    """Return a decision in the form that other programs read; its keys are a contract."""
    is_answer = decision.kind is DecisionKind.ANSWER
    best, others = (decision.candidates[0], decision.candidates[1:]) if is_answer else (None, decision.candidates)
    shown = decision.considered[:1]
    return {
        "query": decision.query,
        "decision": decision.kind.value,
        **_named(best.concept if best else None, library),
        "passage": decision.passage.text if decision.passage else None,
        "score": shown[0].score if shown else 0.0,
        "facet": decision.facet.value if decision.facet else None,
        "note": decision.note,
        "also": [as_json(further, library) for further in decision.also],
        "candidates": [_named(other.concept, library) | {"score": other.score} for other in others],
    }


def _named(concept: Concept | None, library: Library) -> dict[str, Any]:
    if concept is None:
        return {"concept": None, "origin": None, "title": None}
    return {"concept": concept.id, "origin": library.origin_of(concept) or None, "title": concept.title}


def as_text(decision: Decision) -> str:
    """Return a decision for a person at a terminal."""
    if decision.kind is DecisionKind.REFUSE:
        nearest = "、".join(concept.title for concept in decision.nearest)
        return "文档里没有。" + (f"相近的有：{nearest}" if nearest else "")
    if decision.kind is DecisionKind.CHOOSE:
        return "\n".join(("你是想问：", *(f"- {candidate.concept.title}" for candidate in decision.candidates)))
    title = decision.candidates[0].concept.title
    return f"# {title}\n{decision.passage.text if decision.passage else ''}"
