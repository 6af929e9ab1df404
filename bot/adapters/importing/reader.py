"""A plain Markdown document -> `Library`: served as it is, without being written anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from bot.adapters.importing import naming
from bot.adapters.importing.drafts import Draft, read_drafts
from bot.adapters.importing.sections import said
from bot.core.chat.intents import reads_as_question
from bot.core.content.library import Concept, Library, Passage, Topic
from bot.core.grading import NumericKey
from bot.core.kinds import Numeric, Open
from bot.core.kinds.deriving import derive_question
from bot.core.language.characters import is_han
from bot.errors import Fault

MIN_ASKED = 12
"""A section that says less than this, in letters, is not asked about."""
MAX_VALUE = 120
"""A longer answer is no bare number or formula."""

_APPENDIX = re.compile(
    r"参考|引用|目录|致谢|附录|版权|许可|更新日志|\b(?:references?|bibliography|contents|acknowledge?ments?|licen[sc]e|"
    r"changelog|contributing|credits|authors?)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:\d{1,3}[.)]|[*+-])\s+")


def read_document(path: Path) -> tuple[Library, tuple[Fault, ...]]:
    """Read a document, or every Markdown file of a folder, as a library, with a warning for each empty heading.

    Pictures are named relative to `content_folder.pictures_root(path)`.

    Raises:
        ContentError: a file cannot be read, is too large or is no UTF-8.
    """
    reading = read_drafts(path)
    by_topic: dict[str, list[Draft]] = {}
    for draft in reading.drafts:
        by_topic.setdefault(draft.topic, []).append(draft)
    ids = dict(zip(by_topic, naming.unique(map(naming.slug, by_topic)), strict=True))
    topics = tuple(
        Topic(ids[title], title, order=tuple(draft.id for draft in drafts), rank=rank)
        for rank, (title, drafts) in enumerate(by_topic.items())
    )
    concepts = tuple(_concept(draft, ids[title], str(path)) for title, drafts in by_topic.items() for draft in drafts)
    faults = list(reading.faults)
    if not concepts:
        faults.append(Fault(str(path), 1, "there is nothing to serve in it", "name a Markdown document with some text"))
    return Library(topics, concepts), tuple(faults)


def _concept(draft: Draft, topic_id: str, path: str) -> Concept:
    passages = tuple(Passage(told.facet, told.title, told.blocks) for told in draft.passages)
    question = question_of(draft, "\n".join(passage.text for passage in passages), path)
    return Concept(
        id=draft.id,
        topic_id=topic_id,
        title=draft.title,
        origin=draft.origin,
        names=draft.names,
        part_of=draft.part_of,
        passages=passages,
        questions=(question,) if question else (),
        path=path,
    )


def question_of(draft: Draft, reference: str = "", path: str = "") -> Open | Numeric | None:
    """Return the question about a draft: its value where it is no more than one, else what it says.

    None where it says too little, or is an appendix.
    """
    number = _value(draft.title, draft.text)
    if number:
        return Numeric(f"{draft.id}/value", draft.id, draft.title, numeric=number, path=path)
    if said(re.sub(r"\$[^$]*\$", "", draft.text)) < MIN_ASKED or _APPENDIX.search(draft.title):
        return None
    prompt = prompt_of(draft.title, draft.text)
    return Open(f"{draft.id}/explain", draft.id, prompt, reference=reference, path=path)


def _value(title: str, reference: str) -> NumericKey | None:
    """Return the key of an answer that is a bare number or formula."""
    bare = _MARK.sub("", reference.strip())
    question = derive_question(title, bare) if len(bare) <= MAX_VALUE else None
    return question.numeric if isinstance(question, Numeric) else None


def prompt_of(title: str, text: str) -> str:
    """Return a title as something to ask, in the language of the title and the text below it."""
    if reads_as_question(title):
        return title
    return f"请介绍：{title}" if any(is_han(char) for char in title + text) else f"Explain: {title}"
