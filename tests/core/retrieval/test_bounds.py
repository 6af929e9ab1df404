"""What is not looked at could not have been found: each short cut of a search against the long way round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.retrieval import Index
from bot.core.retrieval.evidence.titles import POSTINGS, _affordable
from bot.core.retrieval.query.normalise import atoms, is_han
from bot.core.retrieval.spelling.latin import CONSIDERED, TWO_SLIPS, _by_length, _nearest
from bot.core.retrieval.spelling.sounds import Sounds, sound


def slips(parts: tuple[str, ...], sounds: Sounds) -> Iterator[tuple[str, ...]]:
    """Yield a name with one character missing, doubled or taken for another, and with two swapped."""
    for at, part in enumerate(parts):
        others = sounds.alike.get(part, ())
        yield from ((*parts[:at], *put, *parts[at + 1 :]) for put in ("", part * 2, "猫", *others))
        yield (*parts[:at], *parts[at : at + 2][::-1], *parts[at + 2 :])


def lost(sounds: Sounds, name: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Tell whether a piece of a query is near enough to a name, and the name is not found in it as surely."""
    heard = tuple(sound(part, sounds.language) for part in said)
    numbers = [number for number, term in enumerate(sounds.terms) if term.parts == name]
    near = [sounds._nearness(said, heard, number) for number in numbers if _is_in_place(heard, sounds.heard[number])]
    best = max((quality for _, quality in near), default=0.0)
    found = (match.quality for match in sounds.find(atoms("".join(said), sounds.language)) if match.term.parts == name)
    return best > max(found, default=0.0)


def _is_in_place(heard: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    """Tell whether a piece begins or ends as a name does; both where a character is missing or one too many."""
    ends = (heard[0] == meant[0], heard[-1] == meant[-1])
    return any(ends) if len(heard) == len(meant) else len(meant) > 3 and all(ends)


def test_no_name_is_lost_by_the_sounds_it_needs(index: Index) -> None:
    sounds = index.reader.sounds
    names = {term.parts for term in sounds.terms if all(map(is_han, term.parts)) and len(term.parts) < 6}
    said = [(name, slip) for name in sorted(names)[::3] for slip in slips(name, sounds) if len(slip) > 1]
    assert sounds.alike["洞"] == ["动", "同"]
    assert [pair for pair in said if lost(sounds, *pair)] == []


WORDS = [
    "anchor",
    "anchors",
    "detector",
    "detection",
    "dropout",
    "convolution",
    "normalization",
    "resnet50",
    "resnet34",
]


@given(st.one_of(st.text("acdeonrt", min_size=5, max_size=14), st.sampled_from(WORDS).map(lambda word: word[1:] + "s")))
def test_no_word_is_lost_by_its_length(typed: str) -> None:
    slips = 2 if len(typed) >= TWO_SLIPS else 1
    whole = process.extract(typed, WORDS, scorer=OSA.distance, score_cutoff=slips, limit=CONSIDERED)
    assert _nearest(typed, _by_length(WORDS)) == [word for word, _, _ in whole]


@pytest.mark.parametrize(
    ("sizes", "read"),
    [
        pytest.param([3, 5, 8], [3, 5, 8], id="what is few is read whole"),
        pytest.param([3, POSTINGS - 3, 9], [3, POSTINGS - 3], id="as many grams as can be read"),
        pytest.param([3, POSTINGS], [3], id="a later gram is read whole or not at all"),
        pytest.param([POSTINGS + 7, POSTINGS + 9], [POSTINGS], id="of the rarest as much as can be"),
    ],
)
def test_reading_stops(sizes: list[int], read: list[int]) -> None:
    assert list(_affordable(sizes)) == read


@given(st.characters(), st.text(max_size=2))
def test_a_chinese_character_is_told_by_its_place(first: str, more: str) -> None:
    assert is_han(first + more) == ("㐀" <= first <= "鿿")
    assert not is_han("")
