"""Weighs what a query offers for and against each concept that comes into question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.retrieval.evidence.confidence import Evidence
from bot.core.retrieval.evidence.scale import FAR, Near, Piece, Scale
from bot.core.retrieval.evidence.titles import Query, TitleIndex
from bot.core.retrieval.query.conversation import is_comparison
from bot.core.retrieval.query.normalise import is_han
from bot.core.retrieval.query.reading import Reading
from bot.core.retrieval.query.terms import Match
from bot.core.retrieval.query.words import Vocabulary, Word

MAX_CONCEPTS = 16
"""Concepts that are weighed for one query."""
HITS = 12
UNHEARD_FROM = 0.4
"""Salience from which it counts that the pack never uses a word."""


def _nearer(one: Mapping[int, Near], other: Mapping[int, Near]) -> dict[int, Near]:
    """Join two measurements, taking the nearer of each concept."""
    joined = dict(one)
    for number, near in other.items():
        known = joined.get(number)
        joined[number] = near if known is None else (max(known[0], near[0]), max(known[1], near[1]))
    return dict(sorted(joined.items(), key=lambda item: (-item[1][0], item[0])))


@dataclass(frozen=True)
class Texts:
    """Texts that speak for concepts: their index, and whose each is."""

    index: TitleIndex
    owners: tuple[int, ...]

    @classmethod
    def build(cls, texts: Iterable[tuple[int, Sequence[str]]]) -> Texts:
        """Index texts given as (concept number, atoms)."""
        kept = [(owner, parts) for owner, parts in texts if parts]
        return cls(TitleIndex.build(parts for _, parts in kept), tuple(owner for owner, _ in kept))

    def nearest(self, query: Query) -> dict[int, Near]:
        """Return how near the nearest text of each concept is, nearest first."""
        found: dict[int, Near] = {}
        owners = self.owners
        for number, likeness, share in zip(*self.index.nearest(query, HITS * 2), strict=True):
            owner = owners[number]
            before = found.get(owner)
            if before is None:
                found[owner] = likeness, share
            elif likeness > before[0] or share > before[1]:
                found[owner] = max(before[0], likeness), max(before[1], share)
        return found


@dataclass(frozen=True)
class Weigher:
    """Turns a reading into evidence.

    Attributes:
        phrases: names, cues and prompts.
        sentences: of explanations, key points and model answers.
    """

    vocabulary: Vocabulary
    phrases: Texts
    sentences: Texts

    def weigh(self, reading: Reading) -> dict[int, Evidence]:
        """Return the evidence for each concept in question, by its number."""
        pieces = [*map(self._of_match, reading.matches), *(self._of_word(word, reading) for word in reading.words)]
        pieces.sort(key=lambda piece: piece.start)
        content, corrected = reading.content, reading.corrected
        said = Query.of(content)
        phrase = self.phrases.nearest(said)
        if len(content) < len(corrected):
            phrase = _nearer(self.phrases.nearest(Query.of(corrected)), phrase)
        sentence = self.sentences.nearest(said)
        scale = Scale.of(pieces, is_comparing=is_comparison(reading.folded))
        questioned = self._questioned(pieces, phrase, sentence)
        return {
            number: scale.weigh(number, phrase.get(number, FAR), sentence.get(number, FAR)) for number in questioned
        }

    def _questioned(
        self, pieces: Sequence[Piece], phrase: Mapping[int, Near], sentence: Mapping[int, Near]
    ) -> Iterable[int]:
        named = (number for piece in pieces if piece.match for number in piece.match.term.owners)
        likely = (*named, *list(phrase)[:HITS], *list(sentence)[:HITS])
        return list(dict.fromkeys(likely))[:MAX_CONCEPTS]

    def _of_match(self, match: Match) -> Piece:
        users = dict(self.vocabulary.users(match.term.parts))
        for number, strength in match.term.owners.items():
            users[number] = max(strength, users.get(number, 0.0))
        weight = 0.6 + 0.4 * self.vocabulary.rarity(len(users))
        return Piece(match.start, match.end, weight, users, match)

    def _of_word(self, word: Word, reading: Reading) -> Piece:
        parts = reading.parts[word.start : word.end]
        users = self.vocabulary.users(parts)
        weight = word.salience * (0.4 + 0.6 * self.vocabulary.rarity(len(users)))
        is_unheard = not users and word.salience >= UNHEARD_FROM and not word.text.isdigit()
        return Piece(word.start, word.end, weight, users, None, is_unheard, is_han(word.text))
