"""Numeric and formula answers: the claimed result against the exact value, as values, never as characters."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.core.grading.mark import PointMark, Verdict
from bot.core.grading.points.phrase import parse_phrase
from bot.core.grading.points.terms import Terms
from bot.core.grading.values.claims import Claim
from bot.core.grading.values.expression import Node, UnreadableError, Value, evaluate, is_equivalent, is_same, parse
from bot.core.grading.values.numerals import as_formula_text
from bot.core.grading.values.result import Asked, Result, asked_in, result_of

CLOSE = 0.75
"""What a value earns that is off by one in its last digit."""
_LITERAL = re.compile(r"[(\s]*-?([0-9]*)(?:\.([0-9]*))?(?:e([+-]?[0-9]+))?[)\s]*(%?)[)\s]*")
_HEDGE = re.compile(r"约|大概|差不多|左右|接近|≈|\b(?:about|approx\w*|roughly|around|nearly)\b", re.IGNORECASE)
VALUE_POINT = "value"


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """A value that earns part of the mark, and why it is not the whole."""

    value: str
    fraction: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class NumericKey:
    """How a numeric or formula answer is marked.

    Attributes:
        answer: the exact value or formula, as an author writes it: "8/53", "1-(1-p)^3".
        also: other exact values that are right as well (another convention).
        tolerance: largest absolute difference still right; 0 means exact up to rounding of what was written.
        partial: values that earn part of the mark.
        about: phrases for what the number is of; "" in none.
        not_about: phrases that turn the number into that of something else.
        variables: letters that a formula may contain.
        weight: weight of the value beside the key points of the question's rubric, if it has one.
    """

    answer: str
    also: tuple[str, ...] = ()
    tolerance: float = 0.0
    partial: tuple[PartialAnswer, ...] = ()
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def says(self) -> str:
        """What the value is, as a sentence."""
        return f"结果是 {self.answer}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a claimed value earns (0-1), and why."""

    fraction: float
    note: str = ""


class NumericReader:
    """A numeric key made ready.

    Args:
        prompt: the question, which tells what of several values is asked for.
    """

    def __init__(self, key: NumericKey, terms: Terms, prompt: str = "") -> None:
        self.key = replace(key, variables=tuple(name.lower() for name in key.variables))
        self._terms = terms
        self._right = tuple(filter(None, map(self._parsed, (key.answer, *key.also))))
        names = frozenset(" ".join(terms.synonyms(asked_in(prompt))).split())
        self._asked = Asked(prompt, self._about(), self._is_whole(), names, terms.quantities)
        self._partial = tuple((self._parsed(part.value), part) for part in key.partial)

    def _parsed(self, text: str) -> Node | None:
        try:
            return parse(as_formula_text(text), self.key.variables)
        except UnreadableError:
            return None

    @property
    def is_readable(self) -> bool:
        """Whether every value that the author wrote is one."""
        return len(self._right) == 1 + len(self.key.also) and all(node for node, _ in self._partial)

    def result(self, answer: str) -> Result | None:
        """Return what an answer claims as its result."""
        return result_of(_with_definitions(answer, self.key.variables), self.key.variables, self._asked)

    def _is_whole(self) -> bool:
        try:
            exact = evaluate(self._right[0]) if self._right and not self.key.variables else 0.5
        except UnreadableError:
            return False
        return float(exact).is_integer()

    def _about(self) -> re.Pattern[str] | None:
        words = [term for phrase in self.key.about for term in parse_phrase(phrase).terms]
        return re.compile("|".join(map(re.escape, words))) if words else None

    def mark(self, answer: str) -> tuple[PointMark, Judgement]:
        """Mark the value that an answer claims."""
        result = self.result(answer)
        if result is None:
            return PointMark(VALUE_POINT, self.key.says, Verdict.MISSED, None, self.key.weight), Judgement(
                0.0, "no-value"
            )
        judged = min((self._judge(claim) for claim in result.claims), key=lambda item: item.fraction)
        if judged.fraction > 0 and self._is_of_something_else(result.clause):
            judged = Judgement(0.0, "other-quantity")
        verdict = Verdict.HIT if judged.fraction >= CLOSE else Verdict.CONTRADICTED
        evidence = result.claims[-1].clause[:80]
        return PointMark(VALUE_POINT, self.key.says, verdict, evidence, self.key.weight, judged.note), judged

    def _is_of_something_else(self, clause: str) -> bool:
        text = self._terms.fold(clause)
        return any(
            all(any(self._terms.pattern(term).search(text) for term in group.terms) for group in step)
            for phrase in self.key.not_about
            for step in parse_phrase(phrase).steps
        )

    def _judge(self, claim: Claim) -> Judgement:
        best = max((self._against(claim, node, self.key.tolerance) for node in self._right), default=0.0)
        if best == 1.0:
            return Judgement(1.0)
        for node, part in self._partial:
            if node is not None and self._against(claim, node, 0.0) == 1.0:
                return Judgement(part.fraction, part.why)
        return Judgement(best, "close" if best else "other-value")

    def _against(self, claim: Claim, right: Node, tolerance: float) -> float:
        """Return 1 for the same value, CLOSE for one that is off in its last digit, else 0."""
        if self.key.variables:
            return float(is_equivalent(claim.node, right, self.key.variables))
        try:
            value, exact = evaluate(claim.node), evaluate(right)
        except UnreadableError:
            return 0.0
        if is_same(value, exact):
            return 1.0
        side = re.fullmatch(r"([0-9]+) ?\* ?\1", claim.written)
        if side and is_same(Fraction(side[1]), exact):  # "7×7" names the side of a square
            return 1.0
        earned = _rounded(claim.written, value, exact, tolerance)
        is_near = _HEDGE.search(claim.clause) and abs(float(value) - float(exact)) <= 0.01 * abs(float(exact))
        return max(earned, CLOSE) if is_near else earned


def _rounded(written: str, value: Value, exact: Value, tolerance: float) -> float:
    """Judge a value that is not exact: by the stated tolerance, else by the digits that were written."""
    error = abs(float(value) - float(exact))
    if error <= tolerance * (1 + 1e-9):
        return 1.0
    literal = _LITERAL.fullmatch(written)
    if literal is None:
        return _near(error, exact, has_decimals="." in written)
    if error <= 0.002 * abs(float(exact)) and not _is_short(exact):
        return 1.0
    whole, decimals = literal[1] or "", literal[2] or ""
    if len((whole + decimals).lstrip("0")) < 2:
        return 0.0
    return _by_digits(error, 10.0 ** (int(literal[3] or 0) - len(decimals)) / (100 if literal[4] else 1), exact)


def _by_digits(error: float, unit: float, exact: Value) -> float:
    """Judge a value by its last digit, of which `unit` is the worth."""
    is_near = error <= 0.02 * abs(float(exact))
    if error <= unit / 2 * (1 + 1e-9):
        return 1.0 if is_near or not _is_short(exact) else CLOSE
    return CLOSE if is_near and error <= unit else 0.0


def _near(error: float, exact: Value, *, has_decimals: bool) -> float:
    """Judge a formula with rounded numbers in it, or one of another model that hardly differs."""
    relative = error / abs(float(exact)) if exact else math.inf
    if has_decimals and relative <= 0.005:
        return 1.0
    return CLOSE if relative <= 1e-6 else 0.0


def _is_short(exact: Value) -> bool:
    """Tell a value that three decimals write exactly: rounding it is no use."""
    return isinstance(exact, Fraction) and 1000 % exact.denominator == 0


def _with_definitions(answer: str, variables: Sequence[str]) -> str:
    """Put in for a letter what the answer says it stands for: "1-q^3，其中 q=1-p"."""
    for match in re.finditer(r"\b([a-z])\s*=\s*(\(?[0-9]\s*[-−]\s*[a-z]\)?)(?![0-9^*])", answer):
        letter, meaning = match[1], match[2]
        if letter not in variables and any(name in meaning for name in variables):
            rest = answer[: match.start()] + answer[match.end() :]
            return re.sub(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", f"({meaning.strip('()')})", rest)
    return answer
