"""What every store must do, run over each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.chat.messages import Address, Choice, Ref, Replies, Reply, Role, Sent
from bot.core.content import document
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.groups.group import Award, Member
from bot.core.groups.live_quiz import LivePlan, begin
from bot.core.memory.card import Card, Rating, State
from bot.core.records.contests import Contest, ContestKind, ContestState
from bot.core.records.records import (
    Account,
    Aid,
    Attempt,
    Cause,
    Claim,
    Conversation,
    DeliveryKind,
    DeliveryState,
    Grading,
    Learner,
    NewDelivery,
    Owner,
    OwnerKind,
    Retry,
)
from bot.core.scheduling.schedule import Schedule
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
    learner, _ = tx.add_learner(Learner(0, "zh", "Asia/Shanghai", NOW), Account(0, 0, "console", user, user.title()))
    return learner.id, Owner(OwnerKind.LEARNER, learner.id)


def _delivery(tx: Transaction, owner: Owner, ordinal: int = 0, **options: str) -> int:
    made = tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY, ordinal, CHAT, NOW, **options))  # type: ignore[arg-type]  # the two texts
    assert made is not None
    return made.id


def test_a_learner_is_found_by_any_platforms_id(store: Store) -> None:
    with store.transaction() as tx:
        learner, account = tx.add_learner(
            Learner(0, "en", "Europe/Berlin", NOW), Account(0, 0, "console", "ann", "Ann")
        )
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


def test_replies_of_long_ago_are_let_go(store: Store) -> None:
    with store.transaction() as tx:
        tx.remember_replies(CHAT, "old", (), NOW - timedelta(seconds=1))
        tx.remember_replies(CHAT, "new", (), NOW)
        tx.drop_replies(NOW)
    with store.transaction() as tx:
        assert tx.replies_to(CHAT, "old") is None
        assert tx.replies_to(CHAT, "new") == ()


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
        first = tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY, 0, CHAT, NOW))
        assert first is not None
        assert first.state is DeliveryState.PENDING
        assert tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY, 0, TOPIC, NOW)) is None
        assert tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY, 1, CHAT, NOW)) is not None
        assert tx.add_delivery(NewDelivery(owner, DeliveryKind.PRACTICE, DAY, 0, CHAT, NOW)) is not None
        assert (
            tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY + timedelta(days=1), 0, CHAT, NOW)) is not None
        )
        assert (
            tx.add_delivery(NewDelivery(Owner(OwnerKind.GROUP, owner.id), DeliveryKind.DAILY, DAY, 0, CHAT, NOW))
            is not None
        )
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
        assert [d.id for d in tx.deliveries_in(DeliveryState.SENDING, later, 9)] == [number]
        assert tx.deliveries_in(DeliveryState.SENDING, NOW, 9) == [], "it is so since later only"


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


def test_what_is_due_latest_goes_first(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        first, second, third = (_delivery(tx, owner, ordinal) for ordinal in (2, 0, 1))
        assert [d.ordinal for d in tx.deliveries(owner, DeliveryKind.DAILY, DAY)] == [0, 1, 2]
        yesterday, tomorrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
        for days in ((DAY, DAY), (yesterday, DAY), (DAY, tomorrow)):
            assert [d.id for d in tx.deliveries_between(owner, *days)] == [first, second, third]
        assert tx.deliveries_between(owner, tomorrow, tomorrow) == []
        later = NOW + timedelta(minutes=5)
        assert tx.move_delivery(
            first, DeliveryState.PENDING, DeliveryState.PENDING, NOW, Retry(due_at=later, is_repeat=True)
        )
        assert [d.id for d in tx.waiting(["console"], NOW, 9)] == [third, second]
        waiting = tx.waiting(["console", "telegram"], later, 2)
        assert [d.id for d in waiting] == [first, third]
        assert (waiting[0].due_at, waiting[0].is_repeat) == (later, True)
        assert tx.waiting(["telegram"], later, 9) == []


def test_claiming_writes_the_delivery_once_and_moves_on(store: Store) -> None:
    tomorrow = NOW + timedelta(days=1)
    with store.transaction() as tx:
        _, owner = _learner(tx)
        made = tx.subscribe(owner, CHAT, SCHEDULE, NOW)
        (due,) = tx.due(NOW, 9)
        assert (due.subscription_id, due.owner, due.platform, due.schedule) == (made.id, owner, "console", SCHEDULE)
        tx.claim([Claim(due, DAY, 5, is_late=False, next_at=tomorrow)], NOW)
        assert tx.due(NOW, 9) == []
        assert [d.ordinal for d in tx.waiting(["console"], NOW, 9)] == [5]
    with store.transaction() as tx:
        (again,) = tx.due(tomorrow, 9)
        assert again.unanswered == 1
        tx.claim([Claim(again, DAY, 5, is_late=False, next_at=tomorrow + timedelta(days=1))], tomorrow)
        assert len(tx.deliveries(owner, DeliveryKind.DAILY, DAY)) == 1, "that place is taken"
        tx.claim([], tomorrow)


def test_what_was_claimed_in_bulk_leaves_single_deliveries_their_ids(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        tx.subscribe(owner, CHAT, SCHEDULE, NOW)
        tx.claim([Claim(tx.due(NOW, 9)[0], DAY, 0, is_late=False, next_at=NOW + timedelta(days=1))], NOW)
        made = tx.delivery(_delivery(tx, owner, 1))
        assert made is not None
        assert [d.ordinal for d in tx.deliveries(owner, DeliveryKind.DAILY, DAY)] == [0, 1]


def test_what_is_too_late_is_noted_and_skipped(store: Store) -> None:
    with store.transaction() as tx:
        _, owner = _learner(tx)
        tx.subscribe(owner, CHAT, SCHEDULE, NOW)
        (due,) = tx.due(NOW, 9)
        tx.claim([Claim(due, DAY, 0, is_late=True, next_at=NOW + timedelta(days=1))], NOW)
        assert tx.waiting(["console"], NOW, 9) == []
        kept = tx.subscription(owner)
        assert kept is not None
        assert (kept.missed, kept.unanswered) == (1, 0)
        (skipped,) = tx.deliveries(owner, DeliveryKind.DAILY, DAY)
        assert skipped.state is DeliveryState.SKIPPED


def test_a_chat_that_moves_takes_everything_with_it(store: Store) -> None:
    moved = Address("telegram", "-100999", "7")
    with store.transaction() as tx:
        learner_id, owner = _learner(tx)
        tx.subscribe(owner, TOPIC, SCHEDULE, NOW)
        tx.add_posts(TOPIC, _delivery(tx, owner), Role.QUESTION, Sent(("10",)))
        tx.add_posts(TOPIC, _delivery(tx, owner, 1), Role.QUESTION, Sent(("11",), "poll"))
        tx.save_conversation(Conversation(TOPIC, learner_id, NOW, last_text="before"))
        tx.move_address("telegram", "-100", "-100999")
    with store.transaction() as tx:
        assert [s.owner for s in tx.subscriptions_at(moved)] == [owner]
        assert tx.subscriptions_at(TOPIC) == []
        assert tx.delivery_of_post(moved, "10") is None, "the new chat numbers its messages anew"
        assert tx.delivery_of_post(moved, "11") is None
        assert tx.delivery_of_poll("telegram", "poll") is not None
        kept = tx.conversation(moved, learner_id)
        assert kept is not None
        assert kept.last_text == "before"


def test_lookups_are_remembered_latest_first(store: Store) -> None:
    with store.transaction() as tx:
        learner_id, _ = _learner(tx)
        for minute, concept_id in enumerate(("iou", "nms", "iou")):
            tx.look_up(learner_id, concept_id, NOW + timedelta(minutes=minute))
        assert tx.looked_up(learner_id, 9) == ["iou", "nms"]
        assert tx.looked_up(learner_id, 1) == ["iou"]
        assert tx.looked_up(learner_id + 1, 9) == []


def test_days_are_excused_once_and_taken_back(store: Store) -> None:
    days = [DAY + timedelta(days=n) for n in range(3)]
    with store.transaction() as tx:
        learner_id, _ = _learner(tx)
        tx.excuse(learner_id, days)
        tx.excuse(learner_id, days[:1])
        tx.drop_excuses(learner_id, DAY)
        assert tx.excused(learner_id) == [DAY]


def test_what_counts_as_a_day_and_as_failed(store: Store) -> None:
    with store.transaction() as tx:
        learner, account = tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", "ann", "Ann"))
        number = _delivery(tx, Owner(OwnerKind.LEARNER, learner.id))

        def answers(question: str, text: str, day: int, *marks: tuple[float, Cause]) -> None:
            made = tx.add_attempt(
                Attempt(0, learner.id, account.id, number, question, text, NOW, DAY + timedelta(days=day), frozenset())
            )
            for fraction, cause in marks:
                tx.add_grading(Grading(0, made.id, "h", "1", Grade(fraction, ()), cause, None, NOW), "{}")

        answers("a/q", "right", 0, (1.0, Cause.FIRST))
        answers("b/q", "wrong", 0, (0.1, Cause.FIRST))
        answers("c/q", "", 1, (0.0, Cause.SHOWN))
        answers("d/q", "a question", 2, (0.0, Cause.FIRST), (0.0, Cause.WITHDRAWN))
        answers("b/q", "better", 3, (0.2, Cause.FIRST), (0.9, Cause.REGRADE))
        answers("a/q", "forgotten", 4, (0.3, Cause.FIRST))
        assert tx.active_days(learner.id) == [DAY, DAY + timedelta(days=3), DAY + timedelta(days=4)]
        assert [q for q in tx.failed_questions(learner.id) if q != "d/q"] == ["c/q", "a/q"]


def test_nothing_of_a_forgotten_learner_remains(store: Store) -> None:
    def lives(tx: Transaction, user: str, chat: Address) -> int:
        learner, account = tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", user, user))
        owner = Owner(OwnerKind.LEARNER, learner.id)
        tx.subscribe(owner, chat, SCHEDULE, NOW)
        made = tx.add_delivery(NewDelivery(owner, DeliveryKind.DAILY, DAY, 0, chat, NOW))
        assert made is not None
        tx.add_posts(chat, made.id, Role.QUESTION, Sent((user,)))
        attempt = tx.add_attempt(Attempt(0, learner.id, account.id, made.id, "a/q", user, NOW, DAY, frozenset()))
        tx.add_grading(Grading(0, attempt.id, "h", "1", GRADE, Cause.FIRST, Rating.GOOD, NOW), "{}")
        tx.save_card(learner.id, Card("a/q", 1.0, 5.0, DAY, DAY))
        tx.save_conversation(Conversation(chat, learner.id, NOW, made.id, last_text=user))
        tx.remember_replies(chat, f"w-{user}", (Reply((document.paragraph(user),)),), NOW, learner.id)
        tx.add_contest(Contest(0, ContestKind.GRADE, learner.id, attempt.id, "a/q", user, ContestState.OPEN, NOW))
        tx.add_notice(chat, Reply((document.paragraph(user),)), NOW, learner.id)
        tx.look_up(learner.id, "a", NOW)
        tx.excuse(learner.id, [DAY])
        tx.issue_code(account.id, NOW)
        tx.add_wrong_code(account.id, NOW)
        group = tx.add_group(TOPIC, "自习室", "zh", NOW)
        tx.save_member(Member(group.id, learner.id, user, DAY))
        tx.add_award(Award(attempt.id, learner.id, group.id, made.id, DAY, 5))
        tx.add_unheard(group.id, learner.id, made.id, NOW)
        room = tx.add_group(replace(TOPIC, thread=user), "自习室", "zh", NOW)
        assert tx.begin_live(begin(room.id, None, LivePlan(), learner.id, NOW))
        return learner.id

    with store.transaction() as tx:
        ann, bob = lives(tx, "ann", CHAT), lives(tx, "bob", Address("console", "bob"))
        kept = tx.everything(bob)
        assert all(rows for table, rows in tx.everything(ann).items() if table != "due"), "a table has nothing to test"
    with store.transaction() as tx:
        tx.forget(ann, NOW)
    with store.transaction() as tx:
        assert tx.account("console", "ann") is None
        assert tx.everything(bob) == kept
        assert tx.is_forgotten("console", "ann")
        assert not tx.is_forgotten("console", "bob")
        assert tx.replies_to(CHAT, "w-ann") is None
        assert tx.delivery_of_post(CHAT, "ann") is None
        assert [n.address.chat for n in tx.notices(["console"], 9)] == ["bob"]
        tx.add_learner(Learner(0, "zh", "UTC", NOW + timedelta(seconds=1)), Account(0, 0, "console", "ann", "Ann"))
        assert not tx.is_forgotten("console", "ann"), "who writes again is a new learner"
        assert tx.forget_again() == 0


def test_who_comes_back_with_an_old_backup_is_erased_again(store: Store) -> None:
    with store.transaction() as tx:
        learner, _ = tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", "ann", "Ann"))
        assert tx.forget_again() == 0
        tx.forget(learner.id, NOW + timedelta(days=1))
    with store.transaction() as tx:
        tx.add_learner(
            Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", "ann", "Ann")
        )  # the row of yesterday, restored
        tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", "bob", "Bob"))
        assert tx.forget_again() == 1
        assert tx.account("console", "ann") is None
        assert tx.account("console", "bob") is not None


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
        tx.move_delivery(number, DeliveryState.PENDING, DeliveryState.SENDING, NOW)
        tx.move_delivery(number, DeliveryState.SENDING, DeliveryState.PENDING, NOW, Retry(tries=found.tries))
        assert tx.delivery(number) == found  # that one was none
        tx.move_delivery(number, DeliveryState.PENDING, DeliveryState.SENDING, NOW, Retry(tries=0))
        again = tx.delivery(number)
        assert again is not None
        assert again.tries == 0


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
        one = tx.add_attempt(Attempt(0, learner, 1, number, "nms/steps", "答一", NOW, DAY, frozenset({Aid.HINT})))
        two = tx.add_attempt(Attempt(0, learner, 1, number, "iou/def", "答二", NOW, DAY, frozenset()))
        tx.add_attempt(Attempt(0, other, 2, number, "nms/steps", "别人", NOW, DAY, frozenset()))
        first = tx.add_grading(Grading(0, one.id, "h1", "1", GRADE, Cause.FIRST, Rating.HARD, NOW), '{"a": 1}')
        second = tx.add_grading(Grading(0, two.id, "h2", "1", Grade(0.0, ()), Cause.SHOWN, Rating.AGAIN, NOW), "{}")
        third = tx.add_grading(Grading(0, one.id, "h1", "2", GRADE, Cause.WITHDRAWN, None, NOW), "ignored")
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
        made = tx.add_attempt(Attempt(0, learner, 1, number, "nms/steps", "答", NOW, DAY, frozenset()))
        contest = tx.add_contest(
            Contest(0, ContestKind.GRADE, learner, made.id, "nms/steps", "答", ContestState.OPEN, NOW)
        )
        assert contest is not None
        assert (
            tx.add_contest(Contest(0, ContestKind.GRADE, learner, made.id, "nms/steps", "答", ContestState.OPEN, NOW))
            is None
        )
        assert (
            tx.add_contest(Contest(0, ContestKind.CONTENT, learner, None, "nms", "错字", ContestState.OPEN, NOW))
            is not None
        )
        assert (
            tx.add_contest(Contest(0, ContestKind.CONTENT, learner, None, "nms", "错字", ContestState.OPEN, NOW))
            is not None
        )
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


def test_who_is_subscribed_and_what_there_is_can_be_counted(store: Store) -> None:
    with store.transaction() as tx:
        _, ann = _learner(tx)
        _, bob = _learner(tx, "bob")
        _, cid = _learner(tx, "cid")
        tx.subscribe(ann, CHAT, SCHEDULE, NOW)
        tx.subscribe(bob, CHAT, SCHEDULE, NOW)
        tx.save_subscription(replace(tx.subscribe(cid, TOPIC, SCHEDULE, NOW), paused="blocked"))
        tx.add_notice(CHAT, Reply((document.paragraph("hello"),)), NOW)
        _delivery(tx, ann)
        assert tx.subscribed() == [CHAT]
        expected = {"learners": 3, "subscribed": 2, "paused": 1, "notices": 1}
        assert {key: tx.census()[key] for key in expected} == expected
        assert tx.census().get("gone", 0) == 0
