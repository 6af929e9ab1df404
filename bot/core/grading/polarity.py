"""Whether a claim is affirmed or denied: negators with their scope inside one clause."""

from __future__ import annotations

import re

_CHINESE = (
    r"不(?!仅|但|只|光|同|断|过|管|论|少|平衡|均衡|均|相交|规则|止|久|得不|如说)|没有|没(?!错|有)|无需|无须|无法|无(?!论|穷|监督|限|后效|记忆|偏|关紧要)"
    r"|并非|(?<!并)非(?!常|极大|极值|线性|零|监督|负|均匀|最大|对称|重叠|局部)|未(?!来|知)|别(?=把|用|让|再)|避免(?=了?使用)|而非"
)
_ENGLISH = r"\b(?:not|no|never|without|cannot|neither|nor|instead of|rather than|un(?=able))\b|n't\b|n t\b|\b(?:dont|doesnt|isnt|wont|cant|didnt)\b"
_NEGATOR = re.compile(rf"(?:{_CHINESE}|{_ENGLISH})")
_AUXILIARY = (
    "会|能够|能|是|再|用|要|需要|必|可以|可|应该|应|太|很|直接|完全|真正|有效|地|被|存在|有|任何|因为|通过|仅|单纯|简单|一定|"
    "怎么|总|都|全部|全|去|来|做|进行|得到|得|了|随|随着|属于|利用|依靠|受|对应|真的|必须|一起|同时|参与|起到|产生|带来|造成|导致|"
    "改变|让|使得|使|只|的|其|它|它们|所谓"
)
_PREPOSITION = r"(?:把|对|将|给|从|在|按|按照|根据|向|与|和|跟|由|让|使)[^,。;]{0,10}?"
_WORDS = r"(?: ?[a-z']+){0,3} ?"
_GAP = re.compile(rf"(?:{_AUXILIARY}|{_PREPOSITION}|(?<=[a-zt]){_WORDS}| )*")
_BREAK = re.compile(
    r"而是|只是|就|也|还|却|即可|情况下|前提下|同时|的时候|所以|因此|从而|以便|反而|才|便|but|just|only|so|then|still"
)
_AFTER = re.compile(
    r"(?:是|的|并)?(?:不需要|不必|没必要|没有必要|没有关系|没关系|无关|不成立|不存在|没有用|没用|是?错误?的|(?:is|are) (?:wrong|false|not needed|unnecessary|irrelevant))"
)
_EXCEPT = re.compile(r"(?:除了|除去|除开|\bexcept(?: for)?\b)([^,。;]{0,16})$")
_ADDITIVE = re.compile(r"^[^。;]{0,24}?(?:还|也|另外|以外,?又)")
REACH = 14
"""A negator reaches at most this many characters ahead."""


def is_negated(text: str, start: int, end: int, clause_start: int, clause_end: int) -> bool:
    """Tell whether the claim at [start, end) is denied within its clause.

    An odd number of negators in scope denies; two cancel ("并非不依赖").
    """
    before = text[clause_start:start]
    denials = _negators_before(before)
    after = text[end : min(clause_end, end + REACH)]
    if _AFTER.match(after):
        denials += 1
    if _is_excepted(before, text[end : end + 30]):
        denials += 1
    return denials % 2 == 1


def _negators_before(before: str) -> int:
    """Count the negators that reach the end of a text, each through nothing but what it can look through."""
    count = 0
    for _ in range(3):
        found = _last_negator(before)
        if found is None:
            break
        gap = before[found.end() :]
        if len(gap) > REACH + 12 * gap.isascii() or _BREAK.search(gap) or not _GAP.fullmatch(gap):
            break
        count += 1
        before = before[: found.start()]
    return count


def _last_negator(text: str) -> re.Match[str] | None:
    found = None
    for match in _NEGATOR.finditer(text[-60:] if len(text) > 60 else text):
        found = match
    if found is None or len(text) <= 60:
        return found
    return _NEGATOR.search(text, len(text) - 60 + found.start())


def _is_excepted(before: str, after: str) -> bool:
    """Tell "除了 A 都…" (A is left out) from "除了 A，还…" (A and more)."""
    return bool(_EXCEPT.search(before)) and not _ADDITIVE.match(after)


def has_negator(text: str) -> bool:
    """Tell whether a folded text holds any negator."""
    return bool(_NEGATOR.search(text))
