"""Open answers: every key point hit, missed or contradicted, with the words that decided it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from bot.core.grading.mark import PointMark, Verdict
from bot.core.grading.points.matching import Group, Step, accepted, claimed
from bot.core.grading.points.phrase import AnyOf, parse_phrase
from bot.core.grading.points.terms import Pole, Terms
from bot.core.grading.rubric import KeyPoint, Rubric
from bot.core.grading.text.ellipsis import filled
from bot.core.grading.text.folding import Folded
from bot.core.grading.text.polarity import Negators, Span, is_diminished
from bot.core.grading.text.reading import Find, Reading
from bot.core.grading.text.subjects import Subjects
from bot.core.grading.text.typos import Repairer
from bot.core.language.characters import Language


@dataclass(frozen=True, slots=True)
class Point:
    """A key point made ready for matching.

    Attributes:
        topic: number of its subject; -1 for any.
        rivals: subjects that are easily swapped with its own.
        accepts: each phrase as steps.
        opposites: phrases that state the opposite by an antonym or by leaving the negator out.
        contradicts: what the author says contradicts.
        against: poles that turn the point round: it names the other side and no right answer names this one.
        is_negative: it says what its subject does not do or have.
    """

    key: KeyPoint
    topic: int
    rivals: frozenset[int]
    accepts: tuple[tuple[Step, ...], ...]
    opposites: tuple[Step, ...]
    contradicts: tuple[Step, ...]
    against: frozenset[Pole] = frozenset()
    is_negative: bool = False


class RubricReader:
    """A rubric made ready for matching."""

    def __init__(
        self, rubric: Rubric, prompt: Folded, terms: Terms, language: Language, models: Sequence[str] = ()
    ) -> None:
        self._terms = terms
        self._said = self._poles((prompt.text, *map(terms.fold, models)))
        self.repairer = Repairer(_vocabulary(rubric, terms), language, terms.known)
        self._prompt = prompt
        self.subjects = Subjects([point.of for point in rubric.points], prompt, terms)
        self.points = tuple(self._ready(point, rubric) for point in rubric.points)
        self.rubric = rubric

    def read(self, folded: Folded) -> Reading:
        """Read an answer against this rubric."""
        return Reading(filled(folded, self.subjects), self.subjects, self._prompt, self._terms)

    def _ready(self, key: KeyPoint, rubric: Rubric) -> Point:
        accepts = tuple(filter(None, (self._steps(phrase, key.says) for phrase in key.accept)))
        single = [steps[0] for steps in accepts if len(steps) == 1]
        return Point(
            key=key,
            topic=self.subjects.names.index(key.of) if key.of else -1,
            rivals=self._rivals(key, rubric),
            accepts=accepts,
            opposites=tuple(chain.from_iterable(map(self._opposites, single))),
            contradicts=tuple(chain.from_iterable(self._steps(phrase, "") for phrase in key.contradict)),
            against=self._against(key),
            is_negative=self._terms.negators.has_negator(self._terms.fold(key.says)),
        )

    def _poles(self, texts: Iterable[str]) -> frozenset[Pole]:
        return frozenset(pole for text in texts for pole, _, _ in self._terms.poles(text))

    def _against(self, key: KeyPoint) -> frozenset[Pole]:
        own = self._poles([self._terms.fold(key.says)])
        terms = (self._terms.fold(term) for phrase in key.accept for term in parse_phrase(phrase).terms)
        return frozenset((pair, 1 - side) for pair, side in own) - own - self._said - self._poles(terms)

    def _rivals(self, key: KeyPoint, rubric: Rubric) -> frozenset[int]:
        of = {point.id: point.of for point in rubric.points}
        others = {of[name] for group in rubric.contrast if key.id in group for name in group if name in of}
        return frozenset(self.subjects.names.index(name) for name in others - {key.of, ""}) if key.of else frozenset()

    def _steps(self, phrase: str, says: str) -> tuple[Step, ...]:
        return tuple(tuple(self._group(group, says) for group in step) for step in parse_phrase(phrase).steps)

    def _group(self, group: AnyOf, says: str) -> Group:
        folded = self._terms.fold(says)
        return Group(group.terms, group.needed, frozenset(term for term in group.terms if self._is_free(term, folded)))

    def _is_free(self, term: str, says: str) -> bool:
        """Tell a term that the point itself denies, or says to be avoided; denied avoidance ("避免不稳定") affirms."""
        negators = self._terms.negators
        if negators.names_problem(self._terms.fold(term)):
            return True
        if not self._terms.may_stand_in(says, term):
            return False
        found = self._terms.pattern(term).finditer(says)
        return any(_is_free_at(negators, says, match.span()) for match in found)

    def _opposites(self, step: Step) -> Iterator[Step]:
        """Yield the step with one group turned into its opposite, once for each group that has one."""
        for number, group in enumerate(step if len(step) > 1 else ()):
            turned = [other for term in group.terms for other in self._terms.opposites(term)]
            turned += filter(None, (self._terms.bare(term) for term in group.terms))
            if turned and group.needed == 1:
                yield (*step[:number], Group(tuple(dict.fromkeys(turned)), 1, frozenset()), *step[number + 1 :])


def _is_free_at(negators: Negators, says: str, span: Span) -> bool:
    """Tell a term of a point that is denied, or said to be avoided, where it stands in the point."""
    start = _sentence_start(says, span[0])
    before = says[start : span[0]]
    if negators.denier(says, span, (start, len(says))) is not None or _is_denied_closely(negators, before):
        return True
    return is_diminished(says, span[0], start) and not negators.has_negator(before[-4:])


def _is_denied_closely(negators: Negators, before: str) -> bool:
    """Tell that a bare 不 stands a verb and a word away at most: the 个体 of "不区分同类个体"."""
    return bool(re.search(r"不[㐀-鿿]{2,4}$", before)) and negators.has_negator(before[-5:])


def _vocabulary(rubric: Rubric, terms: Terms) -> frozenset[str]:
    """Return every term of a rubric, folded."""
    return frozenset(
        terms.fold(term)
        for point in rubric.points
        for phrase in (*point.accept, *point.contradict, point.of)
        for term in parse_phrase(phrase).terms
    )


def _sentence_start(text: str, index: int) -> int:
    return max(text.rfind(mark, 0, index) for mark in ",。;:") + 1


def mark_points(reader: RubricReader, reading: Reading) -> tuple[PointMark, ...]:
    """Mark every point of a rubric."""
    finds = {point.key.id: _finds(point, reading) for point in reader.points}
    own = {
        (point.topic, find.clause)
        for point in reader.points
        for find in finds[point.key.id]
        if find.is_affirmed and point.topic in reading.topics[find.clause]
    }
    return tuple(
        _mark(point, [*finds[point.key.id], *_by_contrast(point, reader, finds)], own, reading)
        for point in reader.points
    )


def _by_contrast(point: Point, reader: RubricReader, finds: Mapping[str, Sequence[Find]]) -> Iterator[Find]:
    """Yield where a rival's claim is denied, for a point that says what its subject does not do or have."""
    for rival in reader.points if point.is_negative else ():
        if rival.topic in point.rivals:
            yield from (replace(find, is_affirmed=True) for find in finds[rival.key.id] if not find.is_affirmed)


def _finds(point: Point, reading: Reading) -> list[Find]:
    return [find for steps in point.accepts for find in accepted(steps, reading) if not reading.is_echoed(find)]


def _mark(point: Point, finds: Sequence[Find], own_claims: AbstractSet[tuple[int, int]], reading: Reading) -> PointMark:
    """Mark a point.

    Args:
        own_claims: (subject, clause) where a subject is rightly said to be what it is; what stands there swaps nothing.
    """
    verdict, find, note = _judged(point, finds, own_claims, reading)
    evidence = reading.evidence(find) if find else None
    return PointMark(point.key.id, point.key.says, verdict, evidence, point.key.weight, note)


def _judged(
    point: Point, finds: Sequence[Find], own_claims: AbstractSet[tuple[int, int]], reading: Reading
) -> tuple[Verdict, Find | None, str]:
    """Return the verdict on a point, what decides it, and the kind of contradiction."""
    wrong = _first(_claims(point, point.contradicts, reading))
    if wrong:
        return Verdict.CONTRADICTED, wrong, "contradict"
    own = list(_on_topic(point, finds, reading))
    opposed = list(_claims(point, point.opposites, reading))
    denied = [find for find in own if not find.is_affirmed]
    sound = _sound(own, (*denied, *opposed))
    hit = _first(find for find in sound if not reading.is_turned(find, point.against))
    if hit:
        return Verdict.HIT, hit, ""
    swapped = _swapped(point, finds, own_claims, reading)
    for note, against in (("swapped", swapped), ("denied", denied), ("opposite", [*opposed, *sound])):
        if against:
            return Verdict.CONTRADICTED, against[0], note
    return Verdict.MISSED, None, ""


def _claims(point: Point, steps: Iterable[Step], reading: Reading) -> Iterator[Find]:
    """Yield where any of these steps is claimed outright of the point's subject."""
    finds = (find for step in steps for find in claimed(step, reading) if find.is_affirmed)
    return _on_topic(point, finds, reading)


def _sound(own: Sequence[Find], against: Sequence[Find]) -> Sequence[Find]:
    return [find for find in own if find.is_affirmed and not _is_undone(find, against)]


def _swapped(
    point: Point, finds: Sequence[Find], own_claims: AbstractSet[tuple[int, int]], reading: Reading
) -> Sequence[Find]:
    """Return where the point is said of a rival."""
    return [find for find in finds if find.is_affirmed and _is_rival(point, reading, find, own_claims)]


def _is_undone(hit: Find, against: Iterable[Find]) -> bool:
    """Tell a bare name beside the denial of what it does: "OHEM 挑简单样本" names OHEM and gets it wrong."""
    return hit.is_bare and any(find.clause == hit.clause and not find.is_bare for find in against)


def _first(finds: Iterable[Find]) -> Find | None:
    return next(iter(finds), None)


def _on_topic(point: Point, finds: Iterable[Find], reading: Reading) -> Iterator[Find]:
    """Yield what stands in a clause about the point's subject; one that is about nothing in particular may be."""
    for find in finds:
        topics = reading.topics[find.clause]
        if point.topic < 0 or not topics or point.topic in topics:
            yield find


def _is_rival(point: Point, reading: Reading, find: Find, own_claims: AbstractSet[tuple[int, int]]) -> bool:
    rivals = reading.topics[find.clause] & point.rivals
    return bool(rivals) and not any((rival, find.clause) in own_claims for rival in rivals)
