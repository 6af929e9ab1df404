"""What every store must do for live quizzes, run over each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.chat.messages import Address
from bot.core.grading.mark import Grade
from bot.core.groups import live_quiz
from bot.core.groups.group import Member, StudyGroup
from bot.core.groups.live_quiz import LiveAnswer, LivePlan, LiveQuiz
from bot.core.kinds import AnsweredBy
from bot.core.records.records import (
    Account,
    Attempt,
    Cause,
    DeliveryKind,
    Grading,
    Learner,
    NewDelivery,
    Owner,
    OwnerKind,
)
from bot.ports import Store, Transaction

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
DAY = date(2026, 11, 24)
ROOM = Address("telegram", "-100", "7")
PLAN = LivePlan(8, 20, ("probability", "vision"), (2, 3), has_short=True)
SOON = timedelta(seconds=5)


def _group(tx: Transaction, thread: str = "7") -> StudyGroup:
    return tx.add_group(replace(ROOM, thread=thread), "自习室", "zh", NOW)


def _member(tx: Transaction, group: StudyGroup, user: str, platform: str = "telegram") -> tuple[Learner, Account]:
    learner, account = tx.add_learner(
        Learner(0, "zh", "Asia/Shanghai", NOW), Account(0, 0, platform, user, user.title())
    )
    tx.save_member(Member(group.id, learner.id, user.title(), DAY))
    return learner, account


def _begun(tx: Transaction, group: StudyGroup, learner: Learner) -> LiveQuiz:
    quiz = live_quiz.begin(group.id, tx.live(group.id), PLAN, learner.id, NOW)
    assert tx.begin_live(quiz)
    return quiz


def _asked(tx: Transaction, group: StudyGroup, ordinal: int) -> int:
    owner = Owner(OwnerKind.GROUP, group.id)
    made = tx.add_delivery(NewDelivery(owner, DeliveryKind.LIVE, DAY, ordinal, group.address, NOW, question_id="iou/q"))
    assert made is not None
    return made.id


def _answers(tx: Transaction, who: tuple[Learner, Account], delivery: int, *fractions: float) -> None:
    made = tx.add_attempt(Attempt(0, who[0].id, who[1].id, delivery, "iou/q", "B", NOW, DAY, frozenset()))
    for fraction in fractions:
        tx.add_grading(Grading(0, made.id, "h", "1", Grade(fraction, ()), Cause.FIRST, None, NOW), "{}")


def test_a_quiz_is_kept_as_it_was_written(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, _ = _member(tx, group, "ann")
        assert tx.live(group.id) is None
        begun = _begun(tx, group, ann)
    with store.transaction() as tx:
        assert tx.live(group.id) == begun
        asking = live_quiz.ask(begun, 12, NOW + SOON)
        assert tx.save_live(begun, asking)
        opened = live_quiz.open_window(asking, NOW + SOON, AnsweredBy.LETTER)
        assert tx.save_live(asking, opened)
    with store.transaction() as tx:
        assert tx.live(group.id) == opened


def test_one_quiz_runs_in_a_group_and_the_next_takes_its_place(store: Store) -> None:
    with store.transaction() as tx:
        group, other = _group(tx), _group(tx, "8")
        ann, _ = _member(tx, group, "ann")
        begun = _begun(tx, group, ann)
        assert not tx.begin_live(replace(begun, number=2))
        _begun(tx, other, ann)
        assert tx.save_live(begun, live_quiz.end(begun))
        assert _begun(tx, group, ann).number == 2


def test_a_quiz_is_moved_once(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, _ = _member(tx, group, "ann")
        begun = _begun(tx, group, ann)
        asking = live_quiz.ask(begun, 12, NOW)
        assert not tx.save_live(asking, live_quiz.end(asking)), "it is not there yet"
        assert tx.save_live(begun, asking)
        assert not tx.save_live(begun, live_quiz.ask(begun, 13, NOW)), "another asked already"
        paused = live_quiz.pause(asking, NOW)
        assert tx.save_live(asking, paused)
        assert not tx.save_live(asking, live_quiz.end(asking)), "another paused it"
        closed, _ = live_quiz.close(paused, 1, NOW)
        assert tx.save_live(paused, closed)
        assert not tx.save_live(paused, closed), "a round is closed once"


def test_what_is_due_comes_earliest_first_and_what_is_over_never(store: Store) -> None:
    with store.transaction() as tx:
        groups = [_group(tx, thread) for thread in "789"]
        ann, _ = _member(tx, groups[0], "ann")
        first, second, third = (_begun(tx, group, ann) for group in groups)
        assert tx.lives_due(NOW, 9) == []
        assert tx.save_live(second, replace(second, wakes_at=NOW))
        assert tx.save_live(third, live_quiz.end(third))
        assert [quiz.group_id for quiz in tx.lives_due(NOW + SOON, 9)] == [second.group_id, first.group_id]
        assert [quiz.group_id for quiz in tx.lives_due(NOW + SOON, 1)] == [second.group_id]
        assert tx.live(third.group_id) == live_quiz.end(third)


def test_the_first_answers_count_with_the_marks_that_hold(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, bob, eve = (_member(tx, group, name) for name in ("ann", "bob", "eve"))
        one, two, three = (_asked(tx, group, ordinal) for ordinal in range(3))
        _answers(tx, bob, one, 1.0)
        _answers(tx, ann, one, 0.0, 0.75)
        _answers(tx, ann, one, 1.0)
        _answers(tx, ann, two, 1.0)
        _answers(tx, ann, three, 1.0)
        _answers(tx, eve, two)
        tx.save_member(Member(group.id, bob[0].id, "Bobby", DAY, is_hidden=True))
        assert tx.live_answers(group.id, (one, two)) == [
            LiveAnswer(one, bob[0].id, "Bobby", is_hidden=True, fraction=1.0),
            LiveAnswer(one, ann[0].id, "Ann", is_hidden=False, fraction=0.75),
            LiveAnswer(two, ann[0].id, "Ann", is_hidden=False, fraction=1.0),
        ]
        assert tx.live_answers(group.id, ()) == []
        tx.forget(bob[0].id, NOW)
        assert [answer.name for answer in tx.live_answers(group.id, (one, two))] == ["Ann", "Ann"]


def test_a_quiz_goes_on_where_its_beginner_is_forgotten(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, _ = _member(tx, group, "ann")
        begun = _begun(tx, group, ann)
        assert [row["number"] for row in tx.everything(ann.id)["live"]] == [1]
        tx.forget(ann.id, NOW)
        assert tx.live(group.id) == replace(begun, begun_by=None)


def test_who_began_a_quiz_follows_a_join_and_a_part(store: Store) -> None:
    with store.transaction() as tx:
        group, room = _group(tx), tx.add_group(Address("discord", "9"), "", "zh", NOW)
        ann, _ = _member(tx, group, "ann")
        double, account = _member(tx, room, "ann", "discord")
        here, there = _begun(tx, group, ann), _begun(tx, room, double)
        tx.join(double.id, ann.id)
        assert tx.live(room.id) == replace(there, begun_by=ann.id)
        parted = tx.part(account, ann, NOW)
        assert tx.live(room.id) == replace(there, begun_by=parted.id)
        assert tx.live(group.id) == here
