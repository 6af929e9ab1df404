"""What the tutor teaches: topics, concepts, passages, questions and rubrics; immutable, indexed by id."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest
from types import MappingProxyType

from bot.core.content.document import Block, source_text
from bot.core.kinds import Question
from bot.core.language.lexicon import Lexicon

__all__ = ["Concept", "Facet", "Lexicon", "Library", "Passage", "Question", "Topic", "fold_heading"]


class Facet(StrEnum):
    """The part of a concept that a passage tells, and that a question can ask for."""

    DEFINITION = "定义"
    FORMULA = "公式"
    STEPS = "步骤"
    PURPOSE = "目的"
    DIFFERENCE = "区别"
    ADVANTAGE = "优点"
    DRAWBACK = "缺点"
    USAGE = "用法"
    COMPLEXITY = "复杂度"
    HISTORY = "历史"
    EXAMPLE = "例子"
    ERRATUM = "勘误"


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled part of an explanation that can be shown alone.

    Attributes:
        facet: the part it tells; None under a heading that names none.
        title: what follows "：" in the heading, or the heading itself; "" for the opening passage.
    """

    facet: Facet | None
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The passage as source text, LaTeX kept."""
        return source_text(self.blocks)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing to know: its names, its explanation and the questions about it.

    Attributes:
        id: ASCII words joined by "-", at most 32 characters, for ever.
        topic_id: the folder it lives in.
        title: what learners see.
        origin: the heading of the source document that it answers; "" for none. Never shown.
        names: synonyms, English names, abbreviations.
        cues: what it does or is for, in the words of someone who has forgotten its name.
        passages: the first is the opening one.
        is_supplement: written by the pack's authors where the source document is empty.
        part_of: the concept that this one is a part of; "" for none.
        formerly: ids this concept had before.
        path: file it was read from.
    """

    id: str
    topic_id: str
    title: str
    title_en: str = ""
    origin: str = ""
    names: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    part_of: str = ""
    is_supplement: bool = False
    formerly: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    questions: tuple[Question, ...] = ()
    path: str = ""

    def passage(self, facet: Facet | None) -> Passage:
        """Return the first passage of a facet, or the opening one."""
        return next((p for p in self.passages if facet is not None and p.facet == facet), self.passages[0])

    @property
    def erratum(self) -> Passage | None:
        """What the source document says wrongly about this concept, if anything."""
        return next((p for p in self.passages if p.facet is Facet.ERRATUM), None)

    def titled(self, language: str) -> str:
        """Return the title in a language, falling back to the Chinese one."""
        return self.title_en if language == "en" and self.title_en else self.title


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of concepts.

    Attributes:
        order: concept ids in the order of study; those it does not name come last.
        rank: place among the topics, lowest first.
    """

    id: str
    title: str
    title_en: str = ""
    order: tuple[str, ...] = ()
    rank: int = 0

    def titled(self, language: str) -> str:
        """Return the title in a language, falling back to the Chinese one."""
        return self.title_en if language == "en" and self.title_en else self.title


def fold_heading(heading: str) -> str:
    """Return a heading in the form that headings are compared in: without white space, lower case."""
    return re.sub(r"\s+", "", heading).lower()


@dataclass(frozen=True)
class Library:
    """All that is taught, in curriculum order, with its indexes; never changes after it is built."""

    topics: tuple[Topic, ...]
    concepts: tuple[Concept, ...]
    lexicon: Lexicon = field(default_factory=Lexicon)

    @cached_property
    def by_id(self) -> Mapping[str, Concept]:
        """Concepts by id, former ids included."""
        former = {old: concept for concept in self.concepts for old in concept.formerly}
        return MappingProxyType(former | {concept.id: concept for concept in self.concepts})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Questions by their full id, in curriculum order."""
        return MappingProxyType({q.id: q for concept in self.concepts for q in concept.questions})

    @cached_property
    def topics_by_id(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return MappingProxyType({topic.id: topic for topic in self.topics})

    @cached_property
    def confusable(self) -> Mapping[str, frozenset[str]]:
        """For each concept the ids of those it is easily confused with: see_also, read both ways."""
        pairs = {(a.id, b) for a in self.concepts for b in a.see_also if b in self.by_id}
        both = pairs | {(b, a) for a, b in pairs}
        return MappingProxyType({c.id: frozenset(b for a, b in both if a == c.id) for c in self.concepts})

    @cached_property
    def in_curriculum_order(self) -> Sequence[Question]:
        """Every question: the first of each concept in the order of study, then the second, and so on."""
        rounds = zip_longest(*(concept.questions for concept in self.concepts))
        return tuple(question for each in rounds for question in each if question)

    @cached_property
    def questions_by_topic(self) -> Mapping[str, Sequence[str]]:
        """The ids of each topic's questions, in curriculum order."""
        found: dict[str, tuple[str, ...]] = {}
        for concept in self.concepts:
            found[concept.topic_id] = (*found.get(concept.topic_id, ()), *(q.id for q in concept.questions))
        return MappingProxyType(found)

    @cached_property
    def by_origin(self) -> Mapping[str, Concept]:
        """The concept that answers a heading of the source document, by folded heading."""
        whole = [c for c in self.concepts if c.origin and not c.part_of]
        parts = [c for c in self.concepts if c.origin and c.part_of]
        return MappingProxyType({fold_heading(c.origin): c for c in (*parts[::-1], *whole[::-1])})

    @cached_property
    def hash(self) -> str:
        """A fingerprint of everything taught, for caches."""
        return hashlib.sha256(repr((self.topics, self.concepts, self.lexicon)).encode()).hexdigest()

    def origin_of(self, concept: Concept) -> str:
        """Return the heading a concept answers: its own, or that of what it is a part of."""
        seen: set[str] = set()
        while not concept.origin and concept.part_of in self.by_id and concept.id not in seen:
            seen.add(concept.id)
            concept = self.by_id[concept.part_of]
        return concept.origin

    def answers_to(self, concept: Concept) -> str:
        """Return the heading a concept answers, or its id where the source has none for it."""
        return self.origin_of(concept) or concept.id

    def of_topic(self, topic_id: str) -> Iterable[Concept]:
        """Yield the concepts of a topic in curriculum order."""
        return (concept for concept in self.concepts if concept.topic_id == topic_id)
