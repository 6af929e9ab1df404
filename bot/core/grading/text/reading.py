"""An answer read against a rubric: its clauses and their topics, and where terms stand in it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from bot.core.grading.points.gates import copied_spans, echoes, grams, is_question
from bot.core.grading.points.terms import Pole, Terms
from bot.core.grading.text.folding import Clause, Folded, clause_at
from bot.core.grading.text.polarity import is_alternative, is_worsened
from bot.core.grading.text.subjects import Subjects

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
        self._subjects = subjects
        self._mentions = subjects.mentions(folded)
        self.clauses, self.topics = subjects.read(folded, self._mentions)
        self._terms = terms
        asked = grams(prompt.text)
        self._void = tuple(self._is_void(clause, asked) for clause in self.clauses)
        self._copied = copied_spans(folded.text, prompt.text)
        self._found: dict[str, Mapping[int, Sequence[Span]]] = {}
        self._held: dict[tuple[str, ...], Mapping[int, Sequence[str]]] = {}

    def _is_void(self, clause: Clause, asked: frozenset[str]) -> bool:
        """Tell a clause that claims nothing: a question, or a copy of what was asked."""
        text = self.folded.text[clause.start : clause.end]
        closed = text + self.folded.text[clause.end : clause.end + 1]
        return is_question(closed.strip()) or (len(text) >= 8 and echoes(text, asked))

    def occurrences(self, term: str, clause: int) -> Sequence[Span]:
        """Return where a term stands in a clause that claims something."""
        return self._located(term).get(clause, ())

    def holding(self, terms: tuple[str, ...]) -> Mapping[int, Sequence[str]]:
        """Return the clauses in which any of these terms stands, each with those that do."""
        held = self._held.get(terms)
        if held is None:
            by_clause: dict[int, list[str]] = {}
            for term in terms:
                for clause in self._located(term):
                    by_clause.setdefault(clause, []).append(term)
            held = self._held[terms] = by_clause
        return held

    def _located(self, term: str) -> Mapping[int, Sequence[Span]]:
        found = self._found.get(term)
        if found is None:
            found = self._found[term] = self._search(term)
        return found

    def _search(self, term: str) -> dict[int, list[Span]]:
        spans: dict[int, list[Span]] = {}
        if not self._terms.may_stand_in(self.folded.text, term):
            return spans
        for match in islice(self._terms.pattern(term).finditer(self.folded.text), MAX_OCCURRENCES):
            number = clause_at(self.clauses, match.start())
            is_whole = number >= 0 and match.end() <= self.clauses[number].end
            is_whole = is_whole and not is_alternative(self.folded.text, match.start())
            if is_whole and not self._void[number] and not self._is_part_of_name(match.span()):
                spans.setdefault(number, []).append(match.span())
        return spans

    def _is_part_of_name(self, span: Span) -> bool:
        """Tell what stands inside the longer name of something else: the 变 of 可变形卷积, the RCNN of Fast RCNN."""
        for mention in self._mentions:
            if mention.start <= span[0] and span[1] <= mention.end and span != (mention.start, mention.end):
                own = self._subjects.named(self.folded.text[slice(*span)])
                return bool(own and own.isdisjoint(mention.subjects)) or span[1] - span[0] == 1
        return False

    def denier(self, span: Span, clause: int, *, is_free: bool = False, is_subject: bool = False) -> int | None:
        """Return where a span is denied in its clause; a free one only where its avoidance is ("不能解决退化")."""
        bounds = self.clauses[clause]
        if is_free:
            is_denied = self._terms.negators.is_diminishing_denied(self.folded.text, span[0], bounds.start)
            is_denied = is_denied or is_worsened(self.folded.text, *span, bounds.start)
            return bounds.start if is_denied else None
        return self._terms.negators.denier(self.folded.text, span, (bounds.start, bounds.end), is_subject=is_subject)

    def is_echoed(self, find: Find) -> bool:
        """Tell whether the words of a find are only copied from the question."""
        return any(start <= find.start and find.end <= end for start, end in self._copied)

    def is_turned(self, find: Find, against: AbstractSet[Pole]) -> bool:
        """Tell whether the clauses of a find say the opposite by an odd number of antonyms.

        Args:
            against: the poles that turn the point round; one counts only where its other side is not named as well.
        """
        if not against:
            return False
        first, last = self.clauses[find.clause], self.clauses[max(find.clause, clause_at(self.clauses, find.end - 1))]
        text, bounds = self.folded.text, (first.start, last.end)
        affirmed = {
            pole
            for pole, start, end in self._terms.poles(text[slice(*bounds)])
            if self._terms.negators.denier(text, (first.start + start, first.start + end), bounds) is None
        }
        turned = {(pair, side) for pair, side in affirmed & against if (pair, 1 - side) not in affirmed}
        return len(turned) % 2 == 1

    def evidence(self, find: Find) -> str:
        """Return the learner's words around a find: its clause, or the find alone where the clause is long."""
        first = self.clauses[find.clause]
        last = self.clauses[max(find.clause, clause_at(self.clauses, max(find.start, find.end - 1)))]
        whole = self.folded.quote(first.start, last.end)
        return whole if len(whole) <= LONGEST_EVIDENCE else self.folded.quote(find.start, find.end)[:LONGEST_EVIDENCE]
