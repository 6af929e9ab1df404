"""What every store must do, run over each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core import document
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.messages import Address, Choice, Ref, Replies, Reply, Role, Sent
from bot.core.records import (
    Aid,
    Cause,
    ContestKind,
    ContestState,
    Conversation,
    DeliveryKind,
    DeliveryState,
    Owner,
    OwnerKind,
)
from bot.core.scheduling import Card, Rating, Schedule, State
from bot.errors import NotFoundError
from bot.ports import Store, Transaction

NOW = datetime(2026, 11, 24, 0, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 11, 24)
CHAT = Address("console", "local")
TOPIC = Address("telegram", "-100", "7")
SCHEDULE = Schedule((time(8), time(20, 30)), "Asia/Shanghai", frozenset({0, 4}), 3, ("probability",))
GRADE = Grade(
    0.5,
    (
        PointMark("a", "甲", Verdict.HIT, "“原话”", 2.0, ""),
        PointMark("b", "乙", Verdict.MISSED, None, 1.0, "note"),
    ),
    "list",
)


def _learner(tx: Transaction, user: str = "ann") -> tuple[int, Owner]:
    learner, _ = tx.add_learner("console", user, user.title(), "zh", "Asia/Shanghai", NOW)
    return learner.id, Owner(OwnerKind.LEARNER, learner.id)


def _delivery(tx: Transaction, owner: Owner, ordinal: int = 0, **options: str) -> int:
    made = tx.add_delivery(owner, DeliveryKind.DAILY, DAY, ordinal, CHAT, NOW, **options)  # type: ignore[arg-type]  # the two texts
    assert made is not None
    return made.id


def test_a_learner_is_found_by_any_platforms_id(store: Store) -> None:
    with store.transaction() as tx:
        learner, account = tx.add_learner("console", "ann", "Ann", "en", "Europe/Berlin", NOW)
    with store.transaction() as tx:
        assert tx.account("console", "ann") == account
        assert tx.account("telegram", "ann") is None
        assert tx.learner(account.learner_id) == learner
        tx.save_learner(replace(learner, language="zh", timezone="UTC"))
    with store.transaction() as tx:
        assert tx.learner(learner.id) == replace(learner, language="zh", timezone="UTC")
        with pytest.raises(NotFoundError):
            tx.learner(999)


def test_what_raises_leaves_nothing(store: Store) -> None:
    def fails() -> None:
        with store.transaction() as tx:
            _learner(tx)
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fails()
    with store.transaction() as tx:
        assert tx.account("console", "ann") is None


def test_a_replay_finds_its_replies(store: Store) -> None:
    replies: Replies = (Reply((document.paragraph("甲 $x$"),), (Choice("a:1", "看"),), ref=Ref(1, Role.HINT)),)
    with store.transaction() as tx:
        assert tx.replies_to(CHAT, "1") is None
        tx.remember_replies(CHAT, "1", replies, NOW)
        tx.remember_replies(CHAT, "2", (), NOW)
    with store.transaction() as tx:
        assert tx.replies_to(CHAT, "1") == replies
        assert tx.replies_to(CHAT, "2") == ()
        assert tx.replies_to(TOPIC, "1") is None
        tx.remember_replies(CHAT, "2", replies, NOW)
        assert tx.replies_to(CHAT, "2") == ()


def test_an_owner_has_one_subscription(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        assert tx.subscription(owner) is None
        first = tx.subscribe(owner, CHAT, SCHEDULE, NOW)
        second = tx.subscribe(owner, TOPIC, replace(SCHEDULE, topics=()), NOW + timedelta(hours=1))
        assert second.id == first.id
    with store.transaction() as tx:
        assert tx.subscription(owner) == second
        tx.save_subscription(replace(second, paused="blocked"))
    with store.transaction() as tx:
        assert tx.subscription(owner) == replace(second, paused="blocked")
        assert tx.unsubscribe(owner)
        assert not tx.unsubscribe(owner)
        assert tx.subscription(owner) is None


def test_due_is_what_is_due_earliest_first(store: Store) -> None:
    with store.transaction() as tx:
        owners = [_learner(tx, user)[1] for user in ("a", "b", "c", "d")]
        for owner, minutes in zip(owners, (5, -1, -9, 0), strict=True):
            tx.subscribe(owner, CHAT, SCHEDULE, NOW + timedelta(minutes=minutes))
        paused = tx.subscription(owners[2])
        assert paused is not None
        assert [s.owner for s in tx.due(NOW, 9)] == [owners[2], owners[1], owners[3]]
        assert [s.owner for s in tx.due(NOW, 1)] == [owners[2]]
        tx.save_subscription(replace(paused, paused="learner"))
        assert [s.owner for s in tx.due(NOW, 9)] == [owners[1], owners[3]]


def test_a_delivery_is_unique_by_owner_kind_date_and_ordinal(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        first = tx.add_delivery(owner, DeliveryKind.DAILY, DAY, 0, CHAT, NOW)
        assert first is not None
        assert first.state is DeliveryState.PENDING
        assert tx.add_delivery(owner, DeliveryKind.DAILY, DAY, 0, TOPIC, NOW) is None
        assert tx.add_delivery(owner, DeliveryKind.DAILY, DAY, 1, CHAT, NOW) is not None
        assert tx.add_delivery(owner, DeliveryKind.PRACTICE, DAY, 0, CHAT, NOW) is not None
        assert tx.add_delivery(owner, DeliveryKind.DAILY, DAY + timedelta(days=1), 0, CHAT, NOW) is not None
        assert tx.add_delivery(Owner(OwnerKind.GROUP, owner.id), DeliveryKind.DAILY, DAY, 0, CHAT, NOW) is not None
    with store.transaction() as tx:
        assert tx.delivery(first.id) == first
        assert tx.delivery(999) is None
        assert [d.ordinal for d in tx.deliveries(owner, DeliveryKind.DAILY, DAY)] == [0, 1]


def test_a_delivery_moves_only_from_where_it_is(store: Store) -> None:
    later = NOW + timedelta(minutes=1)
    with store.transaction() as tx:
        _, owner = _learner(tx)
        number = _delivery(tx, owner)
        assert not tx.move_delivery(number, DeliveryState.SENDING, DeliveryState.SENT, later)
        assert tx.move_delivery(number, DeliveryState.PENDING, DeliveryState.SENDING, later)
        assert not tx.move_delivery(number, DeliveryState.PENDING, DeliveryState.SENDING, later)
        tx.choose_question(number, "nms/steps", "new 0 1 2")
    with store.transaction() as tx:
        moved = tx.delivery(number)
        assert moved is not None
        assert (moved.state, moved.state_at, moved.tries) == (DeliveryState.SENDING, later, 1)
        assert (moved.question_id, moved.reason) == ("nms/steps", "new 0 1 2")
        assert [d.id for d in tx.deliveries_in((DeliveryState.SENDING, DeliveryState.SENT), 9)] == [number]
        assert tx.deliveries_in((DeliveryState.PENDING,), 9) == []


def test_a_post_finds_its_delivery_months_later(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        number = _delivery(tx, owner)
        tx.add_posts(TOPIC, number, Role.QUESTION, Sent(("10", "11"), "poll"))
        tx.add_posts(TOPIC, number, Role.QUESTION, Sent(("10", "11"), "poll"))
    with store.transaction() as tx:
        for message_id in ("10", "11"):
            found = tx.delivery_of_post(TOPIC, message_id)
            assert found is not None
            assert found.id == number
        assert tx.delivery_of_post(CHAT, "10") is None
        assert tx.delivery_of_post(TOPIC, "12") is None


def test_a_poll_is_found_on_the_platform_it_was_posted_on(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        number = _delivery(tx, owner)  # meant for the console
        tx.add_posts(TOPIC, number, Role.QUESTION, Sent(("10",), "poll"))
    with store.transaction() as tx:
        found = tx.delivery_of_poll("telegram", "poll")
        assert found is not None
        assert (found.id, found.address) == (number, CHAT)
        assert tx.delivery_of_poll("console", "poll") is None
        assert tx.delivery_of_poll("telegram", "other") is None


def test_a_post_that_was_rewritten_belongs_to_what_it_says_last(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        first, second = _delivery(tx, owner), _delivery(tx, owner, 1)
        tx.add_posts(CHAT, first, Role.QUESTION, Sent(("10",)))
        tx.add_posts(CHAT, second, Role.QUESTION, Sent(("10",)))
        found = tx.delivery_of_post(CHAT, "10")
        assert found is not None
        assert found.id == second


def test_deliveries_wait_in_the_order_they_were_made(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        made = [_delivery(tx, owner, ordinal) for ordinal in (2, 0, 1)]
        assert [d.id for d in tx.deliveries_in((DeliveryState.PENDING,), 2)] == made[:2]
        assert [d.ordinal for d in tx.deliveries(owner, DeliveryKind.DAILY, DAY)] == [0, 1, 2]
        assert tx.deliveries_in((), 9) == []


def test_each_sending_counts_as_a_try(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        number = _delivery(tx, owner)
        for _ in range(3):
            assert tx.move_delivery(number, DeliveryState.PENDING, DeliveryState.SENDING, NOW)
            assert tx.move_delivery(number, DeliveryState.SENDING, DeliveryState.PENDING, NOW)
        found = tx.delivery(number)
        assert found is not None
        assert found.tries == 3


def test_what_is_gone_is_not_written_back(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        gone = tx.subscribe(owner, CHAT, SCHEDULE, NOW)
        tx.unsubscribe(owner)
        tx.save_subscription(gone)
        tx.choose_question(999, "nms/steps", "new")
        assert tx.subscription(owner) is None
        assert not tx.move_delivery(999, DeliveryState.PENDING, DeliveryState.SENT, NOW)
        assert tx.delivery(999) is None


def test_the_log_keeps_its_order(store: Store) -> None:
    with store.transaction() as tx:
        learner, owner = _learner(tx)
        other, _ = _learner(tx, "bob")
        number = _delivery(tx, owner)
        one = tx.add_attempt(learner, 1, number, "nms/steps", "答一", NOW, DAY, frozenset({Aid.HINT}))
        two = tx.add_attempt(learner, 1, number, "iou/def", "答二", NOW, DAY, frozenset())
        tx.add_attempt(other, 2, number, "nms/steps", "别人", NOW, DAY, frozenset())
        first = tx.add_grading(one.id, "h1", '{"a": 1}', "1", GRADE, Cause.FIRST, Rating.HARD, NOW)
        second = tx.add_grading(two.id, "h2", "{}", "1", Grade(0.0, ()), Cause.SHOWN, Rating.AGAIN, NOW)
        third = tx.add_grading(one.id, "h1", "ignored", "2", GRADE, Cause.WITHDRAWN, None, NOW)
    with store.transaction() as tx:
        assert tx.attempts(learner) == [one, two]
        assert tx.attempts(learner, number) == [one, two]
        assert tx.attempts(learner, 999) == []
        assert tx.gradings(learner) == [(one, first), (two, second), (one, third)]
        assert tx.gradings(learner, "nms/steps") == [(one, first), (one, third)]
        assert tx.gradings(other) == []
        assert tx.rubric("h1") == '{"a": 1}'
        assert tx.rubric("h9") is None


def test_cards_are_written_and_dropped(store: Store) -> None:
    card = Card("nms/steps", 2.3065, 5.5, DAY, DAY - timedelta(days=2), State.REVIEW, 3, 1, True)
    with store.transaction() as tx:
        learner, _ = _learner(tx)
        tx.save_card(learner, card)
        tx.save_card(learner, replace(card, question_id="iou/def"))
        tx.save_card(learner, replace(card, reps=4))
    with store.transaction() as tx:
        assert tx.card(learner, "nms/steps") == replace(card, reps=4)
        assert [c.question_id for c in tx.cards(learner)] == ["iou/def", "nms/steps"]
        tx.drop_card(learner, "nms/steps")
        tx.drop_card(learner, "nms/steps")
        assert tx.card(learner, "nms/steps") is None
        assert tx.cards(999) == []


def test_a_conversation_is_overwritten(store: Store) -> None:
    with store.transaction() as tx:
        learner, owner = _learner(tx)
        number = _delivery(tx, owner)
        first = Conversation(CHAT, learner, NOW)
        second = Conversation(CHAT, learner, NOW, number, "nms", ("a:1", "b"), "问什么", frozenset({Aid.HINT}))
        assert tx.conversation(CHAT, learner) is None
        tx.save_conversation(first)
        tx.save_conversation(second)
    with store.transaction() as tx:
        assert tx.conversation(CHAT, learner) == second
        assert tx.conversation(TOPIC, learner) is None


def test_misses_are_newest_first(store: Store) -> None:
    with store.transaction() as tx:
        for text in ("一", "二", "三"):
            tx.add_miss(text, "refuse", "", NOW)
    with store.transaction() as tx:
        assert [miss.text for miss in tx.misses(2)] == ["三", "二"]
        assert tx.misses(1)[0].at == NOW


def test_an_attempt_is_contested_once_and_settled_once(store: Store) -> None:
    with store.transaction() as tx:
        learner, owner = _learner(tx)
        number = _delivery(tx, owner)
        made = tx.add_attempt(learner, 1, number, "nms/steps", "答", NOW, DAY, frozenset())
        contest = tx.add_contest(ContestKind.GRADE, learner, made.id, "nms/steps", "答", NOW)
        assert contest is not None
        assert tx.add_contest(ContestKind.GRADE, learner, made.id, "nms/steps", "答", NOW) is None
        assert tx.add_contest(ContestKind.CONTENT, learner, None, "nms", "错字", NOW) is not None
        assert tx.add_contest(ContestKind.CONTENT, learner, None, "nms", "错字", NOW) is not None
    with store.transaction() as tx:
        assert tx.contest(contest.id) == contest
        assert tx.contest(99) is None
        assert [c.subject for c in tx.contests(ContestState.OPEN, 9)] == ["nms/steps", "nms", "nms"]
        assert tx.settle_contest(contest.id, ContestState.ACCEPTED)
        assert not tx.settle_contest(contest.id, ContestState.DECLINED)
        assert [c.id for c in tx.contests(ContestState.ACCEPTED, 9)] == [contest.id]
        assert tx.attempt(made.id) == made
        assert tx.attempt(99) is None
        assert tx.attempts_at("nms/steps") == [made]


def test_an_accepted_phrase_is_kept_once(store: Store) -> None:
    with store.transaction() as tx:
        for phrase in ("打骨折", "打骨折", "砍分"):
            tx.add_phrase("nms/steps", "sort", phrase, NOW)
        tx.add_phrase("iou/def", "a", "x", NOW)
    with store.transaction() as tx:
        assert tx.phrases("nms/steps") == [("nms/steps", "sort", "打骨折"), ("nms/steps", "sort", "砍分")]
        assert len(tx.phrases()) == 3


def test_a_notice_waits_for_its_platform_and_goes_once(store: Store) -> None:
    reply = Reply((document.paragraph("改判了"),))
    with store.transaction() as tx:
        tx.add_notice(CHAT, reply, NOW)
        tx.add_notice(TOPIC, reply, NOW)
    with store.transaction() as tx:
        (notice,) = tx.notices(("console",), 9)
        assert (notice.address, notice.reply) == (CHAT, reply)
        assert tx.drop_notice(notice.id)
        assert not tx.drop_notice(notice.id)
        assert tx.notices(("console",), 9) == []
