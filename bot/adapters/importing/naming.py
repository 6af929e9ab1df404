"""What a section of a plain document is called: title, further names, id."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.adapters.content import language

MAX_ID = 32
MAX_NAME = 40
MAX_SPLIT = 30
"""Titles that name more than one thing are no longer than this; longer ones tell a story."""

_BOLD = re.compile(r"\*\*([^*\n]{2,12})\*\*")
_BRACKETS = re.compile(r"[（(]\s{0,2}([A-Za-z][A-Za-z -]{1,40}?)\s{0,2}(?:[,，]\s{0,2}([A-Za-z-]{2,12})\s{0,2})?[)）]")
_POLITE = re.compile(
    r"^(?:什么是|(?:请|简单)?(?:介绍|解释)一?下?|简述|谈谈|说说|请问|如何理解|what (?:is|are) (?:an? |the )?)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:的?(?:作用|(?:有什么|有何)?(?:区别|不同)|概念|意义|主要思想|处理方法|方法|发展过程|计算过程|计算|原理)|是什么|有哪些)\s*[?？]?$"
)
_NUMBERING = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*[.、)）]\s*(?!\d)|\d+(?:\.\d+)+\s+|[一二三四五六七八九十]+、|Q\d+[.:：]\s*)"
)
_MARKS = re.compile(r"!\[([^\]]*)\]\((?:<[^>]*>|[^)]*)\)|\[([^\]]*)\]\((?:<[^>]*>|[^)]*)\)|[*`]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufeff]+")


def printable(text: str) -> str:
    """Return text on one line, without the characters that YAML does not take."""
    return _UNPRINTABLE.sub(" ", text).strip()


def cleaned(heading: str) -> str:
    """Return a heading as learners see it: without numbering and Markdown marks."""
    plain = _MARKS.sub(lambda match: match[1] or match[2] or "", printable(heading))
    return re.sub(r"\s+", " ", _NUMBERING.sub("", plain)).strip(" #") or printable(heading) or "…"


def own_names(title: str) -> Iterator[str]:
    """Yield what a title names, without what it asks about it."""
    for match in _BRACKETS.finditer(title):
        yield from (group.strip() for group in match.groups() if group)
    core = _TAIL.sub("", _POLITE.sub("", re.sub(r"[（(][^）)]*[）)]", "", title))).strip()
    if len(core) > MAX_SPLIT:
        return
    yield core
    yield from (piece.strip() for piece in re.split(r"\s*(?:/|、|与|和|\bvs\.?\b|\band\b)\s*", core))


def names(titles: Sequence[str], texts: Sequence[str], leads: Sequence[Iterable[str]]) -> list[tuple[str, ...]]:
    """Return further names of each section.

    A term that several texts use belongs to the one that uses it most. No name belongs to two sections, and
    none is another's title.
    """
    taken = {title.casefold() for title in titles}
    return [
        tuple(_free((*own_names(title), *own_leads, *terms), taken))
        for title, own_leads, terms in zip(titles, leads, _terms(texts), strict=True)
    ]


def _free(wanted: Iterable[str], taken: set[str]) -> Iterator[str]:
    """Yield the names that are nobody's yet, and note them as taken."""
    for name in wanted:
        if 2 <= len(name) <= MAX_NAME and name.casefold() not in taken and printable(name) == name:
            taken.add(name.casefold())
            yield name


def _terms(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the terms that each text uses more than any other, or alone."""
    said = [Counter(_said(text)) for text in texts]
    total = Counter(term for counts in said for term in counts)
    best = {term: max(range(len(said)), key=lambda n: (said[n][term], -n)) for term in total}
    for index, counts in enumerate(said):
        yield sorted(term for term in counts if best[term] == index and (counts[term] > 1 or total[term] == 1))


def _said(text: str) -> Iterator[str]:
    for match in _BRACKETS.finditer(text):
        yield from (group.strip() for group in match.groups() if group)
    yield from (bold.strip(" ：:") for bold in _BOLD.findall(text) if not re.search(r"[，。,.$；：:!?？！]", bold))


def slug(title: str) -> str:
    """Return an id: ASCII words and the readings of Chinese characters, short enough for a number to follow."""
    tables = language.characters()
    spelt = "".join(f" {tables.pinyin[char]} " if char in tables.pinyin else char for char in title.lower()[:200])
    words = re.findall(r"[a-z0-9]+", spelt)
    if not words:
        return f"section-{hashlib.sha256(title.encode(errors='replace')).hexdigest()[:8]}"
    kept = [words[0][: MAX_ID - 5]]
    for word in words[1:]:
        if len("-".join((*kept, word))) > MAX_ID - 5:
            break
        kept.append(word)
    return "-".join(kept)


def unique(slugs: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Number the ids that would stand twice, in order."""
    used = set(taken)
    last: Counter[str] = Counter()
    found = []
    for wanted in slugs:
        candidate = wanted
        while candidate in used:
            last[wanted] += 1
            candidate = f"{wanted}-{last[wanted] + 1}"
        used.add(candidate)
        found.append(candidate)
    return found
