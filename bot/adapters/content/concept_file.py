"""One concept file -> `Concept`, or every fault of it with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.adapters.markdown import parser
from bot.adapters.content import yaml_tree
from bot.adapters.content.schema import (
    QUESTION,
    FrontMatter,
    problems,
    question_of,
)
from bot.core.content.document import Block, Code, Heading, plain
from bot.core.content.library import Concept, Facet, Passage
from bot.core.kinds import Open, Question
from bot.errors import Fault

QUESTION_FENCE = "yaml question"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass
class Report:
    """Collects the faults of one file while it is read."""

    path: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, what: str, mend: str, *, is_warning: bool = False) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.path, line, what, mend, is_warning))

    def validated(
        self, validate: Callable[[object], _Model], text: str, offset: int
    ) -> tuple[_Model, yaml_tree.Tree] | None:
        """Read YAML that begins `offset` lines into the file, and validate it."""
        try:
            tree = yaml_tree.read(text)
        except yaml_tree.YamlError as error:
            mend = "quote values that hold : , [ ] { } # 'like this', and indent with two spaces"
            self.add(error.line + offset, f"YAML does not parse ({error})", mend)
            return None
        for line, what in tree.quirks:
            mend = "use single quotes or none" if "quotes" in what else "keep one of them"
            self.add(line + offset, what, mend)
        try:
            return validate(tree.value), tree
        except ValidationError as error:
            for line, what, mend in problems(error, tree):
                self.add(line + offset, what, mend)
            return None


def text_of(path: Path, report: Report) -> str:
    """Return a file's text; "" and a fault where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        report.add(1, f"the file cannot be read ({error})", "save it as UTF-8 text")
        return ""


def split(text: str, report: Report) -> tuple[str, str]:
    """Split a file into its front matter and the text with that part blanked, so that lines still count."""
    match = _FRONT.match(text)
    if not match:
        report.add(1, "the file has no front matter", "begin it with a line ---, the fields, and a line ---")
        return "", text
    head = match.group(0)
    return match.group(1), "\n" * head.count("\n") + text[match.end() :]


def read_concept(text: str, path: str, topic_id: str) -> tuple[Concept, list[Fault]]:
    """Read one concept file; return what it holds and its faults."""
    report = Report(path)
    front, body = split(text, report)
    spec = _head(front, report)
    placed = parser.parse(body)
    passages = tuple(_passages(placed, report))
    reference = "\n".join(passage.text for passage in passages)
    questions = tuple(
        replace(question, reference=reference) if isinstance(question, Open) and not question.rubric else question
        for question in _questions(placed, spec.id, report)
    )
    concept = Concept(
        id=spec.id,
        topic_id=topic_id,
        title=spec.title,
        title_en=spec.title_en,
        origin=spec.origin,
        names=spec.names,
        cues=spec.cues,
        see_also=spec.see_also,
        part_of=spec.part_of,
        is_supplement=spec.supplement,
        formerly=spec.formerly,
        passages=passages,
        questions=questions,
        path=path,
    )
    return concept, report.faults


def _head(front: str, report: Report) -> FrontMatter:
    """Read the front matter; where fields of it are faulty go on with the others, so that all faults are found."""
    stem = Path(report.path).stem
    found = report.validated(TypeAdapter(FrontMatter).validate_python, front, 1) if front else None
    if found is None:
        return _sound_part(front, stem)
    spec, tree = found
    if spec.id != stem:
        report.add(tree.line(("id",)) + 1, f"id {spec.id} is not the file's name", "make them equal")
    return spec


def _sound_part(front: str, stem: str) -> FrontMatter:
    sound: dict[str, object] = {"id": stem, "title": stem}
    try:
        value = yaml_tree.read(front).value
    except yaml_tree.YamlError:
        value = {}
    for name, item in value.items() if isinstance(value, dict) else ():
        try:
            FrontMatter.model_validate({"id": "x", "title": "x", name: item})
        except ValidationError:
            continue
        sound[name] = item
    return FrontMatter.model_validate({**sound, "id": "x"}).model_copy(update={"id": sound["id"]})


def _is_question(block: Block) -> bool:
    return isinstance(block, Code) and block.language.split() == QUESTION_FENCE.split()


def _passages(placed: Sequence[parser.Placed], report: Report) -> Iterator[Passage]:
    facet, title, line = Facet.DEFINITION, "", 1
    blocks: list[Block] = []
    current: Facet | None = facet
    for item in placed:
        if isinstance(item.block, Heading) and item.block.level <= 2:
            yield from _passage(current, title, blocks, line, report)
            current, title = _facet(plain(item.block.inlines))
            blocks, line = [], item.line
        elif not _is_question(item.block):
            blocks.append(item.block)
    yield from _passage(current, title, blocks, line, report)


def _passage(facet: Facet | None, title: str, blocks: list[Block], line: int, report: Report) -> Iterator[Passage]:
    if blocks:
        yield Passage(facet, title, tuple(blocks))
    elif not title and facet is Facet.DEFINITION:
        report.add(line, "there is no opening passage", "write the answer in a short paragraph before the first ##")
    else:
        report.add(line, f"the passage {title or facet} is empty", "write it, or remove its heading")


def _facet(heading: str) -> tuple[Facet | None, str]:
    """Split "缺点：漏掉挨得近的目标" into its facet and its title."""
    word, _, rest = heading.partition("：")
    facet = next((facet for facet in Facet if facet.value == word.strip()), None)
    return (facet, rest.strip() or word.strip()) if facet else (None, heading.strip())


def _questions(placed: Iterable[parser.Placed], concept_id: str, report: Report) -> Iterator[Question]:
    seen: set[str] = set()
    for item in placed:
        if not isinstance(item.block, Code) or not _is_question(item.block):
            continue
        found = report.validated(QUESTION.validate_python, item.block.text, item.line)
        if found is None:
            continue
        spec, tree = found
        if spec.id in seen:
            report.add(tree.line(("id",)) + item.line, f"question {spec.id} stands twice", "give each its own id")
        seen.add(spec.id)
        place = {"id": f"{concept_id}/{spec.id}", "concept_id": concept_id, "path": report.path, "line": item.line}
        question, misfits = question_of(spec, place)
        for name, what, mend in misfits:
            report.add(tree.line((name,)) + item.line, what, mend)
        yield question
