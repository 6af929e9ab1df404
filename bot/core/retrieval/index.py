"""The question index: a query -> a decision. Pure, deterministic, and it never raises for any text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.content.library import Concept, Library
from bot.core.language.characters import Language
from bot.core.retrieval.deciding import decide
from bot.core.retrieval.decision import OTHER_NUMBERS, Candidate, Decision, DecisionKind
from bot.core.retrieval.evidence.confidence import Thresholds
from bot.core.retrieval.evidence.fitted import FITTED
from bot.core.retrieval.evidence.spoken import body, identity
from bot.core.retrieval.evidence.weighing import Texts, Weigher
from bot.core.retrieval.passages import best_passage, comparing_passage, has_other_numbers
from bot.core.retrieval.query import conversation
from bot.core.retrieval.query.normalise import Atom, atoms
from bot.core.retrieval.query.reading import Reader, Reading
from bot.core.retrieval.query.words import Vocabulary
from bot.core.retrieval.suggest import Completions

CONSIDERED = 8
"""Candidates that are kept with a decision."""
NEAREST = 12.0
"""Score from which a real topic is worth naming in a refusal."""
NEW, NEW_ABOUT_PART = 0.1, 0.25
"""Salience, of all words together, that a follow-up may bring that its topic never mentions; more if it asks a part."""


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
        spoken = [(_parsed(identity(c), language), _parsed(body(c), language)) for c in library.concepts]
        reader = Reader.build(library, language, _latin(spoken))
        parted = [(_parts(reader, names), _parts(reader, told)) for names, told in spoken]
        phrases = ((number, parts) for number, (names, _) in enumerate(parted) for parts in names)
        told = ((number, parts) for number, (_, sentences) in enumerate(parted) for parts in sentences)
        weigher = Weigher(Vocabulary.build(parted), Texts.build(phrases), Texts.build(told))
        names = ((n, name) for n, c in enumerate(library.concepts) for name in (c.title, c.title_en, *c.names))
        return cls(library, reader, weigher, Completions.build(names, language), thresholds)

    def search(self, text: str, about: Concept | None = None) -> Decision:
        """Decide on a message.

        Args:
            text: any text at all; only its first few hundred characters are read.
            about: the concept just discussed, if any, for "公式呢" and "和 soft-NMS 比呢".
        """
        pieces = conversation.questions(text)
        whole = self._decide(text, about)
        if len(pieces) > 1:
            whole = self._joined(whole, [self._decide(piece, about) for piece in pieces])
        return whole if whole.query == text else replace(whole, query=text)

    def _joined(self, whole: Decision, parts: Sequence[Decision]) -> Decision:
        """Answer the questions of one message one by one where they are about different concepts."""
        answers = [decision for decision in parts if decision.kind is DecisionKind.ANSWER]
        distinct = {decision.candidates[0].concept.id: decision for decision in reversed(answers)}
        if len(distinct) > 1:
            first, *others = reversed(distinct.values())
            return replace(first, also=tuple(others))
        return whole if whole.kind is DecisionKind.ANSWER or not answers else answers[0]

    def _decide(self, text: str, about: Concept | None) -> Decision:
        reading = self.reader.read(text)
        if about is not None and self._is_follow_up(reading, about):
            return self._continued(reading, about)
        if about is not None and conversation.compares_with_topic(reading.text) and self._named(reading):
            reading = self.reader.read(f"{about.title} {text}")
        ranked = self.rank(reading)
        kind, candidates = decide(ranked, self.thresholds, self.origin_of)
        if kind is DecisionKind.CHOOSE and len(self._sides(reading)) > 1:
            kind = DecisionKind.ANSWER
        nearest = _nearest(ranked) if kind is DecisionKind.REFUSE else ()
        decision = Decision(text, kind, candidates, reading.facet, nearest=nearest, considered=tuple(ranked))
        return self._answered(decision, reading) if kind is DecisionKind.ANSWER else decision

    def rank(self, reading: Reading) -> list[Candidate]:
        """Return the best concepts, best first."""
        weighed = self.weigher.weigh(reading)
        scores = self.thresholds.confidences(tuple(weighed.values()))
        best = sorted(zip(scores, weighed, strict=True), key=lambda item: (-item[0], item[1]))[:CONSIDERED]
        told = [(match.term.owners, match.told(reading.text, reading.given)) for match in reading.matches]
        return [
            Candidate(
                self.library.concepts[number],
                round(100 * score, 2),
                tuple([term for owners, term in told if number in owners]),
                weighed[number],
            )
            for score, number in best
        ]

    def origin_of(self, candidate: Candidate) -> str:
        """Return the heading that a candidate answers, or its id where it answers none."""
        return self.library.answers_to(candidate.concept)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Concept, ...]:
        """Return concepts that have a name beginning with what was typed, pinyin included, best first."""
        return tuple(self.library.concepts[number] for number in self.completions.find(prefix)[:limit])

    def _answered(self, decision: Decision, reading: Reading) -> Decision:
        """Add what to show: of a comparison the passage that makes it, or both concepts side by side."""
        concept = decision.candidates[0].concept
        note = OTHER_NUMBERS if has_other_numbers(concept, reading.text) else None
        sides = self._sides(reading)
        if len(sides) < 2 or concept not in sides:
            passage = best_passage(concept, decision.facet, reading.folded)
            return replace(decision, passage=passage, note=note)
        known = (concept, *sides, *(candidate.concept for candidate in decision.candidates))
        told = [(side, passage) for side in known if (passage := comparing_passage(side, sides))]
        if not told:
            return replace(decision, passage=best_passage(concept, None, ""), compare=sides)
        side, passage = told[0]
        return replace(decision, passage=passage, candidates=_first(side, decision.candidates))

    def _named(self, reading: Reading) -> tuple[Concept, ...]:
        """Return the concept that each name found stands for, in order."""
        owners = (match.term.owners for match in reading.matches if match.term.owners)
        best = (max(owned, key=lambda number: (owned[number], -number)) for owned in owners)
        return tuple(self.library.concepts[number] for number in dict.fromkeys(best))

    def _sides(self, reading: Reading) -> tuple[Concept, ...]:
        """Return the concepts that a query wants compared; none where it wants nothing such, or names a neighbour."""
        is_foreign = any(match.term.is_neighbour for match in reading.matches)
        if is_foreign or not conversation.is_comparison(reading.folded):
            return ()
        return self._named(reading)[: conversation.MAX_SIDES]

    def _is_follow_up(self, reading: Reading, about: Concept) -> bool:
        """Tell whether a text makes sense only about what was just discussed: it names nothing and adds nothing."""
        if reading.matches or not conversation.may_follow_up(reading.folded, len(reading.given), reading.facet):
            return False
        number = self.library.concepts.index(about) if about in self.library.concepts else -1
        allowed = NEW_ABOUT_PART if reading.facet else NEW
        heard = ((word, self.weigher.vocabulary.users(reading.parts[word.start : word.end])) for word in reading.words)
        return sum(word.salience for word, users in heard if number not in users) <= allowed

    def _continued(self, reading: Reading, about: Concept) -> Decision:
        candidate = Candidate(about, 100.0)
        passage = best_passage(about, reading.facet, reading.folded)
        return Decision(
            reading.text, DecisionKind.ANSWER, (candidate,), reading.facet, passage, considered=(candidate,)
        )


def _first(concept: Concept, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return candidates with those of one concept before all others."""
    own = tuple(c for c in candidates if c.concept is concept) or (Candidate(concept, candidates[0].score),)
    return (*own, *(c for c in candidates if c.concept is not concept))


def _nearest(ranked: Sequence[Candidate]) -> tuple[Concept, ...]:
    return tuple(candidate.concept for candidate in ranked[:2] if candidate.score >= NEAREST)


def _parsed(texts: Iterable[str], language: Language) -> list[tuple[Atom, ...]]:
    return [atoms(text, language) for text in texts]


def _parts(reader: Reader, texts: Iterable[Sequence[Atom]]) -> list[tuple[str, ...]]:
    return [tuple(atom.text for atom in reader.synonyms.canonical(given)) for given in texts]


def _latin(spoken: Iterable[tuple[list[tuple[Atom, ...]], list[tuple[Atom, ...]]]]) -> frozenset[str]:
    """Return the words of other script that the pack uses."""
    return frozenset(
        atom.text for pair in spoken for texts in pair for given in texts for atom in given if atom.text.isascii()
    )
