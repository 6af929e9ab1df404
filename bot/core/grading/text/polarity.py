"""Whether a claim is affirmed or denied: negators with their scope inside one clause.

Two kinds of negator reach differently far. "不是, 没有, 不能, doesn't" deny the rest of their clause; a bare "不" or
"无" before a verb denies that verb and its object only, for "不下采样就扩大感受野" affirms the second half.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.grading.text.word_lists import any_of

Span = tuple[int, int]

NARROW_REACH = 14
WIDE_REACH = 36
"""How many characters ahead a negator reaches at most; twice as many in English."""
NEAR, FARTHEST = 30, 120
"""How far back anything is looked for."""

_WIDE = (
    r"不(?:是|能|会|可能|用|需要?|必|应该?|想|再|等于|取决于|依赖于|属于|存在|具有|具备|包含|包括|考虑|使用|采用|涉及|关心|关注|改善|"
    r"把|对|给|将|让|被|按|从|在|与|和|跟|由|像|了|到|出|清|上|动)(?!但|仅|只|断|过|同)|没有(?!关系)|没(?=[用把对给将让被按能法会在做])|无法|无需|无须|并不(?!仅|只)|"
    r"并非|并没有?|从不|从未|尚未|未能|不足以|而非|"
    r"\b(?:not|never|cannot|neither|nor|unable to|fails? to|lacks?|hardly)\b|"
    r"(?<=[a-z])n[' ]t\b|\b(?:dont|doesnt|isnt|arent|wont|cant|didnt)\b"
)
_NOT_ONLY = r"不(?:只|仅)(?=是?(?:取决|由|看|依赖|与|和|跟|靠))"
"""Denies a claim that something is all there is ("并不只取决于当前"), unless an addition follows."""
_ADDITION = re.compile(r"[^。;\n]*?(?:还|也|而且)")
_AFFIRMING = {
    "不": "仅|但|只|光|同|断|过|管|论|少|规则|止|久|得不|如说",
    "没": "错|有",
    "无": "论|穷|限|关紧要",
    "非": "常|零|负",
    "未": "来|知",
}
"""How words go on that begin with a negator and deny nothing."""
NEGATORS = "".join(_AFFIRMING)
_LIMITS = {"非": "(?<!并)"}
_NARROW = r"(?<![类区级个分特性])别(?=把|用|让|再|要|只|去|给|直接|做)|\b(?:no|without|instead of|rather than)\b"
_AUXILIARY = (
    "会|能够|能|是|再|用|要|需要|必|可以|可|应该|应|太|很|直接|完全|真正|有效|地|被|存在|有|任何|因为|通过|仅|单纯|简单|一定|"
    "怎么|总|都|全部|全|去|来|做|进行|得到|得|了|随着?|利用|依靠|受|对应|真的|必须|一起|参与|起到|产生|带来|造成|导致|为|"
    "让|使得?|只|的|其|它们?|所谓|依赖|引入|反映|解决|缓解|影响|改变|提高|提升|增加|减少|降低|区分|知道|计算|学习|预测|"
    "接近|偏离|删除|删掉|去掉|丢弃|丢掉|合并|混合|选择|挑选|筛选|关注|保存|"
    "移动|连接|到|于|"
    "提取|看|管|算|设|加|抑制|防止|避免|保证|保留|保持|扩大|增大|增强|明显|多大|什么"
)
_PREPOSITION = r"(?:把|对|将|给|从|在|按照?|根据|向|与|和|跟|由|让|使|因)[^,。;]{0,10}?"
_BREAK = re.compile(
    r"而是|只是|就|(?<!^)也|还|却|即可|即能|情况|前提|同时|时(?!间|刻)|的话|以后|之后|则|所以|因此|从而|以便|反而|才|便|"
    r"(?<!^)直接|仍|依然|依旧|只(?!有|能|是|是)|"
    r"\b(?:but|just|(?<!depend )(?<!rely )(?<!based )only|so|then|still|and|yet|because|when|if)\b|"
    r"(?<!that )(?<!which )(?<!mean )(?<!n't )(?<!not )\b(?:is|are|has|have|becomes?|gives?|stays?|equals)\b"
)
"""Where a negator ends; in English also at the verb of a further clause ("when boxes don't touch the loss is…")."""
_AFTER = re.compile(
    r"[^,。;、]{0,4}?(?:无关|没有关系|没关系|没有?用|用不[到上着]|不成立|不存在|没有意义)|"
    r"(?:[的也都并又]|是)*(?:不需要|不必|没必要|没有必要|错误?的|不是|没有|不能|不会|并不|无法|不用|不重要|"
    r" ?(?:is|are|do|does|can|will|was|were)?(?: not\b|n[' ]?t\b| wrong| false| unnecessary| irrelevant| useless))"
)
_OBJECT_OF = re.compile(
    r"(?:用|采用|使用|改用|换成|改成|靠|要|看|取|加|选|学|有|"
    r"\b(?:us(?:es?|ing)|with|keeps?|takes?|has|needs?)(?: an?| the)?) ?$"
)
"""What is the object of a verb is not what a negator behind it denies: "用 sigmoid 不用 softmax"."""
_ALL_DENIED = re.compile(
    r"[^,。;、]{0,2}?[也都均](?:不(?!变|仅|只)|没|无(?!关紧要)|并非|未)|[^,。;、]{0,3}?(?:无关|没有?关系)|"
    r"(?:之间|之内|上|中|里|内|间)(?:并|从)?(?:不(?!变|仅|只)|没有?|无法)"
)
_EXCEPT = re.compile(r"(?:除了|除去|除开|\bexcept(?: for)?\b)([^,。;]{0,16})$")
_ADDITIVE = re.compile(r"^[^。;]{0,24}?(?:还|也|另外|以外,?又)")
_REDUCER = re.compile(
    r"(?:避免|防止|减少|缓解|降低|抑制|克服|解决|减轻|消除|少|防|对抗|"
    r"\b(?:avoids?|avoiding|prevents?|preventing|reduc\w+|less|fewer|against|mitigat\w+|alleviat\w+|solv\w+|fix\w*|eas\w+))[^,。;、]{0,12}$"
)
_WORSENS = re.compile(r"(?:加剧了?|加重了?|\b(?:worsen|aggravat|exacerbat|increas)(?:e?s|ed|ing) (?:the )?)$")
_MAKES = re.compile(r"\b(?:makes?|making|lets?|it|which)\b[^,.;]*$")
_WORSE = re.compile(r" ?(?:even )?(?:more|faster|worse|harder)\b")
_PROBLEM = r"漏掉|断|消失|丢失|错|miss(?:es|ed)?"
_WHETHER = re.compile(r"(?:有没有|是否|([是能会要用需依])不\1(?:要|赖)?|\bwhether(?: or not)?\b)[^,。;]{0,8}$")
_REPLACED = re.compile(r"(?:代替|替代|取代|替换|换掉|\breplac(?:es?|ed|ing))(?:掉|了|原来的| the| of)*[^,。;]{0,2}$")


class Negators:
    """Tells what is denied.

    Args:
        affirming: words of the field that begin with a negator and deny nothing ("无监督").
        verbs: what is done in the field: a bare negator before one denies its object as well ("不收敛到均值").
        problems: bad things of the field.
    """

    def __init__(self, affirming: Iterable[str] = (), verbs: Iterable[str] = (), problems: Iterable[str] = ()) -> None:
        narrow = "|".join((*_with_affirming(tuple(affirming)), _NARROW))
        self._negator = re.compile(rf"(?P<only>{_NOT_ONLY})|(?P<wide>{_WIDE})|(?P<narrow>{narrow})")
        verb = f"{_AUXILIARY}|{any_of(verbs)}"
        self._gap = re.compile(rf"(?:{verb}|{_PREPOSITION}|(?<=[a-z])(?: ?[a-z']+){{0,3}} ?| )*")
        self._problem = re.compile(f"{_PROBLEM}|{any_of(problems)}")

    def denier(self, text: str, claim: Span, clause: Span, *, is_subject: bool = False) -> int | None:
        """Return where the negator stands that denies a claim within its clause; None if it is affirmed.

        An odd number of negators in scope denies; two cancel ("并非不依赖"), and so does a word such as 避免 before
        the negator ("避免不稳定").

        Args:
            is_subject: the claim is a bare name, which a negator right behind it denies as well ("偏移也不是学出来的").
        """
        start, end = claim
        begin = max(clause[0], start - FARTHEST)
        before = text[begin:start]
        found, rest = self._before(before, is_only_denied=not _ADDITION.match(text, end))
        if not found and text[start] in "只仅" and before.endswith("不"):
            found.append(len(before) - 1)
        if found and _REDUCER.search(rest[-NEAR:]):
            found.append(-1)
        if is_subject and _is_denied_behind(before, text[end : min(clause[1], end + NARROW_REACH)]):
            found.append(end - begin)
        if _is_excepted(before, text[end : end + 30]):
            found.append(0)
        return begin + found[0] if len(found) % 2 == 1 else None

    def _before(self, before: str, *, is_only_denied: bool = True) -> tuple[list[int], str]:
        """Return where the negators stand that reach the end of a text, last first, and what precedes them.

        Args:
            is_only_denied: "不只" denies: nothing is added later.
        """
        found: list[int] = []
        for _ in range(3):
            last = self._last(before)
            if last is None or (last.lastgroup == "only" and not is_only_denied):
                break
            if not self._reaches(before[last.end() :], is_wide=last.lastgroup != "narrow"):
                break
            found.append(last.start())
            before = before[: last.start()]
        return found, before

    def _last(self, text: str) -> re.Match[str] | None:
        """Return the last negator that may reach the end of a text."""
        last = None
        for match in self._negator.finditer(text, max(0, len(text) - 2 * WIDE_REACH - 16)):
            last = last if is_alternative(text, match.start()) else match
        return last

    def _reaches(self, gap: str, *, is_wide: bool) -> bool:
        """Tell whether a negator reaches across a gap to the claim behind it."""
        longest = (WIDE_REACH if is_wide else NARROW_REACH) * (2 if gap.isascii() else 1)
        if len(gap) > longest or _BREAK.search(gap):
            return False
        return is_wide or ("、" not in gap and bool(self._gap.fullmatch(gap)))

    def has_negator(self, text: str) -> bool:
        """Tell whether a folded text holds any negator."""
        return bool(self._negator.search(text))

    def names_problem(self, term: str) -> bool:
        """Tell a folded term that names something bad: an answer that says it is gone speaks of the same point."""
        return bool(self._problem.fullmatch(term))

    def is_diminishing_denied(self, text: str, start: int, clause_start: int) -> bool:
        """Tell "不能解决退化": the avoiding or solving of what begins at `start` is itself denied."""
        begin = max(clause_start, start - NEAR)
        reducer = _REDUCER.search(text[begin:start])
        if reducer is None:
            return False
        found, _ = self._before(text[max(clause_start, start - FARTHEST) : begin + reducer.start()])
        return len(found) % 2 == 1


def _with_affirming(words: Sequence[str]) -> Iterator[str]:
    """Yield a pattern for each negator of one character, where no affirming word stands."""
    for negator, language in _AFFIRMING.items():
        field = any_of(word[1:] for word in words if word[0] == negator)
        yield f"{_LIMITS.get(negator, '')}{negator}(?!{language}|{field})"


def _is_denied_behind(before: str, after: str) -> bool:
    """Tell a subject that a negator behind it denies, unless it is the object of a verb before it."""
    return not _OBJECT_OF.search(before[-NEAR:]) and bool(_AFTER.match(after))


def is_alternative(text: str, start: int) -> bool:
    """Tell the negator of "有没有, 是不是, 能不能": it asks which of the two, and denies nothing."""
    return start > 0 and text[start] in "不没" and text[start - 1] == text[start + 1 : start + 2]


def denied_after(text: str, end: int, clause_end: int) -> range:
    """Return where claims that end at `end` are denied as subjects ("均值和方差也无法决定它"); empty if not."""
    match = _ALL_DENIED.match(text[end : min(clause_end, end + NARROW_REACH)])
    return range(end, end + match.end()) if match else range(0)


def _is_excepted(before: str, after: str) -> bool:
    """Tell "除了 A 都…" (A is left out) from "除了 A，还…" (A and more)."""
    return bool(_EXCEPT.search(before[-NEAR:])) and not _ADDITIVE.match(after)


def is_diminished(text: str, start: int, clause_start: int) -> bool:
    """Tell whether what begins at `start` is said to be avoided, reduced or solved."""
    return bool(_REDUCER.search(text[max(clause_start, start - NEAR) : start]))


def is_worsened(text: str, start: int, end: int, clause_start: int) -> bool:
    """Tell "it makes the network overfit more": the problem named from `start` to `end` is said to grow."""
    before = text[max(clause_start, start - NEAR) : start]
    return bool(_WORSENS.search(before) or (_MAKES.search(before) and _WORSE.match(text, end)))


def is_replaced(text: str, start: int, clause_start: int) -> bool:
    """Tell what another thing takes the place of: in "用 PAN 代替 FPN" nothing is said for or against FPN."""
    return bool(_REPLACED.search(text[max(clause_start, start - NEAR) : start]))


def is_asked(text: str, start: int, clause_start: int) -> bool:
    """Tell what is only named as the difference: in "看有没有用 anchor" nothing is said for or against it."""
    return bool(_WHETHER.search(text[max(clause_start, start - NEAR) : start]))
