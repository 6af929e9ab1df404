from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.library import Concept, Library, Passage, Question, QuestionKind, Topic
from bot.core.scheduling import Card
from bot.core.selection import Because, Reason, choose, in_curriculum_order

DAY = date(2026, 11, 24)


def _concept(name: str, topic: str, questions: int = 1) -> Concept:
    asked = tuple(Question(f"{name}/q{n}", name, QuestionKind.OPEN, f"{name} {n}?") for n in range(questions))
    return Concept(name, topic, name, passages=(Passage(None, "", ()),), questions=asked)


LIBRARY = Library(
    (Topic("a", "甲"), Topic("b", "乙")),
    (_concept("one", "a", 2), _concept("two", "a"), _concept("three", "b", 2)),
)


def _card(question: str, due: int, reviewed: int = -3, *, stability: float = 5.0, has_failed: bool = False) -> Card:
    return Card(
        question,
        stability,
        5.0,
        DAY + timedelta(days=due),
        DAY + timedelta(days=reviewed),
        has_failed=has_failed,
    )


def test_the_curriculum_goes_round_by_round() -> None:
    assert [q.id for q in in_curriculum_order(LIBRARY)] == ["one/q0", "two/q0", "three/q0", "one/q1", "three/q1"]


def test_the_first_question_is_new() -> None:
    chosen = choose((), LIBRARY, DAY)
    assert chosen is not None
    assert chosen.question.id == "one/q0"
    assert chosen.reason == Reason(Because.NEW, place=1, total=3)


def test_what_is_due_comes_before_what_is_new() -> None:
    chosen = choose([_card("two/q0", due=0)], LIBRARY, DAY)
    assert chosen is not None
    assert chosen.question.id == "two/q0"
    assert chosen.reason == Reason(Because.DUE, days=3)


def test_of_what_is_due_the_least_likely_remembered_comes_first() -> None:
    cards = [_card("two/q0", due=0, stability=50), _card("three/q0", due=0, stability=1)]
    chosen = choose(cards, LIBRARY, DAY)
    assert chosen is not None
    assert chosen.question.id == "three/q0"


def test_a_failed_question_says_so() -> None:
    chosen = choose([_card("two/q0", due=0, reviewed=-1, has_failed=True)], LIBRARY, DAY)
    assert chosen is not None
    assert chosen.reason == Reason(Because.LAPSED, days=1)


def test_questions_of_one_concept_never_share_a_day() -> None:
    chosen = choose([_card("one/q1", due=0)], LIBRARY, DAY, asked=["one/q0"])
    assert chosen is not None
    assert chosen.question.id == "two/q0"


def test_topics_can_be_chosen() -> None:
    chosen = choose((), LIBRARY, DAY, topics=["b"])
    assert chosen is not None
    assert chosen.question.id == "three/q0"


def test_when_all_is_known_the_next_due_comes_early() -> None:
    cards = [_card(q, due=n) for n, q in enumerate(LIBRARY.questions, 5)]
    chosen = choose(cards, LIBRARY, DAY)
    assert chosen is not None
    assert (chosen.question.id, chosen.reason.because) == ("one/q0", Because.AHEAD)


def test_when_all_was_asked_there_is_none() -> None:
    assert choose((), LIBRARY, DAY, asked=list(LIBRARY.questions)) is None


def test_a_card_of_a_retired_question_is_left_alone() -> None:
    chosen = choose([_card("gone/q", due=-9)], LIBRARY, DAY)
    assert chosen is not None
    assert chosen.question.id == "one/q0"


@given(st.sampled_from(Because), st.integers(0, 999), st.integers(0, 99), st.integers(0, 99))
def test_a_reason_is_kept_and_read_back(because: Because, days: int, place: int, total: int) -> None:
    reason = Reason(because, days, place, total)
    assert Reason.read(str(reason)) == reason


@given(st.text())
def test_any_other_text_is_no_reason(text: str) -> None:
    assert Reason.read(text) is None or str(Reason.read(text)) == " ".join(text.split())
