"""A concept is asked: answer with the best passage, offer a choice, or say that the document has none."""

from collections.abc import Iterator, Sequence

from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content import presenting
from bot.core.content.document import Block, Heading, Listing, Paragraph, Quote, Source, Text, paragraph, spans
from bot.core.content.library import Concept, Facet, Passage
from bot.core.language.wording import Wording
from bot.core.retrieval import OTHER_NUMBERS, Decision, DecisionKind
from bot.features.asking import views
from bot.features.asking.buttons import Reject, ShowCard, ShowConcept, ShowDarkCard, ShowWhole
from bot.features.asking.views import ConceptView
from bot.features.authors.buttons import ReportMistake
from bot.features.studying.buttons import QuizMe
from bot.features.turn import Turn, choice

MAX_MISS = 200
"""Characters of an unanswered question that are kept for the authors."""
MAX_ALSO = 2
"""Further questions of one message that are answered as well."""
TOLD_APART = frozenset({Facet.DRAWBACK, Facet.ADVANTAGE, Facet.EXAMPLE, Facet.HISTORY, Facet.COMPLEXITY})
"""Parts whose absence is said; any opening passage serves for the others."""


def asked(turn: Turn, argument: str) -> Replies:
    """Answer the question that a command was given."""
    return ask(turn, argument) if argument else nothing_said(turn)


def nothing_said(turn: Turn) -> Replies:
    """Answer a message without words: what came with it cannot be read."""
    if turn.message.attachment:
        return turn.say("attachment.voice" if turn.message.attachment == "voice" else "attachment")
    return turn.say("empty")


def ask(turn: Turn, text: str) -> Replies:
    """Answer a question from the library."""
    decision = turn.knowledge.index.search(text, about=turn.concept)
    replies = tuple(_reply(turn, part) for part in (decision, *decision.also[:MAX_ALSO]))
    if decision.kind is not DecisionKind.ANSWER:
        turn.tx.add_miss(text[:MAX_MISS], decision.kind, "", turn.now)
    concept_id = decision.candidates[0].concept.id if decision.kind is DecisionKind.ANSWER else ""
    if concept_id:
        turn.tx.look_up(turn.learner.id, concept_id, turn.now)
    return turn.save(replies, concept_id=concept_id or turn.conversation.concept_id, last_text=text)


def _reply(turn: Turn, decision: Decision) -> Reply:
    match decision.kind:
        case DecisionKind.ANSWER if len(decision.compare) > 1:
            return _comparison(turn, decision)
        case DecisionKind.ANSWER:
            return _answer(turn, decision)
        case DecisionKind.CHOOSE:
            return _offer(turn, decision)
        case DecisionKind.REFUSE:
            return _refusal(turn, decision)


def _answer(turn: Turn, decision: Decision) -> Reply:
    concept = decision.candidates[0].concept
    passage = decision.passage or concept.passages[0]
    first = []
    if decision.note == OTHER_NUMBERS:
        first.append("note.other-numbers")
    if decision.facet in TOLD_APART and passage is concept.passages[0] and passage.facet is not decision.facet:
        first.append("note.no-part")
    reply = _passage(turn, concept, passage, [Quote((paragraph(turn.words(key)),)) for key in first])
    return reply.with_choices(choice(turn.words, "wrong", Reject(concept.id)))


def _passage(turn: Turn, concept: Concept, passage: Passage, first: Sequence[Block] = ()) -> Reply:
    """Show one passage, after what has to be said first, with what can be done next."""
    words, shown = turn.words, _view(turn, concept)
    heading = _headed(concept, passage, words.language)
    notes = _notes(words, shown)
    whole = (choice(words, "whole", ShowWhole(concept.id)),) if len(shown.passages) > 1 else ()
    quiz = (choice(words, "quiz", QuizMe(concept.id)),) if shown.has_questions else ()
    card = (choice(words, "card", ShowCard(concept.id)),) if turn.knowledge.has_cards else ()
    return Reply((heading, *first, *passage.blocks, *notes, _source(turn, concept, passage)), (*whole, *card, *quiz))


def _view(turn: Turn, concept: Concept) -> ConceptView:
    return views.concept(turn.knowledge.library, concept, turn.words.language)


def _notes(words: Wording, shown: ConceptView) -> Iterator[Block]:
    if shown.is_supplement:
        yield Quote((paragraph(words("note.supplement")),))
    if shown.erratum:
        yield Quote((paragraph(words("note.erratum", title=shown.erratum)),))


def _headed(concept: Concept, passage: Passage, language: str) -> Heading:
    title = concept.titled(language)
    if passage is not concept.passages[0] and passage.title:
        title = f"{title} · {passage.title}"
    return Heading(spans(title))


def _source(turn: Turn, concept: Concept, passage: Passage | None = None) -> Source:
    """Return the line that says where in the document something stands."""
    return Source(views.path(turn.knowledge.library, concept, turn.words.language, passage))


def _comparison(turn: Turn, decision: Decision) -> Reply:
    """Set several concepts side by side: each with its opening passage."""
    words = turn.words
    blocks: list[Block] = [paragraph(words("compare"))]
    for concept in decision.compare:
        blocks += [Heading(spans(concept.titled(words.language)), level=2), *concept.passages[0].blocks]
    first = decision.compare[0]
    blocks.append(_source(turn, first))
    whole = (Choice(ShowWhole(c.id).id, c.titled(words.language)) for c in decision.compare)
    return Reply(tuple(blocks), (*whole, choice(words, "wrong", Reject(first.id))))


def _offer(turn: Turn, decision: Decision) -> Reply:
    offered = (Choice(ShowConcept(c.concept.id).id, c.concept.titled(turn.words.language)) for c in decision.candidates)
    return turn.sentence("choose", *offered)


def _refusal(turn: Turn, decision: Decision) -> Reply:
    words = turn.words
    blocks: list[Block] = [paragraph(words("refuse"))]
    if decision.nearest:
        titles = words.listed(concept.titled(words.language) for concept in decision.nearest)
        blocks.append(paragraph(words("refuse.nearest", titles=titles)))
    return Reply(tuple(blocks))


def show(turn: Turn, concept_id: str) -> Replies:
    """Show the opening passage of a concept that was picked from an offer."""
    concept = turn.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return turn.say("stale")
    reply = _passage(turn, concept, concept.passages[0])
    if _was_offered(turn, concept_id):
        turn.tx.add_miss(turn.conversation.last_text[:MAX_MISS], "chosen", concept.id, turn.now)
        reply = turn.in_place(reply)
    return turn.save((reply,), concept_id=concept.id)


def _was_offered(turn: Turn, concept_id: str) -> bool:
    """Tell whether a concept was picked from an offer of several, as against a button under a mark."""
    offered = [ShowConcept.read(choice_id) for choice_id in turn.conversation.choices]
    return ShowConcept(concept_id) in offered and None not in offered


def show_whole(turn: Turn, concept_id: str) -> Replies:
    """Show everything there is on a concept."""
    concept = turn.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return turn.say("stale")
    title = Heading(spans(concept.titled(turn.words.language)))
    reply = Reply((title, *presenting.whole(concept), *_last(turn, concept)), _after_whole(turn, concept))
    return turn.save((turn.in_place(reply),), concept_id=concept.id)


def show_card(turn: Turn, concept_id: str, *, is_dark: bool = False) -> Replies:
    """Show everything there is on a concept as a picture."""
    concept = turn.knowledge.library.by_id.get(concept_id)
    if concept is None:
        return turn.say("stale")
    shown = presenting.card(concept, turn.words.language, _last(turn, concept), is_dark=is_dark)
    dark = () if is_dark else (choice(turn.words, "card-dark", ShowDarkCard(concept.id)),)
    return turn.save((Reply((shown,), (*dark, *_after_whole(turn, concept))),), concept_id=concept.id)


def _last(turn: Turn, concept: Concept) -> tuple[Block, ...]:
    shown = _view(turn, concept)
    return (*_notes(turn.words, shown), Source(shown.path))


def _after_whole(turn: Turn, concept: Concept) -> tuple[Choice, ...]:
    quiz = (choice(turn.words, "quiz", QuizMe(concept.id)),) if concept.questions else ()
    return (*quiz, choice(turn.words, "report", ReportMistake(concept.id)))


def reject(turn: Turn, concept_id: str) -> Replies:
    """Note that an answer was not what was asked for."""
    turn.tx.add_miss(turn.conversation.last_text[:MAX_MISS], "rejected", concept_id, turn.now)
    return turn.save((turn.sentence("rejected"),), concept_id="")


def why(turn: Turn) -> Replies:
    """Explain how the last answer was found."""
    words, text = turn.words, turn.conversation.last_text
    if not text:
        return turn.say("why.none")
    decision = turn.knowledge.index.search(text, about=turn.concept)
    blocks: list[Block] = [Heading((Text(words("why.title")),)), Quote((Paragraph((Text(text[:80]),)),))]
    blocks.append(Listing(tuple(_lines(turn, decision))))
    return turn.save((Reply(tuple(blocks)),))


def _lines(turn: Turn, decision: Decision) -> Iterator[tuple[Block, ...]]:
    words = turn.words
    if decision.kind is DecisionKind.REFUSE:
        yield (paragraph(words("why.below")),)
    for candidate in decision.considered[:3]:
        title = candidate.concept.titled(words.language)
        yield (paragraph(words("why.score", title=title, score=round(candidate.score))),)
    best = decision.considered[:1]
    for term in (term for candidate in best for term in candidate.terms):
        yield (paragraph(words("why.term", said=term.said, name=term.name)),)
