from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.grading.mark import Grade
from bot.core.memory.card import Rating, review
from bot.core.memory.folding import fold
from bot.core.records.records import Attempt, Cause, Grading

DAY = date(2026, 1, 1)


def _pair(attempt_id: int, grading_id: int, day: date, rating: Rating | None) -> tuple[Attempt, Grading]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    cause = Cause.WITHDRAWN if rating is None else Cause.FIRST
    made = Attempt(attempt_id, 1, 1, 1, "c/q", "text", at, day)
    return made, Grading(grading_id, attempt_id, "hash", "1", Grade(0.5, ()), cause, rating, at)


def test_nothing_rated_is_no_card() -> None:
    assert fold([]) is None
    assert fold([_pair(1, 1, DAY, None)]) is None


def test_a_second_answer_on_the_same_day_is_practice() -> None:
    once = fold([_pair(1, 1, DAY, Rating.AGAIN)])
    assert fold([_pair(1, 1, DAY, Rating.AGAIN), _pair(2, 2, DAY, Rating.GOOD)]) == once


def test_a_later_grading_of_the_same_attempt_overrules() -> None:
    log = [_pair(1, 1, DAY, Rating.AGAIN), _pair(1, 2, DAY, Rating.GOOD)]
    assert fold(log) == review(None, "c/q", Rating.GOOD, DAY)


def test_an_attempt_taken_back_leaves_the_day_to_the_next() -> None:
    log = [_pair(1, 1, DAY, Rating.AGAIN), _pair(1, 2, DAY, None), _pair(2, 3, DAY, Rating.GOOD)]
    assert fold(log) == review(None, "c/q", Rating.GOOD, DAY)


def test_an_early_regrade_changes_what_came_after() -> None:
    later = DAY + timedelta(days=5)
    log = [_pair(1, 1, DAY, Rating.AGAIN), _pair(2, 2, later, Rating.GOOD), _pair(1, 3, DAY, Rating.GOOD)]
    assert fold(log) == review(review(None, "c/q", Rating.GOOD, DAY), "c/q", Rating.GOOD, later)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([*Rating, None])), max_size=12))
def test_the_fold_is_the_review_of_each_days_first_rating(history: list[tuple[int, Rating | None]]) -> None:
    history.sort(key=lambda item: item[0])
    log = [_pair(i, i, DAY + timedelta(days=offset), rating) for i, (offset, rating) in enumerate(history, 1)]
    card, seen = None, set()
    for offset, rating in history:
        if rating is not None and offset not in seen:
            seen.add(offset)
            card = review(card, "c/q", rating, DAY + timedelta(days=offset))
    assert fold(log) == card
