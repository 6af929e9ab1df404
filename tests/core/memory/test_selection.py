from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Concept, Library, Passage, Topic
from bot.core.kinds import Choice, Open
from bot.core.memory.card import Card
from bot.core.memory.selection import FINAL_DAYS, STABLE_DAYS, Because, Chosen, Need, Reason, choose
from tests.sample_questions import question_of

DAY = date(2026, 11, 24)


def _concept(name: str, topic: str, questions: int = 1) -> Concept:
    asked = tuple(Open(f"{name}/q{n}", name, f"{name} {n}?") for n in range(questions))
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
    assert [q.id for q in LIBRARY.in_curriculum_order] == ["one/q0", "two/q0", "three/q0", "one/q1", "three/q1"]


def test_the_first_question_is_new() -> None:
    chosen = choose((), LIBRARY, Need(DAY))
    assert chosen is not None
    assert chosen.question.id == "one/q0"
    assert chosen.reason == Reason(Because.NEW, place=1, total=3)


def test_what_is_due_comes_before_what_is_new() -> None:
    chosen = choose([_card("two/q0", due=0)], LIBRARY, Need(DAY))
    assert chosen is not None
    assert chosen.question.id == "two/q0"
    assert chosen.reason == Reason(Because.DUE, days=3)


def test_of_what_is_due_the_least_likely_remembered_comes_first() -> None:
    cards = [_card("two/q0", due=0, stability=50), _card("three/q0", due=0, stability=1)]
    chosen = choose(cards, LIBRARY, Need(DAY))
    assert chosen is not None
    assert chosen.question.id == "three/q0"


def test_a_failed_question_says_so() -> None:
    chosen = choose([_card("two/q0", due=0, reviewed=-1, has_failed=True)], LIBRARY, Need(DAY))
    assert chosen is not None
    assert chosen.reason == Reason(Because.LAPSED, days=1)


def test_questions_of_one_concept_never_share_a_day() -> None:
    chosen = choose([_card("one/q1", due=0)], LIBRARY, Need(DAY, ("one/q0",)))
    assert chosen is not None
    assert chosen.question.id == "two/q0"


def test_topics_can_be_chosen() -> None:
    chosen = choose((), LIBRARY, Need(DAY, topics=("b",)))
    assert chosen is not None
    assert chosen.question.id == "three/q0"


def test_when_all_is_known_the_next_due_comes_early() -> None:
    cards = [_card(q, due=n) for n, q in enumerate(LIBRARY.questions, 5)]
    assert choose(cards, LIBRARY, Need(DAY)) is None
    chosen = choose(cards, LIBRARY, Need(DAY, may_go_ahead=True))
    assert chosen is not None
    assert (chosen.question.id, chosen.reason.because) == ("one/q0", Because.AHEAD)


def test_when_all_was_asked_there_is_none() -> None:
    assert choose((), LIBRARY, Need(DAY, tuple(LIBRARY.questions), may_go_ahead=True)) is None


def test_a_card_of_a_retired_question_is_left_alone() -> None:
    chosen = choose([_card("gone/q", due=-9)], LIBRARY, Need(DAY))
    assert chosen is not None
    assert chosen.question.id == "one/q0"


@given(st.sampled_from(Because), st.integers(0, 999), st.integers(0, 99), st.integers(0, 99))
def test_a_reason_is_kept_and_read_back(because: Because, days: int, place: int, total: int) -> None:
    reason = Reason(because, days, place, total, "iou")
    assert Reason.read(str(reason)) == reason


@given(st.text())
def test_any_other_text_is_no_reason(text: str) -> None:
    read = Reason.read(text)
    assert read is None or Reason.read(str(read)) == read


def test_a_reason_written_before_concepts_were_named_is_read() -> None:
    assert Reason.read("new 0 1 27") == Reason(Because.NEW, place=1, total=27)


PAIR = Library(
    (Topic("a", "甲"), Topic("b", "乙")),
    (
        Concept(
            "bn",
            "a",
            "BN",
            see_also=("ln",),
            passages=(Passage(None, "", ()),),
            questions=(
                Open("bn/open", "bn", "?"),
                question_of(Choice, "bn/pick", "?", 1),
            ),
        ),
        _concept("ln", "a"),
        _concept("nms", "a"),
        _concept("coin", "b", 2),
        _concept("heap", "b"),
    ),
)


def _chosen(cards: list[Card], need: Need) -> Chosen:
    found = choose(cards, PAIR, need)
    assert found is not None
    return found


def test_confusable_concepts_never_share_a_day() -> None:
    assert _chosen([_card("ln/q0", due=0)], Need(DAY, ("bn/open",))).question.id == "nms/q0"


def test_once_both_are_stable_they_meet_as_a_contrast() -> None:
    cards = [_card("bn/open", 9, stability=STABLE_DAYS), _card("ln/q0", 0, stability=STABLE_DAYS)]
    found = _chosen([*cards, _card("nms/q0", due=-9)], Need(DAY, ("bn/open",)))
    assert (found.question.id, found.reason) == ("ln/q0", Reason(Because.CONTRAST, 3, concept_id="bn"))


def test_no_more_is_new_than_is_wanted() -> None:
    assert choose((), PAIR, Need(DAY, new_left=0)) is None


def test_what_was_looked_up_comes_before_the_curriculum() -> None:
    found = _chosen([], Need(DAY, looked_up=("heap", "nms")))
    assert (found.question.id, found.reason.because) == ("heap/q0", Because.LOOKED_UP)
    quizzed = [_card("heap/q0", due=9)]
    assert _chosen(quizzed, Need(DAY, looked_up=("heap",))).reason.because is Because.NEW


def test_a_weak_topic_comes_before_the_curriculum() -> None:
    big = Library(PAIR.topics, (*PAIR.concepts, *(_concept(f"c{n}", "b") for n in range(9))))
    cards = [_card(f"c{n}/q0", due=9, has_failed=n < 3) for n in range(5)]
    found = choose(cards, big, Need(DAY))
    assert found is not None
    assert (found.question.id, found.reason.because) == ("coin/q0", Because.WEAK)


def test_difficulty_is_held_to() -> None:
    assert _chosen([], Need(DAY, difficulty=(1, 1))).question.id == "bn/pick"


def test_a_leech_comes_back_smaller_until_that_is_passed() -> None:
    leech = replace(_card("bn/open", due=0, has_failed=True), lapses=4)
    found = _chosen([leech], Need(DAY))
    assert (found.question.id, found.reason) == ("bn/pick", Reason(Because.LEECH, 3, concept_id="bn"))
    passed = _card("bn/pick", due=9, reviewed=-1)
    assert _chosen([leech, passed], Need(DAY)).question.id == "bn/open"
    failed = replace(passed, has_failed=True, due=DAY + timedelta(days=9))
    assert _chosen([leech, failed], Need(DAY)).question.id == "bn/pick"


def test_a_question_known_for_good_is_left_alone() -> None:
    known = replace(_card("bn/open", due=-9), is_retired=True)
    assert choose([known], PAIR, Need(DAY, new_left=0, may_go_ahead=True)) is None


def test_before_an_exam_every_topic_gets_its_part() -> None:
    exam = DAY + timedelta(days=30)
    assert _chosen([_card("bn/open", 9), _card("ln/q0", 9)], Need(DAY, exam=exam)).question.id == "coin/q0"


def test_in_the_last_week_nothing_new_is_begun() -> None:
    need = Need(DAY, exam=DAY + timedelta(days=FINAL_DAYS - 1))
    cards = [_card("coin/q0", due=40, stability=60), _card("nms/q0", due=30, stability=9)]
    found = _chosen(cards, need)
    assert (found.question.id, found.reason) == ("nms/q0", Reason(Because.EXAM, FINAL_DAYS - 1))
    assert choose((), PAIR, need) is None


@st.composite
def _decks(draw: st.DrawFn) -> list[Card]:
    ids = draw(st.lists(st.sampled_from(list(PAIR.questions)), unique=True))
    days = st.integers(-30, 30)
    return [
        replace(
            _card(q, draw(days), -draw(st.integers(0, 60)), stability=draw(st.floats(0.1, 400))),
            lapses=draw(st.integers(0, 6)),
            has_failed=draw(st.booleans()),
            is_retired=draw(st.booleans()),
        )
        for q in ids
    ]


@given(_decks(), st.lists(st.sampled_from(list(PAIR.questions))), st.integers(0, 2), st.booleans())
def test_whatever_is_chosen_is_allowed(deck: list[Card], asked: list[str], new_left: int, ahead: bool) -> None:
    need = Need(DAY, tuple(asked), new_left=new_left, may_go_ahead=ahead)
    found = choose(deck, PAIR, need)
    if found is None:
        return
    cards = {card.question_id: card for card in deck}
    assert found.question.concept_id not in {PAIR.questions[q].concept_id for q in asked}
    card = cards.get(found.question.id)
    assert card is not None or new_left or found.reason.because is Because.LEECH
    assert card is None or not card.is_retired or found.reason.because is Because.LEECH
