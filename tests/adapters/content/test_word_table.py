"""A table of words answers as the dict does that it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.cache import disk_cache
from bot.adapters.content import language
from bot.adapters.content.word_table import WordTable

NUMBERS = st.sampled_from([0.25, 1e-6, 0.5])


@given(st.dictionaries(st.text(st.characters(exclude_categories=()), max_size=4), NUMBERS), st.text(max_size=4))
def test_any_words_are_found_and_no_others(words: dict[str, float], other: str) -> None:
    table = WordTable(words)
    assert dict(table.items()) == words
    assert list(table) == list(words)
    assert len(table) == len(words)
    assert table.get(other) == words.get(other)
    assert table.get(other, 0.0) == words.get(other, 0.0)
    assert (other in table) is (other in words)


@pytest.mark.parametrize("word", ["", "卷", "\ud800", "a" * 10_000])
def test_what_is_not_there_is_missing_as_in_a_dict(word: str) -> None:
    table = WordTable({"卷积": 0.5})
    assert table.get(word) is None
    with pytest.raises(KeyError):
        table[word]


def test_the_words_of_two_languages_are_as_frequent_as_they_were(tmp_path: Path) -> None:
    from wordfreq import get_frequency_dict

    words = {**get_frequency_dict("zh", wordlist="small"), **get_frequency_dict("en", wordlist="small")}
    table = language.full().frequency
    assert isinstance(table, WordTable)
    assert dict(table.items()) == words
    place = disk_cache.Slot(tmp_path, "words", "0")
    place.write(table)
    known = place.read(WordTable)
    assert known is not None
    assert dict(known.items()) == words
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size < 2_000_000
