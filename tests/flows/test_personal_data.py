"""A learner's own data: named on one screen, given as files, and gone when they say so."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import create_engine, select

from bot.adapters.store.tables import METADATA
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Sent
from bot.core.content.document import File
from tests.flows.conftest import Learner

RIGHT = "固定大王，小王剩 53 个位置，其中 8 个合适，8/53"
PRIVATE = Address("console", "chat-of-ann-4711")


@pytest.fixture
def bob(ann: Learner) -> Learner:
    return Learner(ann.tutor, ann.store, ann.knowledge, user="bob", address=Address("console", "chat-of-bob"))


def lives(ann: Learner) -> None:
    """Leave a trace in every table that a learner can leave one in."""
    ann.user, ann.address = "user-of-ann-4711", PRIVATE
    ann.says("/subscribe 9:00")
    ann.says("什么是感受野")
    ann.says("/daily")
    ann.says("<script>alert(4711)</script> 因为每份机会相同，所以是 1/6")
    ann.taps("我答对了")
    ann.says("/settings 休假到 12月5日")
    ann.says("/settings 休假结束")
    ann.waits(hours=1)
    ann.receives()


def files(ann: Learner) -> dict[str, str]:
    blocks = (block for reply in ann.replies for block in reply.blocks)
    return {block.name: block.content for block in blocks if isinstance(block, File)}


def rows(ann: Learner) -> dict[str, list[str]]:
    engine = create_engine(f"sqlite:///{ann.path}")
    with engine.connect() as connection:
        found = {t.name: [str(tuple(row)) for row in connection.execute(select(t))] for t in METADATA.sorted_tables}
    engine.dispose()
    return found


def test_privacy_is_told_on_one_screen(ann: Learner) -> None:
    text = ann.says("/privacy")
    assert len(text) < 600
    assert "/export" in text
    assert "/forget" in text


def test_everything_is_exported_for_programs_and_for_people(ann: Learner) -> None:
    lives(ann)
    ann.says("/export")
    found = files(ann)
    stored = json.loads(found["tutor.json"])
    for table in ("learner", "account", "address", "subscription", "delivery", "attempt", "grading", "card", "lookup"):
        assert stored[table], table
    page = found["tutor.html"]
    assert "<script>" not in page
    assert "&lt;script&gt;alert(4711)&lt;/script&gt;" in page
    assert "%" in page


def test_exporting_again_and_again_does_not_grow(ann: Learner) -> None:
    lives(ann)
    sizes = []
    for _ in range(4):
        ann.says("/export")
        sizes.append(len(files(ann)["tutor.json"]))
    assert max(sizes) - min(sizes) < 500


def test_forgetting_needs_the_word(ann: Learner) -> None:
    lives(ann)
    assert "/forget 删除" in ann.says("/forget")
    assert "/forget 删除" in ann.says("/forget yes")
    assert "作答 1 次" in ann.says("/stats")


def test_of_the_forgotten_no_table_holds_anything(ann: Learner, bob: Learner) -> None:
    bob.says("/daily")
    bob.says(RIGHT)
    others = rows(ann)
    lives(ann)
    assert "都删除了" in ann.says("/forget 删除")
    left = rows(ann)
    for table, found in left.items():
        for word in ("4711", "User-Of-Ann", "机会相同"):
            assert not [row for row in found if word in row], (table, word)
    may_stay = {"forgotten", "secret", "rubric", "miss"}
    assert {t: r for t, r in left.items() if t not in may_stay} == {
        t: r for t, r in others.items() if t not in may_stay
    }
    assert len(left["forgotten"]) == 1
    assert "作答 1 次" in bob.says("/stats")


def test_a_push_under_way_to_the_forgotten_ends_quietly(ann: Learner) -> None:
    lives(ann)
    ann.waits(days=1)
    outgoing = ann.is_sent()
    assert outgoing
    assert outgoing.reply.ref
    ann.says("/forget delete")
    ann.notes(outgoing, Sent(("late",)))
    ann.tutor.note(ReplySent(PRIVATE, outgoing.reply.ref, Sent(("later",))), ann.now)
    assert not rows(ann)["post"]
    assert not rows(ann)["address"]
    ann.waits(days=1)
    assert ann.receives() == []


def test_what_others_answered_stays_theirs(ann: Learner, bob: Learner) -> None:
    ann.address = bob.address = Address("console", "a group")
    ann.says("/daily")
    post = next(reversed(ann.posts))
    bob.says(RIGHT, reply_to=post)
    assert bob.percent == 100
    assert "都删除了" in ann.says("/forget 删除")
    assert "作答 1 次" in bob.says("/stats")


def test_who_was_forgotten_begins_anew(ann: Learner) -> None:
    lives(ann)
    ann.says("/forget 刪除")
    assert "你还没有订阅" in ann.says("/settings")
    assert "还没有作答记录" in ann.says("/stats")
