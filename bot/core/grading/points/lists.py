"""Bare terms told from terse claims: who lists the right words has not said anything about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.characters import is_han

LONGEST_TERM = 6
"""Chinese characters, or half as many Latin words, of a piece that may be a bare term."""
FEWEST_PIECES = 4
BARE_SHARE = 0.6
"""The share of pieces that say nothing from which on they make a list."""

LONGEST_NAME = 4
"""The same where methods are asked for: "高分辨率输入" says what to do."""

_BRACKETS = re.compile(r"[(（][^()（）]{0,40}[)）]")
_GAPS = re.compile(r"[㐀-鿿](?=[ \t]+[㐀-鿿])")
_SENTENCE = re.compile(r"[→=≈<>≥≤:;,。?!：；，？！]|->|是|把|将|使|让|因为|所以|由于|通过")
_MARKS = re.compile(r"[,，;；|\n]+|\s/\s")
_ITEMS = re.compile(r"[、]+")
_SEPARATOR = re.compile(r"[\s,，、;；/|]+")
_STOPS = re.compile(r"[→=≈<>≥≤:;。?!：；？！]|->|\bvs\b")
_JOINS = re.compile(
    r"[→=≈<>≥≤:;。?!：；？！+*^(（]|->|\bvs\b|是|的|做|给|引入|加了|主要|就|还|都|每|取|用|把|将|使|让|能|可以|因为|所以|由于|通过|需要|"
    r"用来|用于|从而|不|没|而|越|对.+做|"
    r"\b(?:is|are|was|the|of|to|by|it|that|for|with|in|on|from|can|not|so|because|each|only|than|which|when|into|as|has|have|"
    r"without|and|more|fewer|less|same|no|larger|smaller|higher|lower|its|their|they|do|does)\b"
)
_ENGLISH_VERB = re.compile(
    r"\b(?:uses?|using|predicts?|removes?|deletes|drops?|keeps?|lowers|reduces?|decays|adds?|learns?|normali[sz]es?|shares|merges?|"
    r"combines?|splits|replaces?|proposes?|regresses|classifies|computes?|depends?|increases|enlarges?|expands?|avoids?|"
    r"prevents?|gets?|goes|becomes?|gives?|needs?|makes?|takes?|works?|runs|trains|starts|helps?|skips|multiplies|"
    r"subtracts?|divides|averages|matches|assigns?|finds?|detects?|selects?|sorts?|picks?|focuses|ignores?|suppress(?:es)?|"
    r"outputs|produces?|generates?|maps|sees?|looks|covers|changes|adapts?|moves|shifts|fuses?|inserts?|visits|repeats?|"
    r"smooths?|stops|penali[sz]es?|weights|loses?|misses|handles?)\b"
)
_INTRODUCES = re.compile(
    r"由|包括|包含|分为|分成|有|用|通过|靠|依据|按|比如|例如|如|看|是|取决于|组成|\b(?:are|is|include|like|such as)\b"
)
"""Words that make an enumeration behind them part of a claim: "由状态空间、转移矩阵组成"."""
_NOUNS = re.compile(
    r"(?:语义|实例|全景)?分割|分布|分类器?|分数|分支|输入层?|输出层?|归一化|算法|算子|学习率|计算量|运算量|参数量?|分辨率|"
    r"采样点|集成|部分|成分|概率|函数|损失|采样|解耦|特征提取|加权|排序|连接|查询|变化|存储"
)
"""Compounds that hold the character of a verb and name a thing."""
_VERB = re.compile(
    r"[减增降升提防避加扩缩保改跨调融删压抑补学算取求丢传选打乘除归输映设换替合并分拼]|化|聚|缓解|平均|独立|依赖|惩罚|等于|大于|"
    r"小于|超过|无关|有关|相关|相等|相同|不同|定|管|代表|表示|控制|影响|描述|连|接|存|挂|排|查|找|放|进|出|走|变|成|吃|抓|罚|砍|扔"
)
_OPENS_WITH_VERB = re.compile(r"[减增降升提防避加扩缩保改跨调融删压抑补省丢替少多放复切拉推扔留换像先再直用看要]")
_CLAIMS = re.compile(
    r"是|把|将|使|让|因为|所以|由于|通过|用|有|没|取|给|仍|靠|怕|只|会|能|要|可|由|越|[a-z]+ [a-z]+ [a-z]+|"
    r"\b(?:without|with|no|not|of|for|in|to|by|several|many|auto|same|more|fewer|lower|higher|smaller|larger)\b"
)
_GREEK = re.compile(r"[α-ωΑ-Ω]")
_METHODS = re.compile(
    r"哪些[^,，。?？]{0,8}(?:方法|办法|手段|技巧|改进|做法)|(?:方法|办法|手段|技巧|改进|做法)[^,，。?？]{0,3}哪些|"
    r"\b(?:which|what)\b[^.?]{0,12}\b(?:methods|ways|tricks|improvements)\b"
)


def asks_for_names(prompt: str) -> bool:
    """Tell a question that names of methods go some way to answer."""
    return bool(_METHODS.search(prompt))


def is_list(original: str, longest: int = LONGEST_TERM) -> bool:
    """Tell a list of bare terms from terse claims, on the raw text: folding hides the spaces.

    Chinese sentences have no spaces between their words: three such gaps and no mark of a sentence make a list.
    So do four pieces or more of which hardly any says something of its own, with nothing that joins them.

    Args:
        longest: Chinese characters of a piece, from which on it describes what it names.
    """
    text = _BRACKETS.sub(lambda match: _SEPARATOR.sub("", match[0]), original.strip(" 。.").casefold())
    if not _SENTENCE.search(text) and len(_GAPS.findall(text)) >= FEWEST_PIECES - 1:
        return True
    return _is_enumerated(text, longest) if is_marked(text) else _is_spaced(text)


def is_marked(text: str) -> bool:
    """Tell a text whose pieces are set apart by marks, not by spaces alone."""
    return bool(_MARKS.search(text) or _ITEMS.search(text))


def _is_spaced(text: str) -> bool:
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    if len(pieces) < FEWEST_PIECES or _JOINS.search(text) or _ENGLISH_VERB.search(text):
        return False
    return sum(not _states(piece) for piece in pieces) >= BARE_SHARE * len(pieces)


def _is_enumerated(text: str, longest: int) -> bool:
    pieces = list(_pieces(text))
    if len(pieces) < FEWEST_PIECES or _STOPS.search(text):
        return False
    return sum(_is_bare(piece, longest) for piece in pieces) >= BARE_SHARE * len(pieces)


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between the marks; an enumeration that a word introduces is one piece."""
    for part in _MARKS.split(text):
        items = [item.strip() for item in _ITEMS.split(part) if item.strip()]
        is_one = len(items) > 1 and (_INTRODUCES.search(items[0]) or items[-1].endswith(("组成", "构成")))
        yield from ([part.strip()] if is_one else items)


def _is_bare(piece: str, longest: int) -> bool:
    """Tell a short piece that claims nothing, though small words may stand in it ("不相交", "梯度为零")."""
    is_claim = _states(piece) or _CLAIMS.search(piece) or _ENGLISH_VERB.search(piece)
    return not is_claim and _length(piece) <= longest


def _length(piece: str) -> int:
    return sum(map(is_han, piece)) + 2 * len(re.findall(r"[a-z0-9]+", piece))


def _states(piece: str) -> bool:
    """Tell a piece that says something by itself: a verb with its object."""
    bare = _NOUNS.sub("", piece)
    length = sum(map(is_han, piece))
    if length < 2:
        return False
    has_verb = _OPENS_WITH_VERB.match(bare) or (length >= 4 and _VERB.search(bare))
    return bool(has_verb or _GREEK.search(piece))
