"""Bare terms told from terse claims: who lists the right words has not said anything about them."""

import re
from collections.abc import Iterable, Iterator

from bot.core.grading.text.word_lists import any_of
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
_ENGLISH_VERBS = (
    r"uses?|using|removes?|deletes|drops?|keeps?|lowers|reduces?|adds?|learns?|shares|merges?|combines?|splits|"
    r"replaces?|proposes?|computes?|depends?|increases|enlarges?|expands?|avoids?|prevents?|gets?|goes|becomes?|"
    r"gives?|needs?|makes?|takes?|works?|runs|starts|helps?|skips|multiplies|subtracts?|divides|matches|"
    r"assigns?|finds?|selects?|sorts?|picks?|focuses|ignores?|outputs|produces?|generates?|maps|sees?|looks|"
    r"covers|changes|adapts?|moves|shifts|inserts?|visits|repeats?|smooths?|stops|loses?|misses|handles?"
)
_INTRODUCES = re.compile(
    r"由|包括|包含|分为|分成|有|用|通过|靠|依据|按|比如|例如|如|看|是|取决于|组成|\b(?:are|is|include|like|such as)\b"
)
"""Words that make an enumeration behind them part of a claim: "由状态空间、转移矩阵组成"."""
_NOUNS = "分数|部分|成分|变化"
"""Compounds that hold the character of a verb and name a thing."""
_VERB = re.compile(
    r"[减增降升提防避加扩缩保改跨调融删压抑补学算取求丢传选打乘除归输映设换替合并分拼]|化|聚|缓解|平均|独立|依赖|等于|大于|"
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


def is_marked(text: str) -> bool:
    """Tell a text whose pieces are set apart by marks, not by spaces alone."""
    return bool(_MARKS.search(text) or _ITEMS.search(text))


class Lists:
    """Tells lists of bare terms.

    Args:
        nouns: of the field, that hold the character of a verb ("归一化").
        verbs: English ones of the field.
    """

    def __init__(self, nouns: Iterable[str] = (), verbs: Iterable[str] = ()) -> None:
        self._nouns = re.compile(f"{any_of(nouns)}|{_NOUNS}")
        self._english_verb = re.compile(rf"\b(?:{_ENGLISH_VERBS}|{any_of(verbs)})\b")

    def is_list(self, original: str, longest: int = LONGEST_TERM) -> bool:
        """Tell a list of bare terms from terse claims, on the raw text: folding hides the spaces.

        Chinese sentences have no spaces between their words: three such gaps and no mark of a sentence make a list.
        So do four pieces or more of which hardly any says something of its own, with nothing that joins them.

        Args:
            longest: Chinese characters of a piece, from which on it describes what it names.
        """
        text = _BRACKETS.sub(lambda match: _SEPARATOR.sub("", match[0]), original.strip(" 。.").casefold())
        if not _SENTENCE.search(text) and len(_GAPS.findall(text)) >= FEWEST_PIECES - 1:
            return True
        return self._is_enumerated(text, longest) if is_marked(text) else self._is_spaced(text)

    def _is_spaced(self, text: str) -> bool:
        pieces = [piece for piece in _SEPARATOR.split(text) if piece]
        if len(pieces) < FEWEST_PIECES or _JOINS.search(text) or self._english_verb.search(text):
            return False
        return sum(not self._states(piece) for piece in pieces) >= BARE_SHARE * len(pieces)

    def _is_enumerated(self, text: str, longest: int) -> bool:
        pieces = list(_pieces(text))
        if len(pieces) < FEWEST_PIECES or _STOPS.search(text):
            return False
        return sum(self._is_bare(piece, longest) for piece in pieces) >= BARE_SHARE * len(pieces)

    def _is_bare(self, piece: str, longest: int) -> bool:
        """Tell a short piece that claims nothing, though small words may stand in it ("不相交", "梯度为零")."""
        is_claim = self._states(piece) or _CLAIMS.search(piece) or self._english_verb.search(piece)
        return not is_claim and _length(piece) <= longest

    def _states(self, piece: str) -> bool:
        """Tell a piece that says something by itself: a verb with its object."""
        bare = self._nouns.sub("", piece)
        length = sum(map(is_han, piece))
        if length < 2:
            return False
        has_verb = _OPENS_WITH_VERB.match(bare) or (length >= 4 and _VERB.search(bare))
        return bool(has_verb or _GREEK.search(piece))


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between the marks; an enumeration that a word introduces is one piece."""
    for part in _MARKS.split(text):
        items = [item.strip() for item in _ITEMS.split(part) if item.strip()]
        is_one = len(items) > 1 and (_INTRODUCES.search(items[0]) or items[-1].endswith(("组成", "构成")))
        yield from ([part.strip()] if is_one else items)


def _length(piece: str) -> int:
    return sum(map(is_han, piece)) + 2 * len(re.findall(r"[a-z0-9]+", piece))
