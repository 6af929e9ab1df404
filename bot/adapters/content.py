"""A folder of concept files -> `Library`, or every fault as file:line: what: how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.adapters import markdown, yamltree
from bot.adapters.schema import (
    QUESTION,
    ChoiceSpec,
    ClozeSpec,
    FrontMatter,
    NumericSpec,
    OpenSpec,
    OrderingSpec,
    PointSpec,
    TopicFront,
    problems,
)
from bot.core.document import Block, Code, Heading, plain
from bot.core.library import (
    Concept,
    Facet,
    KeyPoint,
    Lexicon,
    Library,
    NumericKey,
    Option,
    PartialAnswer,
    Passage,
    Question,
    QuestionKind,
    Rubric,
    Topic,
    WrongAnswer,
)
from bot.errors import ContentError, Fault

QUESTION_FENCE = "yaml question"
LEXICON_FILE = "lexicon.md"
TOPIC_FILE = "_topic.md"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_Model = TypeVar("_Model", bound=BaseModel)
_Spec = OpenSpec | NumericSpec | ChoiceSpec | ClozeSpec | OrderingSpec


@dataclass
class _Report:
    """Collects the faults of one file while it is read."""

    path: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, what: str, mend: str, *, is_warning: bool = False) -> None:
        self.faults.append(Fault(self.path, line, what, mend, is_warning))

    def validated(
        self, validate: Callable[[object], _Model], text: str, offset: int
    ) -> tuple[_Model, yamltree.Tree] | None:
        """Read YAML that begins `offset` lines into the file, and validate it."""
        try:
            tree = yamltree.read(text)
        except yamltree.YamlError as error:
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


def load(folder: Path) -> Library:
    """Read every topic under a folder.

    Args:
        folder: holds `<topic>/_topic.md`, `<topic>/<concept>.md` and `lexicon.md`.

    Raises:
        ContentError: with all faults of all files.
    """
    library, faults = read(folder)
    serious = [fault for fault in faults if not fault.is_warning]
    if serious:
        raise ContentError(serious)
    return library


def read(folder: Path) -> tuple[Library, tuple[Fault, ...]]:
    """Read what can be read, and return it with every fault and warning found on the way."""
    faults: list[Fault] = []
    topics: list[Topic] = []
    concepts: list[Concept] = []
    folders = sorted(path.parent for path in folder.glob(f"*/{TOPIC_FILE}"))
    if not folders:
        faults.append(
            Fault(str(folder), 1, f"no topic here (no {TOPIC_FILE} in any folder)", "point TUTOR_CONTENT at a pack")
        )
    for topic_folder in folders:
        topic, found = _topic(topic_folder, folder, faults)
        topics.append(topic)
        concepts += sorted(found, key=_study_order(topic))
    topics.sort(key=lambda topic: (topic.rank, topic.id))
    rank = {topic.id: index for index, topic in enumerate(topics)}
    concepts.sort(key=lambda concept: rank[concept.topic_id])
    lexicon = _lexicon(folder / LEXICON_FILE, faults)
    faults += _across(concepts, topics, folder)
    return Library(tuple(topics), tuple(concepts), lexicon), tuple(sorted(faults))


def _study_order(topic: Topic) -> Callable[[Concept], tuple[int, str]]:
    places = {concept_id: place for place, concept_id in enumerate(topic.order)}
    return lambda concept: (places.get(concept.id, len(places)), concept.id)


def _topic(folder: Path, root: Path, faults: list[Fault]) -> tuple[Topic, list[Concept]]:
    path = folder / TOPIC_FILE
    report = _Report(str(path.relative_to(root)))
    front, _ = _split(_text(path, report), report)
    read_front = report.validated(TypeAdapter(TopicFront).validate_python, front, 1)
    faults += report.faults
    spec = read_front[0] if read_front else TopicFront(title=folder.name)
    topic = Topic(folder.name, spec.title, spec.title_en, spec.order, spec.rank)
    concepts = []
    for file in sorted(folder.glob("*.md")):
        if not file.name.startswith("_"):
            concept, found = read_concept(_text(file, report), str(file.relative_to(root)), folder.name)
            faults += found
            concepts += [concept] if concept else []
    return topic, concepts


def _text(path: Path, report: _Report) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        report.add(1, f"{path.name} cannot be read ({error})", "save it as UTF-8 text")
        return ""


def _split(text: str, report: _Report) -> tuple[str, str]:
    """Split a file into its front matter and the text with that part blanked, so that lines still count."""
    match = _FRONT.match(text)
    if not match:
        report.add(1, "the file has no front matter", "begin it with a line ---, the fields, and a line ---")
        return "", text
    head = match.group(0)
    return match.group(1), "\n" * head.count("\n") + text[match.end() :]


def read_concept(text: str, path: str, topic_id: str) -> tuple[Concept | None, list[Fault]]:
    """Read one concept file; return what it holds (None where its head is unusable) and its faults."""
    report = _Report(path)
    front, body = _split(text, report)
    head = report.validated(TypeAdapter(FrontMatter).validate_python, front, 1) if front else None
    placed = markdown.parse(body)
    spec = head[0] if head else None
    concept_id = spec.id if spec else ""
    if spec and spec.id != Path(path).stem:
        report.add(head[1].line(("id",)) + 1 if head else 1, f"id {spec.id} is not the file's name", "make them equal")
    questions = list(_questions(placed, concept_id, report))
    passages = tuple(_passages(placed, report))
    if spec is None:
        return None, report.faults
    return (
        Concept(
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
            questions=tuple(questions),
            path=path,
        ),
        report.faults,
    )


def _is_question(block: Block) -> bool:
    return isinstance(block, Code) and block.language.split() == QUESTION_FENCE.split()


def _passages(placed: Sequence[markdown.Placed], report: _Report) -> Iterator[Passage]:
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


def _passage(facet: Facet | None, title: str, blocks: list[Block], line: int, report: _Report) -> Iterator[Passage]:
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


def _questions(placed: Iterable[markdown.Placed], concept_id: str, report: _Report) -> Iterator[Question]:
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
        for path, what, mend in _inconsistencies(spec):
            report.add(tree.line(path) + item.line, what, mend)
        yield _question(spec, concept_id, report.path, item.line)


def _inconsistencies(spec: _Spec) -> Iterator[tuple[yamltree.Path, str, str]]:
    """Yield what the types of a question cannot say."""
    match spec:
        case ChoiceSpec(options=options):
            if sum(option.right is not None for option in options) != 1:
                yield ("options",), "exactly one option must be right", "write `right:` for one, `wrong:` for the rest"
            if any((option.right is None) == (option.wrong is None) for option in options):
                yield ("options",), "an option is both or neither of right and wrong", "give each exactly one"
        case OpenSpec(contrast=contrast, points=points):
            for group in contrast:
                for name in group:
                    if name not in points:
                        yield ("contrast",), f"contrast names no point {name}", f"use one of {', '.join(points)}"
        case ClozeSpec(blanks=blanks, prompt=prompt):
            if len(re.findall(r"_{3,}", prompt)) != len(blanks):
                yield ("blanks",), "the prompt has another number of ____ than there are blanks", "make them equal"


def _question(spec: _Spec, concept_id: str, path: str, line: int) -> Question:
    rubric: Rubric | None = None
    if isinstance(spec, OpenSpec | NumericSpec) and spec.points:
        contrast = spec.contrast if isinstance(spec, OpenSpec) else ()
        rubric = Rubric(tuple(_point(name, point) for name, point in spec.points.items()), spec.full, contrast)
    return Question(
        id=f"{concept_id}/{spec.id}",
        concept_id=concept_id,
        kind=QuestionKind(spec.kind),
        prompt=spec.prompt,
        difficulty=spec.difficulty,
        hint=spec.hint,
        rubric=rubric,
        numeric=_numeric(spec) if isinstance(spec, NumericSpec) else None,
        options=_options(spec) if isinstance(spec, ChoiceSpec) else (),
        blanks=spec.blanks if isinstance(spec, ClozeSpec) else (),
        items=spec.items if isinstance(spec, OrderingSpec) else (),
        model=spec.model,
        wrong=tuple(WrongAnswer(wrong.kind, wrong.text) for wrong in spec.wrong),
        path=path,
        line=line,
    )


def _point(name: str, spec: PointSpec) -> KeyPoint:
    return KeyPoint(name, spec.says, spec.weight, spec.accept, spec.contradict, spec.of)


def _numeric(spec: NumericSpec) -> NumericKey:
    partial = tuple(PartialAnswer(part.value, part.fraction, part.why) for part in spec.partial)
    return NumericKey(
        spec.answer,
        spec.also,
        spec.tolerance,
        partial,
        spec.about,
        spec.not_about,
        spec.variables,
        spec.weight,
    )


def _options(spec: ChoiceSpec) -> tuple[Option, ...]:
    return tuple(
        Option(str(option.right if option.right is not None else option.wrong), option.right is not None, option.why)
        for option in spec.options
    )


def _lexicon(path: Path, faults: list[Fault]) -> Lexicon:
    """Read `lexicon.md`: lists of `- a / b / c` under the headings 同义词, 反义词 and 邻近术语."""
    if not path.exists():
        return Lexicon()
    groups: dict[str, list[tuple[str, ...]]] = {"同义词": [], "反义词": [], "邻近术语": []}
    current: list[tuple[str, ...]] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            current = groups.get(line.lstrip("# ").strip())
        elif line.startswith("- ") and current is not None:
            words = tuple(word.strip() for word in re.split(r"\s/\s", line[2:]) if word.strip())
            if current is groups["反义词"] and len(words) != 2:
                faults.append(Fault(path.name, number, "an antonym line needs two sides", "write - 大 / 小"))
            else:
                current.append(words)
    return Lexicon(
        tuple(groups["同义词"]),
        tuple((pair[0], pair[1]) for pair in groups["反义词"]),
        tuple(word for group in groups["邻近术语"] for word in group),
    )


def _across(concepts: Sequence[Concept], topics: Sequence[Topic], root: Path) -> Iterator[Fault]:
    """Yield the faults that only show when all files are read."""
    by_id: dict[str, Concept] = {}
    for concept in concepts:
        first = by_id.setdefault(concept.id, concept)
        if first is not concept:
            yield Fault(concept.path, 2, f"id {concept.id} stands in {first.path} as well", "give each its own id")
    for concept in concepts:
        lines = _field_lines(root / concept.path)
        for name in ("see_also", "part_of"):
            linked = concept.see_also if name == "see_also" else (concept.part_of,)
            for target in filter(None, linked):
                if target not in by_id or target == concept.id:
                    mend = "use the id of another concept"
                    yield Fault(concept.path, lines.get(name, 1), f"{name} names no concept {target}", mend)
    for topic in topics:
        lines = _field_lines(root / topic.id / TOPIC_FILE)
        for target in topic.order:
            if target not in by_id or by_id[target].topic_id != topic.id:
                yield Fault(
                    f"{topic.id}/{TOPIC_FILE}",
                    lines.get("order", 1),
                    f"order names no concept {target} of this topic",
                    "use the ids of its files",
                )


def _field_lines(path: Path) -> Mapping[str, int]:
    """Return the line of each top-level field of a file's front matter."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if number > 1 and line.startswith("---"):
            break
        match = re.match(r"([a-z_]+):", line)
        if match:
            found.setdefault(match.group(1), number)
    return found
