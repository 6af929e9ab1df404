"""Study groups over the double of the Bot API: one day of several groups, through a crash, a move and demotions."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.doubles.telegram.flood import Limits
from tests.doubles.telegram.people import Person, Telegram, shown
from tests.flows.telegram_day import CROWD, NEVER_STARTED, Day, had_before, posts, refusal_of, running

DAY = "2026-11-24T{}+08:00"  # a Tuesday
JOKERS, WRONG = "固定大王，53 个位置里 8 个合适，8/53", "大概是 1/2"


@pytest.mark.trial  # the walk of a day, which the documents show, is the slice of it
async def test_a_day_of_seven_groups_over_a_crash_a_move_and_a_demotion(tmp_path: Path) -> None:
    async with Telegram(limits=Limits()) as telegram:
        day = Day.begins(telegram)
        asked_before = ("edge-detection/definition", "canny/order", "feature-point-detection/definition")
        had_before(tmp_path, day.letters, "2026-11-24", asked_before)
        async with running(telegram, tmp_path, DAY.format("08:30:00")):
            await only_admins_set_groups_up(day)
            await a_bot_that_is_thrown_out_says_nothing(day)
        async with running(telegram, tmp_path, DAY.format("09:00:01"), by=signal.SIGKILL):
            await a_quiz_begins(day)
            await everybody_is_asked_at_their_own_hour(day)
            await an_answer_by_the_link_is_seen_by_nobody_else(day)
            await an_answer_in_the_open_gets_a_sign_and_its_words_alone(day)
            await who_never_started_the_bot_gets_a_sign_and_nothing_in_the_open(day)
            await a_tapped_letter_is_marked_over_its_button(day)
            await a_vote_is_marked_alone(day)
            await what_the_quiz_was_answered_is_received_and_not_marked(day)
        async with running(telegram, tmp_path, DAY.format("09:02:00")):
            await the_quiz_ends_with_its_table_after_the_crash(day)
            await marks_unheard_are_told_together(day)
            await a_demoted_admin_changes_nothing_more(day)
            await fifty_answers_at_once_bring_no_message_into_the_group(day)
            await the_group_becomes_a_supergroup(day)
        async with running(telegram, tmp_path, DAY.format("16:00:01")):
            await the_reveal_finds_the_moved_group(day)
            await every_other_group_has_its_reveal(day)
            await the_topic_in_berlin_is_asked_and_no_other(day)
            await let_in_again_it_goes_on(day)
            await who_opts_out_is_on_no_board(day)
        assert {entry.error for entry in telegram.refused} == {NEVER_STARTED}


# --- 08:30 -----------------------------------------------------------------------------------------


async def only_admins_set_groups_up(day: Day) -> None:
    ann, bob, dan = day["Ann"], day["Bob"], day["Dan"]
    await day.is_told("大家好", day.room)
    bob.says("/group 9:00 每天", to=day.room)
    await bob.hears("只有这里的管理员")
    assert len(posts(day.room)) == 1
    day.room.promotes(dan)
    wishes = (
        (dan, day.room, "/group 9:00 每天 概率论 揭晓 7小时", None),
        (ann, day.berlin, "/group 9:00 每天 Europe/Berlin", day.topic),
        (ann, day.letters, "/group 9:00 每天 计算机视觉 难度2-2 揭晓 7小时", None),
        (ann, day.votes, "/group 9:00 投票 揭晓 7小时", None),
        (ann, day.crowd, "/group 9:00 每天 揭晓 7小时", None),
        (ann, day.left_out, "/group 9:00 16:00 揭晓 2小时", None),
    )
    for who, group, text, topic in wishes:
        who.says(text, to=group, topic=topic)
        said = shown(await day.is_told("揭晓答案", group))
        assert ("09:00（Europe/Berlin）" if topic else "09:00") in said


async def a_bot_that_is_thrown_out_says_nothing(day: Day) -> None:
    day.left_out.kicks_bot(day["Ann"])
    await day["Gus"].asks("/topics")  # dealt with after it


# --- 09:00 -----------------------------------------------------------------------------------------


async def a_quiz_begins(day: Day) -> None:
    day["Bob"].says("/live 1 计算机视觉 每题80秒", to=day.quiz)
    await day.is_told("马上出第一题", day.quiz)


async def everybody_is_asked_at_their_own_hour(day: Day) -> None:
    asked = [await day.is_told("今日一题", group) for group in (day.room, day.crowd, day.letters)]
    await day.is_told("📊", day.votes)
    assert all("16:00 揭晓答案" in shown(post) for post in asked)
    assert "[A] [B]" in shown(asked[2])
    assert len(posts(day.berlin)) == 2, "it is two in the morning there"


async def an_answer_by_the_link_is_seen_by_nobody_else(day: Day) -> None:
    bob, before = day["Bob"], len(posts(day.room))
    bob.opens("作答", day.question(day.room))
    await bob.hears("「自习室」的题，第一次作答计分。")
    bob.says(JOKERS)
    await bob.hears("通过 · 100%")
    assert len(posts(day.room)) == before


async def an_answer_in_the_open_gets_a_sign_and_its_words_alone(day: Day) -> None:
    await signed(day, "Cat", JOKERS, "💯")
    await day["Cat"].hears("通过 · 100%")
    await signed(day, "Eve", WRONG, "🤔")
    await day["Eve"].hears("参考答案")


async def signed(day: Day, name: str, text: str, sign: str) -> None:
    answer, before = day[name].replies(text, day.question(day.room)), len(posts(day.room))
    await day.telegram.until(lambda: day.telegram.reaction(answer) == sign, f"{sign} for {name}")
    assert len(posts(day.room)) == before


async def who_never_started_the_bot_gets_a_sign_and_nothing_in_the_open(day: Day) -> None:
    await signed(day, "Fay", WRONG, "🤔")
    await refusal_of(day.telegram, day["Fay"])


async def a_tapped_letter_is_marked_over_its_button(day: Day) -> None:
    post, before = day.question(day.letters), len(posts(day.letters))
    told = [await day[name].picks(letter, post) for name, letter in (("Bob", "A"), ("Cat", "B"), ("Eve", "C"))]
    assert all("100%" in text or "0%" in text for text in told)
    assert "算练习" in await day["Bob"].picks("B", post), "the second tap counts no more"
    assert len(posts(day.letters)) == before


async def a_vote_is_marked_alone(day: Day) -> None:
    poll, before = day.question(day.votes), len(posts(day.votes))
    (right,) = poll["poll"]["correct_option_ids"]
    assert poll["poll"]["is_anonymous"] is False
    day["Gus"].votes(poll, right)
    day["Fay"].votes(poll, right)
    await day["Gus"].hears("通过 · 100%")
    assert len(posts(day.votes)) == before


async def what_the_quiz_was_answered_is_received_and_not_marked(day: Day) -> None:
    asked = await day.is_told("随堂测 1/1", day.quiz)
    for name, letter in (("Bob", "A"), ("Cat", "B"), ("Fay", "C")):
        told = await day[name].picks(letter, asked)
        assert told.startswith("收到：")
        assert "%" not in told
    answer, before = day["Dan"].replies("D", asked), len(posts(day.quiz))
    await day.telegram.until(lambda: day.telegram.reaction(answer) == "👌", "a sign that it came")
    assert len(posts(day.quiz)) == before == 3


# --- 09:02 -----------------------------------------------------------------------------------------


async def the_quiz_ends_with_its_table_after_the_crash(day: Day) -> None:
    over = shown(await day.is_told("随堂测结束", day.quiz))
    told = "".join(shown(post) for post in posts(day.quiz))
    assert "4 人作答，1 人答对。" in told
    assert "1 题都出完了。" in told
    assert all(name in over for name in ("Bob", "Cat", "Dan", "Fay"))


async def marks_unheard_are_told_together(day: Day) -> None:
    told = shown(await day.is_told("刚才的作答", day.room))
    assert "Fay 0%" in told
    assert "8/53" not in "".join(shown(post) for post in posts(day.room))


async def a_demoted_admin_changes_nothing_more(day: Day) -> None:
    day.room.demotes(day["Dan"])
    day["Dan"].says("/group off", to=day.room)
    await day["Dan"].hears("只有这里的管理员")
    assert "不再往这里发题" not in day.telegram.transcript(day.room.chat)


async def fifty_answers_at_once_bring_no_message_into_the_group(day: Day) -> None:
    question, before = day.question(day.crowd), len(posts(day.crowd))
    answers = [
        person.replies(JOKERS if number % 2 else WRONG, question) for number, person in enumerate(day.crowd_people)
    ]
    await day.telegram.until(
        lambda: all(day.telegram.reaction(answer) for answer in answers), "a sign for each", within_s=40
    )
    assert [day.telegram.reaction(answer) for answer in answers] == ["🤔", "💯"] * (CROWD // 2)
    assert len(posts(day.crowd)) == before
    for person in day.crowd_people:
        if person.user.started:
            await person.hears("%")
            assert len(marks_heard(person)) == 1


def marks_heard(person: Person) -> Sequence[str]:
    return [shown(message) for message in person.chat.messages.values() if "参考答案" in shown(message)]


async def the_group_becomes_a_supergroup(day: Day) -> None:
    question = day.question(day.room)
    day.room = day.room.upgrades(day["Ann"])
    gus = day["Gus"]
    gus.opens("作答", question)  # the old post still shows
    asked = await gus.hears("「自习室」的题，第一次作答计分。")
    gus.says(JOKERS)
    await gus.hears("通过 · 100%", after=asked["message_id"])
    day.left_out.adds_bot(day["Ann"])
    await gus.asks("/topics")


# --- 16:00 -----------------------------------------------------------------------------------------


async def the_reveal_finds_the_moved_group(day: Day) -> None:
    revealed = shown(await day.is_told("参考答案：8/53", day.room))
    assert "5 人作答，3 人通过，平均 60%。" in revealed
    assert "最先通过：Bob" in revealed
    assert len(posts(day.room)) == 1, "the new group knows nothing else, and no greeting"


async def every_other_group_has_its_reveal(day: Day) -> None:
    for group, told in (
        (day.letters, "3 人作答，1 人通过，平均 33%。"),
        (day.votes, "2 人作答，2 人通过，平均 100%。"),
        (day.crowd, f"{CROWD} 人作答，{CROWD // 2} 人通过，平均 50%。"),
    ):
        revealed = await day.is_told("人作答，", group)
        assert told in shown(revealed)
        assert revealed["reply_to_message"]["message_id"] == day.question(group)["message_id"]
    (line,) = [shown(post) for post in posts(day.crowd) if "刚才的作答" in shown(post)]
    assert line.count("%") == len([person for person in day.crowd_people if not person.user.started])
    assert len(posts(day.crowd)) == 5, "a greeting, what is set, the question, who could not be told, the reveal"


async def the_topic_in_berlin_is_asked_and_no_other(day: Day) -> None:
    asked = await day.is_told("今日一题", day.berlin)
    assert "21:00 揭晓答案" in shown(asked)
    assert [post.get("message_thread_id") for post in posts(day.berlin)] == [None, day.topic, day.topic]
    answer = day["Bob"].replies(JOKERS, asked)
    await day.telegram.until(lambda: day.telegram.reaction(answer) == "💯", "a sign in the topic")
    board = day["Bob"].says("/leaderboard", to=day.berlin, topic=day.topic)
    told = await day.telegram.waits_for("本周榜", day.berlin.chat, after=board["message_id"])
    assert told["message_thread_id"] == day.topic


async def let_in_again_it_goes_on(day: Day) -> None:
    await day.is_told("今日一题", day.left_out)
    said = [shown(post) for post in posts(day.left_out)]
    assert len([text for text in said if "今日一题" in text]) == 1, "at nine it was not there"
    assert not [text for text in said if "参考答案" in text]


async def who_opts_out_is_on_no_board(day: Day) -> None:
    cat, room = day["Cat"], day.room
    before = len(posts(room))
    cat.says("/optout", to=room)
    await cat.hears("不会再有你的名字")
    assert len(posts(room)) == before
    board = shown(await day["Ann"].asks("/leaderboard 本周", to=room))
    assert "第 1 名 Bob：10 分 · 1 题" in board
    assert "第 1 名 Gus：10 分 · 1 题" in board
    assert "Cat" not in board
