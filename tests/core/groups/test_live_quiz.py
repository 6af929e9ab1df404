"""Live quizzes: from one state to the next, what is asked, and who has what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Concept, Library, Topic
from bot.core.groups import live_quiz
from bot.core.groups.live_quiz import (
    GRACE,
    LOST_AFTER,
    MAX_ROUNDS,
    PAUSED_FOR,
    Ending,
    LiveAnswer,
    LivePlan,
    LiveQuiz,
    LiveResult,
    LiveState,
    choose_live,
    drawn_from,
    points_of_round,
    table,
)
from bot.core.kinds import Choice, Cloze, Numeric, Open, Ordering, Question
from tests.sample_questions import question_of

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
USUAL = LivePlan()


def begun(plan: LivePlan = USUAL) -> LiveQuiz:
    return live_quiz.begin(1, None, plan, 7, NOW)


def asking(plan: LivePlan = USUAL, kind: type[Question] = Choice) -> LiveQuiz:
    return live_quiz.open_window(live_quiz.ask(begun(plan), 11, NOW), NOW, kind.answered_by)


# --- from one state to the next --------------------------------------------------------------------


def test_a_quiz_begins_in_a_moment_and_is_numbered_on() -> None:
    first = begun()
    assert (first.state, first.round, first.number, first.wakes_at) == (LiveState.BETWEEN, 0, 1, NOW + 5 * SECOND)
    assert live_quiz.begin(1, live_quiz.end(first), LivePlan(), 8, NOW).number == 2


@pytest.mark.parametrize(
    ("window_s", "kind", "seconds"),
    [
        (0, Choice, 30),
        (0, Numeric, 90),
        (0, Open, 90),
        (20, Choice, 20),
        (20, Cloze, 20),
    ],
)
def test_a_window_begins_when_the_question_was_sent(window_s: int, kind: type[Question], seconds: int) -> None:
    asked = live_quiz.ask(begun(LivePlan(window_s=window_s)), 11, NOW)
    assert asked.closes_at is None
    assert asked.takes(11, NOW + timedelta(hours=1)), "it takes answers before it is known to be there"
    opened = live_quiz.open_window(asked, NOW + 40 * SECOND, kind.answered_by)
    closes_at = NOW + timedelta(seconds=40 + seconds) + GRACE
    assert (opened.closes_at, opened.wakes_at) == (closes_at, closes_at)
    assert opened.takes(11, closes_at)
    assert not opened.takes(11, closes_at + SECOND)
    assert not opened.takes(12, NOW)


def test_rounds_follow_each_other_to_the_last() -> None:
    quiz, ending = begun(LivePlan(2)), None
    for number in (1, 2):
        quiz = live_quiz.open_window(live_quiz.ask(quiz, 10 + number, NOW), NOW, Choice.answered_by)
        assert (quiz.state, quiz.round, quiz.open_delivery) == (LiveState.ASKING, number, 10 + number)
        quiz, ending = live_quiz.close(quiz, 3, NOW)
        assert quiz.open_delivery is None
    assert (quiz.state, ending, quiz.wakes_at) == (LiveState.OVER, Ending.DONE, None)


def test_two_rounds_without_an_answer_end_it_and_one_answer_begins_the_count_anew() -> None:
    quiz = begun(LivePlan(9))
    endings = []
    for answers in (0, 1, 0, 0):
        quiz, ending = live_quiz.close(live_quiz.ask(quiz, 11, NOW), answers, NOW)
        endings.append(ending)
    assert endings == [None, None, None, Ending.IDLE]
    assert quiz.state is LiveState.OVER


@pytest.mark.parametrize(
    ("lost", "ending"), [(timedelta(), None), (LOST_AFTER, None), (LOST_AFTER + SECOND, Ending.LOST)]
)
def test_after_a_long_standstill_nobody_waits(lost: timedelta, ending: Ending | None) -> None:
    quiz = asking()
    assert quiz.closes_at is not None
    closed, found = live_quiz.close(quiz, 2, quiz.closes_at + lost)
    assert found is ending
    assert (closed.state is LiveState.OVER) == (ending is not None)


def test_a_round_that_is_open_when_it_is_paused_still_ends() -> None:
    paused = live_quiz.pause(asking(), NOW)
    assert (paused.state, paused.wakes_at) == (LiveState.PAUSED, asking().closes_at)
    assert paused.takes(11, NOW)
    assert live_quiz.resume(paused, NOW) == asking()
    closed, ending = live_quiz.close(paused, 1, NOW)
    assert (closed.state, closed.wakes_at, ending) == (LiveState.PAUSED, NOW + PAUSED_FOR, None)
    assert live_quiz.resume(closed, NOW).state is LiveState.BETWEEN


def test_pausing_and_resuming_change_nothing_where_they_mean_nothing() -> None:
    over, between = live_quiz.end(begun()), begun()
    paused = live_quiz.pause(between, NOW)
    assert (live_quiz.pause(over, NOW), live_quiz.resume(over, NOW)) == (over, over)
    assert live_quiz.pause(paused, NOW + SECOND) == paused
    assert live_quiz.resume(between, NOW + SECOND) == between


_STEPS = st.lists(
    st.tuples(st.sampled_from(("ask", "open", "close", "pause", "resume")), st.integers(0, 2), st.integers(0, 700)),
    max_size=120,
)


@given(st.integers(1, MAX_ROUNDS), _STEPS)
def test_whatever_happens_rounds_are_kept_and_time_goes_forward(rounds: int, steps: list[tuple[str, int, int]]) -> None:
    quiz, now, closed = begun(LivePlan(rounds)), NOW, list[int]()
    windows: list[datetime] = []
    for number, (step, answers, seconds) in enumerate(steps):
        now += timedelta(seconds=seconds)
        if quiz.state is LiveState.OVER:
            break
        before = quiz
        if step == "ask" and quiz.state is LiveState.BETWEEN:
            quiz = live_quiz.ask(quiz, number, now)
        elif step == "open" and quiz.is_open and quiz.closes_at is None:
            quiz = live_quiz.open_window(quiz, now, Choice.answered_by)
            assert quiz.closes_at is not None
            windows.append(quiz.closes_at)
        elif step == "close" and quiz.is_open:
            closed.append(quiz.asked[-1])
            quiz, ending = live_quiz.close(quiz, answers, now)
            assert (ending is None) == (quiz.state is not LiveState.OVER)
        elif step == "pause":
            quiz = live_quiz.pause(quiz, now)
        elif step == "resume":
            quiz = live_quiz.resume(quiz, now)
        assert before.round <= quiz.round <= rounds
        assert quiz.asked[: before.round] == before.asked
        assert (quiz.wakes_at is None) == (quiz.state is LiveState.OVER), "what runs is looked at again"
    assert closed == list(quiz.asked[: len(closed)]), "each round ends once, in order"
    assert windows == sorted(windows)


# --- what is asked ---------------------------------------------------------------------------------


def _question(concept: str, name: str, kind: type[Question], difficulty: int = 2) -> Question:
    return question_of(kind, f"{concept}/{name}", f"{concept} {name}?", difficulty)


def _concept(name: str, topic: str, *questions: Question) -> Concept:
    return Concept(name, topic, name, questions=questions)


LIBRARY = Library(
    (Topic("vision", "视觉"), Topic("chance", "概率")),
    (
        _concept(
            "iou",
            "vision",
            _question("iou", "a", Choice),
            _question("iou", "b", Choice, 4),
            _question("iou", "c", Open),
        ),
        _concept("nms", "vision", _question("nms", "a", Choice), _question("nms", "b", Ordering)),
        _concept(
            "bayes",
            "chance",
            _question("bayes", "a", Numeric),
            _question("bayes", "b", Cloze, 5),
        ),
    ),
)


@pytest.mark.parametrize(
    ("plan", "had", "ids"),
    [
        (LivePlan(), (), ["iou/a", "iou/b", "nms/a"]),
        (LivePlan(), ("iou/a", "gone/q"), ["iou/b", "nms/a"]),
        (LivePlan(difficulty=(3, 5)), (), ["iou/b"]),
        (LivePlan(topics=("chance",)), (), []),
        (LivePlan(topics=("chance",), has_short=True), (), ["bayes/a", "bayes/b"]),
        (LivePlan(has_short=True), (), ["iou/a", "iou/b", "iou/c", "nms/a", "bayes/a", "bayes/b"]),
    ],
)
def test_what_a_quiz_may_ask(plan: LivePlan, had: tuple[str, ...], ids: list[str]) -> None:
    assert [question.id for question in drawn_from(LIBRARY, plan, had)] == ids


def _played(plan: LivePlan, number: int = 1) -> list[Question]:
    quiz, had = replace(begun(plan), number=number), list[Question]()
    while question := choose_live(LIBRARY, quiz, [each.id for each in had]):
        had.append(question)
        quiz = live_quiz.ask(quiz, len(had), NOW)
    return had


def test_no_question_comes_twice_and_concepts_take_turns() -> None:
    asked = _played(LivePlan())
    assert {question.id for question in asked} == {"iou/a", "iou/b", "nms/a"}
    assert len(asked) == 3
    assert asked[0].concept_id != asked[1].concept_id


def test_letters_and_words_take_turns_as_long_as_there_are_both() -> None:
    kinds = [isinstance(question, Choice) for question in _played(LivePlan(has_short=True))]
    assert kinds == [True, False, True, False, True, False]


def test_the_same_quiz_chooses_alike_and_the_next_in_another_order() -> None:
    orders = {tuple(question.id for question in _played(LivePlan(), number)) for number in range(1, 9)}
    assert _played(LivePlan(), 3) == _played(LivePlan(), 3)
    assert len(orders) > 1


# --- who has what ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("fraction", "points"), [(0.0, 0), (0.33, 3), (0.75, 8), (1.0, 10)])
def test_points_follow_the_mark(fraction: float, points: int) -> None:
    assert points_of_round(fraction) == points


def _answer(who: int, fraction: float, delivery: int = 1, *, is_hidden: bool = False) -> LiveAnswer:
    return LiveAnswer(delivery, who, f"m{who}", is_hidden, fraction)


def test_equal_points_share_a_place_and_the_next_is_left_out() -> None:
    answers = [_answer(1, 0.2), _answer(2, 1.0), _answer(3, 1.0), _answer(3, 0.0, 2), _answer(4, 0.0)]
    assert table(answers).places == (
        LiveResult(1, "m2", 10, 1, 1),
        LiveResult(1, "m3", 10, 1, 2),
        LiveResult(3, "m1", 2, 0, 1),
        LiveResult(4, "m4", 0, 0, 1),
    )


def test_who_is_hidden_is_counted_and_not_named() -> None:
    found = table([_answer(1, 1.0, is_hidden=True), _answer(1, 1.0, 2, is_hidden=True), _answer(2, 0.5)])
    assert found.places == (LiveResult(1, "m2", 5, 0, 1),)
    assert found.hidden == 1
    assert table([]).places == ()


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1), st.booleans()), max_size=40))
def test_a_table_names_everybody_once_best_first(rows: list[tuple[int, float, bool]]) -> None:
    hidden = {who for who, _, is_hidden in rows if is_hidden}
    found = table([_answer(who, fraction, n, is_hidden=who in hidden) for n, (who, fraction, _) in enumerate(rows)])
    points = [place.points for place in found.places]
    assert points == sorted(points, reverse=True)
    assert len({place.name for place in found.places}) == len(found.places)
    assert len(found.places) + found.hidden == len({who for who, _, _ in rows})
    for place in found.places:
        assert place.place == 1 + sum(other > place.points for other in points)
