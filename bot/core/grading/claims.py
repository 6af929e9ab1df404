"""The values that a text claims, clause by clause, and which of them is its result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.grading.expression import MAX_TOKENS, Node, UnreadableError, parse
from bot.core.grading.numerals import as_formula_text
from bot.core.grading.text import MAX_LENGTH

MAX_CLAIMS = 30
_CLAUSES = re.compile(
    r"[，。；;！!？?\n：]|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))(?![^()]*\))|:\s|\.(?![0-9])|但是?|而(?=不是|非)|\bbut\b|\bnot\b"
)
_RUN = re.compile(
    r"(?:sqrt|ln|log|exp|pi|[CA](?=\()|(?<![a-zA-Z])[a-z](?![a-zA-Z])|(?<=[0-9)])[a-z](?![a-zA-Z])|"
    r"[0-9.]+e[+-]?[0-9]+(?![a-z])|[0-9.]|[-+*/^!%() ]|(?<=[0-9]),(?=[0-9 ]))+"
)
_CONCLUDES = re.compile(
    r"答案|所以|因此|因而|故|综上|最终|最后|总的?概率|总概率|结果|应该是|应为|更正|改成|得到|得出|算出|可得|"
    r"(?<![值取获])得(?=\s*[0-9(一二三四五六七八九十百])|"
    r"answer|\bso\b|thus|therefore|hence|result|finally|in total|total|"
    r"probability is|comes to|we get|gives|wait|actually",
    re.IGNORECASE,
)
_PROBABLE = re.compile(r"概率|几率|机率|probability|chance", re.IGNORECASE)
_STATES = re.compile(r"(?:概率|=|≈|是|为|即|约|得|就|大概|等于|equals?|is|are|about|approximately)\s*$", re.IGNORECASE)
_CONDITION = re.compile(
    r"^\s*[(（]?(?:如果|若|假如|假设|要是|当|倘若|否则|而?不是|并非|\bif\b|\bwhen\b|\bnot\b|otherwise|assuming)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"(?:不是|并非|不等于|而非|≠|\bnot|isn't|instead of|rather than)\s*$", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"或者?|要么|还是|\bor\b|\beither\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s*(?:个|张|份|次|分钟|位|堆|箱|球|红|蓝|白|黑|种|面|组|边|段|点(?!几)|滴|血|格|条|根|枚|秒|辆|"
    r"places?\b|cards?\b|balls?\b|hands?\b|piles?\b|minutes?\b|hits?\b|pieces?\b|"
    r"boxes\b|box\b|red\b|blue\b|slots?\b|of the\b|remaining\b|other\b)"
)
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


@dataclass(frozen=True, slots=True)
class Result:
    """What a text says the answer is.

    Attributes:
        claims: the result; several where the text offers alternatives.
        clause: the words that decide what it is said to be of.
    """

    claims: tuple[Claim, ...]
    clause: str


def split(text: str) -> tuple[str, ...]:
    """Cut an answer into clauses of original text, keeping those that say something."""
    text = text[:MAX_LENGTH]
    cuts = [0, *(match.start() if match[0][-1].isalnum() else match.end() for match in _CLAUSES.finditer(text))]
    parts = (text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))
    return tuple(part for part in parts if part.strip(" ，。；;！!？?：,.:"))


def claims_of(text: str, variables: Sequence[str]) -> tuple[Claim, ...]:
    """Return every value that can be read in a text, at most MAX_CLAIMS."""
    found: list[Claim] = []
    for number, clause in enumerate(split(text)):
        found += _in_clause(clause, number, variables)
        if len(found) >= MAX_CLAIMS:
            break
    return tuple(found[:MAX_CLAIMS])


def _in_clause(clause: str, number: int, variables: Sequence[str]) -> Iterator[Claim]:
    text = as_formula_text(clause)
    end, has_before = 0, False
    for match in _RUN.finditer(text):
        node, written = _readable(match.group(), variables)
        if node is None:
            continue
        between = text[end : match.start()]
        if _DENIES.search(between or ""):
            end = match.end()
            continue
        is_count = written.isdigit() and bool(_COUNTED.match(text, match.end()))
        follows = has_before and bool(_LINK.match(between))
        yield Claim(node, written, clause, number, follows, is_count, bool(_STATES.search(between)))
        end, has_before = match.end(), True


def _readable(run: str, variables: Sequence[str]) -> tuple[Node | None, str]:
    """Return the formula of a run, trimmed of what does not belong at its ends."""
    text = run.lstrip(" ,+*/^").rstrip(" ,.+*/^")
    for _ in range(6):
        if not text or not any(char.isdigit() or char in variables for char in text):
            return None, ""
        try:
            return parse(text, variables), text
        except UnreadableError:
            text = _trimmed(text)
    return None, ""


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


def result_of(text: str, variables: Sequence[str] = (), about: re.Pattern[str] | None = None) -> Result | None:
    """Return what a text claims as its result, or None where it names no value.

    A clause that concludes decides (the last one, if there are more); else one that opens with the bare value;
    else the last clause that states a value.
    """
    parts = split(text)
    found = [claim for claim in claims_of(text, variables) if not _CONDITION.match(claim.clause)]
    usable = [claim for claim in found if not claim.is_count] or found
    if not usable:
        return None
    number = _deciding(usable, about)
    own = [claim for claim in usable if claim.number == number]
    chosen = _last_of_chains(own)
    if not _ALTERNATIVE.search(parts[number]):
        chosen = chosen[-1:]
    return Result(tuple(chosen), _said_of(parts, number))


def _deciding(usable: Sequence[Claim], about: re.Pattern[str] | None) -> int:
    concluding = [claim.number for claim in usable if _CONCLUDES.search(claim.clause)]
    if concluding:
        return concluding[-1]
    likely = [claim.number for claim in usable if _PROBABLE.search(claim.clause)]
    if likely:
        return likely[-1]
    if about is not None:
        named = [claim.number for claim in usable if about.search(claim.clause)]
        if named:
            return named[-1]
    bare = [claim.number for claim in usable if _is_bare(claim)]
    if bare:
        return bare[0] if bare[0] == usable[0].number else bare[-1]
    stating = [claim.number for claim in usable if claim.is_stated]
    return (stating or [usable[-1].number])[-1]


def _is_bare(claim: Claim) -> bool:
    """Tell a clause that is hardly more than its value."""
    rest = re.sub(
        r"[0-9a-zA-Z.+\-−*/^%()（）{}\\$=≈×³²\s]|分之|点|[零一二三四五六七八九十百千万亿]|约|大约|大概|是|概率|等于|为|就|p",
        "",
        claim.clause,
    )
    return not rest.strip("，。；;！!？?：,.:~～")


def _last_of_chains(claims: Sequence[Claim]) -> list[Claim]:
    """Keep the last claim of every chain a = b = c."""
    return [
        claim for claim, after in zip(claims, [*claims[1:], None], strict=True) if after is None or not after.follows
    ]


def _said_of(parts: Sequence[str], number: int) -> str:
    """Return the result's clause, with the next one where that says what the number is ("…，这是分开的概率")."""
    after = parts[number + 1] if number + 1 < len(parts) else ""
    is_told = re.match(r"\s*(?:这|它|那|此|是|即|也就是|that|this|which|it)", after, re.IGNORECASE)
    return f"{parts[number]} {after}" if is_told else parts[number]
