"""The grammar of phrases in a rubric: ` / ` or, ` + ` and within one clause, ` -> ` in this order.

    阈值 / iou + 删 / 去掉        (阈值 or iou) and (删 or 去掉), in one clause and either order
    原因 + 求 + 结果              three groups or more: in this order
    rcnn -> fast rcnn            the first before the second, anywhere in the answer
    >=2: 颜色 / 纹理 / 形状        at least two of these, in one clause or two neighbouring ones

`->` binds loosest, then `+`, then `/`; each needs a space on both sides, so that 1/N and k+1 stay one term.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_PHRASE = 2000


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Terms any one of which will do; `needed` of them where more than one is asked for."""

    terms: tuple[str, ...]
    needed: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase.

    Attributes:
        steps: one for most phrases; several where order counts. Each step is a set of groups that must
            all be found in one clause.
    """

    steps: tuple[tuple[AnyOf, ...], ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term of the phrase, as written."""
        return tuple(term for step in self.steps for group in step for term in group.terms)


@lru_cache(maxsize=65536)
def parse_phrase(phrase: str) -> Phrase:
    """Parse a phrase; what `phrase_faults` finds is skipped."""
    steps = (_step(part) for part in re.split(r"\s(?:->|→)\s", f" {phrase[:MAX_PHRASE]} "))
    return Phrase(tuple(step for step in steps if step))


def _step(text: str) -> tuple[AnyOf, ...]:
    groups = (_group(part) for part in re.split(r"\s\+\s", f" {text} "))
    return tuple(group for group in groups if group.terms)


def _group(text: str) -> AnyOf:
    count = re.match(r"\s*>=\s*(\d{1,2}):\s+", text)
    body = text[count.end() :] if count else text
    terms = tuple(dict.fromkeys(term.strip() for term in re.split(r"\s/\s", f" {body} ") if term.strip()))
    return AnyOf(terms, min(int(count[1]), len(terms)) if count else 1)


def phrase_faults(phrase: str) -> str | None:
    """Say what is wrong with the form of a phrase, or None."""
    if not phrase.strip():
        return "is empty"
    if len(phrase) > MAX_PHRASE:
        return f"is longer than {MAX_PHRASE} characters"
    for sign in ("/", "+", "->"):
        if re.search(rf"(?:^|\s){re.escape(sign)}\s*(?:$|(?:/|\+|->)\s)", phrase):
            return f"has nothing on one side of {sign}"
    if re.match(r"\s*(?:/|\+|->)\s", phrase):
        return "begins with an operator"
    if any(not re.search(r"\w|[^\x00-\x7f]", term) for term in parse_phrase(phrase).terms):
        return "has a term without a letter, a digit or a symbol of its own"
    return None
