"""Changes concept files by program, leaving everything else in them as its author wrote it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.core.content.library import Concept, Question
from bot.errors import NotFoundError

_FRONT = re.compile(r"\A(---[ \t]*\n)(.*?)(\n---[ \t]*(?:\n|\Z))", re.DOTALL)
_QUESTION = re.compile(r"(```yaml question[ \t]*\n)(.*?)(\n```)", re.DOTALL)


def add_name(root: Path, concept: Concept, name: str) -> bool:
    """Add a name to a concept's file; False where it has it already."""
    path = root / concept.path
    text = path.read_text(encoding="utf-8")
    match = _FRONT.match(text)
    if match is None:
        raise NotFoundError(f"{path}: has no front matter: begin the file with a line ---, the fields, and a line ---")
    head = _load(match[2])
    if not _append(head, "names", name):
        return False
    path.write_text(f"{match[1]}{_dump(head)}{match[3]}{text[match.end() :]}", encoding="utf-8")
    return True


def add_phrase(root: Path, question: Question, point_id: str, phrase: str) -> bool:
    """Add an accepted phrase to a key point in its file; False where it has it already."""
    path = root / question.path
    text = path.read_text(encoding="utf-8")
    for match in _QUESTION.finditer(text):
        block = _load(match[2])
        if str(block.get("id")) != question.id.partition("/")[2]:
            continue
        point = block.get("points", {}).get(point_id)
        if point is None:
            break
        if not _append(point, "accept", phrase):
            return False
        changed = f"{match[1]}{_dump(block)}{match[3]}"
        path.write_text(text[: match.start()] + changed + text[match.end() :], encoding="utf-8")
        return True
    raise NotFoundError(f"{path}: question {question.id} has no point {point_id} any more: add the phrase by hand")


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _load(text: str) -> CommentedMap:
    loaded = _yaml().load(text)
    return loaded if isinstance(loaded, CommentedMap) else CommentedMap()


def _dump(value: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(value, out)
    return out.getvalue().rstrip("\n")


def _append(mapping: CommentedMap, key: str, item: str) -> bool:
    """Append to a list that may be missing or written as a single item."""
    present = mapping.get(key)
    if not isinstance(present, CommentedSeq):
        items = [present] if present else []
        present = CommentedSeq(items)
        present.fa.set_flow_style()
        mapping[key] = present
    if item in [str(known) for known in present]:
        return False
    present.append(item)
    return True
