"""The daily push: set in words, on time, once, at the learner's pace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.memory.card import Card
from bot.core.records.records import DeliveryState
from bot.features.daily.delivering import SLOW_AFTER
from bot.running.tutor import Tutor
from tests.flows.conftest import Learner, said

RIGHT = "固定大王，小王剩 53 个位置，其中 8 个合适，8/53"
SENT, SKIPPED, PENDING = DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.PENDING


def is_at(ann: Learner, local: str, zone: str = "Asia/Shanghai") -> None:
    """Move a learner's clock to a local time, such as "2026-11-25 08:00"."""
    ann.now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))


# --- the promise -----------------------------------------------------------------------------------


def test_a_wish_in_words_is_said_back_with_the_next_two_dates(ann: Learner) -> None:
    answer = ann.says("/subscribe 7:30 周一到周五 Asia/Shanghai 每次2题")
    assert "周一到周五 07:30（Asia/Shanghai），每次最多 2 题" in answer
    assert "接下来两次：2026-11-25 07:30、2026-11-26 07:30。" in answer
    assert "已学 0 / " in answer


def test_what_cannot_be_read_changes_nothing(ann: Learner) -> None:
    ann.says("/subscribe 7:30")
    answer = ann.says("/subscribe 25:00 周一")
    assert "没有「25:00」这个时间" in answer
    assert "每天 07:30" in ann.says("/settings")


def test_an_hour_that_was_served_today_is_not_promised_again(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 09:00")
    assert len(ann.receives()) == 1
    assert "接下来两次：2026-11-25 21:00" in ann.says("/settings 21:00")
    is_at(ann, "2026-11-24 21:00")
    assert ann.receives() == []


def test_settings_leave_a_paused_subscription_paused(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    ann.says("/pause")
    assert "暂停" in ann.says("/settings 每次2题")
    is_at(ann, "2026-11-24 09:00")
    assert ann.receives() == []
    assert "下一次：2026-11-25 09:00" in ann.says("/resume")


def test_settings_of_the_person_subscribe_nobody(ann: Learner) -> None:
    answer = ann.says("/settings Europe/Berlin 记忆目标 95%")
    assert "你还没有订阅" in answer
    assert "时区 Europe/Berlin，记忆目标 95%" in answer


def test_buttons_fit_a_tap_of_every_platform(ann: Learner) -> None:
    texts = [ann.says("/start"), ann.taps("07:30"), ann.taps("America/Los_Angeles"), ann.taps("计算机视觉")]
    texts.append(ann.says("/settings"))
    assert all(texts)
    ids = [choice.id for reply in ann.replies for choice in reply.choices]
    assert len(ids) == 9
    assert all(each.isascii() and len(each) <= 64 for each in ids)
    assert "每次最多 5 题" in ann.taps("每次 5 题")


# --- the push --------------------------------------------------------------------------------------


def test_a_push_is_one_message_and_a_button_brings_the_others(ann: Learner) -> None:
    ann.says("/subscribe 8:00 每次3题")
    for day in range(3):  # something has to be due before a push holds more than its new one
        ann.now += timedelta(days=1)
        pushed = ann.receives()
        assert len(pushed) == 1, day
        ann.says("不知道怎么算，随便猜 1/2 吧")
        choices = [choice.label for reply in ann.replies for choice in reply.choices]
        news = pushed[0].count("新知识")
        while "下一题" in choices:
            asked = ann.taps("下一题")
            news += asked.count("新知识")
            ann.says("", pressed=next(c.id for r in ann.replies for c in r.choices if c.id.startswith("show-answer:")))
            choices = [choice.label for reply in ann.replies for choice in reply.choices]
        assert news <= 1
    states = ann.states(date(2026, 11, 27))
    assert states == [SENT] * 3


def test_only_the_chosen_weekdays_bring_a_push(ann: Learner) -> None:
    ann.says("/subscribe 9:00 周三 周五")  # today is Tuesday
    days = []
    for _ in range(8):
        is_at(ann, f"{ann.now:%Y-%m-%d} 09:00")
        days += [f"{ann.now:%a}"] * len(ann.receives())
        ann.now += timedelta(days=1)
    assert days == ["Wed", "Fri"]


def test_each_of_two_times_a_day_has_its_own_question(ann: Learner) -> None:
    ann.says("/subscribe 9:00 21:00 每次1题")
    is_at(ann, "2026-11-24 09:00")
    morning = ann.receives()
    assert len(morning) == 1
    ann.says(RIGHT)
    assert "今天的题答完了" in ann.says("/daily")  # the evening keeps its question
    is_at(ann, "2026-11-24 21:00")
    evening = ann.receives()
    assert len(evening) == 1
    assert evening != morning


def test_an_easy_day_asks_one(ann: Learner) -> None:
    ann.says("/subscribe 8:00 每次3题 轻松日 周三")
    ann.says("/daily")
    ann.taps("看答案")
    is_at(ann, "2026-11-25 08:00")  # a Wednesday, with the failed one due and a new one to come
    assert len(ann.receives()) == 1
    ann.taps("看答案") if ann.replies[0].choices[0].label == "看答案" else ann.says("/answer")
    assert "[下一题]" not in "\n".join(said(reply) for reply in ann.replies)


def test_what_falls_into_quiet_hours_comes_after_them(ann: Learner) -> None:
    ann.says("/subscribe 22:30 勿扰 23:00-7:00")
    is_at(ann, "2026-11-24 23:10")  # the tick was held up
    assert ann.receives() == []
    is_at(ann, "2026-11-25 06:59")
    assert ann.receives() == []
    is_at(ann, "2026-11-25 07:00")
    assert len(ann.receives()) == 1


def test_a_vacation_is_quiet_breaks_no_streak_and_ends_by_itself(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    ann.says("/daily")
    ann.says(RIGHT)
    assert "休假到 2026-12-05" in ann.says("/settings 休假到 12月5日")
    pushes = []
    for day in range(1, 13):
        is_at(ann, f"{date(2026, 11, 24) + timedelta(days=day)} 09:00")
        pushes += [f"{ann.now:%m-%d}"] * len(ann.receives())
    assert pushes == ["12-06"]
    ann.says("/answer")
    answer = ann.says("/stats")
    assert "连续 1 天" in answer
    assert "休假" not in answer  # it is over


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("/snooze", 60),
        ("/snooze 30分钟", 30),
        ("/snooze 1秒", 60),
        ("/snooze 1分钟", 5),
        ("/snooze " + "9" * 4000 + "小时"[:0] + "天", 60),
        ("/snooze 9999小时", 24 * 60),
        ("一小时后再问", 60),
        ("过两个小时再问我。", 120),
        ("一个半小时后再问", 90),
        ("半小时后再问", 30),
        ("ask me in half an hour", 30),
        ("晚点再问", 60),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_question_is_put_off_in_words(ann: Learner, text: str, minutes: int) -> None:
    question = ann.says("/daily").splitlines()[2]
    local = (ann.now + timedelta(minutes=minutes)).astimezone(ZoneInfo("Asia/Shanghai"))
    if len(text) <= 4000:
        assert f"{local:%H:%M} 再问你" in ann.says(text)
    else:
        assert "太长" in ann.says(text)
        return
    ann.waits(minutes=minutes - 1)
    assert ann.receives() == []
    ann.waits(minutes=1)
    pushed = ann.receives()
    assert len(pushed) == 1
    assert question in pushed[0]


def test_a_question_is_put_off_by_its_button(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 09:00")
    pushed = ann.receives()
    assert "[一小时后再问]" in pushed[0]
    reply = list(ann.posts.values())[-1]
    snooze = next(choice for choice in reply.choices if choice.label == "一小时后再问")
    assert "10:00 再问你" in ann.says("", pressed=snooze.id)
    is_at(ann, "2026-11-24 10:00")
    assert ann.receives() == pushed


# --- lateness --------------------------------------------------------------------------------------


def test_two_hours_down_is_caught_up(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 11:00")
    pushed = ann.receives()
    assert len(pushed) == 1
    assert "没能按时发出" not in pushed[0]


def test_five_hours_down_is_skipped_and_said_with_the_next_push(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 14:00")
    assert ann.receives() == []
    assert ann.states(date(2026, 11, 24)) == [SKIPPED]
    is_at(ann, "2026-11-25 09:00")
    assert "没能按时发出，已经跳过" in ann.receives()[0]
    is_at(ann, "2026-11-26 09:00")
    assert "没能按时发出" not in ann.receives()[0]


def test_three_days_down_bring_one_push_that_says_so_and_break_no_streak(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    ann.says("/daily")
    ann.says(RIGHT)
    is_at(ann, "2026-11-28 10:00")  # 25, 26 and 27 were missed, 28 is an hour late
    pushed = ann.receives()
    assert len(pushed) == 1
    assert "没能按时发出" in pushed[0]
    ann.says("/answer")
    ann.says("/daily")
    ann.says("不会算，猜 1/3，因为每份机会相同")
    assert "连续 2 天" in ann.says("/stats")
    assert "本月还能缺 2 天" in ann.says("/stats")


def test_a_push_claimed_before_the_crash_is_skipped_when_it_is_too_late(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 09:00")
    assert ann.tutor.claim_due(ann.now) == 1
    is_at(ann, "2026-11-24 12:01")
    assert ann.receives() == []
    assert ann.states(date(2026, 11, 24)) == [SKIPPED]
    is_at(ann, "2026-11-25 09:00")
    assert "没能按时发出" in ann.receives()[0]


def test_two_processes_that_tick_at_once_send_once(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 09:00")
    tutors = [Tutor(ann.store, ann.knowledge, language="zh", timezone="Asia/Shanghai") for _ in range(2)]
    claimed = [tutor.claim_due(ann.now) for tutor in (*tutors, *tutors)]
    taken = [tutor.take(frozenset({"console"}), ann.now) for tutor in (*tutors, *tutors)]
    assert claimed == [1, 0, 0, 0]
    assert [len(outgoing) for outgoing in taken] == [1, 0, 0, 0]


def test_a_tick_that_read_before_another_wrote_asks_nothing_twice(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    is_at(ann, "2026-11-24 09:00")
    promised = ann.subscription
    assert ann.tutor.claim_due(ann.now) == 1
    with ann.store.transaction() as tx:  # as if this slot had not been moved on
        tx.save_subscription(promised)
    assert ann.tutor.claim_due(ann.now) == 1
    assert ann.states(date(2026, 11, 24)) == [PENDING]


# --- travel ----------------------------------------------------------------------------------------


def test_flying_west_repeats_no_date(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    for day in ("2026-11-24", "2026-11-25"):
        is_at(ann, f"{day} 09:00")
        assert len(ann.receives()) == 1
    ann.waits(hours=1)
    assert "接下来两次：2026-11-26 09:00" in ann.says("/settings America/New_York")
    is_at(ann, "2026-11-25 09:00", "America/New_York")
    assert ann.receives() == []
    is_at(ann, "2026-11-26 09:00", "America/New_York")
    assert len(ann.receives()) == 1


def test_flying_east_skips_no_date(ann: Learner) -> None:
    ann.says("/subscribe 9:00 America/New_York")
    is_at(ann, "2026-11-24 09:00", "America/New_York")
    assert len(ann.receives()) == 1
    ann.waits(hours=12)  # in Shanghai it is ten in the morning of the 25th
    ann.says("/settings Asia/Shanghai")
    assert len(ann.receives()) == 1
    assert ann.states(date(2026, 11, 25)) == [SENT]
    is_at(ann, "2026-11-26 09:00")
    assert len(ann.receives()) == 1


# --- the pace --------------------------------------------------------------------------------------


def test_unanswered_pushes_slow_down_kindly_and_one_answer_brings_the_pace_back(ann: Learner) -> None:
    ann.says("/subscribe 9:00")
    days, texts = [], []
    for day in range(24):
        is_at(ann, f"{date(2026, 11, 24) + timedelta(days=day)} 09:00")
        pushed = ann.receives()
        days += [day] * len(pushed)
        texts += pushed
    assert days == [*range(SLOW_AFTER), SLOW_AFTER + 6, SLOW_AFTER + 13]
    assert [("每周一题" in text) for text in texts] == [False] * (SLOW_AFTER - 1) + [True] * 3
    ann.says("/answer")
    is_at(ann, "2026-12-18 09:00")
    pushed = ann.receives()
    assert len(pushed) == 1
    assert "每周一题" not in pushed[0]


# --- how well it is known --------------------------------------------------------------------------


def test_too_easy_is_asked_much_later(ann: Learner) -> None:
    ann.says("/daily")
    ann.says(RIGHT)
    assert "8 天后" in ann.taps("太简单")


def test_known_for_good_is_not_asked_again(ann: Learner) -> None:
    first = ann.says("/daily").splitlines()[2]
    ann.says(RIGHT)
    ann.waits(days=2)
    assert first in ann.says("/daily")
    ann.says(RIGHT)
    assert "不再问了" in ann.taps("我会了")
    for _ in range(40):
        ann.waits(days=1)
        assert first not in ann.says("/daily")
        ann.says("/skip")


def test_what_is_forgotten_again_and_again_comes_back_smaller(ann: Learner) -> None:
    library = ann.knowledge.library
    hard = next(
        q
        for c in library.concepts
        for q in c.questions
        if q.kind == "open" and any(other.kind in ("choice", "cloze") for other in c.questions)
    )
    ann.says("/topics")
    day = date(2026, 11, 24)
    leech = Card(hard.id, 1.0, 9.0, day, day - timedelta(days=1), reps=9, lapses=4, has_failed=True)
    learner_id = ann.owner.id
    with ann.store.transaction() as tx:
        tx.save_card(learner_id, leech)
    ann.says("/daily")
    assert "忘了好几次，先答一道小一点的" in said(ann.replies[0])


def test_where_nothing_is_left_to_review_it_says_when_something_will_be(ann: Learner) -> None:
    ann.says("/daily")
    ann.says(RIGHT)
    assert "今天没有可以复习的题了。下次到期：2 天后（2026-11-26）。" in ann.says("/review")
    assert "还没有学过的题" in ann.says("/review 5 计算机视觉")
    ann.says("", pressed="q:receptive-field")
    ann.says("/answer")
    assert "下次到期：明天" in ann.says("/review")
    ann.waits(days=1)
    assert "复习题" in ann.says("/review")
    ann.says("/answer")
    while "复习题" in ann.taps("下一题"):
        ann.says("/answer")
    assert "这一轮复习完了" in said(ann.replies[0])


def test_a_session_reviews_what_was_learnt_of_a_topic(ann: Learner) -> None:
    assert "还没有学过的题" in ann.says("/review")
    ann.says("/daily")
    ann.says(RIGHT)
    ann.waits(days=1)
    assert "复习题" in ann.says("/review 2 概率論")
    ann.says(RIGHT)
    assert "这一轮复习完了" in ann.taps("下一题")
    assert "这样写：/review" in ann.says("/review 2 天文")
    assert "这样写：/review" in ann.says("/review 0")
    assert "这样写：/review" in ann.says("/review " + "9" * 3900)


def test_what_was_failed_is_repeated_until_it_is_right(ann: Learner) -> None:
    assert "没有错题了" in ann.says("/wrong")
    ann.says("/daily")
    ann.says("/answer")
    assert "54 张牌" in ann.says("/wrong")
    ann.says("是 1/6，每份机会相同")
    assert "54 张牌" in ann.taps("下一题")
    ann.says(RIGHT)
    assert "没有错题了" in ann.taps("下一题")


def test_an_exam_is_planned_and_dropped(ann: Learner) -> None:
    ann.says("/subscribe 8:00 每次5题")
    plan = ann.says("/exam 2027-01-15")
    assert "2027-01-15 考试，还有 52 天" in plan
    assert "照每天 4 道新题" in plan or "照每天 3 道新题" in plan
    assert ann.says("/exam") == plan
    assert "这样写" in ann.says("/exam 很快")
    assert "这样写" in ann.says("/exam 99999999999999-1-1")
    assert "不在将来" in ann.says("/exam 2026-11-24")
    assert "取消了" in ann.says("/exam off")
    assert "这样写" in ann.says("/exam")


def test_statistics_are_told_in_text(ann: Learner) -> None:
    assert "还没有作答记录" in ann.says("/stats")
    ann.says("/subscribe 8:00")
    ann.says("/daily")
    ann.says(RIGHT)
    ann.waits(days=2)
    ann.says("/daily")
    ann.says(RIGHT)
    text = ann.says("/stats")
    for line in (
        "作答 2 次，通过 2 次",
        "记住了 100%（1 次，目标 90%）",
        "概率论：学了 1 / ",
        "之后七天到期：",
        "每天 08:00",
    ):
        assert line in text
    assert "连续 2 天" in text  # one freeze was used


# --- the first meeting -----------------------------------------------------------------------------


def test_the_welcome_takes_three_taps_and_asks_at_once(ann: Learner) -> None:
    assert "每天几点" in ann.says("/start")
    assert "哪个时区" in ann.taps("07:30")
    assert "想学哪些" in ann.taps("America/New_York")
    answer = ann.taps("概率论")
    assert "每天 07:30（America/New_York）" in answer
    assert "只要概率论" in answer
    assert "今日一题" in answer
    assert ann.states(date(2026, 11, 23)) == [SENT]  # where it is still the 23rd
    ann.says(RIGHT)
    assert ann.percent == 100
    is_at(ann, "2026-11-24 07:30", "America/New_York")
    assert len(ann.receives()) == 1
    assert "欢迎回来" in ann.says("/start")


def test_the_welcome_promises_the_slot_that_really_comes(ann: Learner) -> None:
    ann.says("/start")
    ann.taps("21:00")
    ann.taps("Asia/Shanghai")
    answer = ann.taps("全部")
    assert "今日一题" in answer
    assert "接下来两次：2026-11-25 21:00、2026-11-26 21:00。" in answer
    is_at(ann, "2026-11-24 21:00")
    assert ann.receives() == []
    is_at(ann, "2026-11-25 21:00")
    assert len(ann.receives()) == 1


def test_a_slot_whose_question_was_fetched_ahead_is_no_longer_promised(ann: Learner) -> None:
    ann.says("/subscribe 9:00 21:00")
    ann.says("/daily")
    assert "接下来两次：2026-11-24 21:00、2026-11-25 09:00。" in ann.says("/settings")
    is_at(ann, "2026-11-24 09:00")
    assert ann.receives() == []
    assert ann.subscription.unanswered == 0
    ann.says("/pause")
    assert "下一次：2026-11-24 21:00" in ann.says("/resume")
    is_at(ann, "2026-11-24 21:00")
    assert len(ann.receives()) == 1
    is_at(ann, "2026-11-25 08:00")
    ann.says("/daily")
    ann.says("/answer")  # which brings the pace back, but not the slot
    assert "接下来两次：2026-11-25 21:00、2026-11-26 09:00。" in ann.says("/settings")


def test_links_lead_to_a_concept_and_to_a_question_of_ones_own(ann: Learner) -> None:
    concept = ann.knowledge.library.concepts[0]
    assert concept.title in ann.says(f"/start c_{concept.id}")
    ann.says("/daily")
    assert "54 张牌" in ann.says("/start q_1")
    bob = Learner(ann.tutor, ann.store, ann.knowledge, user="bob")
    assert "54 张牌" not in bob.says("/start q_1")
    assert "过期" in bob.says("/start q_99999999999999999999")
    assert "过期" in bob.says("/start c_nothing")
