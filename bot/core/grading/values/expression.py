"""A small algebra: parses and evaluates formulas within fixed limits; a learner's text can reach nothing else.

sum     = product {("+" | "-") product}
product = signed {("*" | "/" | nothing) signed}
signed  = {"+" | "-"} power
power   = postfix ["^" signed]
postfix = atom {"!" | "%"}
atom    = number | variable | constant | function atom | "(" sum ")" | ("C" | "A") "(" sum "," sum ")"
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

MAX_TOKENS = 160
MAX_DEPTH = 24
MAX_DIGITS = 40
MAX_EXPONENT = 400
MAX_BITS = 6000
"""Numerator and denominator of a value have at most this many bits."""

Value = Fraction | float

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3}(?![0-9a-z]))?)"
    r"|(?P<function>sqrt|ln|log|exp|[CA](?=\())|(?P<constant>pi)|(?P<name>[a-z])|(?P<operator>[-+*/^!%(),])"
)


class UnreadableError(ValueError):
    """The text is no formula, or one beyond the limits."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a parsed formula; `text` is the operator, name or number."""

    kind: Literal["number", "name", "constant", "call", "unary", "binary", "postfix"]
    text: str
    parts: tuple[Node, ...] = ()


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a formula into tokens, spaces ignored. Raises UnreadableError."""
    tokens: list[Token] = []
    index = 0
    while index < len(text):
        if text[index] == " ":
            index += 1
            continue
        match = _TOKEN.match(text, index)
        if not match or len(tokens) >= MAX_TOKENS:
            raise UnreadableError(text[index : index + 20])
        kind = str(match.lastgroup)
        if kind == "number" and len(match.group()) > MAX_DIGITS:
            raise UnreadableError("too many digits")
        tokens.append(Token(kind, match.group()))
        index = match.end()
    return tuple(tokens)


def parse(text: str, variables: Sequence[str] = ()) -> Node:
    """Parse a formula; `e` is Euler's number unless it is a variable. Raises UnreadableError."""
    parser = _Parser(tokenize(text), frozenset(variables))
    node = parser.sum(0)
    if parser.peek() is not None:
        raise UnreadableError("something follows the formula")
    return node


class _Parser:
    """Recursive descent over tokens; every level counts against the depth."""

    def __init__(self, tokens: Sequence[Token], variables: frozenset[str]) -> None:
        self._tokens = tokens
        self._variables = variables
        self._at = 0

    def peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *texts: str) -> str:
        token = self.peek()
        if token is None or token.kind != "operator" or token.text not in texts:
            return ""
        self._at += 1
        return token.text

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise UnreadableError(f"{text} is missing")

    def sum(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise UnreadableError("nested too deeply")
        node = self._product(depth)
        while operator := self._take("+", "-"):
            node = Node("binary", operator, (node, self._product(depth)))
        return node

    def _product(self, depth: int) -> Node:
        node = self._signed(depth)
        while True:
            if operator := self._take("*", "/"):
                node = Node("binary", operator, (node, self._signed(depth)))
            elif self._starts_atom():
                node = Node("binary", "*", (node, self._power(depth)))
            else:
                return node

    def _starts_atom(self) -> bool:
        """Tell whether a factor follows without a sign: 3p, 2ln(2), (1-p)(1-p); never two numbers in a row."""
        token, before = self.peek(), self._tokens[self._at - 1]
        if token is None or token.kind == "operator":
            return token is not None and token.text == "("
        return token.kind != "number" or before.text == ")"

    def _signed(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise UnreadableError("nested too deeply")
        sign = self._take("+", "-")
        if sign:
            inner = self._signed(depth + 1)
            return Node("unary", "-", (inner,)) if sign == "-" else inner
        return self._power(depth)

    def _power(self, depth: int) -> Node:
        base = self._postfix(depth)
        if self._take("^"):
            return Node("binary", "^", (base, self._signed(depth + 1)))
        return base

    def _postfix(self, depth: int) -> Node:
        node = self._atom(depth)
        while operator := self._take("!", "%"):
            node = Node("postfix", operator, (node,))
        return node

    def _atom(self, depth: int) -> Node:
        token = self.peek()
        if token is None:
            raise UnreadableError("the formula ends too early")
        self._at += 1
        if token.text == "(":
            node = self.sum(depth + 1)
            self._expect(")")
            return node
        if token.kind == "number":
            return Node("number", token.text)
        return self._named(token, depth)

    def _named(self, token: Token, depth: int) -> Node:
        if token.kind == "name" and token.text in self._variables:
            return Node("name", token.text)
        if token.kind == "constant" or token.text == "e":
            return Node("constant", token.text)
        if token.kind != "function":
            raise UnreadableError(f"{token.text} means nothing here")
        if token.text in ("C", "A"):
            self._expect("(")
            total = self.sum(depth + 1)
            self._expect(",")
            chosen = self.sum(depth + 1)
            self._expect(")")
            return Node("call", token.text, (total, chosen))
        return Node("call", token.text, (self._power(depth + 1),))


def evaluate(node: Node, values: Mapping[str, Value] | None = None) -> Value:
    """Evaluate a formula, exactly where it is rational. Raises UnreadableError beyond the limits."""
    try:
        return _evaluate(node, values or {})
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        raise UnreadableError(str(error)) from error


def _evaluate(node: Node, values: Mapping[str, Value]) -> Value:
    match node.kind:
        case "number":
            return _number(node.text)
        case "name":
            return values[node.text] if node.text in values else _fail(node.text)
        case "constant":
            return CONSTANTS[node.text]
    parts = [_evaluate(part, values) for part in node.parts]
    match node.kind:
        case "unary":
            return -parts[0]
        case "binary":
            return _bounded(_binary(node.text, parts[0], parts[1]))
        case "postfix":
            return parts[0] / 100 if node.text == "%" else Fraction(math.factorial(_whole(parts[0], 170)))
    return _call(node.text, parts)


def _fail(text: str) -> Value:
    raise UnreadableError(text)


def _number(text: str) -> Fraction:
    mantissa, _, exponent = text.partition("e")
    if exponent and abs(int(exponent)) > MAX_EXPONENT:
        raise UnreadableError("exponent too large")
    return Fraction(mantissa if mantissa[-1] != "." else mantissa[:-1]) * Fraction(10) ** int(exponent or 0)


def _binary(operator: str, left: Value, right: Value) -> Value:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    return _power(left, right)


def _power(base: Value, exponent: Value) -> Value:
    if not -MAX_EXPONENT <= exponent <= MAX_EXPONENT:
        raise UnreadableError("exponent too large")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(exponent.numerator) > MAX_BITS:
            raise UnreadableError("power too large")
        return Fraction(base**exponent.numerator)
    if base < 0:
        raise UnreadableError("no real number")
    return math.pow(float(base), float(exponent))


def _bounded(value: Value) -> Value:
    """Refuse values that have grown beyond the limits, before anything is done with them."""
    if isinstance(value, Fraction):
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            raise UnreadableError("value too large")
    elif not math.isfinite(value):
        raise UnreadableError("no finite value")
    return value


def _whole(value: Value, largest: int) -> int:
    if not isinstance(value, Fraction) or value.denominator != 1 or not 0 <= value <= largest:
        raise UnreadableError("a small whole number is needed")
    return int(value)


def _call(name: str, parts: Sequence[Value]) -> Value:
    if name in ("C", "A"):
        total, chosen = _whole(parts[0], 500), _whole(parts[1], 500)
        return _bounded(Fraction(math.comb(total, chosen) if name == "C" else math.perm(total, chosen)))
    function = {"sqrt": math.sqrt, "ln": math.log, "log": math.log, "exp": math.exp}[name]
    return _bounded(function(float(parts[0])))


def is_same(one: Value, other: Value) -> bool:
    """Compare two values: exactly where both are exact."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)


def points(variables: Sequence[str]) -> tuple[Mapping[str, Value], ...]:
    """Return where formulas in these variables are compared: eleven rational points, enough for degree 10."""
    primes = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)
    return tuple(
        {name: Fraction(prime, 37 + 4 * place + prime % 5) for place, name in enumerate(variables)} for prime in primes
    )


def is_equivalent(one: Node, other: Node, variables: Sequence[str]) -> bool:
    """Tell whether two formulas have the same value wherever they are compared."""
    try:
        return all(is_same(evaluate(one, at), evaluate(other, at)) for at in points(variables))
    except UnreadableError:
        return False
