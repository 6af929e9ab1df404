"""A concept as it is shown, as plain data for texts, pages and pictures."""

from dataclasses import dataclass

from bot.core.content.document import Block
from bot.core.content.library import Concept, Library, Passage


@dataclass(frozen=True, slots=True)
class PassageView:
    """One titled part.

    Attributes:
        title: "" for the opening one.
    """

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept, with what has to be said with it.

    Attributes:
        title: in the language that was asked for.
        path: where it stands in the document: its topic, the concept that it is a part of, its own title.
        passages: the first is the opening one.
        is_supplement: written where the source document is empty.
        erratum: the title of the error of the source document that it corrects; "" for none.
        has_questions: it can be asked about.
    """

    id: str
    title: str
    path: tuple[str, ...]
    passages: tuple[PassageView, ...]
    is_supplement: bool
    erratum: str
    has_questions: bool


def concept(library: Library, shown: Concept, language: str) -> ConceptView:
    """Return a concept as it is shown."""
    return ConceptView(
        shown.id,
        shown.titled(language),
        path(library, shown, language),
        tuple(PassageView(passage.title, passage.blocks) for passage in shown.passages),
        shown.is_supplement,
        shown.erratum.title if shown.erratum else "",
        bool(shown.questions),
    )


def path(library: Library, shown: Concept, language: str, passage: Passage | None = None) -> tuple[str, ...]:
    """Return where in the document a concept stands, or a passage of it that is not the opening one."""
    parent = library.by_id.get(shown.part_of)
    part = passage.title if passage and passage is not shown.passages[0] else ""
    steps = (
        library.topics_by_id[shown.topic_id].titled(language),
        parent.titled(language) if parent else "",
        shown.titled(language),
        part,
    )
    return tuple(step for step in steps if step)
