"""Study groups over the double of Discord: a day of two servers, through crashes, refusals and a demotion."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.doubles.discord.people import Person, discussion, marked, members
from tests.doubles.discord.process import BotProcess
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import EPHEMERAL, OPEN_THREADS, SEND_POLLS, Json, World, buttons, options, said
from tests.flows.discord_day import posts, running

DAY = "2026-11-24T{}+08:00"  # a Tuesday
RIGHT = (
    "数组内存连续，按下标访问是 O(1)，中间插入要搬后面的元素，是 O(n)；"
    "链表节点靠指针连着，访问要从头找，插入删除只改指针。"
)
WRONG = "链表按下标访问是 O(1)，数组要从头逐个找。"
WRITTEN, FORMS = 8, 42
"""How many of fifty answer before all, and how many by the form."""
CLOSED, NO_THREADS = "Cannot send messages to this user", "Missing Permissions"


class Day:
    """The channels of the day and their people.

    Attributes:
        study: answers alone, at eight in Shanghai.
        votes: answers by open polls, at eight in Kolkata, which is half past ten in Shanghai; takes no threads.
        letters: would answer by open polls, which the bot may not post.
        other: a server that throws the bot out in the morning and lets it in again.
    """

    def __init__(self, discord: Server) -> None:
        world = discord.world
        self.discord = discord
        self.guild, self.other = world.guild("算法小组"), world.guild("出出进进")
        self.study, self.guild["channels"][0]["name"] = self.guild["channels"][0], "自习室"
        self.votes, self.letters = world.channel(self.guild, "夜读"), world.channel(self.guild, "选择题")
        world.deny(self.votes, OPEN_THREADS)
        world.deny(self.letters, SEND_POLLS)
        names = ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus")
        self.people = dict(zip(names, members(discord, self.guild, *names), strict=True))
        (self.zoe,) = members(discord, self.other, "Zoe")
        self.crowd = members(discord, self.guild, *(f"M{number}" for number in range(WRITTEN + FORMS)))

    def __getitem__(self, name: str) -> Person:
        """Return somebody."""
        return self.people[name]

    async def alone(self, name: str, command: str, text: str | None = None) -> str:
        """Let somebody run a command; return its answer, which nobody else sees."""
        answer = await self[name].answer(await self[name].runs(command, text=text))
        assert answer["flags"] & EPHEMERAL
        return said(answer)

    def questions(self, channel: Json) -> list[Json]:
        """Return the questions that stand in a channel."""
        return [post for post in posts(self.discord, channel) if "今日一题" in said(post) or "poll" in post]

    def refusals(self) -> list[str]:
        """Return what the bot was refused, in Discord's words."""
        return [refusal.partition(": ")[2] for refusal in self.discord.refused]


@pytest.mark.trial  # the walk of a day, which the documents show, is the slice of it
async def test_a_day_of_four_groups_through_crashes_refusals_and_a_demotion(tmp_path: Path) -> None:
    async with Server(World()) as discord:
        day = Day(discord)
        async with running(discord, tmp_path, DAY.format("07:30:00")) as bot:
            await only_admins_set_a_group_up(day)
            await an_admin_of_one_channel_changes_and_sees_nothing_of_another(day)
            await a_demoted_admin_changes_nothing_more(day)
            await a_server_that_throws_the_bot_out_is_left_alone(day, bot)
        async with running(discord, tmp_path, DAY.format("08:00:01"), by=signal.SIGKILL) as bot:
            await everybody_is_asked_at_their_own_hour(day)
            await a_form_is_marked_alone(day)
            await an_answer_before_all_gets_a_sign_and_its_words_alone(day)
            await who_takes_no_direct_messages_gets_a_sign_and_nothing_in_the_open(day)
            await a_reply_without_a_ping_is_no_answer(day)
            await a_letter_is_marked_alone_where_polls_are_not_allowed(day)
            await fifty_answer_in_a_second_and_each_is_marked_once(day)
            await the_server_lets_the_bot_in_again(day, bot)
        discord.gateway.late_s = 2.5  # what is due is sent no sooner than the servers are known
        async with running(discord, tmp_path, DAY.format("10:30:01"), by=signal.SIGKILL):
            await marks_unheard_are_told_together(day)
            await the_poll_in_kolkata_comes_and_the_first_vote_counts(day)
            await let_in_again_it_goes_on_with_the_next_question(day)
        discord.gateway.late_s = 0.0
        async with running(discord, tmp_path, DAY.format("11:00:01")) as bot:
            await the_answer_comes_after_the_crash_with_its_thread(day)
            await without_the_right_to_threads_it_comes_without(day, bot)
            await who_opts_out_is_on_no_board(day)
            await a_board_is_its_own_channels(day)
        assert day.refusals() == [CLOSED, CLOSED, NO_THREADS]
        assert discord.gateway.refused == []
        assert discord.limited == 0
        assert all(tap.taken_s < 3 for tap in discord.interactions.by_id.values())


# --- 07:30 -----------------------------------------------------------------------------------------


async def only_admins_set_a_group_up(day: Day) -> None:
    assert "只有这里的管理员" in await day.alone("Cat", "group", "9:00")
    assert "还没有学习小组" in await day.alone("Cat", "group")
    day["Ann"].governs(day.guild)
    shown = await day.alone("Ann", "group", "8:00 每天 数据结构 揭晓 3小时")
    assert "每天 08:00（Asia/Shanghai）" in shown
    day["Ann"].goes_to(day.letters)
    assert "公开投票" in await day.alone("Ann", "group", "8:00 投票 揭晓 12小时")
    day["Ann"].goes_to(day.study)


async def an_admin_of_one_channel_changes_and_sees_nothing_of_another(day: Day) -> None:
    bob = day["Bob"]
    bob.governs(day.votes)
    bob.goes_to(day.votes)
    assert "还没有学习小组" in await day.alone("Bob", "group")
    assert "每天 08:00（Asia/Kolkata）" in await day.alone("Bob", "group", "投票 8:00 Asia/Kolkata 揭晓 30分钟")
    bob.goes_to(day.study)
    assert "只有这里的管理员" in await day.alone("Bob", "group", "off")


async def a_demoted_admin_changes_nothing_more(day: Day) -> None:
    ann = day["Ann"]
    settings = await ann.answer(await ann.runs("group"))
    ann.steps_down(day.guild)
    assert "只有这里的管理员" in said(await ann.answer(await ann.taps("停用", settings)))
    assert "只有这里的管理员" in await day.alone("Ann", "group", "off")
    await ann.says(f"<@{day.discord.world.me['id']}> /group off")
    await ann.hears("只有这里的管理员")
    assert "停用状态" not in await day.alone("Cat", "group")


async def a_server_that_throws_the_bot_out_is_left_alone(day: Day, bot: BotProcess) -> None:
    day.zoe.governs(day.other)
    await day.zoe.answer(await day.zoe.runs("group", text="8:00 10:30 揭晓 2小时"))
    await day.discord.throws_out(day.other)
    await day.discord.until(lambda: "taken out of server" in bot.log, "the bot to note it")


# --- 08:00 -----------------------------------------------------------------------------------------


async def everybody_is_asked_at_their_own_hour(day: Day) -> None:
    await day["Ann"].reads("今日一题")
    await day["Ann"].reads("今日一题", where=day.letters)
    assert [len(day.questions(channel)) for channel in (day.study, day.letters, day.votes)] == [1, 1, 0]
    assert not any(day.other["channels"][0]["id"] in path for _, path, _ in day.discord.journal)


async def a_form_is_marked_alone(day: Day) -> None:
    (question,) = day.questions(day.study)
    mark = await day["Bob"].answers(question, RIGHT)
    assert "通过 · 100%" in said(mark)
    assert mark["flags"] & EPHEMERAL
    assert "算练习" in said(await day["Bob"].answers(question, WRONG))


async def an_answer_before_all_gets_a_sign_and_its_words_alone(day: Day) -> None:
    (question,) = day.questions(day.study)
    for name, answer, sign, words in (("Cat", RIGHT, "💯", "100%"), ("Dan", WRONG, "🤔", "说反了")):
        assert await marked(day.discord, await day[name].says(answer, question)) == [sign]
        await day[name].hears(words)


async def who_takes_no_direct_messages_gets_a_sign_and_nothing_in_the_open(day: Day) -> None:
    (question,) = day.questions(day.study)
    for name in ("Fay", "Gus"):
        day[name].shuts_dms()
        assert await marked(day.discord, await day[name].says(WRONG, question)) == ["🤔"]
    await day.discord.until(lambda: day.refusals() == [CLOSED] * 2, "two refusals")
    assert posts(day.discord, day.study) == [question]


async def a_reply_without_a_ping_is_no_answer(day: Day) -> None:
    (question,) = day.questions(day.study)
    silent = await day["Eve"].says(RIGHT, question, pings=False)
    await day["Eve"].hears("@提及")
    assert silent["id"] not in day.discord.world.marks


async def a_letter_is_marked_alone_where_polls_are_not_allowed(day: Day) -> None:
    (question,) = day.questions(day.letters)
    assert "poll" not in question
    assert "作答" not in buttons(question)
    marks = []
    for name, letter in (("Cat", "A"), ("Dan", "B"), ("Eve", "C")):
        day[name].goes_to(day.letters)
        marks.append(await day[name].picks(letter, question))
        day[name].goes_to(day.study)
    assert all(mark["flags"] & EPHEMERAL for mark in marks)
    assert sum("100%" in said(mark) for mark in marks) <= 1


async def fifty_answer_in_a_second_and_each_is_marked_once(day: Day) -> None:
    (question,) = day.questions(day.study)
    writers, others = day.crowd[:WRITTEN], day.crowd[WRITTEN:]
    forms = [await person.taps("作答", question) for person in others]
    began = time.monotonic()
    filled = (person.fills_in(form, RIGHT, question) for person, form in zip(others, forms, strict=True))
    answers, taps = await asyncio.gather(
        asyncio.gather(*(person.says(RIGHT, question) for person in writers)), asyncio.gather(*filled)
    )
    marks = [await person.answer(tap) for person, tap in zip(others, taps, strict=True)]
    took_s = time.monotonic() - began
    for person, answer in zip(writers, answers, strict=True):
        await person.hears("100%")
        assert await marked(day.discord, answer) == ["💯"]
        assert len(person.seen(person.home)) == 1
    assert all("通过 · 100%" in said(mark) and mark["flags"] & EPHEMERAL for mark in marks)
    assert all(len(tap.answers) == 1 for tap in taps)
    assert posts(day.discord, day.study) == [question]
    assert took_s < 10, "all forms within the time that Discord waits, on a slow machine too"


async def the_server_lets_the_bot_in_again(day: Day, bot: BotProcess) -> None:
    await day.discord.until(lambda: "is ready" in bot.log, "the servers to be known")
    await day.discord.lets_in(day.other)
    await day.zoe.reads("大家好")


# --- 10:30 -----------------------------------------------------------------------------------------


async def marks_unheard_are_told_together(day: Day) -> None:
    told = await day["Ann"].reads("刚才的作答")
    assert all(f"{name} 0%" in said(told) for name in ("Fay", "Gus"))
    assert len(posts(day.discord, day.study)) == 2


async def the_poll_in_kolkata_comes_and_the_first_vote_counts(day: Day) -> None:
    await day.discord.until(lambda: day.questions(day.votes), "the poll")
    (poll,) = day.questions(day.votes)
    first, second, *_ = options(poll)
    cat, dan, eve = day["Cat"], day["Dan"], day["Eve"]
    await cat.votes(first, poll)
    heard = await cat.hears("%", after=poll)
    await cat.votes(second, poll)
    for person, option in ((dan, second), (eve, first)):
        await person.votes(option, poll)
        await person.hears("%", after=poll)
    assert [m for m in cat.seen(cat.home) if int(m["id"]) >= int(heard["id"])] == [heard]
    assert posts(day.discord, day.votes) == [poll]


async def let_in_again_it_goes_on_with_the_next_question(day: Day) -> None:
    await day.zoe.reads("今日一题")
    assert len(day.questions(day.other["channels"][0])) == 1


# --- 11:00 -----------------------------------------------------------------------------------------


async def the_answer_comes_after_the_crash_with_its_thread(day: Day) -> None:
    (question,) = day.questions(day.study)
    answer = await day["Ann"].reads("人作答", after=question)
    assert answer["referenced_message"]["id"] == question["id"]
    assert "55 人作答" in said(answer)
    thread = await discussion(day.discord, answer)
    assert thread["name"].startswith("2026-11-24 ")
    assert thread["parent_id"] == day.study["id"]


async def without_the_right_to_threads_it_comes_without(day: Day, bot: BotProcess) -> None:
    answer = await day["Ann"].reads("人作答", where=day.votes)
    assert "3 人作答" in said(answer)
    await day.discord.until(lambda: "no thread under message" in bot.log, "the refusal to be noted")
    assert answer["id"] not in day.discord.world.channels


async def who_opts_out_is_on_no_board(day: Day) -> None:
    board = await day["Ann"].answer(await day["Ann"].runs("leaderboard"))
    assert not board["flags"] & EPHEMERAL
    assert "Bob：10 分" in said(board)
    assert "不会再有你的名字" in await day.alone("Bob", "optout")
    assert "Bob：" not in said(await day["Ann"].answer(await day["Ann"].runs("leaderboard")))


async def a_board_is_its_own_channels(day: Day) -> None:
    day["Bob"].goes_to(day.votes)
    board = said(await day["Bob"].answer(await day["Bob"].runs("leaderboard")))
    assert "夜读" in board
    assert "M1" not in board
