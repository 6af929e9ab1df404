"""Choice, cloze and ordering: graded exactly, with the reason for the option that was taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise

from bot.core.content.library import Option, Question
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.grading.points.terms import Terms
from bot.core.grading.values.expression import UnreadableError, evaluate, is_same, parse
from bot.core.grading.values.numerals import as_formula_text, han_value
from bot.core.grading.values.result import result_of

_LABEL = re.compile(
    r"\s*(?:我?选|答案是?|应该是|第|option|answer|choice|[(（\[])*\s*([a-jA-J]|[0-9]{1,2}|[一二三四五六七八九十])\s*(?:个|项|号)?\s*[.)）\]、。:：]*\s*"
)


MAX_ANSWER = 500
"""Characters that are read of an answer to a question of these kinds."""


def grade_choice(question: Question, answer: str, terms: Terms, shown: Sequence[int] = ()) -> Grade:
    """Grade the option that an answer takes: its letter, its number, or its text.

    Args:
        shown: for each letter shown to the learner, the index of its option; () where they are as written.
    """
    answer = answer[:MAX_ANSWER]
    taken = _option(question.options, answer, terms, shown or range(len(question.options)))
    right = next((option for option in question.options if option.is_right), None)
    says = right.text if right else ""
    if taken is None:
        return Grade(0.0, (PointMark("option", says, Verdict.MISSED, None),), "no-option")
    option = question.options[taken]
    verdict = Verdict.HIT if option.is_right else Verdict.CONTRADICTED
    return Grade(float(option.is_right), (PointMark("option", says, verdict, answer.strip()[:80], 1.0, option.why),))


def _option(options: Sequence[Option], answer: str, terms: Terms, shown: Sequence[int]) -> int | None:
    """Return which option is taken; the text of one wins over a label, for options may be numbers."""
    own = _text(answer, terms)
    for number, option in enumerate(options):
        if own and own == _text(option.text, terms):
            return number
    by_value = [number for number, option in enumerate(options) if _is_equal(option.text, answer)]
    if len(by_value) == 1:
        return by_value[0]
    label = _LABEL.fullmatch(answer) or re.match(r"\s*([a-jA-J])(?:[.)）、:：]|\s+(?![a-zA-Z]\b))", answer)
    if label:
        place = _place(label[1])
        return shown[place] if 0 <= place < len(options) else None
    held = [number for number, option in enumerate(options) if _holds(own, _text(option.text, terms))]
    return held[0] if len(held) == 1 else None


def _holds(own: str, text: str) -> bool:
    return len(text) >= 2 and text in own


def _text(text: str, terms: Terms) -> str:
    return re.sub(r"[\s,.;:。!?()]+", "", terms.fold(text))


def _is_equal(option: str, answer: str) -> bool:
    """Compare an option with an answer as values: 0.24 and 24%."""
    try:
        value = evaluate(parse(as_formula_text(option)))
    except UnreadableError:
        return False
    result = result_of(answer)
    if result is None or re.fullmatch(r"\s*[0-9]\s*[.)）、]?\s*", answer):
        return False
    try:
        return is_same(value, evaluate(result.claims[-1].node))
    except UnreadableError:
        return False


def _place(label: str) -> int:
    if label.isascii() and label.isalpha():
        return ord(label.lower()) - ord("a")
    return int(label if label.isascii() else han_value(label)) - 1


def grade_cloze(question: Question, answer: str, terms: Terms) -> Grade:
    """Grade the blanks in turn; a single blank takes the whole answer."""
    given = _pieces(answer[:MAX_ANSWER], len(question.blanks))
    marks = tuple(
        _blank_mark(number, accepted, given[number - 1] if number <= len(given) else "", terms)
        for number, accepted in enumerate(question.blanks, 1)
    )
    hits = sum(mark.verdict is Verdict.HIT for mark in marks)
    return Grade(round(hits / len(marks), 4) if marks else 0.0, marks)


def _pieces(answer: str, count: int) -> list[str]:
    if count == 1:
        return [answer.strip()]
    marked = [piece.strip() for piece in re.split(r"[,，;；、\n]|\s+/\s+", answer) if piece.strip()]
    return marked if len(marked) >= count else answer.split()


def _blank_mark(number: int, accepted: Sequence[str], given: str, terms: Terms) -> PointMark:
    own = _text(re.sub(r"^\s*(?:[(（]?\d+[)）.、:：]|[①-⑨])\s*", "", given), terms)
    is_hit = any(own == _text(text, terms) or terms.pattern(text).fullmatch(terms.fold(given)) for text in accepted)
    is_hit = is_hit or any(_is_equal(text, given) for text in accepted)
    verdict = Verdict.HIT if is_hit else Verdict.CONTRADICTED if own else Verdict.MISSED
    return PointMark(f"blank-{number}", accepted[0], verdict, given or None)


def shown_order(question: Question) -> tuple[int, ...]:
    """Return in which order options, or items to order, are shown: for each label the index of what it stands for.

    The same everywhere and always. Options stand by a hash, for authors write the right one first; items are
    sorted by their text, and turned by one where that would give the answer away.
    """
    if question.options:
        keys = [hashlib.sha256(f"{question.id} {option.text}".encode()).digest() for option in question.options]
        return tuple(sorted(range(len(keys)), key=keys.__getitem__))
    order = sorted(range(len(question.items)), key=lambda index: question.items[index])
    is_right = order == list(range(len(order)))
    return (*order[1:], order[0]) if is_right and order else tuple(order)


def grade_ordering(question: Question, answer: str, terms: Terms, shown: Sequence[int] = ()) -> Grade:
    """Grade an order: right only where all items are in place, partly by the share of neighbours in order.

    Args:
        shown: for each label shown to the learner, the index of its item in the right order;
            () where the labels are in the order of `Question.items`.
    """
    order = _order(question.items, answer[:MAX_ANSWER], terms, shown or range(len(question.items)))
    marks = tuple(
        PointMark(f"item-{place}", text, _verdict(order, place - 1), answer.strip()[:80] if order else None)
        for place, text in enumerate(question.items, 1)
    )
    if not order:
        return Grade(0.0, marks, "no-order")
    if order == list(range(len(question.items))):
        return Grade(1.0, marks)
    pairs = sum(later == earlier + 1 for earlier, later in pairwise(order))
    return Grade(round(0.5 * pairs / max(1, len(question.items) - 1), 4), marks)


def _verdict(order: Sequence[int], place: int) -> Verdict:
    if not order or place not in order:
        return Verdict.MISSED
    return Verdict.HIT if len(order) > place and order[place] == place else Verdict.CONTRADICTED


def _order(items: Sequence[str], answer: str, terms: Terms, shown: Sequence[int]) -> list[int]:
    """Read an order: labels (2 1 3, B A C, 213), or the items' texts."""
    labels = re.findall(r"[0-9]{1,2}|[a-zA-Z]", answer)
    compact = re.fullmatch(r"\s*([0-9]+|[a-jA-J]+)\s*", answer)
    if compact and len(compact[1]) == len(items):
        labels = list(compact[1])
    is_labels = not re.search(r"[一-鿿]|[a-zA-Z]{2}", answer) or (compact is not None and len(compact[1]) == len(items))
    if is_labels and labels:
        places = [_place(label) for label in labels]
        is_all = sorted(places) == list(range(len(items)))
        return [shown[place] for place in places] if is_all else []
    own = _text(answer, terms)
    found = sorted((own.find(_text(item, terms)), number) for number, item in enumerate(items))
    return [number for at, number in found] if found and found[0][0] >= 0 else []
