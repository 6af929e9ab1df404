"""What is no answer whatever terms it holds: blanks, echoes of the question, lists of bare terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.grading.text import Folded, content_length
from bot.core.language import is_han

_FILLER = (
    r"(?:[吧啊呀呢哦嗯额呃了的我真实在太是也都有点,.!?。~…\s]|sorry|抱歉|不好意思|老师|这个|这题|完全|这道题|题|目前|暂时|好像|"
    r"还|就|really|i m|im|i am|i|just|um+|uh+|hmm+|emm+|well|honestly)*"
)
_UNKNOWN = (
    r"(?:不知道|不晓得|不会做|不会|不懂|不清楚|不记得|记不得|记不清|想不起来?|想不出来?|没想法|没思路|没印象|没学过|没看过|"
    r"没听过|没复习到?|没研究过?|没怎么看|没什么思路|没想到|没有头绪|毫无头绪|忘记|忘光|忘|不太?确定|不太?清楚|不太?懂|不了解|没概念|"
    r"答不上来?|答不出来?|放弃|跳过|过|略|无|没有|看答案|求答案|下一题|下一个|pass|skip|idk|dunno|no idea|"
    r"(?:do ?n ?t|do not|can ?t|cannot) (?:know|remember|recall)|not sure|no clue|forgot|give up|next|none|nothing|"
    r"n/a|unknown|tell me|help|\?+|什么|啥|这是什么|怎么说|怎么答)"
)
_BLANK = re.compile(
    rf"{_FILLER}(?:{_UNKNOWN}{_FILLER})*(?:怎么(?:答|算|说|做)|是什么|答案|it|the answer|about this)?{_FILLER}"
)
_INTERROGATIVE = re.compile(
    r"什么|怎么|怎样|如何|为何|哪|吗|呢|多少|几|\b(?:what|how|why|which|when|where|explain|describe)\b"
)
_JOINS = re.compile(
    r"[→=≈<>≥≤:;。?!：；？！+*^(（]|->|\bvs\b|是|的|做|给|引入|加了|主要|就|还|都|每|取|用|把|将|使|让|能|可以|因为|所以|由于|通过|需要|用来|用于|从而|不|没|而|越|对.+做|"
    r"\b(?:is|are|was|the|of|to|by|it|that|for|with|in|on|from|can|not|so|because|each|only|than|which|when|into|as|has|have|"
    r"uses?|without|and|more|fewer|less|same|no|larger|smaller|higher|lower|its|their|they|do|does)\b"
)
_VERB = re.compile(
    r"[减增降升提防避加扩缩保改跨调融删压抑补学算取求丢传选打乘除归输映设选换替合并分拼]|化|聚|缓解|平均|独立|依赖|惩罚|等于|大于|小于|超过"
)
_GREEK = re.compile(r"[α-ωΑ-Ω]")
_GAPS = re.compile(r"[㐀-鿿](?=[ \t]+[㐀-鿿])")
_SENTENCE = re.compile(r"[→=≈<>≥≤:;,。?!：；，？！]|->|是|把|将|使|让|因为|所以|由于|通过")
_MARKS = re.compile(r"[,，、;；|\n]+|\s/\s")
_STOPS = re.compile(r"[→=≈<>≥≤:;。?!：；？！]|->|\bvs\b")
_CLAIMS = re.compile(
    r"是|把|将|使|让|因为|所以|由于|通过|用|有|没|取|给|仍|靠|怕|只|会|能|要|可|由|越|[a-z]+ [a-z]+ [a-z]+"
)
LONGEST_TERM = 6
"""Chinese characters, or half as many Latin words, of a piece that may be a bare term."""
_SEPARATOR = re.compile(r"[\s,，、;；/|]+")


def is_blank(folded: Folded) -> bool:
    """Tell an answer that says nothing, or that it knows nothing."""
    text = folded.text
    if not any(char.isalnum() for char in text):
        return True
    return len(text) <= 60 and bool(_BLANK.fullmatch(text.replace("'", " ").strip()))


def grams(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters and the Latin words of a folded text."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if is_han(text[i]) and is_han(text[i + 1])}
    return frozenset(pairs | set(re.findall(r"[a-z0-9.]+", text)))


def echoes(text: str, prompt: frozenset[str]) -> bool:
    """Tell a stretch of folded text that only gives the question's words back."""
    own = grams(text)
    return bool(own) and len(own - prompt) <= 0.15 * len(own)


def is_echo(folded: Folded, prompt: Folded) -> bool:
    """Tell an answer that is the question, or the question as a statement."""
    filler = re.sub(
        r"就是|它们|两者|区别|不同|作用|是|的|有|问|题|请|介绍|解释|一下|关于|\b(?:the|is|are|a|of|what|it|difference|between)\b",
        "",
        folded.text,
    )
    return echoes(folded.text, grams(prompt.text)) or (
        content_length(folded.text) > 0 and echoes(filler, grams(prompt.text)) and not re.search(r"[=→≈]", filler)
    )


def is_question(text: str) -> bool:
    """Tell a clause that asks: it ends in a question mark, or a question word opens or closes it."""
    return bool(_INTERROGATIVE.search(text)) and (text.endswith(("?", "吗", "呢", "多少", "什么")) or len(text) <= 6)


def copied_spans(text: str, prompt: str, shortest: int = 4) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text, four characters or longer, that stand in the question letter for letter."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at + shortest <= len(text):
        length = shortest
        while text[at : at + length] in prompt:
            length += 1
            if at + length > len(text):
                break
        if length > shortest:
            spans.append((at, at + length - 1))
            at += length - 1
        else:
            at += 1
    return tuple(spans)


def is_list(original: str) -> bool:
    """Tell a list of bare terms from terse claims, on the raw text: folding hides the spaces.

    Chinese sentences have no spaces between their words: three such gaps and no mark of a sentence make a list.
    So do four pieces or more of which hardly any says something of its own, with nothing that joins them.
    """
    text = original.strip(" 。.").casefold()
    if not _SENTENCE.search(text) and len(_GAPS.findall(text)) >= 3:
        return True
    marks = _MARKS if _MARKS.search(text) else _SEPARATOR
    pieces = [piece.strip() for piece in marks.split(text) if piece.strip()]
    if len(pieces) < 4:
        return False
    if _JOINS.search(text):
        return len(pieces) > 4 and marks is _MARKS and not _STOPS.search(text) and _bare_share(pieces) >= 0.7
    return sum(not _states(piece) for piece in pieces) / len(pieces) >= 0.6


def _bare_share(pieces: Sequence[str]) -> float:
    """Return the share of short pieces that claim nothing, though small words stand in them ("不相交", "梯度为零")."""
    bare = sum(not (_states(piece) or _CLAIMS.search(piece) or _length(piece) > LONGEST_TERM) for piece in pieces)
    return bare / len(pieces)


def _length(piece: str) -> int:
    return sum(map(is_han, piece)) + 2 * len(re.findall(r"[a-z0-9]+", piece))


def _states(piece: str) -> bool:
    """Tell a piece that says something by itself: a verb with its object, four Chinese characters or more."""
    length = sum(map(is_han, piece))
    return (length >= 4 and bool(_VERB.search(piece))) or (length >= 2 and bool(_GREEK.search(piece)))
