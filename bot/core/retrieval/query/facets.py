"""Which part of a concept a query asks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.content.library import Facet
from bot.core.retrieval.query.normalise import is_han

_WORDS: dict[Facet, str] = {
    Facet.DIFFERENCE: r"""
        区别|差别|差异|不同|不一样|异同|对比|比较|相比|分别|difference|differ\b|compare|versus|\bvs\b""",
    Facet.DRAWBACK: r"""
        缺点|缺陷|不足|弊端|坏处|毛病|短板|局限|劣势|有什么问题|有啥问题|哪里不好
        |drawback|disadvantage|weakness|limitation""",
    Facet.ADVANTAGE: r"""
        优点|优势|好处|长处|强在|好在哪|advantage|benefit|strength""",
    Facet.COMPLEXITY: r"""
        复杂度|时间开销|complexity""",
    Facet.FORMULA: r"""
        公式|表达式|怎么算|咋算|如何计算|怎样计算|怎么计算|计算方法|怎么求|如何求
        |formula|equation|compute|calculate""",
    Facet.EXAMPLE: r"""
        例子|举例|举个例|举个栗|比如说|实例|\bexample""",
    Facet.HISTORY: r"""
        谁提出|哪篇论文|哪一年|什么时候提出|出自|发展过程|演变|历史
        |history|who\ (?:invented|proposed)|which\ paper""",
    Facet.STEPS: r"""
        步骤|流程|过程|怎么做|咋做|怎么实现|如何实现|怎么工作|原理
        |\bsteps?\b|procedure|pipeline|how\ does|how\ do\b""",
    Facet.USAGE: r"""
        用在|应用|场景|什么时候用|何时用|哪里用|用法|怎么用|如何使用|取多少|设多少|一般取
        |where\ is\ .*\ used|when\ to\ use|application""",
    Facet.PURPOSE: r"""
        为什么|为何|为啥|干嘛|干啥|作用|意义|目的|动机|有什么用|有啥用|用来|有用
        |purpose|\bwhy\b|what\ .*\ for\b|motivation""",
    Facet.ERRATUM: r"""
        勘误|写错|错在哪|erratum|errata""",
    Facet.DEFINITION: r"""
        什么是|是什么|是啥|啥是|什么意思|定义|概念|含义|指什么
        |what\ is|what\ are|define|definition|meaning""",
}
"""How each part is asked for; where two are, the first in this order counts."""
_POLITE = (
    r"请问|请教|一下|介绍|解释|讲讲|讲解|说说|聊聊|谈谈|讲一讲|说一说|通俗|简单|详细|怎样|怎么|如何|哪些|哪个|哪种|哪里"
    r"|什么|多少|呢|吗|吧|啊|呀|嘛|啥|咋|面试官|面试|求助|救命|老师|同学|大佬|兄弟"
    r"|到底|究竟|来着|玩意儿?|东东|这东西|捋一?捋"
    r"|explain|tell me about|please|describe|\b(?:how|which|who|when|where|what|why)\b"
)
"""What is said around a question."""


def joined(parts: Sequence[str]) -> str:
    """Return atoms as one text: words of other script between single spaces, so that patterns see their ends.

    >>> joined(["bn", "和", "layer", "norm"])
    ' bn 和 layer norm '
    """
    text = ""
    for part in parts:
        text += spaced_out(text, part)
    return text


def spaced_out(before: str, part: str) -> str:
    """Return what an atom adds to a text that is joined."""
    return part if is_han(part) else f"{part} " if before.endswith(" ") else f" {part} "


@dataclass(frozen=True, slots=True)
class Asking:
    """How each part of a concept is asked for.

    Attributes:
        patterns: the first one that is met tells the part; None for what is only polite.
    """

    patterns: tuple[tuple[Facet | None, re.Pattern[str]], ...]

    @classmethod
    def build(cls, asked_as: Iterable[Sequence[str]] = ()) -> Asking:
        """Prepare the patterns.

        Args:
            asked_as: the name of a facet and further words for it, those of one field.
        """
        further: dict[str, list[str]] = defaultdict(list)
        for facet, *words in asked_as:
            further[facet] += map(re.escape, words)
        said = ((facet, "|".join((words, *further[facet]))) for facet, words in _WORDS.items())
        return cls((*((facet, re.compile(words, re.VERBOSE)) for facet, words in said), (None, re.compile(_POLITE))))

    def read(self, text: str, parts: Sequence[str]) -> tuple[Facet | None, set[int]]:
        """Return the part that a query asks for, and which of its atoms only ask.

        Args:
            text: what `joined` makes of the parts.

        >>> Asking.build().read(" nms 缺点", ["nms", "缺", "点"])
        (<Facet.DRAWBACK: '缺点'>, {1, 2})
        """
        facet: Facet | None = None
        places: list[int] = []
        for asked_for, pattern in self.patterns:
            for match in pattern.finditer(text):
                facet = facet or asked_for
                places += range(*match.span())
        if not places:
            return None, set()
        owners = _owners(parts)
        return facet, {owners[place] for place in places if text[place] != " "}


def _owners(parts: Sequence[str]) -> list[int]:
    """Return for each character of a text that was joined which part it belongs to."""
    text, owners = "", list[int]()
    for at, part in enumerate(parts):
        spaced = spaced_out(text, part)
        owners += [at] * len(spaced)
        text = spaced
    return owners
