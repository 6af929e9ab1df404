"""What every store must do for study groups, run over each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.chat.messages import Address, Role, Sent
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.groups.group import Award, GroupMode, Member, Memory, StudyGroup, UnheardMark
from bot.core.groups.leaderboard import Score, TeamDay
from bot.core.memory.card import Card, Rating
from bot.core.records.records import (
    Account,
    Attempt,
    Cause,
    DeliveryKind,
    DeliveryState,
    Grading,
    Learner,
    NewDelivery,
    Owner,
    OwnerKind,
)
from bot.core.scheduling.schedule import Schedule
from bot.ports import Store, Transaction

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
DAY = date(2026, 11, 24)
ROOM = Address("telegram", "-100", "7")
POINTS = (PointMark("a", "甲", Verdict.HIT, "原话"), PointMark("b", "乙", Verdict.MISSED, None))


def _group(tx: Transaction, address: Address = ROOM) -> StudyGroup:
    return tx.add_group(address, "自习室", "zh", NOW)


def _member(tx: Transaction, group: StudyGroup, user: str, platform: str = "telegram") -> tuple[Learner, Account]:
    learner, account = tx.add_learner(
        Learner(0, "zh", "Asia/Shanghai", NOW), Account(0, 0, platform, user, user.title())
    )
    tx.save_member(Member(group.id, learner.id, user.title(), DAY))
    return learner, account


def _asked(
    tx: Transaction, group: StudyGroup, day: date = DAY, question: str = "iou/q", *, is_revealed: bool = False
) -> int:
    owner = Owner(OwnerKind.GROUP, group.id)
    state = DeliveryState.SENT
    made = tx.add_delivery(
        NewDelivery(owner, DeliveryKind.DAILY, day, 0, group.address, NOW, question_id=question, state=state)
    )
    assert made is not None
    if is_revealed:
        assert tx.add_delivery(
            NewDelivery(owner, DeliveryKind.REVEAL, day, 0, group.address, NOW, question_id=question, state=state)
        )
    return made.id


def _answers(
    tx: Transaction,
    group: StudyGroup,
    who: tuple[Learner, Account],
    delivery: int,
    fraction: float,
    day: date = DAY,
    *,
    is_shown: bool = False,
) -> Award:
    learner, account = who
    text = "" if is_shown else account.name
    made = tx.add_attempt(Attempt(0, learner.id, account.id, delivery, "iou/q", text, NOW, day, frozenset()))
    tx.add_grading(Grading(0, made.id, "h", "1", Grade(fraction, POINTS), Cause.FIRST, Rating.GOOD, NOW), "{}")
    award = Award(made.id, learner.id, group.id, delivery, day, round(10 * fraction))
    assert tx.add_award(award)
    return award


def test_an_address_has_one_group_whose_settings_can_change(store: Store) -> None:
    with store.transaction() as tx:
        made = _group(tx)
        assert made == tx.add_group(ROOM, "另一个名字", "en", NOW), "the one that is there stays"
        other = _group(tx, replace(ROOM, thread=""))
        changed = replace(made, title="新名字", language="en", reveal_after=timedelta(hours=3), mode=GroupMode.POLL)
        tx.save_group(changed)
        assert tx.group(made.id) == tx.group_at(ROOM) == changed
        assert tx.groups_in("telegram", "-100") == [changed, other]
        assert tx.groups_in("discord", "-100") == []
        assert tx.group(99) is None
        assert tx.group_at(replace(ROOM, chat="-101")) is None


def test_groups_that_nothing_is_pushed_to_are_found(store: Store) -> None:
    with store.transaction() as tx:
        runs, paused, _ = (_group(tx, replace(ROOM, thread=thread)) for thread in ("7", "8", "9"))
        elsewhere = _group(tx, Address("discord", "9"))
        for group, reason in ((runs, ""), (paused, "kicked"), (elsewhere, "kicked")):
            made = tx.subscribe(Owner(OwnerKind.GROUP, group.id), group.address, Schedule((time(9),), "UTC"), NOW)
            tx.save_subscription(replace(made, paused=reason))
        assert tx.paused_groups("telegram") == [paused]
        assert tx.paused_groups("discord") == [elsewhere]


def test_a_group_follows_its_chat(store: Store) -> None:
    with store.transaction() as tx:
        made = _group(tx)
        tx.move_address("telegram", "-100", "-100123")
    with store.transaction() as tx:
        assert tx.group_at(replace(ROOM, chat="-100123")) == replace(made, address=replace(ROOM, chat="-100123"))


def test_a_learner_may_be_in_several_groups_and_leave(store: Store) -> None:
    with store.transaction() as tx:
        first, second = _group(tx), _group(tx, replace(ROOM, thread="8"))
        ann, _ = _member(tx, first, "ann")
        tx.save_member(Member(second.id, ann.id, "Ann S.", DAY, is_hidden=True))
        assert tx.groups_of(ann.id) == [first, second]
        tx.save_member(Member(first.id, ann.id, "Ann", DAY, has_left=True))
        assert tx.groups_of(ann.id) == [second]
        assert tx.member(first.id, ann.id) == Member(first.id, ann.id, "Ann", DAY, has_left=True)
        assert tx.member(second.id, ann.id) == Member(second.id, ann.id, "Ann S.", DAY, is_hidden=True)
        assert tx.member(second.id, ann.id + 1) is None


def test_a_group_remembers_what_its_active_members_do(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, bob, cat, dan = (_member(tx, group, name) for name in ("ann", "bob", "cat", "dan"))
        today, long_ago = _asked(tx, group), _asked(tx, group, DAY - timedelta(days=60))
        for who in (ann, bob, dan):
            _answers(tx, group, who, today, 0.8)
        _answers(tx, group, cat, long_ago, 0.8, DAY - timedelta(days=60))
        tx.save_member(Member(group.id, dan[0].id, "Dan", DAY, has_left=True))
        for learner, due in ((ann[0], DAY), (bob[0], DAY + timedelta(days=1)), (cat[0], DAY), (dan[0], DAY)):
            tx.save_card(learner.id, Card("iou/q", 1.0, 5.0, due, due - timedelta(days=2)))
        tx.save_card(bob[0].id, Card("nms/q", 1.0, 5.0, DAY, DAY - timedelta(days=9), is_retired=True))
        since = DAY - timedelta(days=30)
        assert tx.active_members(group.id, since) == 2
        assert tx.group_memory(group.id, DAY, since) == {
            "iou/q": Memory(1, 2, DAY - timedelta(days=1)),
            "nms/q": Memory(0, 1, DAY - timedelta(days=9)),
        }
        assert tx.group_asked(group.id) == {"iou/q": DAY}
        assert tx.group_asked(group.id + 1) == {}


def test_only_the_first_answer_to_a_delivery_counts(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann = _member(tx, group, "ann")
        asked = _asked(tx, group)
        award = _answers(tx, group, ann, asked, 0.5)
        second = tx.add_attempt(Attempt(0, ann[0].id, ann[1].id, asked, "iou/q", "again", NOW, DAY, frozenset()))
        assert not tx.add_award(replace(award, attempt_id=second.id, points=10))
        assert tx.award_for(asked, ann[0].id) == award
        tx.save_award(replace(award, points=9, is_quotable=True))
        assert tx.award(award.attempt_id) == replace(award, points=9, is_quotable=True)
        assert tx.award(second.id) is None
        assert tx.award_for(asked + 1, ann[0].id) is None


def test_the_answers_that_count_come_with_the_marks_that_hold(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, bob = _member(tx, group, "ann"), _member(tx, group, "bob")
        before, today = _asked(tx, group, DAY - timedelta(days=1)), _asked(tx, group)
        _answers(tx, group, bob, before, 0.4, DAY - timedelta(days=1))
        first = _answers(tx, group, ann, today, 0.2)
        tx.add_grading(Grading(0, first.attempt_id, "h", "1", Grade(0.9, POINTS), Cause.CONTEST, None, NOW), "{}")
        _answers(tx, group, bob, today, 1.0)
        tx.save_member(Member(group.id, bob[0].id, "Bobby", DAY, is_hidden=True))
        found = tx.answered(today)
    assert [(a.name, a.text, a.fraction, a.usual, a.is_hidden) for a in found] == [
        ("Ann", "Ann", 0.9, None, False),
        ("Bobby", "Bob", 1.0, pytest.approx(0.4), True),
    ]
    assert found[0].points == POINTS


def test_the_usual_mark_is_of_what_was_answered_before_as_it_is_marked_now(store: Store) -> None:
    with store.transaction() as tx:
        group, other = _group(tx), _group(tx, replace(ROOM, thread="8"))
        ann = _member(tx, group, "ann")
        days = [DAY + timedelta(days=n) for n in range(5)]
        asked = [_asked(tx, group, day) for day in days]
        contested = _answers(tx, group, ann, asked[0], 0.2, days[0])
        tx.add_grading(Grading(0, contested.attempt_id, "h", "1", Grade(0.6, POINTS), Cause.CONTEST, None, NOW), "{}")
        helped = _answers(tx, group, ann, asked[1], 0.8, days[1])
        tx.save_award(replace(helped, points=6))
        _answers(tx, group, ann, asked[2], 0.0, days[2], is_shown=True)
        _answers(tx, other, ann, _asked(tx, other), 0.0)
        _answers(tx, group, ann, asked[3], 0.9, days[3])
        _answers(tx, group, ann, asked[4], 0.1, days[4])
        usual = [tx.answered(number)[0].usual for number in asked]
    assert usual == [None, *(pytest.approx(mean) for mean in (0.6, 0.7, 0.7, 2.3 / 3))]


def test_an_answer_that_was_taken_back_is_none(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann = _member(tx, group, "ann")
        asked = _asked(tx, group)
        first = _answers(tx, group, ann, asked, 0.2)
        tx.add_grading(Grading(0, first.attempt_id, "h", "1", Grade(0.0, ()), Cause.WITHDRAWN, None, NOW), "{}")
        assert tx.answered(asked) == []
        assert tx.award_for(asked, ann[0].id), "the answer has been seen: another does not count"


def test_scores_are_of_members_that_may_be_shown(store: Store) -> None:
    with store.transaction() as tx:
        group, other = _group(tx), _group(tx, replace(ROOM, thread="8"))
        ann, bob, cat = (_member(tx, group, name) for name in ("ann", "bob", "cat"))
        for number, day in enumerate((DAY - timedelta(days=7), DAY)):
            asked = _asked(tx, group, day)
            for who in (ann, bob, cat):
                _answers(tx, group, who, asked, 0.5 + number / 10, day)
        elsewhere = _asked(tx, other)
        _answers(tx, other, ann, elsewhere, 1.0)
        alone = tx.add_delivery(NewDelivery(Owner(OwnerKind.LEARNER, ann[0].id), DeliveryKind.DAILY, DAY, 0, ROOM, NOW))
        assert alone is not None
        made = tx.add_attempt(Attempt(0, ann[0].id, ann[1].id, alone.id, "nms/q", "x", NOW, DAY, frozenset()))
        tx.add_award(Award(made.id, ann[0].id, None, alone.id, DAY, 2))
        tx.save_member(Member(group.id, bob[0].id, "Bob", DAY, is_hidden=True))
        assert tx.recalled_on(ann[0].id, DAY) == [2]
        assert tx.recalled_on(ann[0].id, DAY - timedelta(days=1)) == []
        shown = sorted(tx.scores(group.id, DAY - timedelta(days=1), DAY), key=lambda score: score.learner_id)
        assert shown == [Score(ann[0].id, "Ann", 8, 1), Score(cat[0].id, "Cat", 6, 1)]
        tx.save_member(Member(group.id, cat[0].id, "Cat", DAY - timedelta(days=9), has_left=True))
        tx.save_member(Member(group.id, ann[0].id, "Ann", DAY - timedelta(days=9)))
        assert tx.scores(group.id, date.min, DAY) == [Score(ann[0].id, "Ann", 13, 2)]


def test_a_team_is_measured_by_the_questions_that_were_revealed(store: Store) -> None:
    with store.transaction() as tx:
        group = _group(tx)
        ann, bob = _member(tx, group, "ann"), _member(tx, group, "bob")
        first = _asked(tx, group, DAY - timedelta(days=2), is_revealed=True)
        _asked(tx, group, DAY - timedelta(days=1), is_revealed=True)
        today = _asked(tx, group)
        for who, fraction in ((ann, 1.0), (bob, 0.5)):
            _answers(tx, group, who, first, fraction)
        _answers(tx, group, ann, today, 1.0)
        assert tx.team_days(group.id) == [
            TeamDay(DAY - timedelta(days=2), 2, 0.75),
            TeamDay(DAY - timedelta(days=1), 0, 0.0),
        ]
        _answers(tx, group, bob, today, 0.0, is_shown=True)
        assert tx.team_days(group.id, today)[2:] == [TeamDay(DAY, 1, 1.0)], "it is being revealed, and Bob gave up"
        assert tx.team_days(group.id, first) == tx.team_days(group.id), "and none counts twice"
        score = next(score for score in tx.scores(group.id, DAY, DAY) if score.learner_id == bob[0].id)
        assert (score.points, score.answers) == (5, 1)


def test_the_post_of_a_question_is_found(store: Store) -> None:
    with store.transaction() as tx:
        asked = _asked(tx, _group(tx))
        assert tx.post_of(asked, Role.QUESTION) == ""
        tx.add_posts(ROOM, asked, Role.FEEDBACK, Sent(("40",)))
        tx.add_posts(ROOM, asked, Role.QUESTION, Sent(("41", "42")))
        assert tx.post_of(asked, Role.QUESTION) == "41"


def test_what_could_not_be_said_waits_a_while_and_is_told_once(store: Store) -> None:
    later = NOW + timedelta(seconds=50)
    with store.transaction() as tx:
        group = _group(tx)
        ann, bob = _member(tx, group, "ann"), _member(tx, group, "bob")
        asked = _asked(tx, group)
        for who, fraction, at in ((bob, 0.25, NOW), (ann, 1.0, later)):
            _answers(tx, group, who, asked, fraction)
            tx.add_unheard(group.id, who[0].id, asked, at)
            tx.add_unheard(group.id, who[0].id, asked, later)
        assert tx.unheard(NOW - timedelta(seconds=1)) == []
        assert tx.unheard(NOW) == [UnheardMark(group.id, "Bob", 0.25, NOW), UnheardMark(group.id, "Ann", 1.0, later)]
        tx.save_member(Member(group.id, bob[0].id, "Bob", DAY, is_hidden=True))
        assert [mark.name for mark in tx.unheard(later)] == ["Ann"], "the group hears nothing of who is hidden"
        tx.drop_unheard(group.id)
        assert tx.unheard(later) == []


def test_a_seal_is_always_the_same_and_each_text_has_its_own(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.seal("q 1") == tx.seal("q 1") != tx.seal("q 2")
        assert tx.seal("q 1").isalnum()
        assert 8 <= len(tx.seal("q 1")) <= 32


def test_joining_two_learners_joins_their_places_in_groups(store: Store) -> None:
    with store.transaction() as tx:
        group, room = _group(tx), _group(tx, Address("discord", "9"))
        ann, double = _member(tx, group, "ann"), _member(tx, room, "ann", "discord")
        tx.save_member(Member(group.id, double[0].id, "Ann on Discord", DAY))
        asked, there = _asked(tx, group), _asked(tx, room)
        kept = _answers(tx, group, ann, asked, 1.0)
        _answers(tx, group, double, asked, 0.1)
        moved = _answers(tx, room, double, there, 0.7)
        tx.add_unheard(room.id, double[0].id, there, NOW)
        tx.join(double[0].id, ann[0].id)
        assert tx.award_for(asked, ann[0].id) == kept
        assert tx.award_for(there, ann[0].id) == replace(moved, learner_id=ann[0].id)
        assert tx.groups_of(ann[0].id) == [group, room]
        assert tx.member(group.id, ann[0].id) == Member(group.id, ann[0].id, "Ann", DAY)
        assert [mark.name for mark in tx.unheard(NOW)] == ["Ann"]
        parted = tx.part(double[1], ann[0], NOW)
        assert tx.groups_of(parted.id) == [room]
        assert tx.groups_of(ann[0].id) == [group]
        assert tx.award_for(there, parted.id) == replace(moved, learner_id=parted.id)
        assert tx.award_for(asked, ann[0].id) == kept
