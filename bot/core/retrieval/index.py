"""The question index: a query -> a decision. Pure, deterministic, and it never raises for any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.language import Language
from bot.core.library import Concept, Facet, Library
from bot.core.retrieval import conversation
from bot.core.retrieval.confidence import Evidence, Thresholds
from bot.core.retrieval.deciding import decide
from bot.core.retrieval.decision import OTHER_NUMBERS, Candidate, Decision, DecisionKind
from bot.core.retrieval.fitted import FITTED
from bot.core.retrieval.normalise import key, tidy_long, words
from bot.core.retrieval.passages import best_passage, has_other_numbers
from bot.core.retrieval.reading import Reader, Reading
from bot.core.retrieval.suggest import Completions
from bot.core.retrieval.weighing import Texts, Weigher, sentences
from bot.core.retrieval.words import Vocabulary

CONSIDERED = 8
"""Candidates that are kept with a decision."""
NEAREST = 20.0
"""Score from which a real topic is worth naming in a refusal."""


@dataclass(frozen=True)
class Index:
    """Everything that is searched."""

    library: Library
    reader: Reader
    weigher: Weigher
    completions: Completions
    thresholds: Thresholds

    @classmethod
    def build(cls, library: Library, language: Language, thresholds: Thresholds = FITTED) -> Index:
        """Index a library.

        Args:
            library: concepts and lexicon.
            language: tables of characters and words; without frequencies every word counts as rare.
            thresholds: the weights and thresholds of the confidence.
        """
        spoken = [(list(_identity(concept)), list(_body(concept))) for concept in library.concepts]
        reader = Reader.build(library, language, _latin(spoken, language))
        cut = [([reader.parts(t) for t in one], [reader.parts(t) for t in other]) for one, other in spoken]
        phrases = ((number, parts) for number, (identity, _) in enumerate(cut) for parts in identity)
        told = ((number, parts) for number, (_, body) in enumerate(cut) for parts in body)
        weigher = Weigher(Vocabulary.build(cut), Texts.build(phrases), Texts.build(told))
        names = ((n, name) for n, c in enumerate(library.concepts) for name in (c.title, c.title_en, *c.names))
        return cls(library, reader, weigher, Completions.build(names, language), thresholds)

    def search(self, text: str, about: Concept | None = None) -> Decision:
        """Decide on a message.

        Args:
            text: any text at all; only its first few hundred characters are read.
            about: the concept just discussed, if any, for "公式呢" and "和 soft-NMS 比呢".
        """
        parts = conversation.questions(text)
        if len(parts) < 2:
            return replace(self._decide(text, about), query=text)
        decisions = [self._decide(part, about) for part in parts]
        main = self._main(text, decisions, about)
        return replace(main, query=text)

    def _main(self, text: str, decisions: Sequence[Decision], about: Concept | None) -> Decision:
        """Join the decisions on the questions of one message: the first that leads somewhere, the others beside it."""
        answered = [decision for decision in decisions if decision.kind is DecisionKind.ANSWER]
        concepts = {decision.candidates[0].concept.id for decision in answered}
        if len(answered) > 1 and len(concepts) > 1:
            return replace(answered[0], also=tuple(answered[1:]))
        whole = self._decide(text, about)
        ranked = sorted((whole, *answered), key=lambda decision: _rank(decision), reverse=True)
        return ranked[0]

    def _decide(self, text: str, about: Concept | None) -> Decision:
        reading = self.reader.read(text)
        follow_up = self._follow_up(text, reading, about)
        if follow_up:
            return follow_up
        ranked = self.rank(reading)
        kind, candidates = decide(ranked, self.thresholds, self.origin_of)
        decision = Decision(text, kind, candidates, reading.facet, considered=tuple(ranked[:CONSIDERED]))
        if kind is DecisionKind.ANSWER:
            return self._answer(decision, reading)
        if kind is DecisionKind.REFUSE:
            return replace(decision, nearest=self._nearest(ranked))
        return decision

    def rank(self, reading: Reading) -> list[Candidate]:
        """Return the concepts in question, best first."""
        weighed = self.weigher.weigh(reading)
        scores = self.thresholds.confidences(tuple(weighed.values()))
        found = zip(scores, weighed, weighed.values(), strict=True)
        best = sorted(found, key=lambda item: (-item[0], item[1]))
        return [self._candidate(reading, number, score, evidence) for score, number, evidence in best]

    def _candidate(self, reading: Reading, number: int, score: float, evidence: Evidence) -> Candidate:
        own = (match for match in reading.matches if number in match.term.owners)
        terms = tuple(match.told(reading.text, reading.given) for match in own)
        return Candidate(self.library.concepts[number], round(100 * score, 2), terms, evidence.named_values())

    def _answer(self, decision: Decision, reading: Reading) -> Decision:
        concept = decision.candidates[0].concept
        passage = best_passage(concept, decision.facet, " ".join(reading.content))
        note = OTHER_NUMBERS if has_other_numbers(concept, reading.text) else None
        compare = self._compared(concept, reading)
        return replace(decision, passage=passage, note=note, compare=compare)

    def _compared(self, concept: Concept, reading: Reading) -> tuple[Concept, ...]:
        """Return the concepts to set side by side, unless the answer compares them itself."""
        if not conversation.is_comparison(self._folded(reading)):
            return ()
        named = [self._best_owner(match.term.owners) for match in reading.matches if match.term.owners]
        sides = tuple(dict.fromkeys(self.library.concepts[number] for number in named))
        return () if len(sides) < 2 or concept not in sides or _compares(concept) else sides[:3]

    def _best_owner(self, owners: object) -> int:
        assert isinstance(owners, dict)
        return max(owners, key=lambda number: (owners[number], -number))

    def _follow_up(self, text: str, reading: Reading, about: Concept | None) -> Decision | None:
        """Return the decision on a text that only makes sense about what was just discussed."""
        return None

    def _folded(self, reading: Reading) -> str:
        return reading.text.casefold()

    def _nearest(self, ranked: Sequence[Candidate]) -> tuple[Concept, ...]:
        return tuple(candidate.concept for candidate in ranked[:2] if candidate.score >= NEAREST)

    def origin_of(self, candidate: Candidate) -> str:
        """Return the heading that a candidate answers."""
        return self.library.origin_of(candidate.concept) or candidate.concept.id

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Concept, ...]:
        """Return concepts that have a name beginning with what was typed, pinyin included."""
        return tuple(self.library.concepts[number] for number in self.completions.find(prefix)[:limit])


def _rank(decision: Decision) -> tuple[int, float]:
    order = (DecisionKind.REFUSE, DecisionKind.CHOOSE, DecisionKind.ANSWER)
    return order.index(decision.kind), decision.candidates[0].score if decision.candidates else 0.0


def _compares(concept: Concept) -> bool:
    return any(passage.facet is Facet.DIFFERENCE for passage in concept.passages)


def _identity(concept: Concept) -> Iterator[str]:
    """Yield what a concept is called and what is asked about it."""
    yield from (concept.title, concept.title_en, concept.origin, *concept.names, *concept.cues)
    yield from (tidy_long(question.prompt) for question in concept.questions)


def _body(concept: Concept) -> Iterator[str]:
    """Yield the sentences that explain a concept."""
    for passage in concept.passages:
        if passage.facet is not Facet.ERRATUM:
            yield from sentences(tidy_long(f"{passage.title}\n{passage.text}"))
    for question in concept.questions:
        yield from (point.says for point in question.rubric.points) if question.rubric else ()
        yield from question.model


def _latin(spoken: Sequence[tuple[list[str], list[str]]], language: Language) -> frozenset[str]:
    texts = (text for identity, body in spoken for text in (*identity, *body))
    return frozenset(word for text in texts for word in words(text, language) if word.isascii())
