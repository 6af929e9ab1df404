"""The values that a text claims, clause by clause: not those it counts with, compares with or takes away from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.grading.text.folding import MAX_LENGTH
from bot.core.grading.values.expression import MAX_TOKENS, Node, UnreadableError, parse
from bot.core.grading.values.numerals import MAX_CLAUSE, as_formula_text
from bot.core.grading.values.quantities import Quantities

MAX_CLAIMS = 30
_CLAUSES = re.compile(
    r"[，。；;！!？?\n：]|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))(?![^()]*\))|:\s|\.(?![0-9])|但是?|而(?=不是|非)|\bbut\b|\bnot\b"
)
_RUN = re.compile(
    r"(?:sqrt|ln|log|exp|pi|[CA](?=\()|(?<![a-zA-Z])[a-z](?![a-zA-Z])|(?<=[0-9)])[a-z](?![a-zA-Z])|"
    r"[0-9.]+e[+-]?[0-9]+(?![a-z])|[0-9.]|[-+*/^!%() ]|(?<=[0-9]),(?=[0-9 ]))+"
)
_DENIES = re.compile(r"(?:不是|并非|不等于|而非|≠|\bnot|isn't|instead of|rather than)\s*$", re.IGNORECASE)
_BOUND = re.compile(
    r"(?:[≥≤<>]=?|不[小大]于|不超过|[大小多少]于|超过|至少|至多|低于|高于|不到|达到|不足|满|比|"
    r"\b(?:at least|at most|(?:less|greater|more|fewer|smaller|larger) than|below|"
    r"above|exceeds?|exceeding|reach(?:es)?))\s*$"
)
"""What stands before a value that is compared with, not claimed: "和 ≥15 的区域"."""
_BOUND_AFTER = re.compile(r"\s*(?:以上|以下)")
_OPERAND = re.compile(r"\s*(?:减去?|乘以?|除以|加上?|minus\b|times\b|plus\b)")
"""What stands behind a value that something without a number is taken from: "1 减去都没车的概率"."""
_TAKEN_FROM = re.compile(r"(减去?|minus)(?=\s*[0-9零一二两三四五六七八九十]+\s*(?:分钟|次|个|段|枚|天|minutes?))")
_PART_OF_WORD = re.compile(r"[㐀-鿿](?<![是为即就约左右或和与的吧了呢啊以而不也及、])")
"""A Chinese character that makes a whole number before it part of a word: 三角形, 二维."""
_ORDINAL = re.compile(r"第\s*$")
_FOREIGN = re.compile(r"(?<![a-z])([a-z])(?= *[-+*/^])|(?<=[-+*/^(])([a-z])(?![a-z(])|(?<=[0-9])([a-df-z])(?![a-z])")
"""A letter that stands in a sum or a product."""
_NUMBER = re.compile(
    r"\d|[⁰-⁹⅐-⅞¼-¾π零〇一壹二两三四五六七八九十百千万亿半]|\b(?:pi|half|one|two|three|four|five|six|seven|eight|nine|ten|an?)\b",
    re.IGNORECASE,
)
"""Without one of these a clause names no value."""
_LINK = re.compile(r"^[\s是为约即就等于得大概=≈→~～()（）也近似]*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value in a text.

    Attributes:
        node: the formula.
        written: the formula as read.
        clause: the clause of the original that it stands in.
        number: which clause.
        is_stated: a copula, an equals sign or the like stands right before it.
        is_count: it counts things ("53 个位置"): no result unless nothing else is.
        follows: it is joined to the claim before it by an equals sign or the like.
    """

    node: Node
    written: str
    clause: str
    number: int
    follows: bool = False
    is_count: bool = False
    is_stated: bool = False


def split(text: str) -> tuple[str, ...]:
    """Cut an answer into clauses of original text, keeping those that say something."""
    text = text[:MAX_LENGTH]
    cuts = [0, *(match.start() if match[0][-1].isalnum() else match.end() for match in _CLAUSES.finditer(text))]
    parts = (text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))
    return tuple(part for part in parts if part.strip(" ，。；;！!？?：,.:"))


def claims_of(text: str, variables: Sequence[str], said: Quantities) -> tuple[Claim, ...]:
    """Return every value that can be read in a text, at most MAX_CLAIMS.

    Args:
        said: what numbers are of, in the field.
    """
    found: list[Claim] = []
    for number, clause in enumerate(split(text)):
        if _NUMBER.search(clause) or any(name in clause.lower() for name in variables):
            found += _in_clause(clause, number, variables, said)
        if len(found) >= MAX_CLAIMS:
            break
    return tuple(found[:MAX_CLAIMS])


def _in_clause(clause: str, number: int, variables: Sequence[str], said: Quantities) -> Iterator[Claim]:
    text = as_formula_text(_TAKEN_FROM.sub(r"\1#", clause))
    end, before = 0, None
    for match in _RUN.finditer(text):
        node, written = _readable(match.group(), variables)
        if node is None:
            continue
        between = text[end : match.start()] + _gap_of(match.group())
        end = match.end()
        if _is_compared(between, text[end:]) or (before is None and _is_operand(text[end:])):
            continue
        follows = before is not None and bool(_LINK.match(between))
        is_count = written.isdigit() and bool(
            said.counted.match(text, end) or _PART_OF_WORD.match(text, end) or _ORDINAL.search(between)
        )
        before = Claim(node, written, clause[:MAX_CLAUSE], number, follows, is_count, bool(said.states.search(between)))
        yield before


def _gap_of(run: str) -> str:
    """Return the spaces that a run begins with: part of what stands before its value."""
    return run[: len(run) - len(run.lstrip())]


def _is_compared(before: str, after: str) -> bool:
    """Tell a value that is denied or that something is compared with."""
    return bool(_DENIES.search(before) or _BOUND.search(before) or _BOUND_AFTER.match(after))


def _is_operand(after: str) -> bool:
    return bool(_OPERAND.match(after))


def _readable(run: str, variables: Sequence[str]) -> tuple[Node | None, str]:
    """Return the formula of a run, trimmed of what does not belong at its ends."""
    text = run.lstrip(" ,+*/^").rstrip(" ,.+*/^")
    if _letters(text) - {*variables, "e"}:
        return None, ""
    for _ in range(6):
        if not text or not any(char.isdigit() or char in variables for char in text):
            return None, ""
        try:
            return parse(text, variables), text
        except UnreadableError:
            text = _trimmed(text)
    return None, ""


def _letters(text: str) -> set[str]:
    return {letter for match in _FOREIGN.finditer(text) for letter in match.groups() if letter}


def _trimmed(text: str) -> str:
    """Drop one end of a formula that does not parse: an unbalanced bracket, a stray letter."""
    if len(text) > 4 * MAX_TOKENS:
        return ""
    if text.count(")") > text.count("("):
        return text[:-1].rstrip() if text.endswith(")") else text.rpartition(")")[0]
    if text.count("(") > text.count(")"):
        return text[1:].lstrip() if text.startswith("(") else text.rpartition("(")[0].rstrip(" +-*/^")
    _, _, rest = text.partition(" ")
    if rest and not rest[0].isdigit():
        return rest
    return rest or text[1:].lstrip(" +*/^,")
