"""What a message asks beyond one concept: several questions, a follow-up, a comparison."""

from __future__ import annotations

import re

MAX_QUESTIONS = 3
_STOPS = re.compile(r"[?？;；\n]+|[。!！](?=.{4})|(?:另外|还有就是|还想问|顺便问一下|以及问下|顺便)")
_FOLLOW_UP = re.compile(
    r"^(?:那|那么|那它|它|它的|这个|其)|呢\W*$|再详细|详细点|详细一点|展开|举个例|举例|例子|为什么\W*$|为啥\W*$"
    r"|^(?:and|what about|how about|more|example|why)\b|\b(?:it|its|that|this)\b"
)
_COMPARING = re.compile(
    r"区别|差别|差异|不同|不一样|异同|对比|比较|相比|哪个好|哪个更|选哪个|和.{1,24}比|跟.{1,24}比|与.{1,24}比"
    r"|\bvs\b|versus|difference|differ\b|compare|better"
)
_WITH_TOPIC = re.compile(r"^\W*(?:那)?\s*(?:它)?\s*(?:和|跟|与|比|同)")
SHORT = 14
"""Atoms of a text that can still be a follow-up."""


def questions(text: str) -> tuple[str, ...]:
    """Cut a message into its questions, at most `MAX_QUESTIONS`.

    >>> questions("BN 是什么？dropout 有什么用？")
    ('BN 是什么', 'dropout 有什么用')
    """
    found = [piece.strip() for piece in _STOPS.split(text)]
    found = [piece for piece in found if len(re.sub(r"\W|_", "", piece)) > 1]
    return tuple(found[:MAX_QUESTIONS])


def is_follow_up(folded: str, size: int) -> bool:
    """Tell whether a text that names nothing may be about what was just discussed."""
    return size <= SHORT and bool(_FOLLOW_UP.search(folded.strip()))


def is_comparison(folded: str) -> bool:
    """Tell whether a text wants two things compared."""
    return bool(_COMPARING.search(folded))


def compares_with_topic(folded: str) -> bool:
    """Tell whether what was just discussed is the first side of a comparison ("和 soft-NMS 比呢")."""
    return is_comparison(folded) and bool(_WITH_TOPIC.search(folded))
