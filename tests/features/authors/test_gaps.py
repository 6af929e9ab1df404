from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.records.contests import Miss
from bot.features.authors.gaps import group

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def _misses(*rows: tuple[str, str, str]) -> list[Miss]:
    return [Miss(n, text, decision, concept, NOW) for n, (text, decision, concept) in enumerate(rows, 1)]


def test_like_questions_are_one_gap_and_the_most_frequent_comes_first() -> None:
    gaps = group(
        _misses(
            ("LSTM 是什么", "refuse", ""),
            ("随机森林原理", "refuse", ""),
            ("随机森林的原理", "refuse", ""),
            ("随机森林原理？", "rejected", "dropout"),
        )
    )
    assert [(gap.text, gap.count) for gap in gaps] == [("随机森林原理", 3), ("LSTM 是什么", 1)]
    assert gaps[0].concept_id == ""


def test_a_gap_names_what_learners_picked() -> None:
    gaps = group(
        _misses(
            ("丢神经元那个", "choose", ""), ("丢神经元那个", "chosen", "dropout"), ("丢神经元那个", "chosen", "dropout")
        )
    )
    assert [(gap.concept_id, gap.count) for gap in gaps] == [("dropout", 3)]


@given(st.lists(st.text(max_size=8), max_size=12))
def test_no_miss_is_lost(texts: list[str]) -> None:
    misses = _misses(*((text, "refuse", "") for text in texts))
    gaps = group(misses)
    assert sorted(miss.id for gap in gaps for miss in gap.misses) == [miss.id for miss in misses]
    assert [gap.count for gap in gaps] == sorted((gap.count for gap in gaps), reverse=True)
