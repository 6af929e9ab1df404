"""What a message asks beyond one concept: several questions, a follow-up, a comparison."""

import re

from bot.core.content.library import Facet

MAX_QUESTIONS = 3
_STOPS = re.compile(r"[?？;；\n]+|[。!！](?=.{4})|(?:另外|还有就是|还想问|顺便问一下|以及问下|顺便)")
_POINTING = re.compile(
    r"^(?:那|那么|它|这个|其|再|继续|还有)|呢\W*$|详细|展开|举个?例|例子|为什么|为啥|\b(?:it|its|that|this|more|example|why)\b"
    r"|^\s*(?:and|what about|how about)\b"
)
_COMPARING = re.compile(
    r"区别|差别|差异|不同|不一样|异同|对比|比较|相比|哪个好|哪个更|选哪个|和.{1,24}比|跟.{1,24}比|与.{1,24}比"
    r"|\bvs\b|versus|difference|differ\b|compare|better"
)
_WITH_TOPIC = re.compile(r"^\W*(?:那)?\s*(?:它)?\s*(?:和|跟|与|比|同)")
SHORT = 14
"""Atoms of a text that can still be a follow-up."""
MAX_SIDES = 3
"""Concepts that are set side by side."""


def questions(text: str) -> tuple[str, ...]:
    """Cut a message into its questions, at most `MAX_QUESTIONS`.

    >>> questions("BN 是什么？dropout 有什么用？")
    ('BN 是什么', 'dropout 有什么用')
    """
    found = [piece.strip() for piece in _STOPS.split(text)]
    found = [piece for piece in found if len(re.sub(r"\W|_", "", piece)) > 1]
    return tuple(found[:MAX_QUESTIONS])


def may_follow_up(folded: str, size: int, facet: Facet | None) -> bool:
    """Tell whether a text that names nothing may be about what was just discussed.

    Args:
        folded: the text as compared.
        size: its atoms.
        facet: the part it asks for, if any.
    """
    return 0 < size <= SHORT and (facet is not None or bool(_POINTING.search(folded.strip())))


def is_comparison(folded: str) -> bool:
    """Tell whether a text wants two things compared."""
    return bool(_COMPARING.search(folded))


def compares_with_topic(folded: str) -> bool:
    """Tell whether what was just discussed is the first side of a comparison ("和 soft-NMS 比呢")."""
    return is_comparison(folded) and bool(_WITH_TOPIC.search(folded))
