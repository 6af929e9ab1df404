"""Key points from a reference text, where no author wrote a rubric: its sentences, and the words they turn on."""

import re
from collections.abc import Sequence

from bot.core.grading.rubric import KeyPoint, Rubric
from bot.core.language.characters import is_han

MAX_POINTS = 6
_SENTENCES = re.compile(r"[。！？!?；;\n]+|\.\s")
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|^\s*(?:[-*+>#]+|\d+[.)、])\s*|\*\*|`|\$", re.MULTILINE)
_FUNCTION = re.compile(
    r"一个|一种|一些|可以|能够|进行|通过|使用|以及|因此|所以|因为|由于|如果|就是|也就是|其中|这种|这个|这样|它们|我们|例如|比如|主要|非常|对于|"
    r"[的是在和与对把被了将从到为以而中上下等也都很就还又并或及其该这那之于有会要让使给由所着过地得用个种]|[,，、:：()（）\"“”]"
)
_STOP = frozenset([
    "the", "a", "an", "is", "are", "was", "were", "be", "been", "of", "to", "in", "on", "at", "by", "for", "with",
    "and", "or", "not", "that", "this", "it", "its", "as", "from", "into", "than", "then", "which", "when", "can",
    "will", "may", "has", "have", "had", "do", "does", "each", "every", "all", "only", "also", "both", "between",
    "their", "there", "they",
])  # fmt: skip


def derive_rubric(prompt: str, reference: str) -> Rubric:
    """Derive key points from a reference text, the most telling sentences first in its own order."""
    sentences = _sentences(reference)
    asked = set(_terms(prompt))
    points = []
    for number, sentence in enumerate(sentences, 1):
        words = [word for word in dict.fromkeys(_terms(sentence)) if word not in asked] or _terms(sentence)
        if words:
            weight = min(3.0, 1.0 + 0.25 * len(words)) * (1.5 if number == 1 else 1.0)
            points.append(KeyPoint(f"point-{number}", sentence[:200], round(weight, 2), (_phrase(words),)))
    kept = sorted(sorted(points, key=lambda point: -point.weight)[:MAX_POINTS], key=lambda point: point.id)
    return Rubric(tuple(kept), full=0.7 if len(kept) > 1 else 1.0)


def _sentences(reference: str) -> list[str]:
    plain = _MARKUP.sub("", reference)
    return [part.strip(" ,，、:：") for part in _SENTENCES.split(plain) if sum(c.isalnum() for c in part) >= 2]


def _phrase(words: Sequence[str]) -> str:
    needed = (len(words) + 1) // 2
    return f">={min(needed, 6)}: " + " / ".join(words[:24])


def _terms(text: str) -> list[str]:
    """Return the words a sentence turns on: Latin words, numbers, and pieces of two to four characters."""
    found: list[str] = []
    for chunk in _FUNCTION.sub(" ", text).split():
        found += [
            word for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*|[0-9.]*[0-9]", chunk) if word.lower() not in _STOP
        ]
        for run in re.findall(r"[㐀-鿿]+", chunk):
            found += [run] if 2 <= len(run) <= 3 else [run[i : i + 2] for i in range(0, len(run) - 1, 2)]
    return [word for word in found if len(word) >= 2 or not is_han(word)]
