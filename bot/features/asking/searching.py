"""A concept is asked: answer with the best passage, offer a choice, or say that the document has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content import presenting
from bot.core.content.document import Block, Heading, Listing, Paragraph, Quote, Source, Text, paragraph, spans
from bot.core.content.library import Concept, Facet, Passage
from bot.core.language.wording import Wording
from bot.core.retrieval import OTHER_NUMBERS, Decision, DecisionKind
from bot.features.turn import Visit, choice

MAX_MISS = 200
"""Characters of an unanswered question that are kept for the authors."""
MAX_ALSO = 2
"""Further questions of one message that are answered as well."""
TOLD_APART = frozenset({Facet.DRAWBACK, Facet.ADVANTAGE, Facet.EXAMPLE, Facet.HISTORY, Facet.COMPLEXITY})
"""Parts whose absence is said; any opening passage serves for the others."""


def ask(visit: Visit, text: str) -> Replies:
    """Answer a question from the library."""
    decision = visit.knowledge.index.search(text, about=visit.concept)
    replies = tuple(_reply(visit, part) for part in (decision, *decision.also[:MAX_ALSO]))
    if decision.kind is not DecisionKind.ANSWER:
        visit.tx.add_miss(text[:MAX_MISS], decision.kind, "", visit.now)
    concept_id = decision.candidates[0].concept.id if decision.kind is DecisionKind.ANSWER else ""
    if concept_id:
        visit.tx.look_up(visit.learner.id, concept_id, visit.now)
    return visit.save(replies, concept_id=concept_id or visit.conversation.concept_id, last_text=text)


def _reply(visit: Visit, decision: Decision) -> Reply:
    match decision.kind:
        case DecisionKind.ANSWER if len(decision.compare) > 1:
            return _comparison(visit, decision)
        case DecisionKind.ANSWER:
            return _answer(visit, decision)
        case DecisionKind.CHOOSE:
            return _offer(visit, decision)
        case DecisionKind.REFUSE:
            return _refusal(visit, decision)


def _answer(visit: Visit, decision: Decision) -> Reply:
    concept = decision.candidates[0].concept
    passage = decision.passage or concept.passages[0]
    first = []
    if decision.note == OTHER_NUMBERS:
        first.append("note.other-numbers")
    if decision.facet in TOLD_APART and passage is concept.passages[0] and passage.facet is not decision.facet:
        first.append("note.no-part")
    reply = _passage(visit, concept, passage, [Quote((paragraph(visit.words(key)),)) for key in first])
    return reply.with_choices(choice(visit.words, "wrong", f"no:{concept.id}"))


def _passage(visit: Visit, concept: Concept, passage: Passage, first: Sequence[Block] = ()) -> Reply:
    """Show one passage, after what has to be said first, with what can be done next."""
    words = visit.words
    heading = _headed(concept, passage, words.language)
    notes = _notes(words, concept)
    whole = (choice(words, "whole", f"w:{concept.id}"),) if len(concept.passages) > 1 else ()
    quiz = (choice(words, "quiz", f"q:{concept.id}"),) if concept.questions else ()
    card = (choice(words, "card", f"p:{concept.id}"),) if visit.knowledge.has_cards else ()
    return Reply((heading, *first, *passage.blocks, *notes, source(visit, concept, passage)), (*whole, *card, *quiz))


def _notes(words: Wording, concept: Concept) -> Iterator[Block]:
    if concept.is_supplement:
        yield Quote((paragraph(words("note.supplement")),))
    if concept.erratum:
        yield Quote((paragraph(words("note.erratum", title=concept.erratum.title)),))


def _headed(concept: Concept, passage: Passage, language: str) -> Heading:
    title = concept.titled(language)
    if passage is not concept.passages[0] and passage.title:
        title = f"{title} · {passage.title}"
    return Heading(spans(title))


def source(visit: Visit, concept: Concept, passage: Passage | None = None) -> Source:
    """Return the line that says where in the document something stands."""
    language = visit.words.language
    topic = visit.knowledge.library.topics_by_id[concept.topic_id].titled(language)
    parent = visit.knowledge.library.by_id.get(concept.part_of)
    part = passage.title if passage and passage is not concept.passages[0] else ""
    steps = (topic, parent.titled(language) if parent else "", concept.titled(language), part)
    return Source(tuple(step for step in steps if step))


def _comparison(visit: Visit, decision: Decision) -> Reply:
    """Set several concepts side by side: each with its opening passage."""
    words = visit.words
    blocks: list[Block] = [paragraph(words("compare"))]
    for concept in decision.compare:
        blocks += [Heading(spans(concept.titled(words.language)), level=2), *concept.passages[0].blocks]
    first = decision.compare[0]
    blocks.append(source(visit, first))
    whole = (Choice(f"w:{c.id}", c.titled(words.language)) for c in decision.compare)
    return Reply(tuple(blocks), (*whole, choice(words, "wrong", f"no:{first.id}")))


def _offer(visit: Visit, decision: Decision) -> Reply:
    offered = (Choice(f"c:{c.concept.id}", c.concept.titled(visit.words.language)) for c in decision.candidates)
    return visit.sentence("choose", *offered)


def _refusal(visit: Visit, decision: Decision) -> Reply:
    words = visit.words
    blocks: list[Block] = [paragraph(words("refuse"))]
    if decision.nearest:
        titles = "、".join(concept.titled(words.language) for concept in decision.nearest)
        blocks.append(paragraph(words("refuse.nearest", titles=titles)))
    return Reply(tuple(blocks))


def show(visit: Visit, concept_id: str) -> Replies:
    """Show the opening passage of a concept that was picked from an offer."""
    concept = visit.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return visit.say("stale")
    reply = _passage(visit, concept, concept.passages[0])
    if _was_offered(visit, concept_id):
        visit.tx.add_miss(visit.conversation.last_text[:MAX_MISS], "chosen", concept.id, visit.now)
        reply = visit.in_place(reply)
    return visit.save((reply,), concept_id=concept.id)


def _was_offered(visit: Visit, concept_id: str) -> bool:
    """Tell whether a concept was picked from an offer of several, as against a button under a mark."""
    offered = visit.conversation.choices
    return f"c:{concept_id}" in offered and all(choice_id.startswith("c:") for choice_id in offered)


def show_whole(visit: Visit, concept_id: str) -> Replies:
    """Show everything there is on a concept."""
    concept = visit.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return visit.say("stale")
    title = Heading(spans(concept.titled(visit.words.language)))
    reply = Reply((title, *presenting.whole(concept), *_last(visit, concept)), _after_whole(visit, concept))
    return visit.save((visit.in_place(reply),), concept_id=concept.id)


def show_card(visit: Visit, concept_id: str, *, is_dark: bool = False) -> Replies:
    """Show everything there is on a concept as a picture."""
    concept = visit.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return visit.say("stale")
    shown = presenting.card(concept, visit.words.language, _last(visit, concept), is_dark=is_dark)
    dark = () if is_dark else (choice(visit.words, "card-dark", f"pd:{concept.id}"),)
    return visit.save((Reply((shown,), (*dark, *_after_whole(visit, concept))),), concept_id=concept.id)


def _last(visit: Visit, concept: Concept) -> tuple[Block, ...]:
    return (*_notes(visit.words, concept), source(visit, concept))


def _after_whole(visit: Visit, concept: Concept) -> tuple[Choice, ...]:
    quiz = (choice(visit.words, "quiz", f"q:{concept.id}"),) if concept.questions else ()
    return (*quiz, choice(visit.words, "report", f"e:{concept.id}"))


def reject(visit: Visit, concept_id: str) -> Replies:
    """Note that an answer was not what was asked for."""
    visit.tx.add_miss(visit.conversation.last_text[:MAX_MISS], "rejected", concept_id, visit.now)
    return visit.save((visit.sentence("rejected"),), concept_id="")


def why(visit: Visit) -> Replies:
    """Explain how the last answer was found."""
    words, text = visit.words, visit.conversation.last_text
    if not text:
        return visit.say("why.none")
    decision = visit.knowledge.index.search(text, about=visit.concept)
    blocks: list[Block] = [Heading((Text(words("why.title")),)), Quote((Paragraph((Text(text[:80]),)),))]
    blocks.append(Listing(tuple(_lines(visit, decision))))
    return visit.save((Reply(tuple(blocks)),))


def _lines(visit: Visit, decision: Decision) -> Iterator[tuple[Block, ...]]:
    words = visit.words
    if decision.kind is DecisionKind.REFUSE:
        yield (paragraph(words("why.below")),)
    for candidate in decision.considered[:3]:
        title = candidate.concept.titled(words.language)
        yield (paragraph(words("why.score", title=title, score=round(candidate.score))),)
    best = decision.considered[:1]
    for term in (term for candidate in best for term in candidate.terms):
        yield (paragraph(words("why.term", said=term.said, name=term.name)),)
