"""A folder of topics -> `Library`, or every fault as file:line: what: how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from bot.adapters.content.concept_file import Report, read_concept, split, text_of
from bot.adapters.content.folder import LEXICON_FILE, TOPIC_FILE
from bot.adapters.content.lexicon_file import read_lexicon
from bot.adapters.content.schema import TopicFront
from bot.core.content.library import Concept, Library, Topic
from bot.errors import ContentError, Fault


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
    lexicon = read_lexicon(folder / LEXICON_FILE, faults)
    faults += _across(concepts, topics, folder)
    return Library(tuple(topics), tuple(concepts), lexicon), tuple(sorted(faults))


def _study_order(topic: Topic) -> Callable[[Concept], tuple[int, str]]:
    places = {concept_id: place for place, concept_id in enumerate(topic.order)}
    return lambda concept: (places.get(concept.id, len(places)), concept.id)


def _topic(folder: Path, root: Path, faults: list[Fault]) -> tuple[Topic, list[Concept]]:
    path = folder / TOPIC_FILE
    report = Report(str(path.relative_to(root)))
    front, _ = split(text_of(path, report), report)
    read_front = report.validated(TypeAdapter(TopicFront).validate_python, front, 1)
    spec = read_front[0] if read_front else TopicFront(title=folder.name)
    topic = Topic(folder.name, spec.title, spec.title_en, spec.order, spec.rank)
    concepts = []
    for file in sorted(folder.glob("*.md")):
        if not file.name.startswith("_"):
            concept, found = _concept_file(file, root)
            faults += found
            concepts.append(concept)
    faults += report.faults
    return topic, concepts


def _concept_file(file: Path, root: Path) -> tuple[Concept, list[Fault]]:
    report = Report(str(file.relative_to(root)))
    concept, found = read_concept(text_of(file, report), report.path, file.parent.name)
    return concept, report.faults or found


def _across(concepts: Sequence[Concept], topics: Sequence[Topic], root: Path) -> Iterator[Fault]:
    """Yield the faults that only show when all files are read."""
    by_id: dict[str, Concept] = {}
    for concept in concepts:
        first = by_id.setdefault(concept.id, concept)
        if first is not concept:
            yield Fault(concept.path, 2, f"id {concept.id} stands in {first.path} as well", "give each its own id")
    for concept in concepts:
        yield from _links(concept, by_id, root)
    for topic in topics:
        path = f"{topic.id}/{TOPIC_FILE}"
        for target in topic.order:
            if target not in by_id or by_id[target].topic_id != topic.id:
                line = _field_lines(root / path).get("order", 1)
                yield Fault(path, line, f"order names no concept {target} of this topic", "use the ids of its files")


def _links(concept: Concept, by_id: Mapping[str, Concept], root: Path) -> Iterator[Fault]:
    parents = (concept.part_of,) if concept.part_of else ()
    for name, targets in (("see_also", concept.see_also), ("part_of", parents)):
        for target in targets:
            if target not in by_id or target == concept.id:
                line = _field_lines(root / concept.path).get(name, 1)
                yield Fault(concept.path, line, f"{name} names no concept {target}", "use the id of another concept")


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
