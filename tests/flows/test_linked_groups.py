"""One person in a Telegram group and in a Discord channel, linked: one memory, one card, a place on both boards."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.core.chat.messages import Address
from bot.core.groups.group import StudyGroup
from bot.core.records.records import Account, DeliveryKind, Owner, OwnerKind
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor
from tests.flows.rooms import Room

THERE = "bob77"
"""What bob is called on Discord."""


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> Room:
    return Room(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)


@pytest.fixture
def channel(room: Room) -> Room:
    """A channel of the other platform, in the same tutor's care."""
    return replace(room, address=Address("discord", "9"), posted=[], heard={}, marks=[], count=5000)


def accounts(room: Room) -> tuple[Account, Account]:
    with room.store.transaction() as tx:
        here, there = tx.account("telegram", "bob"), tx.account("discord", THERE)
        assert here
        assert there
        return here, there


def asked(room: Room, channel: Room) -> str:
    """Set both groups up and let their questions come; return what is right in both."""
    room.says("ann", "/group 9:00 每天 数据结构 揭晓 6小时")
    channel.says("ann", "/group 9:00 每天 数据结构 揭晓 6小时")
    room.waits(hours=1)
    channel.waits(hours=1)
    owners = [Owner(OwnerKind.GROUP, group_in(where).id) for where in (room, channel)]
    with room.store.transaction() as tx:
        (first,), (second,) = (tx.deliveries(owner, DeliveryKind.DAILY, room.now.date()) for owner in owners)
    assert first.question_id == second.question_id
    return room.knowledge.library.questions[first.question_id].model[0]


def group_in(where: Room) -> StudyGroup:
    with where.store.transaction() as tx:
        found = tx.group_at(where.address)
        assert found
        return found


def link(room: Room, channel: Room) -> None:
    code = re.search(r"[2-9A-Z]{8}", room.writes("bob", "/link"))
    assert code
    assert "同一份记录" in channel.writes(THERE, f"/link {code.group()}")


def stands_once_on_both(room: Room, channel: Room) -> None:
    """Hold that there is one learner with one card, and one line on each board."""
    here, there = accounts(room)
    assert here.learner_id == there.learner_id
    with room.store.transaction() as tx:
        assert len(tx.cards(here.learner_id)) == 1
        assert len(tx.attempts(here.learner_id)) == 2
    for where, name in ((room, "Bob"), (channel, "Bob77")):
        board = where.says("ann", "/leaderboard")
        assert board.count(f"{name}：10 分 · 1 题") == 1
        assert "2. " not in board


def test_linked_before_they_answer_in_both_groups(room: Room, channel: Room) -> None:
    answer = asked(room, channel)
    link(room, channel)
    room.says("bob", answer, to=room.last[0])
    assert "100%" in channel.answers_alone(THERE, answer, channel.last[0])
    stands_once_on_both(room, channel)
    assert "1 人作答，1 人通过" in room.waits(hours=6)[-1]
    assert "1 人作答，1 人通过" in channel.waits(hours=6)[-1]


def test_linked_after_they_answered_in_both_groups(room: Room, channel: Room) -> None:
    answer = asked(room, channel)
    room.says("bob", answer, to=room.last[0])
    channel.answers_alone(THERE, answer, channel.last[0])
    link(room, channel)
    stands_once_on_both(room, channel)


def test_hidden_from_either_side_they_are_on_neither_board(room: Room, channel: Room) -> None:
    answer = asked(room, channel)
    room.says("bob", answer, to=room.last[0])
    channel.answers_alone(THERE, answer, channel.last[0])
    link(room, channel)
    assert "不会再有你的名字" in channel.writes(THERE, "/optout")
    for where in (room, channel):
        assert "：10 分" not in where.says("ann", "/leaderboard")
