"""Plain Markdown documents -> drafts of concepts: what each section is called, and its passages as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.content.folder import pictures_root
from bot.adapters.importing import naming, pictures
from bot.adapters.importing.outline import Section, sections
from bot.adapters.importing.sections import THIN, Parted, said, split_parts
from bot.adapters.markdown.loose_markdown import edit_prose, read_text, split_front, tame
from bot.adapters.markdown.verbatim import kept_whole
from bot.core.content.document import Block
from bot.core.content.library import Facet
from bot.errors import Fault

SHORT = 200
"""A section that says no more than this is one passage."""
SUFFIXES = (".md", ".markdown")

_FACETS: Mapping[str, Facet] = {
    "定义": Facet.DEFINITION,
    "概念": Facet.DEFINITION,
    "公式": Facet.FORMULA,
    "步骤": Facet.STEPS,
    "流程": Facet.STEPS,
    "作用": Facet.PURPOSE,
    "目的": Facet.PURPOSE,
    "动机": Facet.PURPOSE,
    "区别": Facet.DIFFERENCE,
    "优点": Facet.ADVANTAGE,
    "优势": Facet.ADVANTAGE,
    "缺点": Facet.DRAWBACK,
    "问题": Facet.DRAWBACK,
    "用法": Facet.USAGE,
    "应用": Facet.USAGE,
    "复杂度": Facet.COMPLEXITY,
    "计算量": Facet.COMPLEXITY,
    "历史": Facet.HISTORY,
    "例子": Facet.EXAMPLE,
}
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Told:
    """A passage in the making.

    Attributes:
        title: "" for the opening one.
        text: its Markdown.
        blocks: what that reads as.
    """

    facet: Facet | None
    title: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A concept in the making.

    Attributes:
        topic: title of the topic it belongs to.
        origin: its heading, letter for letter; "" for a part of a section.
        above: the heading over it, cleaned; "" for none.
        owner: place of the draft that it is a part of; -1 for none.
        leads: what its lists name, besides the parts that are drafts of their own.
    """

    topic: str
    title: str
    origin: str
    passages: tuple[Told, ...]
    above: str = ""
    owner: int = -1
    leads: tuple[str, ...] = ()
    id: str = ""
    names: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def text(self) -> str:
        """All its Markdown."""
        return "\n\n".join(told.text for told in self.passages)


@dataclass
class Reading:
    """What was found in a document or a folder of documents.

    Attributes:
        headings: every heading in order with its depth from 0, empty ones included.
        faults: a warning for each heading that has nothing under it.
    """

    drafts: list[Draft] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def topics(self) -> tuple[str, ...]:
        """Titles of the topics in order."""
        return tuple(dict.fromkeys(draft.topic for draft in self.drafts))


def read_drafts(path: Path, taken: Collection[str] = ()) -> Reading:
    """Read a document, or every Markdown file of a folder.

    Args:
        taken: ids that are not to be given.

    Raises:
        ContentError: a file cannot be read, is too large or is no UTF-8.
    """
    reading = Reading()
    root = pictures_root(path)
    for file in files_of(path):
        _read_file(file, root, reading)
    reading.drafts = _named(reading.drafts, taken)
    return reading


def files_of(path: Path) -> list[Path]:
    """Return the documents of a path in order; hidden folders and links that lead out of it are left alone."""
    if not path.is_dir():
        return [path]
    found = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file())
    return [
        file
        for file in found
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.resolve().is_relative_to(path.resolve())
    ]


def _read_file(file: Path, root: Path, reading: Reading) -> None:
    raw = read_text(file)
    front, body = split_front(raw)
    title = _TITLE.search(front)
    name = naming.printable(title[1]) if title else file.stem

    def place_pictures(prose: str) -> str:
        return pictures.replaced(prose, lambda target: pictures.within(target, file.parent, root))

    found = sections(edit_prose(tame(body), place_pictures), name)
    depth = _topic_depth(found)
    topic = _document_title(found, name)
    lines = _Lines(raw)
    for index, section in enumerate(found):
        line = lines.of(section.title) if index else 1
        reading.headings += [(len(section.path), section.title)] if index else []
        drafts = list(_drafts(section, _topic_of(section, depth, topic), len(reading.drafts)))
        if drafts:
            reading.drafts += drafts
        elif section.below and len(section.path) != depth:
            reading.drafts.append(_contents(section, _topic_of(section, depth, topic)))
        elif index and not section.below:
            what = f"the heading {naming.printable(section.title)[:80]!r} has no text"
            reading.faults.append(Fault(str(file), line, what, "write it, or leave it", is_warning=True))


class _Lines:
    """Finds the line of each heading in the document as it was written, in order."""

    def __init__(self, raw: str) -> None:
        self._lines = raw.split("\n")
        self._next = 0

    def of(self, title: str) -> int:
        """Return the 1-based line of the next heading of this title; that of the last one where it is not found."""
        for number in range(self._next, len(self._lines)):
            if title in self._lines[number]:
                self._next = number + 1
                break
        return max(self._next, 1)


def _topic_depth(found: Sequence[Section]) -> int:
    """Return the depth of the headings that are topics: 1 where a single one stands over others of some size."""
    top = [section for section in found[1:] if not section.path]
    second = [section for section in found[1:] if len(section.path) == 1]
    parents = [section for section in second if section.below]
    return 1 if len(top) == 1 and len(parents) > 1 and 2 * len(parents) >= len(second) else 0


def _document_title(found: Sequence[Section], name: str) -> str:
    top = [section for section in found[1:] if not section.path]
    return naming.cleaned(top[0].title if len(top) == 1 else name)


def _topic_of(section: Section, depth: int, document: str) -> str:
    """Return the title of a section's topic: the heading at the topics' depth that it stands under, or is."""
    if len(section.path) > depth:
        return naming.cleaned(section.path[depth])
    return naming.cleaned(section.title) if len(section.path) == depth and section.below else document


def _drafts(section: Section, topic: str, place: int) -> Iterator[Draft]:
    """Yield the draft of a section that has text, and one for each term that its lists explain."""
    parted = split_parts(section.title, section.text)
    title = naming.cleaned(section.title)
    above = naming.cleaned(section.path[-1]) if section.path else ""
    passages = _passages(section, parted)
    if not passages[0].blocks:
        return
    leads = tuple(part.lead for part in parted.others if said(part.text) >= THIN)
    yield Draft(topic, title, naming.printable(section.title), passages, above, leads=leads)
    for part in parted.terms:
        yield Draft(topic, part.lead, "", (_told(Facet.DEFINITION, "", part.text),), title, owner=place)


def _passages(section: Section, parted: Parted) -> tuple[Told, ...]:
    """Return a section as it is, where it is short or its lists have no leads, or opening and parts."""
    if not parted.is_led or said(section.text) <= SHORT:
        return (_told(Facet.DEFINITION, "", section.text),)
    further = (_told(_facet(part.lead), part.lead, part.text) for part in parted.others)
    return (_told(Facet.DEFINITION, "", parted.opening), *further)


def _told(facet: Facet | None, title: str, text: str) -> Told:
    whole = kept_whole(text)
    return Told(facet, title, whole.text, whole.blocks)


def _facet(lead: str) -> Facet | None:
    return next((facet for word, facet in _FACETS.items() if word in lead), None)


def _contents(section: Section, topic: str) -> Draft:
    """Return the draft of a heading that has only headings under it: their list."""
    text = "\n".join(f"- {naming.printable(title)}" for title in section.below)
    above = naming.cleaned(section.path[-1]) if section.path else ""
    title = naming.cleaned(section.title)
    return Draft(topic, title, naming.printable(section.title), (_told(Facet.DEFINITION, "", text),), above)


def _named(drafts: Sequence[Draft], taken: Collection[str]) -> list[Draft]:
    """Give titles that are told apart, ids and names to drafts."""
    counts = Counter(draft.title.casefold() for draft in drafts)
    titles = [
        f"{draft.above} › {draft.title}" if counts[draft.title.casefold()] > 1 and draft.above else draft.title
        for draft in drafts
    ]
    ids = naming.unique(map(naming.slug, titles), taken)
    names = naming.names(titles, [draft.text for draft in drafts], [draft.leads for draft in drafts])
    return [
        replace(
            draft,
            title=titles[place],
            id=ids[place],
            names=names[place],
            part_of=ids[draft.owner] if draft.owner >= 0 else "",
        )
        for place, draft in enumerate(drafts)
    ]
