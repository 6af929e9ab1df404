"""What is offered while somebody types, in any chat: passages by name, or a text with its terms explained."""

import re
from collections.abc import Iterator, Sequence

from bot.core.chat.messages import Reply, Suggestion
from bot.core.content.document import Block, Heading, Source, paragraph, source_text, spans
from bot.core.content.library import Concept, Library
from bot.core.language.wording import Wording
from bot.core.retrieval import DecisionKind
from bot.features.turn import Knowledge

LIMIT = 10
MAX_QUERY = 256
MAX_DESCRIPTION = 80
MAX_TERMS = 3
_TERM = re.compile(r"\+([^+\n]{1,40})\+")


def suggest(knowledge: Knowledge, text: str, language: str, limit: int = LIMIT) -> Sequence[Suggestion]:
    """Return what a typed text may mean, best first; nothing typed offers the first concepts of the pack.

    Args:
        knowledge: what there is.
        text: any text; a part between plus signs is a term to explain within it.
        language: of titles and sentences, "zh" or "en".
        limit: how many at most.
    """
    text, words = text.strip()[:MAX_QUERY], Wording(language)
    if not text:
        return [_suggestion(knowledge, concept, words) for concept in knowledge.library.concepts[:limit]]
    expanded = _expanded(knowledge, text, words)
    if expanded:
        return [expanded]
    return [_suggestion(knowledge, concept, words) for concept in _found(knowledge, text)[:limit]]


def suggest_topics(library: Library, text: str, language: str) -> Sequence[Suggestion]:
    """Return the topics whose title or id holds what was typed, in their order; all of them for nothing."""
    typed = text.strip().casefold()
    named = ((topic, topic.titled(language)) for topic in library.topics)
    fits = ((topic, title) for topic, title in named if typed in title.casefold() or typed in topic.id)
    return [Suggestion("", title, "", Reply((paragraph(title),))) for _, title in fits]


def _found(knowledge: Knowledge, text: str) -> Sequence[Concept]:
    """Return the concepts that answer a text, then those whose names begin with it."""
    decision = knowledge.index.search(text)
    sure = () if decision.kind is DecisionKind.REFUSE else decision.candidates
    named = knowledge.index.suggest(text, LIMIT)
    return tuple({c.id: c for c in (*(candidate.concept for candidate in sure), *named)}.values())


def _suggestion(knowledge: Knowledge, concept: Concept, words: Wording) -> Suggestion:
    passage = concept.passages[0]
    topic = knowledge.library.topics_by_id[concept.topic_id].titled(words.language)
    title = concept.titled(words.language)
    reply = Reply((Heading(spans(title)), *passage.blocks, Source((topic, title))))
    return Suggestion(concept.id, title, _line(passage.blocks), reply)


def _line(blocks: Sequence[Block]) -> str:
    text = " ".join(source_text(blocks).split()).replace("$", "")
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1] + "…"


def _expanded(knowledge: Knowledge, text: str, words: Wording) -> Suggestion | None:
    """Return the text with the terms that it marks explained below, if any is known."""
    found = [(term, _named(knowledge, term)) for term in _TERM.findall(text)[:MAX_TERMS]]
    known = [concept for _, concept in found if concept]
    if not known:
        return None
    blocks = (paragraph(_TERM.sub(r"\1", text)), *(block for concept in known for block in _told(concept, words)))
    titles = words.listed(concept.titled(words.language) for concept in known)
    title, line = words("suggest.expanded", titles=titles), words("suggest.whole")
    return Suggestion(known[0].id, title, line, Reply(blocks))


def _named(knowledge: Knowledge, term: str) -> Concept | None:
    decision = knowledge.index.search(term)
    return decision.candidates[0].concept if decision.kind is DecisionKind.ANSWER else None


def _told(concept: Concept, words: Wording) -> Iterator[Block]:
    yield Heading(spans(concept.titled(words.language)), level=2)
    yield from concept.passages[0].blocks[:1]
