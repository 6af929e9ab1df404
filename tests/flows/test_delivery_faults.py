"""What becomes of a push when the platform fails, or the process dies between any two steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.chat.messages import Address, Sent
from bot.core.records.records import DeliveryState
from bot.errors import DeliveryError, GoneError, MovedError, RateLimitError, UncertainError
from bot.features.daily.delivering import SETTLES_AFTER
from bot.features.daily.outcomes import BACK_OFF, MAX_TRIES, Outgoing
from tests.flows.conftest import Learner, said

RIGHT = "固定大王，小王剩 53 个位置，其中 8 个合适，8/53"
TODAY = date(2026, 11, 24)
SENT, PENDING, SENDING = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.SENDING
UNCERTAIN, FAILED, GONE = DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.GONE


@pytest.fixture
def sending(ann: Learner) -> Outgoing:
    """A push of nine o'clock that is on the wire."""
    ann.says("/subscribe 9:00")
    ann.waits(hours=1)
    outgoing = ann.is_sent()
    assert outgoing
    assert ann.states(TODAY) == [SENDING]
    return outgoing


def test_a_time_out_is_not_repeated_at_once(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, UncertainError("timed out"))
    ann.waits(minutes=9)
    assert ann.receives() == []
    assert ann.states(TODAY) == [UNCERTAIN]


def test_an_answer_settles_what_was_uncertain(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, UncertainError("timed out"))
    ann.waits(minutes=5)
    ann.says(RIGHT)  # the learner has it: it is the open question
    assert ann.percent == 100
    ann.waits(minutes=30)
    assert ann.receives() == []
    assert ann.states(TODAY) == [SENT]


def test_what_stays_uncertain_is_sent_again_and_says_so_and_counts_once(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, UncertainError("timed out"))
    ann.waits(minutes=10)
    pushed = ann.receives()
    assert len(pushed) == 1
    assert "这题可能已经发过一次" in pushed[0]
    ann.says(RIGHT)
    ann.says("", pressed=f"a:{sending.delivery_id}")  # on the first copy
    with ann.store.transaction() as tx:
        assert [card.reps for card in tx.cards(1)] == [1]


def test_an_answer_that_is_quicker_than_the_time_out_settles_it(ann: Learner, sending: Outgoing) -> None:
    ann.says("", pressed=f"a:{sending.delivery_id}")
    ann.notes(sending, UncertainError("timed out"))
    ann.waits(minutes=30)
    assert ann.receives() == []
    assert ann.states(TODAY) == [SENT]


def test_a_question_put_off_before_its_confirmation_comes_later_once(ann: Learner, sending: Outgoing) -> None:
    ann.says("", pressed=f"z:{sending.delivery_id}")
    ann.notes(sending, Sent(("1",)))
    assert "没有等你回答的题" in ann.says("/hint")
    assert ann.receives() == []
    ann.waits(hours=1)
    assert len(ann.receives()) == 1


def test_a_confirmation_after_another_process_started_settles_it(ann: Learner, sending: Outgoing) -> None:
    ann.tutor.recover(ann.now)
    assert ann.states(TODAY) == [UNCERTAIN]
    ann.notes(sending, Sent(("1",)))
    ann.waits(minutes=30)
    assert ann.receives() == []
    assert ann.states(TODAY) == [SENT]


def test_what_was_uncertain_for_days_is_given_up_and_excused(ann: Learner, sending: Outgoing) -> None:
    ann.waits(days=2)
    ann.restarts()
    assert len(ann.receives()) == 1  # today's
    ann.waits(minutes=11)
    assert ann.receives() == []
    assert ann.states(TODAY) == [FAILED]
    with ann.store.transaction() as tx:
        assert TODAY in tx.excused(1)


def test_an_uncertain_push_does_not_interrupt_somebody_who_is_answering(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    ann.waits(minutes=55)
    ann.says("", pressed="q:receptive-field")
    asked = ann.replies[0].ref
    ann.waits(minutes=5)
    outgoing = ann.is_sent()
    assert outgoing
    ann.notes(outgoing, UncertainError("timed out"))
    with ann.store.transaction() as tx:
        conversation = tx.conversation(ann.address, 1)
    assert asked
    assert conversation
    assert conversation.delivery_id == asked.delivery_id


def test_a_flood_wait_is_obeyed(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, RateLimitError("slow down", 77))
    ann.waits(seconds=76)
    assert ann.receives() == []
    ann.waits(seconds=1)
    assert len(ann.receives()) == 1


def tries(ann: Learner, outgoing: Outgoing) -> int:
    with ann.store.transaction() as tx:
        delivery = tx.delivery(outgoing.delivery_id)
        assert delivery
        return delivery.tries


@pytest.mark.parametrize("seconds", [0, 30, 3600])
def test_waits_for_a_flood_bring_nothing_nearer_to_being_given_up(
    ann: Learner, sending: Outgoing, seconds: int
) -> None:
    outgoing: Outgoing | None = sending
    for _ in range(3 * MAX_TRIES):
        assert outgoing
        ann.notes(outgoing, RateLimitError("slow down", seconds))
        assert ann.is_sent() is None, "not at once, even where no time is named"
        ann.waits(seconds=max(1, seconds))
        outgoing = ann.is_sent()
    assert outgoing
    assert tries(ann, outgoing) == 1
    ann.notes(outgoing, DeliveryError("502"))
    assert ann.states(TODAY) == [PENDING]


def test_putting_off_brings_nothing_nearer_to_being_given_up(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, Sent(("1",)))
    for number in range(2 * MAX_TRIES):
        assert "再问你" in ann.says("/snooze 30分钟")
        ann.waits(minutes=30)
        outgoing = ann.is_sent()
        assert outgoing
        assert tries(ann, outgoing) == 1
        assert "可能已经发过" not in said(outgoing.reply)
        ann.notes(outgoing, Sent((f"again-{number}",)))


def test_a_closed_chat_pauses_and_start_resumes(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, GoneError("bot was blocked", "blocked"))
    assert ann.states(TODAY) == [GONE]
    assert ann.subscription.paused == "blocked"
    ann.waits(days=1)
    assert ann.receives() == []
    assert "欢迎回来" in ann.says("/start")
    ann.waits(days=1)
    assert len(ann.receives()) == 1


def test_a_moved_chat_is_followed(ann: Learner, sending: Outgoing) -> None:
    ann.notes(sending, MovedError("migrated", "new"))
    again = ann.is_sent()
    assert again
    assert again.address == Address("console", "new")
    assert ann.subscription.address == Address("console", "new")


def test_a_failure_is_tried_again_with_growing_waits_and_then_given_up(ann: Learner, sending: Outgoing) -> None:
    outgoing: Outgoing | None = sending
    for tries in range(MAX_TRIES - 1):
        assert outgoing
        ann.notes(outgoing, DeliveryError("502"))
        wait = BACK_OFF * 2**tries
        ann.now += wait - timedelta(seconds=1)
        assert ann.is_sent() is None
        ann.waits(seconds=1)
        outgoing = ann.is_sent()
    assert outgoing
    ann.notes(outgoing, DeliveryError("502"))
    assert ann.states(TODAY) == [FAILED]
    ann.waits(hours=1)
    assert ann.receives() == []
    with ann.store.transaction() as tx:
        assert TODAY in tx.excused(1)


# --- killed between any two steps -----------------------------------------------------------------

KILLED: dict[str, tuple[list[str], int, bool]] = {
    # the steps before the kill: copies at the learner's, whether the platform confirmed
    "before the claim": ([], 0, True),
    "before it is taken": (["claim"], 0, True),
    "before the send": (["claim", "take"], 0, False),
    "after the send, before it is noted": (["claim", "take", "send"], 1, False),
    "after it is noted": (["claim", "take", "send", "arrived"], 1, True),
    "after a time-out is noted": (["claim", "take", "send", "uncertain"], 1, False),
    "after a failure is noted": (["claim", "take", "failed"], 0, True),
    "after a flood wait is noted": (["claim", "take", "flood"], 0, True),
    "before a repeat is taken": (["claim", "take", "send", "uncertain", "settle"], 1, False),
    "before a repeat is noted": (["claim", "take", "send", "uncertain", "settle", "take", "send"], 2, False),
    "after a repeat is noted": (["claim", "take", "send", "uncertain", "settle", "take", "send", "arrived"], 2, True),
}


@pytest.mark.parametrize(("steps", "copies", "is_confirmed"), KILLED.values(), ids=KILLED)
def test_killed(ann: Learner, steps: list[str], copies: int, is_confirmed: bool) -> None:
    ann.says("/subscribe 9:00")
    ann.waits(hours=1)
    outgoing: Outgoing | None = None
    for step in steps:
        outgoing = _does(ann, step, outgoing) or outgoing
    ann.restarts()
    later = 0
    for _ in range(60):
        later += len(ann.receives())
        ann.waits(minutes=1)
    assert copies + later >= 1, "lost"
    assert later == (0 if is_confirmed and copies else 1)
    assert ann.states(TODAY) == [SENT]
    ann.says(RIGHT)
    with ann.store.transaction() as tx:
        assert [card.reps for card in tx.cards(1)] == [1]


def _does(ann: Learner, step: str, outgoing: Outgoing | None) -> Outgoing | None:
    tutor, now = ann.tutor, ann.now
    if step == "claim":
        assert tutor.claim_due(now) == 1
    elif step == "take":
        return next(iter(tutor.take(frozenset({"console"}), now)), None)
    elif step == "settle":
        ann.now += SETTLES_AFTER
        tutor.settle(ann.now)
    elif step != "send":
        assert outgoing
        if step == "arrived":
            ann.notes(outgoing, Sent(("1",)))
        else:
            errors = {"uncertain": UncertainError(""), "flood": RateLimitError("", 5), "failed": DeliveryError("")}
            ann.notes(outgoing, errors[step])
    return None
