"""Whether a claim is affirmed or denied: negators with their scope inside one clause."""

from __future__ import annotations

import re

REACH = 14
"""A negator reaches at most this many characters ahead (twice as many in English)."""

_CHINESE = (
    r"不(?!仅|但|只|光|同|断|过|管|论|少|平衡|均衡|均|相交|规则|止|久|得不|如说|重叠)|没有|没(?!错|有)|无需|无须|无法|"
    r"无(?!论|穷|监督|限|后效|记忆|偏|关紧要)|并非|(?<!并)非(?!常|极大|极值|线性|零|监督|负|均匀|最大|对称|重叠|局部)|"
    r"未(?!来|知)|(?<![类区级个分特性])别(?=把|用|让|再)|而非"
)
_ENGLISH = (
    r"\b(?:not|no|never|without|cannot|neither|nor|instead of|rather than|unable to|fails? to|lacks?)\b|n[' ]?t\b(?<=o.t|"
    r"s.t|n.t)|\b(?:dont|doesnt|isnt|wont|cant|didnt)\b"
)
_NEGATOR = re.compile(rf"(?:{_CHINESE}|{_ENGLISH})")
_AUXILIARY = (
    "会|能够|能|是|再|用|要|需要|必|可以|可|应该|应|太|很|直接|完全|真正|有效|地|被|存在|有|任何|因为|通过|仅|单纯|简单|一定|"
    "怎么|总|都|全部|全|去|来|做|进行|得到|得|了|随着?|属于|利用|依靠|受|对应|真的|必须|一起|参与|起到|产生|带来|造成|导致|"
    "让|使得?|只|取决于?|依赖于|的|其|它们?|所谓|考虑|关心|关注|使用|采用|依赖|引入|涉及|包含|包括|反映|解决|缓解|影响|改变|提高|提升|增加|减少|"
    "降低|区分|知道|计算|学习|预测|生成|提取|看|管|算|设|加|抑制|防止|避免|保证|保留|保持|扩大|增大|改善|增强|明显|多大|什么"
)
_PREPOSITION = r"(?:把|对|将|给|从|在|按照?|根据|向|与|和|跟|由|让|使|因)[^,。;]{0,10}?"
_GAP = re.compile(rf"(?:{_AUXILIARY}|{_PREPOSITION}|(?<=[a-z])(?: ?[a-z']+){{0,3}} ?| )*")
_BREAK = re.compile(
    r"而是|只是|就|也|还|却|即可|情况下|前提下|同时|的时候|所以|因此|从而|以便|反而|才|便|、|\b(?:but|just|only|so|then|still|and)\b"
)
_AFTER = re.compile(
    r"[^,。;、]{0,4}?(?:无关|没有关系|没关系)|(?:是|的|并)?(?:不需要|不必|没必要|没有必要|不成立|不存在|没有用|没用|错误?的|"
    r"(?:is|are) (?:wrong|false|not needed|unnecessary|irrelevant))"
)
_EXCEPT = re.compile(r"(?:除了|除去|除开|\bexcept(?: for)?\b)([^,。;]{0,16})$")
_ADDITIVE = re.compile(r"^[^。;]{0,24}?(?:还|也|另外|以外,?又)")
_REDUCER = re.compile(
    r"(?:避免|防止|减少|缓解|降低|抑制|克服|解决|减轻|消除|少|防|对抗|"
    r"\b(?:avoids?|avoiding|prevents?|preventing|reduc\w+|less|fewer|against|mitigat\w+|alleviat\w+|solv\w+|fix\w*|eas\w+))[^,。;]{0,12}$"
)


def is_negated(text: str, start: int, end: int, clause_start: int, clause_end: int) -> bool:
    """Tell whether the claim at [start, end) is denied within its clause.

    An odd number of negators in scope denies; two cancel ("并非不依赖"), and so does a word such as 避免 before
    the negator ("避免不稳定").
    """
    before = text[clause_start:start]
    denials, rest = _negators_before(before)
    if denials and _REDUCER.search(rest):
        denials += 1
    if _AFTER.match(text[end : min(clause_end, end + REACH)]):
        denials += 1
    if _is_excepted(before, text[end : end + 30]):
        denials += 1
    return denials % 2 == 1


_PROBLEM = re.compile(
    r"漏检|漏掉|误检|误删|误杀|噪声|噪音|断|过拟合|消失|弥散|爆炸|退化|冗余|重复框|震荡|振荡|发散|跑偏|丢失|错|假边缘|伪|"
    r"overfit\w*|vanish\w*|explod\w*|degrad\w*|noise|miss(?:es|ed)?|diverg\w*|redundan\w*|oscillat\w*"
)


def names_problem(term: str) -> bool:
    """Tell a folded term that names something bad: an answer that says it is gone speaks of the same point."""
    return bool(_PROBLEM.fullmatch(term))


def is_diminished(text: str, start: int, clause_start: int) -> bool:
    """Tell whether what begins at `start` is said to be avoided, reduced or solved."""
    return bool(_REDUCER.search(text[clause_start:start]))


def is_diminishing_denied(text: str, start: int, clause_start: int) -> bool:
    """Tell "不能解决退化": the avoiding or solving of what begins at `start` is itself denied."""
    reducer = _REDUCER.search(text[clause_start:start])
    if reducer is None:
        return False
    denials, _ = _negators_before(text[clause_start : clause_start + reducer.start()])
    return denials % 2 == 1


def _negators_before(before: str) -> tuple[int, str]:
    """Count the negators that reach the end of a text, and return what stands before the first of them."""
    count = 0
    for _ in range(3):
        found = _last_negator(before)
        if found is None:
            break
        gap = before[found[1] :]
        if len(gap) > REACH * (2 if gap.isascii() else 1) or _BREAK.search(gap) or not _GAP.fullmatch(gap):
            break
        count += 1
        before = before[: found[0]]
    return count, before


def _last_negator(text: str) -> tuple[int, int] | None:
    """Return the span of the last negator among the last 60 characters."""
    offset = max(0, len(text) - 60)
    last = None
    for match in _NEGATOR.finditer(text[offset:]):
        last = match
    return (last.start() + offset, last.end() + offset) if last else None


def _is_excepted(before: str, after: str) -> bool:
    """Tell "除了 A 都…" (A is left out) from "除了 A，还…" (A and more)."""
    return bool(_EXCEPT.search(before)) and not _ADDITIVE.match(after)


_REPLACED = re.compile(r"(?:代替|替代|取代|替换|换掉|\breplac(?:es?|ed|ing))(?:掉|了|原来的| the| of)*[^,。;]{0,2}$")


def is_replaced(text: str, start: int, clause_start: int) -> bool:
    """Tell what another thing takes the place of: in "用 PAN 代替 FPN" nothing is said for or against FPN."""
    return bool(_REPLACED.search(text[clause_start:start]))


def has_negator(text: str) -> bool:
    """Tell whether a folded text holds any negator."""
    return bool(_NEGATOR.search(text))
