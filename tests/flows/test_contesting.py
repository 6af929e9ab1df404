"""A second chance, a contested mark, a reported mistake, and what owners see of it."""

from __future__ import annotations

import pytest

from bot.core.grading import Verdict
from bot.core.memory.card import Rating
from bot.core.records.contests import ContestState
from bot.core.records.records import Cause
from bot.errors import NotFoundError
from bot.features.authors import contesting
from bot.running.tutor import Operator, Tutor
from tests.flows.conftest import Learner, said

HALF = "先按分数排序"
REST = "再把和它 IoU 超过阈值的框删掉，对剩下的重复，缺点是挨得近的目标会漏检"


@pytest.fixture
def asked(ann: Learner) -> Learner:
    """Ann has the question on NMS open, and owns the bot."""
    ann.tutor = Tutor(
        ann.store, ann.knowledge, language="zh", timezone="Asia/Shanghai", operator=Operator(("console:ann",))
    )
    ann.says("什么是 NMS")
    while "NMS" not in ann.taps("考考我").split("\n")[2]:
        pytest.fail("the question is not about NMS")
    question = ann.knowledge.library.by_id["nms"].questions[0]
    with ann.store.transaction() as tx:
        delivery = tx.delivery(1)
        assert delivery is not None
        tx.choose_question(delivery.id, question.id, "")
    return ann


def _last(ann: Learner) -> tuple[Cause, Rating | None, float]:
    with ann.store.transaction() as tx:
        _, grading = tx.gradings(1)[-1]
        return grading.cause, grading.rating, grading.grade.fraction


def test_a_half_right_answer_gets_a_second_chance_that_gives_nothing_away(asked: Learner) -> None:
    reply = asked.says(HALF)
    assert "补一句" in reply
    assert "参考答案" not in reply
    assert "没提到" not in reply
    assert _last(asked)[:2] == (Cause.FIRST, Rating.AGAIN)
    final = asked.says(REST)
    assert "参考答案" in final
    cause, rating, fraction = _last(asked)
    assert (cause, rating) == (Cause.SECOND_CHANCE, Rating.HARD)
    assert fraction >= 0.6
    with asked.store.transaction() as tx:
        card = tx.cards(1)[0]
        assert not card.has_failed
        assert card.reps == 1


def test_a_method_without_a_result_is_asked_for_its_result(asked: Learner) -> None:
    with asked.store.transaction() as tx:
        tx.choose_question(1, "soldier-two-hits/kill", "")
    reply = asked.says("两次伤害之和 ≥15，画正方形，求右上角三角形的面积比")
    assert "还没有写出结果" in reply
    assert _last(asked)[2] <= 0.5
    asked.says("1/8")
    cause, rating, fraction = _last(asked)
    assert (cause, rating, fraction) == (Cause.SECOND_CHANCE, Rating.HARD, 1.0)


def test_a_second_try_never_lowers_the_mark(asked: Learner) -> None:
    asked.says(HALF)
    before = _last(asked)[2]
    asked.says("其实分数最低的框先留下，其他的都不删")
    assert _last(asked)[2] >= before


def test_the_second_chance_ends_after_half_an_hour(asked: Learner) -> None:
    asked.says(HALF)
    asked.waits(minutes=31)
    asked.says(REST)
    assert _last(asked)[0] is Cause.FIRST


def test_the_answer_can_be_asked_for_instead(asked: Learner) -> None:
    asked.says(HALF)
    assert "参考答案" in asked.taps("看答案")


def test_a_contest_is_accepted_and_everybody_it_helps_is_told(asked: Learner) -> None:
    asked.says("从高到低排好，把挤在一块儿的砍了，剩下的接着来")
    if "补一句" in said(asked.replies[0]):
        asked.says("没了，就这些内容吧")
    assert "转给管理员" in asked.taps("我答对了")
    listing = asked.says("/contests")
    assert "#1 nms/" in listing
    with asked.store.transaction() as tx:
        _, grading = tx.gradings(1)[-1]
        missed = next(m for m in grading.grade.points if m.verdict is not Verdict.HIT)
    before = grading.grade.fraction
    done = asked.says(f"/contests 1 {missed.point_id} 挤在一块儿 + 砍")
    assert "改判 1 次" in done
    cause, _, after = _last(asked)
    assert cause is Cause.CONTEST
    assert after > before
    (notice,) = asked.tutor.notices(frozenset({"console"}))
    assert "改判为" in said(notice.reply)
    asked.tutor.noticed(notice)
    assert asked.tutor.notices(frozenset({"console"})) == []
    assert "没有待复核" in asked.says("/contests")


def test_what_was_accepted_counts_for_the_next_learner(asked: Learner) -> None:
    test_a_contest_is_accepted_and_everybody_it_helps_is_told(asked)
    bob = Learner(asked.tutor, asked.store, asked.knowledge, user="bob", now=asked.now)
    bob.says("什么是 NMS")
    bob.taps("考考我")
    with bob.store.transaction() as tx:
        conversation = tx.conversation(bob.address, 2)
        assert conversation is not None
        assert conversation.delivery_id is not None
        tx.choose_question(conversation.delivery_id, asked.knowledge.library.by_id["nms"].questions[0].id, "")
    bob.says("把挤在一块儿的砍了，接着来")
    with bob.store.transaction() as tx:
        _, grading = tx.gradings(2)[-1]
        assert any(m.evidence and "挤在一块儿" in m.evidence for m in grading.grade.points)


def test_a_contest_is_declined_with_a_sentence(asked: Learner) -> None:
    asked.says("随便选几个框留下，具体规则不讲究，看心情就行了")
    asked.taps("我答对了")
    assert "已经在复核" in asked.says("", pressed="x:1")
    assert "已处理" in asked.says("/contests 1 no 排序是关键的一步")
    (notice,) = asked.tutor.notices(frozenset({"console"}))
    assert "排序是关键的一步" in said(notice.reply)
    with asked.store.transaction() as tx:
        assert [c.id for c in tx.contests(ContestState.DECLINED, 9)] == [1]


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("9 sort x", "no contest 9"),
        ("x", "no contest 0"),
        ("1 nothing x", "no point 'nothing'"),
        ("1 sort", "it is empty"),
    ],
)
def test_a_wrong_decision_says_why(asked: Learner, argument: str, why: str) -> None:
    asked.says("随便选几个框留下，具体规则不讲究，看心情就行了")
    asked.taps("我答对了")
    reply = asked.says(f"/contests {argument}")
    assert "没有处理" in reply
    assert why in reply


def test_only_owners_see_the_desk(ann: Learner) -> None:
    assert "只有管理员" in ann.says("/contests")
    assert "只有管理员" in ann.says("/gaps")


def test_somebody_elses_attempt_cannot_be_contested(asked: Learner) -> None:
    asked.says("随便选几个框留下，具体规则不讲究，看心情就行了")
    bob = Learner(asked.tutor, asked.store, asked.knowledge, user="bob", now=asked.now)
    assert "过期" in bob.says("", pressed="x:1")


def test_a_mistake_is_reported_from_a_passage_and_in_words(asked: Learner) -> None:
    asked.says("什么是感受野")
    asked.taps("展开全文")
    assert "已转给管理员" in asked.taps("内容有误")
    assert "已转给管理员" in asked.says("/report 公式里少了一个括号")
    with asked.store.transaction() as tx:
        found = tx.contests(ContestState.OPEN, 9)
        assert [c.subject for c in found] == ["receptive-field", "receptive-field"]
        assert found[1].text == "公式里少了一个括号"
        with pytest.raises(NotFoundError, match="about content"):
            contesting.accept(tx, asked.knowledge, contesting.Phrasing(found[0].id, "sort", "x"), asked.now)


def test_a_report_about_nothing_asks_what(ann: Learner) -> None:
    assert "先看一段内容" in ann.says("/report 有错")
    ann.says("什么是感受野")
    assert "哪里不对" in ann.says("/report")


def test_gaps_show_what_was_not_found_and_what_was_picked(asked: Learner) -> None:
    assert "没有问了没找到的" in asked.says("/gaps")
    for _ in range(2):
        asked.says("/ask 量子纠缠是什么")
    asked.says("/ask 卷积")
    first = next(choice for reply in asked.replies for choice in reply.choices if choice.id.startswith("concept:"))
    asked.says("", pressed=first.id)
    listing = asked.says("/gaps")
    assert "2 次：量子纠缠是什么" in listing
    with asked.store.transaction() as tx:
        assert [m.decision for m in tx.misses(9)] == ["chosen", "choose", "refuse", "refuse"]


def test_a_notice_goes_out_with_the_pushes(asked: Learner) -> None:
    test_a_contest_is_declined_with_a_sentence(asked)
    assert asked.receives() == []
    (notice,) = asked.tutor.notices(frozenset({"console"}))
    assert notice.address == asked.address
    asked.tutor.noticed(notice)
