"""Where the phrases of a rubric are met in an answer, affirmed or denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.core.grading.text.polarity import denied_after, is_asked, is_replaced
from bot.core.grading.text.reading import Find, Reading, Span

ORDERED = 3
"""Groups of a phrase from which on they must come in the order written."""


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


def accepted(steps: tuple[Step, ...], reading: Reading) -> Iterator[Find]:
    """Yield where an accepted phrase is met, affirmed or denied."""
    if len(steps) == 1:
        yield from _in_clauses(steps[0], reading)
        yield from _across_clauses(steps[0], reading)
    else:
        yield from _in_order(steps, reading)


def _in_clauses(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where all groups of a step stand in one clause."""
    for clause in _holding_all(step, reading):
        found = [_group_in(group, reading, (clause,), is_alone=len(step) == 1) for group in step]
        find = _joined(found, clause) if all(found) else None
        if find and find.is_affirmed and len(step) >= ORDERED and not _can_ascend(found):
            continue  # "已知结果求原因" is not 原因 + 求 + 结果
        if find and not (find.is_neutral and len(step) == 1):
            is_denied = _is_denied_after(find, found, reading, clause)
            yield replace(find, is_affirmed=False) if is_denied else find


def _holding_all(step: Step, reading: Reading, reach: int = 0) -> list[int]:
    """Return the clauses in which, or in as many further ones as `reach`, every group of a step has a term."""
    common: set[int] | None = None
    for group in step:
        held = reading.holding(group.terms)
        near = {clause - back for clause in held for back in range(reach + 1)}
        common = near if common is None else common & near
        if not common:
            return []
    return sorted(clause for clause in common or () if clause >= 0)


def _is_denied_after(find: Find, found: Sequence[Occurrences], reading: Reading, clause: int) -> bool:
    """Tell a find that a denial follows which is no term of the phrase itself ("批次大小 无关")."""
    place = denied_after(reading.folded.text, find.end, reading.clauses[clause].end)
    return bool(place) and not any(item.span[0] in place for group in found for item in group)


def _can_ascend(found: Sequence[Occurrences]) -> bool:
    """Tell whether one occurrence of each group can be taken so that they come in the order of the groups."""
    at = -1
    for group in found:
        later = [item.span[0] for item in group if item.span[0] > at]
        if not later:
            return False
        at = min(later)
    return True


def _across_clauses(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where a step is spread over two neighbouring clauses of one sentence and one topic."""
    if len(step) < 2 and all(group.needed == 1 for group in step):
        return
    for clause in _holding_all(step, reading, reach=1):
        if clause + 1 >= len(reading.clauses):
            continue
        both = (clause, clause + 1)
        is_one = reading.clauses[clause].sentence == reading.clauses[clause + 1].sentence
        if not is_one or reading.topics[clause] != reading.topics[clause + 1]:
            continue
        found = [_group_in(group, reading, both) for group in step]
        find = _joined(found, clause) if all(found) else None
        if find and find.is_affirmed and not _is_denied_after(find, found, reading, clause + 1):
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
    held = reading.holding(group.terms)
    for term in dict.fromkeys(term for number in numbers for term in held.get(number, ())):
        spans = [(span, number) for number in numbers for span in reading.occurrences(term, number)]
        seen += bool(spans)
        is_free = term in group.free
        found += [
            Occurrence(
                span,
                reading.denier(span, number, is_free=is_free, is_subject=is_alone),
                _is_only_named(reading, span[0], number),
            )
            for span, number in spans
        ]
    if group.needed > 1 and any(item.denied_at is not None for item in found):
        found = [item for item in found if item.denied_at is not None]
    return found if seen >= group.needed else []


def _is_only_named(reading: Reading, start: int, number: int) -> bool:
    clause_start = reading.clauses[number].start
    return is_replaced(reading.folded.text, start, clause_start) or is_asked(reading.folded.text, start, clause_start)


def _joined(found: Sequence[Occurrences], clause: int) -> Find | None:
    """Join one occurrence of each group into a find, affirmed ones first; no word counts for two groups."""
    chosen: list[Occurrence] = []
    for group in sorted(found, key=len):
        apart = [item for item in group if not any(_overlap(item.span, other.span) for other in chosen)]
        if not apart:
            return None
        chosen.append(max(apart, key=lambda item: (item.denied_at is None, -item.span[0])))
    return _find(chosen, clause)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _find(chosen: Sequence[Occurrence], clause: int) -> Find:
    start, end = min(item.span[0] for item in chosen), max(item.span[1] for item in chosen)
    is_neutral = any(item.is_replaced for item in chosen)
    is_affirmed = all(item.denied_at is None or _is_own(item.denied_at, chosen) for item in chosen)
    return Find(start, end, clause, is_affirmed, is_neutral, len(chosen) == 1)


def _is_own(place: int, chosen: Sequence[Occurrence]) -> bool:
    """Tell a negator that belongs to a term of the phrase itself ("没有 + 梯度", "不变")."""
    return any(item.span[0] <= place < item.span[1] for item in chosen)


def claimed(step: Step, reading: Reading) -> Iterator[Find]:
    """Yield where a step is claimed outright: tight, within one item of an enumeration, three groups in their order.

    What contradicts must be read narrowly: "尾部过采样、头部欠采样" does not say 头部过采样.
    """
    for clause in _holding_all(step, reading):
        found = [_group_in(group, reading, (clause,), is_alone=len(step) == 1) for group in step]
        if not all(found):
            continue
        chosen = min(product(*(group[:5] for group in found[:4])), key=_width)
        starts = [item.span[0] for item in chosen]
        inside = reading.folded.text[min(starts) : max(item.span[1] for item in chosen)]
        find = _find(chosen, clause)
        if "、" not in inside and not find.is_neutral and (len(chosen) < ORDERED or starts == sorted(starts)):
            yield find


def _width(chosen: Sequence[Occurrence]) -> int:
    return max(item.span[1] for item in chosen) - min(item.span[0] for item in chosen)


def _in_order(steps: tuple[Step, ...], reading: Reading) -> Iterator[Find]:
    """Yield a find over all steps where they come in this order; denied where they come in the reverse.

    Where one clause holds all steps, the order within it counts, else that over the whole answer.
    """
    finds = [sorted(_in_clauses(step, reading), key=lambda find: find.start) for step in steps]
    if not all(finds):
        return
    together = set.intersection(*({find.clause for find in step} for step in finds))
    for clause in sorted(together):
        yield from _sequence([[find for find in step if find.clause == clause] for step in finds])
    if not together:
        yield from _sequence(finds)


def _sequence(finds: Sequence[Sequence[Find]]) -> Iterator[Find]:
    first = finds[0][0]
    is_found = _in_sequence(finds)
    if is_found or _in_sequence(finds[::-1]):
        yield Find(first.start, first.end, first.clause, is_found)


def _in_sequence(finds: Sequence[Sequence[Find]]) -> bool:
    """Tell whether one find of each step can be taken so that each begins after the one before."""
    at = -1
    for step in finds:
        later = [find.start for find in step if find.start > at]
        if not later:
            return False
        at = later[0]
    return True
