"""Open answers: every key point hit, missed or contradicted, with the words that decided it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from bot.core.grading.gates import copied_spans, echoes, grams, is_question
from bot.core.grading.mark import PointMark, Verdict
from bot.core.grading.phrase import AnyOf, parse_phrase
from bot.core.grading.polarity import (
    denier,
    has_negator,
    is_diminished,
    is_diminishing_denied,
    is_replaced,
    names_problem,
)
from bot.core.grading.repair import Repairer
from bot.core.grading.subjects import Subjects
from bot.core.grading.terms import Terms
from bot.core.grading.text import Clause, Folded, clause_at
from bot.core.language import Language
from bot.core.library import KeyPoint, Rubric

LONGEST_EVIDENCE = 80
MAX_OCCURRENCES = 40
"""Of one term in one answer; the rest is repetition."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Find:
    """Words that speak for or against a point.

    Attributes:
        start, end: in the folded text.
        clause: the clause they stand in (the first, where they span two).
        is_affirmed: not denied by a negator in scope.
        is_neutral: it only names what something else takes the place of.
        is_bare: one term did, without another beside it.
    """

    start: int
    end: int
    clause: int
    is_affirmed: bool
    is_neutral: bool = False
    is_bare: bool = False


class Reading:
    """An answer read against one rubric: its clauses, their topics, and where terms occur."""

    def __init__(self, folded: Folded, subjects: Subjects, prompt: Folded, terms: Terms) -> None:
        self.folded = folded
        self.clauses, self.topics = subjects.read(folded)
        self._terms = terms
        asked = grams(prompt.text)
        self._void = tuple(self._is_void(clause, asked) for clause in self.clauses)
        self._copied = copied_spans(folded.text, prompt.text)
        self._found: dict[str, tuple[tuple[Span, ...], ...]] = {}

    def _is_void(self, clause: Clause, asked: frozenset[str]) -> bool:
        """Tell a clause that claims nothing: a question, or a copy of what was asked."""
        text = self.folded.text[clause.start : clause.end]
        closed = text + self.folded.text[clause.end : clause.end + 1]
        return is_question(closed.strip()) or (len(text) >= 8 and echoes(text, asked))

    def occurrences(self, term: str, clause: int) -> tuple[Span, ...]:
        """Return where a term stands in a clause that claims something."""
        by_clause = self._found.get(term)
        if by_clause is None:
            by_clause = self._found[term] = self._search(term)
        return by_clause[clause]

    def _search(self, term: str) -> tuple[tuple[Span, ...], ...]:
        spans: list[list[Span]] = [[] for _ in self.clauses]
        for match in islice(self._terms.pattern(term).finditer(self.folded.text), MAX_OCCURRENCES):
            number = clause_at(self.clauses, match.start())
            if number >= 0 and match.end() <= self.clauses[number].end and not self._void[number]:
                spans[number].append(match.span())
        return tuple(map(tuple, spans))

    def denier(self, span: Span, clause: int, *, is_free: bool = False, is_subject: bool = False) -> int | None:
        """Return where a span is denied in its clause; a free one only where its avoidance is ("不能解决退化")."""
        bounds = self.clauses[clause]
        if is_free:
            is_denied = is_diminishing_denied(self.folded.text, span[0], bounds.start)
            return bounds.start if is_denied else None
        return denier(self.folded.text, *span, (bounds.start, bounds.end), is_subject=is_subject)

    def is_echoed(self, find: Find) -> bool:
        """Tell whether the words of a find are only copied from the question."""
        return any(start <= find.start and find.end <= end for start, end in self._copied)

    def evidence(self, find: Find) -> str:
        """Return the learner's words around a find: its clause, or the find alone where the clause is long."""
        first = self.clauses[find.clause]
        last = self.clauses[max(find.clause, clause_at(self.clauses, max(find.start, find.end - 1)))]
        whole = self.folded.quote(first.start, last.end)
        return whole if len(whole) <= LONGEST_EVIDENCE else self.folded.quote(find.start, find.end)[:LONGEST_EVIDENCE]


@dataclass(frozen=True, slots=True)
class Group:
    """Interchangeable terms of a phrase.

    Attributes:
        free: those that the point itself denies or diminishes ("不被误删", "少漏检"): with or without a
            negator they state the same.
    """

    terms: tuple[str, ...]
    needed: int
    free: frozenset[str]


Step = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A key point made ready for matching.

    Attributes:
        topic: number of its subject; -1 for any.
        rivals: subjects that are easily swapped with its own.
        accepts: each phrase as steps.
        opposites: phrases that state the opposite by an antonym or by leaving the negator out.
        contradicts: what the author says contradicts.
    """

    key: KeyPoint
    topic: int
    rivals: frozenset[int]
    accepts: tuple[tuple[Step, ...], ...]
    opposites: tuple[Step, ...]
    contradicts: tuple[Step, ...]


class RubricReader:
    """A rubric made ready for matching."""

    def __init__(self, rubric: Rubric, prompt: Folded, terms: Terms, language: Language) -> None:
        self._terms = terms
        self.repairer = Repairer(_vocabulary(rubric, terms), language)
        self._prompt = prompt
        self.subjects = Subjects([point.of for point in rubric.points], prompt, terms)
        self.points = tuple(self._ready(point, rubric) for point in rubric.points)
        self.rubric = rubric

    def read(self, folded: Folded) -> Reading:
        """Read an answer against this rubric."""
        return Reading(folded, self.subjects, self._prompt, self._terms)

    def _ready(self, key: KeyPoint, rubric: Rubric) -> Point:
        accepts = tuple(self._steps(phrase, key.says) for phrase in key.accept)
        single = [steps[0] for steps in accepts if len(steps) == 1]
        return Point(
            key=key,
            topic=self.subjects.names.index(key.of) if key.of else -1,
            rivals=self._rivals(key, rubric),
            accepts=tuple(steps for steps in accepts if steps),
            opposites=tuple(opposite for step in single for opposite in self._opposites(step)),
            contradicts=tuple(step for phrase in key.contradict for step in self._steps(phrase, "")),
        )

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
        if names_problem(self._terms.fold(term)):
            return True
        for match in self._terms.pattern(term).finditer(says):
            start = _sentence_start(says, match.start())
            has_negator_before = has_negator(says[max(start, match.start() - 4) : match.start()])
            if denier(says, *match.span(), (start, len(says))) is not None:
                return True
            if is_diminished(says, match.start(), start) and not has_negator_before:
                return True
        return False

    def _opposites(self, step: Step) -> Iterator[Step]:
        """Yield the step with one group turned into its opposite, once for each group that has one."""
        for number, group in enumerate(step if len(step) > 1 else ()):
            turned = [other for term in group.terms for other in self._terms.opposites(term)]
            turned += filter(None, (self._terms.bare(term) for term in group.terms))
            if turned and group.needed == 1:
                yield (*step[:number], Group(tuple(dict.fromkeys(turned)), 1, frozenset()), *step[number + 1 :])


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
    return tuple(_mark(point, reading) for point in reader.points)


def _mark(point: Point, reading: Reading) -> PointMark:
    for step in point.contradicts:
        wrong = _first(
            find for find in _claimed(step, reading) if find.is_affirmed and _is_on_topic(point, reading, find)
        )
        if wrong:
            return _marked(point, reading, Verdict.CONTRADICTED, wrong, "contradict")
    finds = [find for steps in point.accepts for find in _accepted(steps, reading) if not reading.is_echoed(find)]
    own = [find for find in finds if _is_on_topic(point, reading, find)]
    opposed = [find for find in _opposed(point, reading) if _is_on_topic(point, reading, find)]
    denied = [find for find in own if not find.is_affirmed]
    hit = _first(find for find in own if find.is_affirmed and not _is_undone(find, (*denied, *opposed)))
    if hit:
        return _marked(point, reading, Verdict.HIT, hit)
    swapped = _first(find for find in finds if find.is_affirmed and _is_rival(point, reading, find))
    if swapped:
        return _marked(point, reading, Verdict.CONTRADICTED, swapped, "swapped")
    for note, against in (("denied", denied), ("opposite", opposed)):
        if against:
            return _marked(point, reading, Verdict.CONTRADICTED, against[0], note)
    return PointMark(point.key.id, point.key.says, Verdict.MISSED, None, point.key.weight)


def _opposed(point: Point, reading: Reading) -> Iterator[Find]:
    return (find for step in point.opposites for find in _claimed(step, reading) if find.is_affirmed)


def _is_undone(hit: Find, against: Iterable[Find]) -> bool:
    """Tell a bare name beside the denial of what it does: "OHEM 挑简单样本" names OHEM and gets it wrong."""
    return hit.is_bare and any(find.clause == hit.clause and not find.is_bare for find in against)


def _first(finds: Iterable[Find]) -> Find | None:
    return next(iter(finds), None)


def _marked(point: Point, reading: Reading, verdict: Verdict, find: Find, note: str = "") -> PointMark:
    return PointMark(point.key.id, point.key.says, verdict, reading.evidence(find), point.key.weight, note)


def _is_on_topic(point: Point, reading: Reading, find: Find) -> bool:
    """Tell whether a clause is about the point's subject; one that is about nothing in particular may be."""
    topics = reading.topics[find.clause]
    return point.topic < 0 or not topics or point.topic in topics


def _is_rival(point: Point, reading: Reading, find: Find) -> bool:
    return bool(reading.topics[find.clause] & point.rivals)


def _accepted(steps: tuple[Step, ...], reading: Reading) -> Iterator[Find]:
    if len(steps) == 1:
        yield from _in_clauses(steps[0], reading)
        yield from _across_clauses(steps[0], reading)
    else:
        yield from _in_order(steps, reading)


def _in_clauses(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where all groups of a step stand in one clause."""
    for clause in range(len(reading.clauses)):
        found = [_group_in(group, reading, (clause,), is_alone=len(step) == 1) for group in step]
        find = _joined(found, clause) if all(found) else None
        if find and not (find.is_neutral and len(step) == 1):
            yield find


def _across_clauses(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where a step is spread over two neighbouring clauses of one sentence and one topic."""
    if len(step) < 2 and all(group.needed == 1 for group in step):
        return
    for clause in range(len(reading.clauses) - 1):
        both = (clause, clause + 1)
        is_one = reading.clauses[clause].sentence == reading.clauses[clause + 1].sentence
        if not is_one or reading.topics[clause] != reading.topics[clause + 1]:
            continue
        found = [_group_in(group, reading, both) for group in step]
        if all(found):
            find = _joined(found, clause)
            if find.is_affirmed:
                yield find


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term of a group in the text.

    Attributes:
        denied_at: where the negator stands that denies it; None where it is affirmed.
    """

    span: Span
    denied_at: int | None
    is_replaced: bool = False


Occurrences = list[Occurrence]


def _group_in(group: Group, reading: Reading, numbers: Sequence[int], *, is_alone: bool = False) -> Occurrences:
    """Return where a group's terms stand in these clauses; empty where too few of them do."""
    found: Occurrences = []
    seen = 0
    for term in group.terms:
        spans = [(span, number) for number in numbers for span in reading.occurrences(term, number)]
        seen += bool(spans)
        is_free = term in group.free
        found += [
            Occurrence(
                span,
                reading.denier(span, number, is_free=is_free, is_subject=is_alone),
                is_replaced(reading.folded.text, span[0], reading.clauses[number].start),
            )
            for span, number in spans
        ]
    return found if seen >= group.needed else []


def _joined(found: Sequence[Occurrences], clause: int) -> Find:
    """Join one occurrence of each group, affirmed ones first, into a find."""
    return _find(tuple(max(group, key=lambda item: (item.denied_at is None, -item.span[0])) for group in found), clause)


def _find(chosen: Sequence[Occurrence], clause: int) -> Find:
    start, end = min(item.span[0] for item in chosen), max(item.span[1] for item in chosen)
    is_neutral = any(item.is_replaced for item in chosen)
    is_affirmed = all(item.denied_at is None or _is_own(item.denied_at, chosen) for item in chosen)
    return Find(start, end, clause, is_affirmed, is_neutral, len(chosen) == 1)


def _is_own(place: int, chosen: Sequence[Occurrence]) -> bool:
    """Tell a negator that belongs to a term of the phrase itself ("没有 + 梯度", "不变")."""
    return any(item.span[0] <= place < item.span[1] for item in chosen)


def _claimed(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where a step is claimed outright: tight, within one item of an enumeration, three groups in their order.

    What contradicts must be read narrowly: "尾部过采样、头部欠采样" does not say 头部过采样.
    """
    for clause in range(len(reading.clauses)):
        found = [_group_in(group, reading, (clause,), is_alone=len(step) == 1) for group in step]
        if not all(found):
            continue
        chosen = min(product(*(group[:5] for group in found[:4])), key=_width)
        starts = [item.span[0] for item in chosen]
        inside = reading.folded.text[min(starts) : max(item.span[1] for item in chosen)]
        find = _find(chosen, clause)
        if "、" not in inside and not find.is_neutral and (len(chosen) < 3 or starts == sorted(starts)):
            yield find


def _width(chosen: Sequence[Occurrence]) -> int:
    return max(item.span[1] for item in chosen) - min(item.span[0] for item in chosen)


def _in_order(steps: tuple[Step, ...], reading: Reading) -> Iterator[Find]:
    """Yield one find over all steps where they come in this order; denied where they come in the reverse."""
    finds = [sorted(_in_clauses(step, reading), key=lambda find: find.start) for step in steps]
    if not all(finds):
        return
    if len(steps) > 4:
        finds = [step[:4] for step in finds]
    is_found = any(_ascends(choice) for choice in product(*(step[:6] for step in finds)))
    first = finds[0][0]
    if is_found or _ascends(tuple(step[0] for step in reversed(finds))):
        yield Find(first.start, first.end, first.clause, is_found)


def _ascends(finds: Sequence[Find]) -> bool:
    starts = [find.start for find in finds]
    return starts == sorted(set(starts))
