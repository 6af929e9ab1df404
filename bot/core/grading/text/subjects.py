"""What each clause is about: its first subject, an inherited one, or what a pronoun stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.grading.points.phrase import parse_phrase
from bot.core.grading.points.terms import Terms
from bot.core.grading.text.folding import Clause, Folded, clauses

_COMPARED_BEFORE = re.compile(
    r"(?:比起?|不像|不同于|区别于|相较于?|相比于?|相对于?|有别于|而不是|替代|代替|取代|而非|"
    r"\b(?:than|unlike|rather than|instead of|"
    r"compared (?:to|with)|over|from|replaces?|replaced|in contrast to|as opposed to) ?(?:the ?)?)$"
)
_COMPARED_AFTER = re.compile(r"^(?:的)?(?:相比|不同|不一样|比较|比起来|相反|类似|的?基础上|之上|的改进|一样)")
_RELATION = re.compile(
    r"(?:[比与和跟同对是=\-+×/(的把用给由在从到叫即于像、为成有如被及或]|基于|包括|包含|改进自?|\b(?:of|than|to|from|and|or|with|in|for|as|a|an|"
    r"the|is|are|into|by|on|at|like|plus|minus|vs|both|between|uses?|adds?|called|"
    r"combines?|combining|merges?|replaces?|extends?)) ?$"
)
_JOINT = re.compile(r"^ ?(?:和|与|、|跟|以及|及|and|or|/|,) ?$")
_BOTH = re.compile(r"两者|二者|它们都|都是|两个都|\bboth\b|\bthey both\b")
_PLAIN = re.compile(
    r"^(?:而|但是?)?(?:在)?(?:普通|传统|标准|常规|一般|原始|原来)的?(?:[a-z ]{2,14}|[一-鿿]{2,4})|"
    r"^(?:whereas |while |but )?(?:an? |the )?(?:ordinary|standard|plain|vanilla|normal|regular|traditional) [a-z]+"
)
_AND = re.compile(r"(?: and| while|和|与|以及|并且?) ?(?:the ?|an? ?)?$")
_CLAIMS_BEFORE = re.compile(r"[㐀-鿿]{3}|[a-z]+ [a-z]+|^ ?[a-z]{4,}s\b")
_NO_CLAIM = re.compile(
    r"^ ?(?:and|or|from|to|with|of|than|both|versus|vs)\b|\b(?:between|both|compared|neither|than)\b|"
    r"[之两]|区别|不同|比较"
)
_PREDICATE = re.compile(r" ?[a-z]|(?:在|把|将|对|用|按|是|只|不|没|先|直接|则|会|给|要|从|靠|看|降|删|保|增|减|跨|沿)")
NO_SUBJECT_OF_OURS = -2
"""The topic of a clause about the plain thing that all subjects are set against ("普通卷积…")."""
_NAME = re.compile(r" ?(?!so|result|note|eg|ie|why|because|pros?|cons?|first|then|finally)[a-z0-9+/ -]{1,12} ?")
_FORMER = re.compile(r"前者|\bformer\b")
_LATTER = re.compile(r"后者|\blatter\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, and the subjects that go by it."""

    start: int
    end: int
    subjects: frozenset[int]


class Subjects:
    """The subjects that a rubric tells apart.

    Args:
        names: one phrase for each, its alternatives separated by ` / `.
        prompt: the question, whose order of naming decides what "前者" means where the answer names too few.
    """

    def __init__(self, names: Sequence[str], prompt: Folded, terms: Terms) -> None:
        self.names = tuple(dict.fromkeys(filter(None, names)))
        self._patterns = tuple(tuple(terms.pattern(term) for term in parse_phrase(name).terms) for name in self.names)
        self._order = self._by_naming(self.mentions(prompt))

    def mentions(self, folded: Folded) -> tuple[Mention, ...]:
        """Return where subjects are named, in order; the longest name wins where names overlap."""
        named: dict[tuple[int, int], set[int]] = {}
        for number, patterns in enumerate(self._patterns):
            for match in (match for pattern in patterns for match in pattern.finditer(folded.text)):
                named.setdefault(match.span(), set()).add(number)
        kept: list[Mention] = []
        for start, end in sorted(named, key=lambda span: (span[0] - span[1], span)):
            if all(end <= other.start or other.end <= start for other in kept):
                kept.append(Mention(start, end, frozenset(named[start, end])))
        return tuple(sorted(kept, key=lambda mention: mention.start))

    def named(self, text: str) -> frozenset[int]:
        """Return the subjects that a folded text is a name of."""
        return frozenset(
            number
            for number, patterns in enumerate(self._patterns)
            if any(pattern.fullmatch(text) for pattern in patterns)
        )

    def _by_naming(self, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """Return the subjects by first mention; unnamed ones follow in the rubric's order."""
        named = (number for mention in mentions for number in sorted(mention.subjects))
        return tuple(dict.fromkeys((*named, *range(len(self.names)))))

    def read(
        self, folded: Folded, mentions: Sequence[Mention]
    ) -> tuple[tuple[Clause, ...], tuple[frozenset[int], ...]]:
        """Cut an answer into clauses and tell which subjects each is about (none: it may be any)."""
        begins = frozenset(_cuts(folded.text, mentions))
        found = clauses(folded, begins)
        order = self._by_naming(mentions) if len({m.subjects for m in mentions}) > 1 else self._order
        topics: list[frozenset[int]] = []
        last: frozenset[int] = frozenset()
        for clause in found:
            inherited = frozenset() if _is_label(folded.text, clause) else last
            last = self._topic(folded.text, clause, mentions, order) or inherited
            topics.append(last)
        return found, tuple(topics)

    def _topic(self, text: str, clause: Clause, mentions: Sequence[Mention], order: Sequence[int]) -> frozenset[int]:
        body = text[clause.start : clause.end]
        inside = _inside(text, clause, mentions)
        meant = _by_pronoun(body, order) if len(order) > 1 and not inside else None
        if meant is not None:
            return meant
        is_plain = bool(_PLAIN.match(body))
        if not inside or (is_plain and inside[0].start > clause.start + 12):
            return frozenset({NO_SUBJECT_OF_OURS}) if self.names and is_plain else frozenset()
        return _joined(text, inside)


def _inside(text: str, clause: Clause, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the subjects of a clause, without those that only serve a comparison."""
    return [m for m in mentions if clause.start <= m.start < clause.end and not _is_compared(text, m)]


def _by_pronoun(body: str, order: Sequence[int]) -> frozenset[int] | None:
    """Return the subjects that a clause means by a pronoun; None where it has none."""
    meant = ((_BOTH, order), (_FORMER, order[:1]), (_LATTER, order[1:2]))
    return next((frozenset(subjects) for pronoun, subjects in meant if pronoun.search(body)), None)


def _joined(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the first subject, with those that are joined to it ("BN 和 LN")."""
    topic = set(mentions[0].subjects)
    for one, other in pairwise(mentions):
        if not _JOINT.match(text[one.end : other.start]):
            break
        topic |= other.subjects
    return frozenset(topic)


def _is_label(text: str, clause: Clause) -> bool:
    """Tell a Latin name of something else before a colon: what follows is not about the subject before."""
    return text[clause.end : clause.end + 1] == ":" and bool(_NAME.fullmatch(text, clause.start, clause.end))


def _is_compared(text: str, mention: Mention) -> bool:
    """Tell a subject that only serves a comparison: "与 IoU 相比，…", "不像 NMS"."""
    before = text[max(0, mention.start - 24) : mention.start]
    if _COMPARED_BEFORE.search(before):
        return True
    return bool(_COMPARED_AFTER.match(text[mention.end : mention.end + 6]) and re.search(r"[与和跟同在对]$", before))


def _cuts(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Return where a further subject begins a clause of its own although no mark stands before it."""
    cuts = []
    for before, mention in pairwise(mentions):
        between = text[before.end : mention.start]
        if not mention.subjects.isdisjoint(before.subjects) or len(between.strip()) < 2:
            continue
        is_related = _RELATION.search(text[max(0, mention.start - 20) : mention.start])
        if not is_related or _is_coordinate(between, text[mention.end : mention.end + 8]):
            cuts.append(mention.start)
    return cuts


def _is_coordinate(between: str, after: str) -> bool:
    """Tell an "and" that joins two claims ("BN uses the batch and LN the features") from one that joins names."""
    joint = _AND.search(between)
    if joint is None:
        return False
    claim = between[: joint.start()]
    is_claim = bool(_CLAIMS_BEFORE.search(claim)) and not _NO_CLAIM.search(claim)
    return is_claim and bool(_PREDICATE.match(after))
