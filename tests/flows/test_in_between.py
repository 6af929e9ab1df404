"""A push arrives while its learner is at another question: it waits its turn, and may be answered before."""

from __future__ import annotations

import pytest

from bot.core.chat.messages import Sent
from bot.errors import UncertainError
from tests.flows.conftest import Learner, said

RIGHT = "固定大王，小王剩 53 个位置，其中 8 个合适，8/53"


def asked(ann: Learner) -> str:
    """The open question's id; "" for none."""
    with ann.store.transaction() as tx:
        conversation = tx.conversation(ann.address, 1)
        delivery = tx.delivery(conversation.delivery_id) if conversation and conversation.delivery_id else None
        return delivery.question_id if delivery else ""


def concept(ann: Learner) -> str:
    return asked(ann).partition("/")[0]


@pytest.fixture
def busy(ann: Learner) -> Learner:
    """Ann was given a question five minutes before nine, and a push comes at nine."""
    ann.says("/subscribe 9:00")
    ann.waits(minutes=55)
    ann.says("", pressed="q:receptive-field")
    ann.waits(minutes=5)
    return ann


@pytest.fixture
def pushed(busy: Learner) -> str:
    """The post of a push that came in between."""
    (push,) = busy.receives()
    assert "先答完手上那题就轮到这题" in push
    return list(busy.posts)[-1]


def test_the_question_at_hand_stays_open_and_the_push_is_next(busy: Learner, pushed: str) -> None:
    assert concept(busy) == "receptive-field"
    busy.says("/answer")
    assert "[下一题]" in said(busy.replies[0])
    busy.says(RIGHT)
    assert busy.percent == 100


def test_next_shows_what_waits(busy: Learner, pushed: str) -> None:
    busy.says("/answer")
    assert "54" in busy.taps("下一题")
    busy.says(RIGHT)
    assert busy.percent == 100
    assert asked(busy) == ""


@pytest.mark.parametrize("close", ["/skip", "/snooze", "/answer"])
def test_however_the_question_at_hand_is_closed(busy: Learner, pushed: str, close: str) -> None:
    busy.says(close)
    busy.says(RIGHT)
    assert busy.percent == 100


def test_a_reply_answers_the_push_first_and_leaves_the_other_open(busy: Learner, pushed: str) -> None:
    busy.says("/hint")
    busy.says(RIGHT, reply_to=pushed)
    assert busy.percent == 100
    assert concept(busy) == "receptive-field"
    with busy.store.transaction() as tx:
        (attempt,) = tx.attempts(1)
    assert attempt.aids == frozenset(), "the hint was for the other question"
    busy.says("/answer")
    assert asked(busy) == ""


def test_so_does_a_button_of_the_push(busy: Learner, pushed: str) -> None:
    answer = next(choice.id for choice in busy.posts[pushed].choices if choice.label == "看答案")
    assert "参考答案" in busy.says("", pressed=answer)
    assert concept(busy) == "receptive-field"


def test_a_hint_of_the_push_makes_it_the_one_at_hand(busy: Learner, pushed: str) -> None:
    hint = next(choice.id for choice in busy.posts[pushed].choices if choice.label == "提示")
    busy.says("", pressed=hint)
    busy.says(RIGHT)
    assert busy.percent == 100


def test_whoever_took_up_the_push_before_it_was_confirmed_keeps_its_hint(busy: Learner) -> None:
    outgoing = busy.is_sent()
    assert outgoing
    busy.says("", pressed=f"h:{outgoing.delivery_id}")
    busy.notes(outgoing, Sent(("1",)))
    busy.says(RIGHT)
    with busy.store.transaction() as tx:
        assert [len(attempt.aids) for attempt in tx.attempts(1)] == [1]


def test_what_may_have_arrived_waits_its_turn_as_well(busy: Learner) -> None:
    outgoing = busy.is_sent()
    assert outgoing
    busy.notes(outgoing, UncertainError("timed out"))
    assert concept(busy) == "receptive-field"
    busy.says("/answer")
    busy.says(RIGHT)
    assert busy.percent == 100


def test_a_session_is_not_interrupted_however_long_a_question_takes(ann: Learner) -> None:
    for name in ("receptive-field", "batch-norm", "iou"):
        ann.says("", pressed=f"q:{name}")
        ann.says("/answer")
    ann.waits(days=1)
    ann.says("/subscribe 9:00")
    ann.waits(minutes=10)
    ann.says("/review 2")
    first = concept(ann)
    ann.waits(minutes=45)
    ann.says("/hint")  # still at it
    ann.waits(minutes=5)
    assert len(ann.receives()) == 1
    assert concept(ann) == first
    ann.says("/answer")
    ann.taps("下一题")
    assert concept(ann) not in (first, "")
    ann.says("/answer")
    assert "这一轮复习完了" in ann.taps("下一题")
    assert "[下一题]" in said(ann.replies[0])


def test_a_question_that_nobody_is_at_any_more_gives_way(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    ann.says("", pressed="q:receptive-field")
    ann.waits(minutes=55)
    ann.says("/topics")  # something else
    ann.waits(minutes=5)
    (push,) = ann.receives()
    assert "手上那题" not in push
    ann.says(RIGHT)
    assert ann.percent == 100
