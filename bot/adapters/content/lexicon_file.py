"""`lexicon.md` -> `Lexicon`: lists of `- a / b / c`, each under its heading; every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bot.core.content.library import Facet
from bot.core.grading.text.polarity import NEGATORS
from bot.core.language.lexicon import Lexicon
from bot.errors import Fault

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """What stands under a heading.

    Attributes:
        field: of the lexicon.
        is_grouped: a line is a group; else all lines make one list.
        fault: what is wrong with a line, and how to mend it; "" where nothing is.
    """

    field: str
    is_grouped: bool = False
    fault: Callable[[Words], tuple[str, str]] = lambda _: ("", "")


def _of_pair(words: Words) -> tuple[str, str]:
    return ("an antonym line needs two sides", "write - 大 / 小") if len(words) != 2 else ("", "")


def _of_characters(words: Words) -> tuple[str, str]:
    wrong = [word for word in words if len(word) != 1]
    return (f"{wrong[0]} is not one character", "write - 己 / 已 / 巳") if wrong else ("", "")


def _of_affirming(words: Words) -> tuple[str, str]:
    wrong = [word for word in words if len(word) < 2 or word[0] not in NEGATORS]
    return (f"{wrong[0]} does not begin with one of {NEGATORS}", "leave it out") if wrong else ("", "")


def _of_facet(words: Words) -> tuple[str, str]:
    is_one = words[:1] and words[0] in set(Facet)
    return ("", "") if is_one else ("no part of a concept is named first", f"begin with one of {' '.join(Facet)}")


LISTS: Mapping[str, _List] = {
    "同义词": _List("synonyms", is_grouped=True),
    "反义词": _List("antonyms", is_grouped=True, fault=_of_pair),
    "邻近术语": _List("neighbours"),
    "形近字": _List("look_alikes", is_grouped=True, fault=_of_characters),
    "问法": _List("asked_as", is_grouped=True, fault=_of_facet),
    "日常词": _List("everyday"),
    "不含否定的词": _List("affirming", fault=_of_affirming),
    "动词": _List("verbs"),
    "坏现象": _List("problems"),
    "名词": _List("nouns"),
    "限定词": _List("qualifiers"),
    "计数的东西": _List("counted"),
    "所求的量": _List("quantities"),
}
"""What may stand in the file, by its heading."""


def read_lexicon(path: Path, faults: list[Fault]) -> Lexicon:
    """Read the lexicon of a pack; a pack without one has an empty one.

    Args:
        faults: grows.
    """
    if not path.exists():
        return Lexicon()
    found: dict[str, list[Words]] = {heading: [] for heading in LISTS}
    heading = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            heading = line.lstrip("# ").strip()
        elif line.startswith("- "):
            words = tuple(word.strip() for word in re.split(r"\s/\s", line[2:]) if word.strip())
            what, mend = _fault(heading, words)
            if what:
                faults.append(Fault(path.name, number, what, mend, is_warning=heading not in LISTS))
            else:
                found[heading].append(words)
    return Lexicon(**{LISTS[heading].field: _value(LISTS[heading], lines) for heading, lines in found.items()})


def _fault(heading: str, words: Words) -> tuple[str, str]:
    if heading not in LISTS:
        return f"no list is headed {heading!r}: this line is not read", f"use one of {' '.join(LISTS)}"
    return LISTS[heading].fault(words)


def _value(kind: _List, lines: list[Words]) -> Any:  # noqa: ANN401  what the field of the lexicon is
    return tuple(lines) if kind.is_grouped else tuple(chain.from_iterable(lines))
