"""One learner on two platforms: one memory, one streak, one daily question; and parted again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.core.chat.events import ChatsClosed
from bot.core.chat.messages import Address, Audience
from bot.core.records.records import Owner, OwnerKind
from tests.flows.conftest import Learner

ANSWER = "固定大王，53 个位置里 8 个合适，8/53"


@pytest.fixture
def bob(ann: Learner) -> Learner:
    """The same person on another platform, whom the tutor does not know yet as such."""
    return replace(ann, user="bob", address=Address("discord", "9"), posts={})


def code_of(text: str) -> str:
    found = re.search(r"[2-9A-Z]{8}", text)
    assert found, text
    return found.group()


def learner_id(who: Learner) -> int:
    with who.store.transaction() as tx:
        account = tx.account(who.address.platform, who.user)
        assert account is not None
        return account.learner_id


def links(ann: Learner, bob: Learner) -> str:
    return bob.says(f"/link {code_of(ann.says('/link'))}")


def test_two_sides_become_one_learner(ann: Learner, bob: Learner) -> None:
    for who in (ann, bob):
        who.says("/daily")
        who.says(ANSWER)
    assert "同一份记录" in links(ann, bob)
    assert learner_id(ann) == learner_id(bob)
    both = learner_id(ann)
    with ann.store.transaction() as tx:
        attempts = tx.attempts(both)
        deliveries = {attempt.delivery_id for attempt in attempts}
        assert len(attempts) == len(deliveries) == 2
        assert len(tx.cards(both)) == len({attempt.question_id for attempt in attempts})
    assert ann.says("/stats") == bob.says("/stats")
    assert "作答 2 次" in ann.says("/stats")


def test_what_was_open_stays_open(ann: Learner, bob: Learner) -> None:
    ann.says("hello")
    bob.says("/daily")
    links(ann, bob)
    bob.says(ANSWER)
    assert bob.percent == 100


def test_one_daily_question_comes_to_where_the_code_was_given(ann: Learner, bob: Learner) -> None:
    ann.says("/subscribe 09:00")
    bob.says("/subscribe 10:00")
    assert "发到 Console" in links(ann, bob)
    owner = Owner(OwnerKind.LEARNER, learner_id(bob))
    with ann.store.transaction() as tx:
        kept = tx.subscription(owner)
    assert kept is not None
    assert kept.address == ann.address
    ann.waits(hours=3)
    assert len(ann.receives()) == 1


def test_the_side_that_redeems_brings_its_subscription(ann: Learner, bob: Learner) -> None:
    ann.says("hello")
    bob.says("/subscribe 10:00")
    assert "发到 Discord" in links(ann, bob)


def test_parted_again_each_side_keeps_its_answers(ann: Learner, bob: Learner) -> None:
    for who in (ann, bob):
        who.says("/daily")
        who.says(ANSWER)
    bob.says("/subscribe 10:00")
    links(ann, bob)
    assert "已经分开" in bob.says("/unlink")
    anns, bobs = learner_id(ann), learner_id(bob)
    assert anns != bobs
    with ann.store.transaction() as tx:
        for side in (anns, bobs):
            assert len(tx.attempts(side)) == 1
            assert len(tx.cards(side)) == 1
        assert tx.subscription(Owner(OwnerKind.LEARNER, bobs)) is not None
        assert tx.subscription(Owner(OwnerKind.LEARNER, anns)) is None
    assert "作答 1 次" in bob.says("/stats")
    assert "没有和别的平台绑定" in bob.says("/unlink")


def test_codes_are_told_privately_last_ten_minutes_and_work_once(ann: Learner, bob: Learner) -> None:
    old = code_of(ann.says("/link"))
    assert all(reply.audience is Audience.PRIVATE for reply in ann.replies)
    bob.now = ann.now
    bob.waits(minutes=10, seconds=1)
    assert "过期" in bob.says(f"/link {old}")
    ann.now = bob.now
    fresh = code_of(ann.says("/link"))
    assert "不对" in bob.says(f"/link {old}")
    assert "你这边的码" in ann.says(f"/link {fresh}")
    assert "同一份记录" in bob.says(f"/link {fresh[:4].lower()} {fresh[4:]}")
    assert "不对" in bob.says(f"/link {fresh}")
    assert "已经是同一份" in bob.says(f"/link {code_of(ann.says('/link'))}")


def test_guessing_ends_after_five(ann: Learner, bob: Learner) -> None:
    code = code_of(ann.says("/link"))
    for _ in range(5):
        assert "不对" in bob.says("/link AAAAAAAA")
    assert "太多次" in bob.says(f"/link {code}")
    bob.waits(hours=1, seconds=1)
    ann.now = bob.now
    assert "同一份记录" in links(ann, bob)


def test_a_chat_that_closes_pauses_its_subscription(ann: Learner) -> None:
    ann.says("/subscribe 09:00")
    ann.tutor.note(ChatsClosed((Address("console", "elsewhere"), ann.address), "no access"), ann.now)
    ann.waits(hours=3)
    assert ann.receives() == []
    ann.says("/start")
    ann.waits(days=1)
    assert len(ann.receives()) == 1


def test_two_accounts_of_one_platform_are_not_joined(ann: Learner) -> None:
    carl = replace(ann, user="carl", address=Address("console", "2"), posts={})
    assert "一个平台" in links(ann, carl)


def test_whoever_is_forgotten_takes_both_sides_along(ann: Learner, bob: Learner) -> None:
    links(ann, bob)
    ann.says("/link")
    bob.says("/link AAAAAAAA")
    assert "都删除了" in bob.says("/forget 删除")
    with ann.store.transaction() as tx:
        assert tx.is_forgotten("console", "ann")
        assert tx.is_forgotten("discord", "bob")
