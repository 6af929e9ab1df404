"""Where the phrases of a rubric are met in an answer, affirmed or denied."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
        find = _joined(found, clause)
        if find and not _is_disordered(find, found) and not (find.is_neutral and len(step) == 1):
            is_denied = _is_denied_after(find, found, reading, clause)
            yield replace(find, is_affirmed=False) if is_denied else find


def _is_disordered(find: Find, found: Sequence[Occurrences]) -> bool:
    """Tell what is affirmed in another order than that of three groups: "已知结果求原因" is not 原因 + 求 + 结果."""
    return find.is_affirmed and len(found) >= ORDERED and not _can_ascend(found)


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
        if not _goes_on(reading, clause):
            continue
        found = [_group_in(group, reading, (clause, clause + 1)) for group in step]
        find = _joined(found, clause)
        if find and find.is_affirmed and not _is_denied_after(find, found, reading, clause + 1):
            yield find


def _goes_on(reading: Reading, clause: int) -> bool:
    """Tell whether the next clause is of the same sentence and about the same topic."""
    if clause + 1 >= len(reading.clauses):
        return False
    is_one = reading.clauses[clause].sentence == reading.clauses[clause + 1].sentence
    return is_one and reading.topics[clause] == reading.topics[clause + 1]


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
    terms = _held(group, reading, numbers)
    if len(terms) < group.needed:
        return []
    found = [
        Occurrence(
            span,
            reading.denier(span, number, is_free=term in group.free, is_subject=is_alone),
            _is_only_named(reading, span[0], number),
        )
        for term in terms
        for number in numbers
        for span in reading.occurrences(term, number)
    ]
    denied = [item for item in found if item.denied_at is not None]
    return denied if denied and group.needed > 1 else found


def _held(group: Group, reading: Reading, numbers: Sequence[int]) -> Collection[str]:
    """Return the terms of a group that stand in any of these clauses."""
    held = reading.holding(group.terms)
    return dict.fromkeys(term for number in numbers for term in held.get(number, ()))


def _is_only_named(reading: Reading, start: int, number: int) -> bool:
    clause_start = reading.clauses[number].start
    return is_replaced(reading.folded.text, start, clause_start) or is_asked(reading.folded.text, start, clause_start)


def _joined(found: Sequence[Occurrences], clause: int) -> Find | None:
    """Join one occurrence of each group into a find, affirmed ones first; no word counts for two groups.

    None where a group has no occurrence of its own.
    """
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
        find = _find(chosen, clause)
        is_listed = "、" in reading.folded.text[find.start : find.end]
        if not is_listed and not find.is_neutral and _is_ordered(chosen):
            yield find


def _is_ordered(chosen: Sequence[Occurrence]) -> bool:
    """Tell whether three groups and more come in their order."""
    starts = [item.span[0] for item in chosen]
    return len(starts) < ORDERED or starts == sorted(starts)


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
