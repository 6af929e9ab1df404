"""What a clause leaves out because the one before said it: "BN 依赖 batch，LN 不", "one-stage does not"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.grading.text.folding import Clause, Folded
from bot.core.grading.text.subjects import Mention, Subjects

LONGEST_PREDICATE = 60
"""Characters that are carried over at most."""
MOST = 4
"""Ellipses that are filled in one answer."""

_END = r"(?=[,。;.!?:\n]|$)"
_SHORT = re.compile(
    r"(?:不(?:[用要会能是行]|需要)?|没[有用]?|无需|(?<!有)[有是会要用能]|需要|可以|不[㐀-鿿]{1,3}|没[㐀-鿿]{1,2}|"
    rf"\b(?:does|do|is|are|has|have|can|will)(?: not|n[' ]t)?|\bcannot|\bnot)了? ?{_END}"
)
"""Where an ellipsis may end; most answers have none and cost no more than this search."""
_LEAD = re.compile(r"^ ?(?:而|但是?|则|就|却|因为|所以|but|and|while|whereas|the|an?| )*")
_ADVERBS = r" ?(?:[则就却都也并]|also)*"
_CHINESE_DENIAL = re.compile(rf"{_ADVERBS}(?P<word>不|没|没有|不用|没用|不要|不需要|不会|不能|不是|不行|无需)了? ?")
_DENIED_VERB = re.compile(rf"{_ADVERBS}(?:不|没有?)(?P<verb>[㐀-鿿]{{1,3}}) ?")
_ENGLISH_DENIAL = re.compile(r" ?(?P<word>(?:does|do|is|are|has|have|can|will)(?: not|n[' ]t)|cannot|not) ?")
_AFFIRMATION = re.compile(rf"{_ADVERBS}(?P<word>有|是|会|要|用|能|需要|可以|does|do|is|are|has|have|can|will) ?")
_LEADING_DENIAL = re.compile(
    r"^ ?[也都则就并]?(?:不用|没用|没有|不要|不需要|不会|不能|不是|无需|没|不|无|"
    r"(?:does|do|is|are|has|have|can|will)(?: not|n[' ]t)|has no|have no|without|cannot) ?"
)
_LEADING_VERB = re.compile(r"^ ?[也都则就先]?(?:存在|使用|需要|[有用要会能是靠]|(?:has|have|is|are|does|do|can|will) )")
_WHETHER = re.compile(r"有没有|有无|是否有?|[是会要用]不[是会要用]|\bwhether(?: or not)?(?: there is| it has)?")
_PRONOUN = re.compile(r"前者|后者|另一个|(?:the )?(?:former|latter|other)")


def filled(folded: Folded, subjects: Subjects) -> Folded:
    """Return a text in which each clause that is a subject and an auxiliary has the predicate of the clause before."""
    if not subjects.names or not _SHORT.search(folded.text):
        return folded
    mentions = subjects.mentions(folded)
    found, _ = subjects.read(folded, mentions)
    insertions = list(_insertions(folded.text, found, mentions))
    for at, words in reversed(insertions):
        folded = _inserted(folded, at, words)
    return folded


def _insertions(text: str, found: Sequence[Clause], mentions: Sequence[Mention]) -> Sequence[tuple[int, str]]:
    insertions: list[tuple[int, str]] = []
    predicate = ""
    for clause in found:
        is_named, rest = _parted(text, clause, mentions)
        words = _omitted(rest, predicate) if is_named and predicate else None
        if words is not None and len(insertions) < MOST:
            insertions += [(clause.end, words)] if words else []
        else:
            whether = _WHETHER.search(rest)
            predicate = (rest[whether.end() :] if whether else rest).strip()[:LONGEST_PREDICATE]
    return insertions


def _parted(text: str, clause: Clause, mentions: Sequence[Mention]) -> tuple[bool, str]:
    """Return whether a clause begins with a subject, and the rest of it."""
    body = text[clause.start : clause.end]
    start = clause.start + _lead(body)
    mention = next((m for m in mentions if m.start == start and m.end <= clause.end), None)
    if mention is not None:
        return True, text[mention.end : clause.end]
    pronoun = _PRONOUN.match(text, start, clause.end)
    return (True, text[pronoun.end() : clause.end]) if pronoun else (False, text[start : clause.end])


def _lead(body: str) -> int:
    match = _LEAD.match(body)
    return match.end() if match else 0


def _omitted(rest: str, predicate: str) -> str | None:
    """Return what a clause leaves out behind its subject, "" for nothing; None where it is no ellipsis."""
    if denial := _CHINESE_DENIAL.fullmatch(rest):
        bare = _LEADING_DENIAL.sub("", predicate)
        return bare if denial["word"] == "不" else _LEADING_VERB.sub("", bare)
    if denial := _ENGLISH_DENIAL.fullmatch(rest):
        return " " + _LEADING_VERB.sub("", _LEADING_DENIAL.sub("", predicate)).strip()
    if _AFFIRMATION.fullmatch(rest):
        bare = _LEADING_VERB.sub("", _LEADING_DENIAL.sub("", predicate)).strip()
        return " " + bare if bare.isascii() else bare
    if verb := _DENIED_VERB.fullmatch(rest):
        return predicate.partition(verb["verb"])[2] or None
    return None


def _inserted(folded: Folded, at: int, words: str) -> Folded:
    """Return the text with words put in; they stand for the character before them."""
    places = (*folded.places[:at], *[folded.places[at - 1]] * len(words), *folded.places[at:])
    return replace(folded, text=folded.text[:at] + words + folded.text[at:], places=places)
