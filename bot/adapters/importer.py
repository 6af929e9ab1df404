"""A plain Markdown document -> `Library`: served as it is, or written into concept files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters import language, markdown
from bot.adapters.outline import Part, Section, sections
from bot.adapters.wild import read_text, tame
from bot.core.document import Block, source_text
from bot.core.intents import reads_as_question
from bot.core.library import Concept, Facet, Library, Passage, Question, QuestionKind, Topic
from bot.errors import Fault

MAX_ID = 32
MIN_ASKED = 12
"""A section with fewer characters of text than this is not asked about."""

_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_BOLD = re.compile(r"\*\*([^*\n]{2,12})\*\*")
_BRACKETS = re.compile(
    r"([\w 一-鿿-]{2,24}?)\s*[（(]\s*([A-Za-z][A-Za-z -]{1,40})\s*(?:[,，]\s*([A-Za-z-]{2,12})\s*)?[)）]"
)
_POLITE = re.compile(
    r"^(?:什么是|介绍一下|简单介绍一?下?|解释一?下?|简述|谈谈|说说|请问|what is|what are)\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:的?(?:作用|区别|概念|意义|主要思想|处理方法|方法|发展过程|计算过程|计算|原理)|是什么)\s*[?？]?$"
)
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.、)]\s*(?!\d)|\d+(?:\.\d+)+\s+|[一二三四五六七八九十]+、)")
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
    "缺点": Facet.DRAWBACK,
    "问题": Facet.DRAWBACK,
    "用法": Facet.USAGE,
    "应用": Facet.USAGE,
    "复杂度": Facet.COMPLEXITY,
    "计算量": Facet.COMPLEXITY,
    "历史": Facet.HISTORY,
    "例子": Facet.EXAMPLE,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A section on its way to a concept.

    Attributes:
        parts: passages as Markdown: (facet or None, title, text).
    """

    id: str
    topic: str
    section: Section
    title: str
    names: tuple[str, ...]
    parts: tuple[tuple[Facet | None, str, str], ...]


def read_document(path: Path) -> tuple[Library, tuple[Fault, ...]]:
    """Read a document, or every `*.md` of a folder, as a library, with a warning for each empty heading.

    Raises:
        ContentError: a file cannot be read as UTF-8.
    """
    root = path if path.is_dir() else path.parent
    files = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    imported: list[Imported] = []
    faults: list[Fault] = []
    for file in files:
        found, empty = read_sections(file, root, {item.id for item in imported})
        imported += found
        faults += empty
    titles = list(dict.fromkeys(item.topic for item in imported))
    ids = dict(zip(titles, _unique(_slug(title) for title in titles), strict=True))
    topics = tuple(Topic(ids[title], title, rank=rank) for rank, title in enumerate(titles))
    concepts = tuple(_concept(item, ids[item.topic], str(path)) for item in imported)
    if not concepts:
        faults.append(Fault(str(path), 1, "there is nothing to serve in it", "name a Markdown document with some text"))
    return Library(topics, concepts), tuple(faults)


def read_sections(file: Path, root: Path, taken: Iterable[str] = ()) -> tuple[list[Imported], list[Fault]]:
    """Read one document's sections that have text, and a warning for each that has none."""
    written = read_text(file)
    found = sections(_PICTURE.sub(lambda match: _picture(match, file, root), tame(written)), file.stem)
    parents = {path for section in found for path in (section.path,) if path}
    told = [section for section in found if section.parts]
    empty = [
        Fault(
            str(file),
            _line(section, written),
            f"the heading {section.title!r} has no text",
            "write it, or leave it",
            True,
        )
        for section in found
        if not section.parts and (*section.path, section.title) not in parents and section.line
    ]
    terms = _terms(told)
    titles = _titles(told)
    ids = _unique((_slug(title) for title in titles), taken)
    return [
        Imported(id_, _topic_of(section, file), section, title, terms[index], tuple(_passages(section.parts)))
        for index, (section, title, id_) in enumerate(zip(told, titles, ids, strict=True))
    ], empty


def _line(section: Section, written: str) -> int:
    """Return the line of a heading in the document as it was written, before it was tamed."""
    lines = written.split("\n")
    heads = (number for number, line in enumerate(lines, 1) if line.strip(" #*\t") == section.title.strip(" #*\t"))
    return next(heads, section.line)


def _picture(match: re.Match[str], file: Path, root: Path) -> str:
    """Keep a picture's path where it names a file within the document's folder; else keep only its text."""
    alt, target = match[1], match[2]
    resolved = (file.parent / target).resolve() if target and "://" not in target else None
    is_inside = resolved is not None and resolved.is_relative_to(root.resolve()) and resolved.is_file()
    kept = resolved.relative_to(root.resolve()).as_posix() if is_inside and resolved else ""
    return f"![{alt}]({kept})"


def _topic_of(section: Section, file: Path) -> str:
    return _cleaned(section.path[0]) if section.path else file.stem


def _cleaned(heading: str) -> str:
    """Return a heading as learners see it: without numbering and Markdown marks."""
    plain = re.sub(r"[*`]|!\[[^\]]*\]\([^)]*\)", "", heading)
    return re.sub(r"\s+", " ", _NUMBERING.sub("", plain)).strip(" #") or heading.strip() or "…"


def _titles(told: Sequence[Section]) -> list[str]:
    """Return a title for each section; one that several share is told apart by the heading above it."""
    plain = [_cleaned(section.title) for section in told]
    counts = Counter(plain)
    return [
        f"{_cleaned(section.path[-1])} › {title}" if counts[title] > 1 and section.path else title
        for title, section in zip(plain, told, strict=True)
    ]


def _passages(parts: Sequence[Part]) -> Iterator[tuple[Facet | None, str, str]]:
    """Yield the passages; the first is the opening one, whatever its lead."""
    for index, part in enumerate(parts):
        facet = next((facet for word, facet in _FACETS.items() if word in part.lead), None)
        text = f"**{part.lead}**\n\n{part.text}" if part.lead and index == 0 else part.text
        if index == 0:
            yield Facet.DEFINITION, "", text
        else:
            yield facet, part.lead, text


def _terms(told: Sequence[Section]) -> list[tuple[str, ...]]:
    """Return further names of each section: a term belongs where it heads something, or else where it is said most."""
    said = [Counter(_said(section)) for section in told]
    total: Counter[str] = Counter()
    for counts in said:
        total.update(dict.fromkeys(counts, 1))
    best = {term: max(range(len(said)), key=lambda n: (said[n][term], -n)) for term in total}
    names = []
    for index, (section, counts) in enumerate(zip(told, said, strict=True)):
        own = [name for name in _own_names(section) if name]
        mine = [term for term in counts if best[term] == index and (counts[term] > 1 or total[term] == 1)]
        unique = dict.fromkeys((*own, *sorted(mine)))
        names.append(tuple(name for name in unique if 2 <= len(name) <= 40 and name != _cleaned(section.title)))
    return names


def _own_names(section: Section) -> Iterator[str]:
    """Yield what the heading and the leads name."""
    title = _cleaned(section.title)
    yield from (group.strip() for match in _BRACKETS.finditer(title) for group in match.groups()[1:] if group)
    core = _TAIL.sub("", _POLITE.sub("", re.sub(r"[（(][^）)]*[）)]", "", title))).strip()
    yield core
    yield from (
        piece.strip() for piece in re.split(r"\s*(?:/|、|，|,|与|和|\bvs\.?\b)\s*", core) if len(piece.strip()) > 1
    )
    yield from (part.lead for part in section.parts if part.lead)


def _said(section: Section) -> Iterator[str]:
    for part in section.parts:
        for match in _BRACKETS.finditer(part.text):
            yield from (group.strip() for group in match.groups()[1:] if group)
        yield from (bold.strip(" ：:") for bold in _BOLD.findall(part.text) if not re.search(r"[，。,.$；：]", bold))


def _slug(title: str) -> str:
    """Return an id: ASCII words and the readings of Chinese characters, at most 32 characters."""
    tables = language.characters()
    spelt = "".join(f" {tables.pinyin[char]} " if char in tables.pinyin else char for char in title.lower())
    words = re.findall(r"[a-z0-9]+", spelt)
    kept: list[str] = []
    for word in words:
        if len("-".join((*kept, word))) > MAX_ID - 3:
            break
        kept.append(word)
    return "-".join(kept) or "section"


def _unique(slugs: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    used = set(taken)
    found = []
    for slug in slugs:
        candidate, number = slug, 2
        while candidate in used:
            candidate, number = f"{slug}-{number}", number + 1
        used.add(candidate)
        found.append(candidate)
    return found


def _concept(item: Imported, topic_id: str, path: str) -> Concept:
    passages = tuple(Passage(facet, title, blocks_of(text)) for facet, title, text in item.parts)
    reference = "\n".join(passage.text for passage in passages)
    prompt = prompt_of(item.title)
    question = Question(f"{item.id}/explain", item.id, QuestionKind.OPEN, prompt, reference=reference, path=path)
    return Concept(
        id=item.id,
        topic_id=topic_id,
        title=item.title,
        origin=item.section.title,
        names=item.names,
        passages=passages,
        questions=(question,) if is_worth_asking(reference) else (),
        path=path,
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """Parse a passage's Markdown; text that is nothing but marks is kept as it stands."""
    blocks = tuple(placed.block for placed in markdown.parse(text))
    return blocks or tuple(placed.block for placed in markdown.parse(f"    {text.strip()}"))


def prompt_of(title: str) -> str:
    """Return a title as something to ask."""
    return title if reads_as_question(title) else f"请介绍：{title}"


def is_worth_asking(reference: str) -> bool:
    """Tell whether a text says enough, links aside, for a question about it."""
    return len(re.sub(r"https?://\S+|\W", "", reference)) >= MIN_ASKED


def words_of(library: Library) -> str:
    """Return all that a library says, for comparing it with its document."""
    return "\n".join(
        part
        for concept in library.concepts
        for part in (
            concept.origin,
            *(source_text(p.blocks) for p in concept.passages),
            *(p.title for p in concept.passages),
        )
    )
