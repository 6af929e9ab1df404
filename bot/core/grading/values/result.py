"""Which of the values in a text it says is the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.grading.values.claims import Claim, claims_of, split
from bot.core.grading.values.quantities import OF_LANGUAGE, Quantities

_CONDITION = re.compile(
    r"^\s*[(（]?(?:如果|若|假如|假设|要是|当|倘若|否则|而?不是|并非|\bif\b|\bwhen\b|\bnot\b|otherwise|assuming)",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"或者?|要么|还是|\bor\b|\beither\b", re.IGNORECASE)
_IN_CASE = re.compile(r"的话|的?情况下?|情形下|\bin (?:the|that) case\b")
_LEFT = re.compile(r"剩|一共|总共|合计|共有|\b(?:left|remain|in total)\b")
"""Said of a count that is the result."""
_CONTINUES = re.compile(
    r"^\s*(?:等于|=|≈|即|也即|也就是|约等于|约为|约|大约|化简|equals|which is|that is|i\.?e\.?)", re.IGNORECASE
)
"""Begins a clause that only writes the value before it once more."""
_ROUNDS = re.compile(r"取整|四舍五入|舍去|floor|\brounde?d?\b", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9一二三四五六七八九十]")
_ASKING = re.compile(r"[^,，。；;？?]*(?:多少|几|哪|\bwhat\b|\bhow\b)[^,，。；;？?]*")
"""The clause of a question that names what is asked for."""
_LABEL = re.compile(r"\s*(?!先|再|然后|首先|第[一二三])(?:[㐀-鿿]{1,6}|[A-Za-z ]{1,24})[^㐀-鿿]*")
"""A value with a short name before it and nothing behind."""
_EXCLUDES = re.compile(r"(?:不限于?|不是|并非|而非|不要求|无需)([^，。；、()（）?？]{1,6})")


@dataclass(frozen=True, slots=True)
class Result:
    """What a text says the answer is.

    Attributes:
        claims: the result; several where the text offers alternatives.
        clause: the words that decide what it is said to be of.
    """

    claims: tuple[Claim, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        prompt: the question.
        about: words for the quantity.
        names: folded words for what is asked for, in the other language as well.
        has_counts: the answer is a whole number, so that "2 个" may be it.
        quantities: what numbers are of, in the field.
    """

    prompt: str = ""
    about: re.Pattern[str] | None = None
    has_counts: bool = True
    names: frozenset[str] = frozenset()
    quantities: Quantities = OF_LANGUAGE


def result_of(text: str, variables: Sequence[str] = (), asked: Asked | None = None) -> Result | None:
    """Return what a text claims as its result, or None where it names no value.

    A clause that concludes decides (the last one, if there are more); else one that opens with the bare value;
    else the last clause that states a value.
    """
    asked = asked or Asked()
    parts = split(text)
    usable = _usable(_in_this_case(claims_of(text, variables, asked.quantities), parts, asked.prompt), asked)
    if not usable:
        return None
    number = _carried_on(_deciding(usable, asked), usable, parts, asked.quantities)
    own = [claim for claim in usable if claim.number == number]
    chosen = _last_of_chains(own)
    if not _ALTERNATIVE.search(parts[number]):
        chosen = chosen[-1:]
    return Result(tuple(chosen), _said_of(parts, number))


def _usable(found: Sequence[Claim], asked: Asked) -> list[Claim]:
    """Leave out counts, unless a count is asked for and there is nothing else, or it is said to be what is left."""
    values = [claim for claim in found if not claim.is_count]
    if not asked.has_counts:
        return values
    is_told = any(
        claim.is_count and (_LEFT.search(claim.clause) or asked.quantities.is_bare(claim.clause)) for claim in found
    )
    return list(found) if is_told or not values else values


def _in_this_case(found: Sequence[Claim], parts: Sequence[str], prompt: str) -> list[Claim]:
    """Leave out what stands under a condition; of two conditions, leave out the one that the question is not about."""
    conditions = [_condition(claim, found, parts) for claim in found]
    free = [claim for claim, condition in zip(found, conditions, strict=True) if not condition]
    if free or len(set(conditions)) < 2:
        return free or list(found)
    fitting = max(dict.fromkeys(reversed(conditions)), key=lambda condition: _fit(condition, prompt))
    return [claim for claim, condition in zip(found, conditions, strict=True) if condition == fitting]


def _condition(claim: Claim, found: Sequence[Claim], parts: Sequence[str]) -> str:
    """Return the condition that a claim stands under: in its clause, or in the one before that only states it."""
    if _CONDITION.match(claim.clause) or _IN_CASE.search(claim.clause):
        return claim.clause
    before = parts[claim.number - 1] if claim.number else ""
    is_bare = all(other.number != claim.number - 1 for other in found)
    return before if is_bare and _CONDITION.match(before) else ""


def _fit(condition: str, prompt: str) -> int:
    """Return how many pairs of characters a condition shares with a question, less those that the question excludes."""
    excluded = _words(" ".join(_EXCLUDES.findall(prompt)))
    own = _words(condition)
    return len(own & _words(_EXCLUDES.sub("", prompt))) - 2 * len(own & excluded)


def _deciding(usable: Sequence[Claim], asked: Asked) -> int:
    """Return the clause that decides."""
    said = asked.quantities
    found = _concluding(usable, asked) or _bare_counts(usable, said) or _named(usable, asked) or _bare_one(usable, said)
    stating = [claim.number for claim in usable if claim.is_stated]
    return (found or stating or [usable[-1].number])[-1]


def _concluding(usable: Sequence[Claim], asked: Asked) -> list[int]:
    """Return the clauses that conclude, else those that say what is left, what is probable, or what it is about."""
    said = asked.quantities
    for pattern in (said.concludes, _LEFT if asked.has_counts else None, said.sought, asked.about):
        found = [claim.number for claim in usable if pattern is not None and pattern.search(claim.clause)]
        if found:
            return found
    return []


def _bare_counts(usable: Sequence[Claim], said: Quantities) -> list[int]:
    return [claim.number for claim in usable if claim.is_count and said.is_bare(claim.clause)]


def _bare_one(usable: Sequence[Claim], said: Quantities) -> list[int]:
    """Return the clause that opens with the bare value, else the last bare one."""
    bare = [claim for claim in usable if said.is_bare(claim.clause)]
    is_first = bool(bare) and bare[0] is usable[0] and not _is_sequence(usable, said)
    return [claim.number for claim in (bare[:1] if is_first else bare[-1:])]


def _is_sequence(usable: Sequence[Claim], said: Quantities) -> bool:
    """Tell bare values step by step, the last of which is the result: "3，7，15"."""
    return len({claim.number for claim in usable}) >= 3 and all(said.is_bare(claim.clause) for claim in usable)


def _named(usable: Sequence[Claim], asked: Asked) -> list[int]:
    """Return the clauses that share most words with what is asked for, where others share fewer: "召回率 = 6/10"."""
    words = _words(asked_in(asked.prompt)) | asked.names
    shares = {
        claim.number: len(words & _words(claim.clause)) if _LABEL.fullmatch(claim.clause) else 0 for claim in usable
    }
    most = max(shares.values())
    return [number for number, share in shares.items() if share == most] if most > min(shares.values()) else []


def asked_in(prompt: str) -> str:
    """Return the clause of a question that says what is asked for."""
    return " ".join(_ASKING.findall(prompt)[-1:])


def _words(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters and the Latin words of a text."""
    text = text.casefold()
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return frozenset(
        {pair for pair in pairs if re.fullmatch(r"[㐀-鿿]{2}", pair)} | set(re.findall(r"[a-z]{2,}", text))
    )


def _carried_on(number: int, usable: Sequence[Claim], parts: Sequence[str], said: Quantities) -> int:
    """Return the clause that goes on from the one that decides: it rounds the value, or writes it once more."""
    numbers = sorted({claim.number for claim in usable})
    for at in range(number, len(parts)):
        rounded = _rounded_in(parts[at], at, number, numbers)
        if rounded is not None:
            number = rounded
        elif at == number + 1 and at in numbers and _is_continued(parts[at], said):
            number = at
    return number


def _rounded_in(part: str, at: int, number: int, numbers: Sequence[int]) -> int | None:
    """Return the clause with the rounded value, where a clause rounds that of the one that decides."""
    rounds = _ROUNDS.search(part)
    if rounds is None:
        return None
    if _DIGIT.search(part, rounds.end()):
        return at if at > number and at in numbers else None
    later = [other for other in numbers if other > at]
    return later[0] if later and (at == number or at not in numbers) else None


def _is_continued(part: str, said: Quantities) -> bool:
    return bool(_CONTINUES.match(part)) and said.is_bare(_CONTINUES.sub("", part))


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
