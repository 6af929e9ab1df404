"""What is shared is equal to what it was, value by value and type by type, and no longer holds anything twice."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import pytest

from bot.adapters.cache.interning import shared


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    share: float = 0.5


@dataclass(frozen=True)
class Table:
    words: tuple[Word, ...]
    by_text: dict[str, Word]


def text(of: str) -> str:
    """Return a text that is an object of its own."""
    return "".join(list(of))


@pytest.mark.parametrize(
    "value",
    [
        "感受野",
        ("a", 1, 1.0, True, None, b"x"),
        (0.0, -0.0, 0, False),
        [1, 1.0, {"a": {2.0, 3.0}}],
        {1: "one", 1.5: "more", ("a", "b"): frozenset({"a"})},
        Table((Word("a"), Word("b", 1.0)), {"a": Word("a")}),
        float("inf"),
    ],
)
def test_nothing_changes_its_value_or_its_type(value: object) -> None:
    assert repr(shared(value)) == repr(value)
    assert shared(value) == value


def test_equal_texts_and_numbers_are_one_object() -> None:
    first, second = shared((text("感受野"), float("0.25"))), (text("感受野"), float("0.25"))
    (a, x), (b, y) = shared((first, second))
    assert a is b
    assert x is y


def test_what_stood_in_two_places_is_still_one_object() -> None:
    word = Word(text("anchor"))
    table = shared(Table((word,), {text("anchor"): word}))
    assert table.words[0] is table.by_text["anchor"]
    assert table.words[0].text is next(iter(table.by_text))
    assert table.words[0] is not word, "the one that was given is left alone"


def test_it_takes_less_room_on_disk() -> None:
    many = [Word(text("卷积神经网络")) for _ in range(1000)]
    assert len(pickle.dumps(shared(many))) < 0.7 * len(pickle.dumps(many))
