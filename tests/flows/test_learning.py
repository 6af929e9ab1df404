"""A learner asks, takes the daily question, answers, and finds all of it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.records.records import Cause, DeliveryState, Owner, OwnerKind
from tests.flows.conftest import CHAT, MORNING, Learner

RIGHT = "固定大王，小王剩 53 个位置，其中 8 个合适，8/53"


def test_a_concept_is_answered_with_its_source(ann: Learner) -> None:
    answer = ann.says("什么是感受野")
    assert "输入图像" in answer
    assert "计算机视觉 › 感受野" in answer
    assert "[考考我]" in answer


def test_what_the_document_lacks_is_refused(ann: Learner) -> None:
    assert "文档里没有" in ann.says("今天天气怎么样")


def test_the_daily_question_is_graded_and_comes_back(ann: Learner) -> None:
    question = ann.says("/daily")
    assert "新知识 · 概率论 1/" in question
    answer = ann.says(RIGHT)
    assert ann.percent == 100
    assert "✓" in answer
    assert "下次复习：2 天后（2026-11-26）" in answer
    assert "今天的题答完了" in ann.says("/daily")
    ann.waits(days=2)
    assert "2 天前答过，该复习了" in ann.says("/daily")


def test_a_wrong_answer_comes_back_tomorrow(ann: Learner) -> None:
    ann.says("/daily")
    answer = ann.says("答案是 1/6，每份机会相同")
    assert ann.percent < 40
    assert "参考答案" in answer
    assert "下次复习：明天" in answer
    ann.waits(days=1)
    assert "1 天前没答上" in ann.says("/daily")


def test_the_same_question_stays_open_until_answered(ann: Learner) -> None:
    first = ann.says("/daily")
    assert ann.says("/daily") == first


def test_a_hint_makes_a_pass_hard(ann: Learner) -> None:
    ann.says("/daily")
    assert "提示：" in ann.taps("提示")
    assert "下次复习：明天" in ann.says(RIGHT)


def test_showing_the_answer_counts_as_not_known(ann: Learner) -> None:
    ann.says("/daily")
    answer = ann.taps("看答案")
    assert "记作没答上" in answer
    assert "8/53" in answer
    assert "下次复习：明天" in answer
    assert "没有等你回答的题" in ann.says("/answer")


def test_a_skipped_question_rates_nothing(ann: Learner) -> None:
    first = ann.says("/daily")
    assert "以后再问你" in ann.says("/skip")
    second = ann.says("/daily")
    assert second != first
    with ann.store.transaction() as tx:
        assert tx.cards(1) == []


def test_not_knowing_offers_help_instead_of_a_mark(ann: Learner) -> None:
    ann.says("/daily")
    assert "要一点提示" in ann.says("不会")
    assert ann.says(RIGHT)
    assert ann.percent == 100


def test_a_question_while_one_is_open_is_answered(ann: Learner) -> None:
    ann.says("/daily")
    answer = ann.says("什么是感受野")
    assert "输入图像" in answer
    assert "[这是我的答案]" in answer
    ann.taps("这是我的答案")
    assert ann.percent < 40


def test_an_answer_that_was_a_question_is_taken_back(ann: Learner) -> None:
    ann.says("/daily")
    ann.says("8/53 这个数是怎样得来的我想知道它")
    assert "参考答案" in "".join(str(reply) for reply in ann.replies)
    assert "不计分" in ann.taps("这是提问")
    with ann.store.transaction() as tx:
        assert tx.cards(1) == []
        assert [grading.cause for _, grading in tx.gradings(1)] == [Cause.FIRST, Cause.WITHDRAWN]
    ann.says(RIGHT)
    assert ann.percent == 100


def test_a_reply_to_an_old_question_finds_it(ann: Learner) -> None:
    ann.says("/daily")
    post = next(post for post, reply in ann.posts.items() if reply.ref)
    ann.says("/skip")
    ann.waits(days=90)
    ann.says(RIGHT, reply_to=post)
    assert ann.percent == 100


def test_one_more_gives_practice_of_another_concept(ann: Learner) -> None:
    first = ann.says("/daily")
    ann.says(RIGHT)
    practice = ann.taps("再来一题")
    assert practice.startswith("练习题")
    assert practice.splitlines()[2] not in first


def test_a_replayed_message_changes_nothing(ann: Learner) -> None:
    ann.says("/daily")
    first = ann.says(RIGHT, wire_id="same")
    again = ann.says(RIGHT, wire_id="same")
    assert again == first
    with ann.store.transaction() as tx:
        assert len(tx.attempts(1)) == 1


def test_a_second_answer_on_the_same_day_is_practice(ann: Learner) -> None:
    ann.says("/daily")
    post = next(post for post, reply in ann.posts.items() if reply.ref)
    ann.says("1/6 吧，每份机会相同")
    answer = ann.says(RIGHT, reply_to=post)
    assert ann.percent == 100
    assert "这次算练习" in answer
    assert "下次复习：明天" in answer


def test_everything_is_found_again_after_a_restart(ann: Learner) -> None:
    ann.says("/daily")
    ann.restarts()
    ann.says(RIGHT)
    ann.restarts()
    stats = ann.says("/stats")
    assert "作答 1 次，通过 1 次" in stats
    assert "100%" in stats


def test_stats_of_someone_new(ann: Learner) -> None:
    assert "还没有作答记录" in ann.says("/stats")


def test_a_follow_up_means_the_concept_just_discussed(ann: Learner) -> None:
    ann.says("什么是感受野")
    assert "∏" in ann.says("公式呢") or "prod" in ann.says("公式呢")


def test_a_follow_up_is_forgotten_after_a_while(ann: Learner) -> None:
    ann.says("什么是感受野")
    ann.waits(minutes=16)
    assert "prod" not in ann.says("公式呢")


def test_quiz_me_asks_about_that_concept(ann: Learner) -> None:
    ann.says("什么是感受野")
    assert "感受野" in ann.taps("考考我")


def test_english_is_spoken_when_asked_for(ann: Learner) -> None:
    assert "English" in ann.says("/language en")
    assert "Today's question" in ann.says("/daily")
    assert "zh or" in ann.says("/language klingon")


WRONG = (
    "",
    " ",
    "\x00\x1b[31m",
    "/xyzzy",
    "/dialy",
    "/ask",
    "长" * 50_000,
    "🆘",
    "/99",
    "👨‍👩‍👧‍👦",
    "{0}",
    "$x$",
    "/subscribe 99:99",
)


@pytest.mark.parametrize("text", WRONG)
def test_anything_written_gets_a_kind_sentence(ann: Learner, text: str) -> None:
    answer = ann.says(text)
    assert answer
    assert "出错" not in answer
    assert "Traceback" not in answer


def test_an_old_button_of_nobody_is_said_to_be_stale(ann: Learner) -> None:
    for pressed in ("h:999", "h:x", "zzz", "", "c:no-such", "q:no-such", "w:no-such", "m:1", "k:1"):
        assert "过期" in ann.says("", pressed=pressed), pressed


def test_someone_elses_question_cannot_be_answered_by_its_button(ann: Learner) -> None:
    ann.says("/daily")
    button = next(
        choice.id for reply in ann.replies for choice in reply.choices if choice.id.startswith("show-answer:")
    )
    bob = Learner(ann.tutor, ann.store, ann.knowledge, user="bob")
    assert "过期" in bob.says("", pressed=button)


def test_a_push_arrives_at_its_minute_once(ann: Learner) -> None:
    ann.now = MORNING - timedelta(seconds=10)
    assert "2026-11-24 08:00" in ann.says("/subscribe 08:00 Asia/Shanghai")
    assert ann.receives() == []
    ann.now = MORNING
    assert len(ann.receives()) == 1
    assert ann.receives() == []
    ann.restarts()
    assert ann.receives() == []
    ann.says(RIGHT)
    assert ann.percent == 100


def test_daily_before_the_push_takes_its_place(ann: Learner) -> None:
    ann.now = MORNING - timedelta(minutes=5)
    ann.says("/subscribe 8:00")
    ann.says("/daily")
    ann.now = MORNING + timedelta(seconds=1)
    assert ann.receives() == []


def test_a_changed_hour_asks_nothing_twice(ann: Learner) -> None:
    ann.now = MORNING - timedelta(minutes=1)
    ann.says("/subscribe 8:00")
    ann.now = MORNING
    assert len(ann.receives()) == 1
    ann.says("/subscribe 9:00")
    ann.waits(hours=1)
    assert ann.receives() == []
    ann.waits(days=1)
    assert len(ann.receives()) == 1


def test_nothing_due_is_lost_while_the_process_was_down(ann: Learner) -> None:
    ann.now = MORNING - timedelta(minutes=1)
    ann.says("/subscribe 8:00")
    ann.waits(hours=2)
    ann.restarts()
    assert len(ann.receives()) == 1


def test_killed_between_taking_and_arriving_it_is_sent_again_and_says_so(ann: Learner) -> None:
    ann.now = MORNING - timedelta(minutes=1)
    ann.says("/subscribe 8:00")
    ann.now = MORNING
    ann.tutor.claim_due(ann.now)
    assert ann.tutor.take(frozenset({"console"}), ann.now)
    ann.restarts()
    assert ann.receives() == [], "it may have arrived: no blind repeat"
    ann.waits(minutes=10)
    (again,) = ann.receives()
    assert "可能已经发过一次" in again
    with ann.store.transaction() as tx:
        assert len(tx.deliveries_in(DeliveryState.SENT, ann.now, 9)) == 1


def test_a_platform_that_does_not_run_here_waits(ann: Learner) -> None:
    ann.now = MORNING - timedelta(minutes=1)
    ann.says("/subscribe 8:00")
    ann.now = MORNING
    ann.tutor.claim_due(ann.now)
    assert ann.tutor.take(frozenset({"telegram"}), ann.now) == []
    assert len(ann.receives()) == 1


def test_pausing_and_leaving(ann: Learner) -> None:
    assert "还没有订阅" in ann.says("/pause")
    assert "还没有订阅" in ann.says("/resume")
    ann.now = MORNING - timedelta(minutes=1)
    ann.says("/subscribe")
    assert "已暂停" in ann.says("/pause")
    ann.now = MORNING
    assert ann.receives() == []
    assert "2026-11-25 08:00" in ann.says("/resume")
    ann.waits(days=1)
    assert len(ann.receives()) == 1
    assert "已取消" in ann.says("/unsubscribe")
    assert "还没有订阅" in ann.says("/unsubscribe")
    ann.waits(days=1)
    assert ann.receives() == []


def test_a_zone_that_does_not_exist_is_named(ann: Learner) -> None:
    assert "Mars/Base" in ann.says("/subscribe 08:00 Mars/Base")
    with ann.store.transaction() as tx:
        assert tx.subscription(Owner(OwnerKind.LEARNER, 1)) is None


def test_numbers_pick_choices_and_never_swallow_an_answer(ann: Learner) -> None:
    ann.says("什么是感受野")
    labels = [choice.label for reply in ann.replies for choice in reply.choices]
    whole = labels.index("展开全文") + 1
    assert "勘误" in ann.says(f"/{whole}")
    ann.says("/daily")
    ann.says("2")
    assert ann.percent < 40, "a bare number answers the open question"


def test_the_address_is_where_the_question_is_open(ann: Learner) -> None:
    ann.says("/daily")
    with ann.store.transaction() as tx:
        conversation = tx.conversation(CHAT, 1)
        assert conversation is not None
        assert conversation.delivery_id == 1


def test_a_part_that_is_not_told_is_said_to_be_missing(ann: Learner) -> None:
    ann.says("什么是感受野")
    assert "没有单独讲这一点" in ann.says("那历史呢")


def test_an_addition_can_be_taken_back_too(ann: Learner) -> None:
    ann.says("/topics")
    ann.says("什么是 BN")
    ann.taps("考考我")
    half = ann.says("它对一个 batch 里同一通道的数据算均值和方差")
    assert "补一句" in half
    ann.says("然后归一化")
    assert "不计分" in ann.says("", pressed=f"k:{_last_delivery(ann)}")


def _last_delivery(ann: Learner) -> int:
    with ann.store.transaction() as tx:
        return tx.attempts(1)[-1].delivery_id


@pytest.mark.parametrize(
    ("written", "answered"),
    [("看答案", "记作没答上"), (" 提示 ", "提示"), ("跳过", "先放着")],
    ids=["answer", "hint", "skip"],
)
def test_the_words_of_a_button_may_be_written(ann: Learner, written: str, answered: str) -> None:
    ann.says("/daily")
    ann.says("不知道")
    assert answered in ann.says(written)
    assert "没关系" not in ann.says("/stats")


def test_the_words_of_a_button_are_plain_words_where_no_question_is_open(ann: Learner) -> None:
    assert "记作没答上" not in ann.says("看答案")


def test_what_was_said_to_a_message_is_let_go_when_its_replay_can_no_longer_come(ann: Learner) -> None:
    ann.says("/retention 90", wire_id="first")
    for hours, is_kept in ((47, True), (2, False)):
        ann.waits(hours=hours)
        ann.receives()
        with ann.store.transaction() as tx:
            assert (tx.replies_to(ann.address, "first") is not None) is is_kept
