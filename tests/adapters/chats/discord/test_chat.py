"""The Discord chat in simcord's Discord: commands, buttons, forms, replies, direct messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.adapters.chats.discord.wire import FOR_ALL
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Audience, Choice, Message, Mode, Quiz, Ref, Replies, Reply, Role
from bot.core.chat.option import Concept, Text
from bot.core.content.document import File, paragraph
from bot.features.registry import COMMANDS
from tests.doubles.discord.scripted import QUESTION, Scene, Scripted, echo, scene, texts


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene(Scripted()) as opened:
        yield opened


async def test_every_command_is_heard_and_answered_to_whom_it_concerns(here: Scene) -> None:
    for number, command in enumerate(COMMANDS):
        if number % 15 == 0:
            here.ann = here.guild.add_member(here.env.create_user(f"p{number}"))
        given = {option.name: "感受野" for option in command.options if type(option) in (Text, Concept)}
        result = await here.ann.slash(here.channel, command.name, **given)
        expected = f"/{command.name} 感受野" if given else f"/{command.name}"
        assert here.tutor.seen[-1].text == expected
        assert texts(result.response) == f"heard {expected}"
        assert result.ephemeral == (command.name not in FOR_ALL), command.name


async def test_a_command_says_who_where_when_and_in_which_language(here: Scene) -> None:
    await here.ann.slash(here.channel, "stats")
    message = here.tutor.seen[-1]
    assert message.address.chat == str(here.channel.id)
    assert message.sender.user_id == str(here.ann.id)
    assert (message.is_direct, message.is_to_me, message.is_admin, message.language) == (False, True, False, "en-US")
    assert message.sent_at == here.env.now()


async def test_asking_completes_what_is_typed(here: Scene) -> None:
    here.tutor.titles = ["感受野", "感受野的计算", "长" * 120, *(f"野{n}" for n in range(40))]
    offered = await here.ann.autocomplete(here.channel, "ask", "text", "")
    assert [choice["name"] for choice in offered][:2] == ["感受野", "感受野的计算"]
    assert len(offered) == 25
    assert all(len(choice["name"]) <= 100 for choice in offered)
    assert await here.ann.autocomplete(here.channel, "ask", "text", "没有") == []


async def test_typed_options_arrive_as_words_in_the_order_of_the_command(here: Scene) -> None:
    await here.ann.slash(here.channel, "review", topic="概率论", count=10)
    assert here.tutor.seen[-1].text == "/review 10 概率论"
    await here.ann.slash(here.channel, "live", seconds=20)
    assert here.tutor.seen[-1].text == "/live 每题20秒"
    assert (await here.ann.slash(here.channel, "leaderboard", period="week")).ephemeral is False
    assert here.tutor.seen[-1].text == "/leaderboard week"
    offered = await here.ann.autocomplete(here.channel, "review", "topic", "概")
    assert [choice["value"] for choice in offered] == ["概率论"]


async def test_discord_is_told_of_types_ranges_and_choices(here: Scene) -> None:
    given = {command.name: command.to_dict(here.chat.client.tree) for command in here.chat.client.tree.get_commands()}
    count, topic = given["review"]["options"]
    assert (count["name"], count["type"], count["min_value"], count["max_value"]) == ("count", 4, 1, 50)
    assert (topic["name"], topic["type"], topic["autocomplete"], topic["required"]) == ("topic", 3, True, False)
    (period,) = given["leaderboard"]["options"]
    assert [choice["value"] for choice in period["choices"]] == ["week", "season", "all"]
    assert period["choices"][0]["name"] == "this week"
    (asked,) = given["ask"]["options"]
    assert (asked["required"], asked["min_length"], asked["max_length"]) == (True, 1, 4000)


async def test_the_menu_of_a_message_asks_with_its_text(here: Scene) -> None:
    message = await here.ann.send(here.channel, "什么是感受野")
    result = await here.ann.context_menu(here.channel, "Ask the tutor", message)
    assert here.tutor.seen[-1].text == "/ask 什么是感受野"
    assert result.ephemeral


async def test_a_question_is_a_message_of_its_own_whose_form_answers_it(here: Scene) -> None:
    question = await here.asks()
    assert texts(question) == "什么是感受野？ [作答] [提示] [看答案]"
    assert here.tutor.confirmed[-1][2].message_ids == (str(question.id),)
    shown = await here.ann.click(question, label="作答")
    field = shown.modal["components"][0]["component"]["custom_id"]
    result = await here.ann.submit_modal(shown, {field: "一个像素看到的区域"})
    assert (here.tutor.seen[-1].text, here.tutor.seen[-1].reply_to) == ("一个像素看到的区域", str(question.id))
    assert result.ephemeral


async def test_buttons_and_forms_outlive_the_process(here: Scene) -> None:
    question = await here.asks()
    shown = await here.ann.click(question, label="作答")
    tutor = Scripted()
    await here.env.restart_bot(tutor.chat().client)
    field = shown.modal["components"][0]["component"]["custom_id"]
    await here.ann.submit_modal(shown, {field: "之前打开的"})
    await here.ann.click(question, label="提示")
    assert [(m.text, m.pressed, m.reply_to) for m in tutor.seen] == [
        ("之前打开的", None, str(question.id)),
        ("", "h:7", None),
    ]


async def test_the_letters_of_a_choice_question_answer_it_privately(here: Scene) -> None:
    quiz = Quiz("哪个对？", ("甲", "乙", "丙"), 1)
    here.tutor.answers = lambda _: (replace(QUESTION, quiz=quiz),)
    await here.ann.slash(here.channel, "daily")
    question = here.channel.last_message
    assert texts(question) == "什么是感受野？ [A] [B] [C] [提示] [看答案]"
    here.tutor.answers = echo
    result = await here.ann.click(question, label="B")
    assert (here.tutor.seen[-1].text, here.tutor.seen[-1].reply_to) == ("B", str(question.id))
    assert result.ephemeral


def toast(_: Message) -> Replies:
    return (Reply((paragraph("记下了"),), mode=Mode.TOAST),)


def edited(_: Message) -> Replies:
    return (Reply((paragraph("换了"),), (Choice("x:1", "再来"),), mode=Mode.EDIT),)


async def test_a_tap_in_a_channel_leaves_what_others_see(here: Scene) -> None:
    question = await here.asks()
    for answers in (toast, edited):
        here.tutor.answers = answers
        result = await here.ann.click(question, label="提示")
        assert result.ephemeral
    assert texts(here.channel.last_message).startswith("什么是感受野")


async def test_a_tap_in_private_writes_over_the_message(here: Scene) -> None:
    here.tutor.answers = lambda _: (QUESTION,)
    await here.user.send_dm("题")
    dm = here.tutor.confirmed[-1]
    message = here.chat.client.get_partial_messageable(int(dm[0].chat)).get_partial_message(int(dm[2].message_ids[0]))
    here.tutor.answers = edited
    await here.user.click(await message.fetch(), label="提示")
    assert texts(await message.fetch()) == "换了 [再来]"
    here.tutor.answers = toast
    assert (await here.user.click(await message.fetch(), label="再来")).ephemeral


async def test_direct_messages_are_read_edits_and_voices_too(here: Scene) -> None:
    message = await here.user.send_dm("<b>&*_ @everyone ||x||")
    assert here.tutor.seen[-1].text == "<b>&*_ @everyone ||x||"
    assert here.tutor.seen[-1].is_direct
    await here.user.edit(message, "改了")
    edit = here.tutor.seen[-1]
    assert (edit.text, edit.is_edit, edit.sent_at) == ("改了", True, here.tutor.seen[-2].sent_at)
    assert edit.wire_id != here.tutor.seen[-2].wire_id


async def test_a_channel_is_heard_only_where_the_bot_is_named(here: Scene) -> None:
    await here.ann.send(here.channel, "今天吃什么")
    assert here.tutor.seen == []
    await here.ann.send(here.channel, f"{here.me} 什么是 {here.ann.mention} 感受野")
    assert here.tutor.seen[-1].text == f"什么是 {here.ann.mention} 感受野"
    answer = here.channel.last_message
    assert answer.reference is not None
    assert not answer.mentions


async def test_a_reply_that_names_the_bot_answers_its_question(here: Scene) -> None:
    question = await here.asks()
    await here.ann.send(here.channel, f"{here.me} 一个像素看到的区域", reply_to=question)
    assert (here.tutor.seen[-1].text, here.tutor.seen[-1].reply_to) == ("一个像素看到的区域", str(question.id))


async def test_a_reply_that_arrives_empty_is_explained_once_and_privately(here: Scene) -> None:
    question = await here.asks()
    heard = len(here.tutor.seen)
    for _ in range(2):
        await here.replies_without_ping("没有提及", question)
    assert len(here.tutor.seen) == heard
    told = [log for log in here.env.http_requests if log.method == "POST" and "提及" in str(log.json)]
    assert len(told) == 1
    assert f"/channels/{here.channel.id}/" not in told[0].path


async def test_what_is_for_one_person_goes_to_them_alone(here: Scene) -> None:
    here.tutor.answers = lambda _: (Reply((paragraph("悄悄话"),), audience=Audience.PRIVATE),)
    await here.ann.send(here.channel, f"{here.me} x")
    posted = [log.path for log in here.env.http_requests if log.method == "POST" and "悄悄话" in str(log.json)]
    assert len(posted) == 1
    assert f"/channels/{here.channel.id}/" not in posted[0]
    assert (await here.ann.slash(here.channel, "ask", text="x")).ephemeral


async def test_nothing_to_say_is_acknowledged_all_the_same(here: Scene) -> None:
    here.tutor.answers = lambda _: ()
    result = await here.ann.slash(here.channel, "ask", text="x")
    assert result.acknowledged
    assert result.response is None
    question = await here.asks()
    assert (await here.ann.click(question, label="提示")).acknowledged


async def test_a_long_answer_is_spread_and_more_buttons_than_fit_follow(here: Scene) -> None:
    choices = tuple(Choice(f"c:{n}", f"选项{n}") for n in range(30))
    here.tutor.answers = lambda _: (Reply(tuple(paragraph("长" * 900) for _ in range(12)), choices),)
    result = await here.ann.slash(here.channel, "ask", text="x")
    shown = [result.response, *result.followups]
    assert len(shown) >= 5
    assert sum(texts(message).count("长") for message in shown) == 900 * 12
    assert sum(texts(message).count("[选项") for message in shown) == 30


async def test_a_file_comes_with_its_message(here: Scene) -> None:
    here.tutor.answers = lambda _: (Reply((paragraph("导出"), File("作答 记录.json", "{}", "application/json"))),)
    result = await here.ann.slash(here.channel, "export")
    shown = (result.response, *result.followups)
    assert [file.filename for message in shown for file in message.attachments] == ["json"]
    assert result.ephemeral


async def test_who_is_too_fast_is_told_and_never_reaches_the_tutor(here: Scene) -> None:
    for _ in range(24):
        await here.ann.slash(here.channel, "stats")
    heard = len(here.tutor.seen)
    assert heard < 24
    result = await here.ann.slash(here.channel, "ask", text="x")
    assert "慢一点" in texts(result.response)
    assert result.ephemeral
    for _ in range(3):
        await here.ann.send(here.channel, f"{here.me} x")
    assert len(here.tutor.seen) == heard
    assert here.chat.counts[Incident.TOO_FAST] >= 5


async def test_answers_stay_with_their_delivery(here: Scene) -> None:
    here.tutor.answers = lambda _: (Reply((paragraph("提示：看图"),), ref=Ref(7, Role.HINT)),)
    await here.ann.slash(here.channel, "hint")
    address, ref, sent = here.tutor.confirmed[-1]
    assert (address.chat, ref.role, len(sent.message_ids)) == (str(here.channel.id), Role.HINT, 1)


def _faulty(_: Message) -> Any:
    raise RuntimeError("a fault of ours")


async def test_a_fault_of_ours_is_said_kindly(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    here.tutor.answers = _faulty
    result = await here.ann.slash(here.channel, "stats")
    assert "出错" in texts(result.response)
    assert here.chat.counts[Incident.FAULT] == 1
    assert "a fault of ours" in caplog.text


async def test_a_vote_in_simcords_poll_is_an_answer_and_its_mark_a_direct_message(here: Scene) -> None:
    quiz = Quiz("哪个对？", ("甲", "乙"), 1, is_open=True)
    sent = await here.chat.send(Address("discord", str(here.channel.id)), replace(QUESTION, choices=(), quiz=quiz))
    poll = here.channel.last_message
    assert sent.poll_id == str(poll.id)
    assert [answer.text for answer in poll.poll.answers] == ["甲", "乙"]
    here.tutor.answers = lambda _: (Reply((paragraph("通过"),), audience=Audience.WHISPER),)
    await here.ann.vote(poll, answer=2)
    message = here.tutor.seen[-1]
    assert (message.poll_id, message.text, message.sender.name) == (str(poll.id), "B", "ann")
    posted = [log.path for log in here.env.http_requests if log.method == "POST" and "通过" in str(log.json)]
    assert len(posted) == 1
    assert f"/channels/{here.channel.id}/" not in posted[0]


async def test_a_thread_is_opened_under_what_wants_one_and_a_mark_put_under_an_answer(here: Scene) -> None:
    await here.chat.send(Address("discord", str(here.channel.id)), Reply((paragraph("参考答案"),), thread="讨论"))
    assert [thread.name for thread in here.channel.threads] == ["讨论"]
    here.tutor.answers = lambda _: (Reply((paragraph("👍"),), mode=Mode.REACTION),)
    answer = await here.ann.send(here.channel, f"{here.me} 一个像素看到的区域")
    seen = {message.id: message for message in here.channel.history()}
    assert [str(mark.emoji) for mark in seen[answer.id].reactions] == ["👍"]


RIGHTS = {
    "nothing": ({}, False),
    "manage the server": ({"manage_guild": True}, True),
    "manage channels": ({"manage_channels": True}, True),
    "everything": ({"administrator": True}, True),
    "manage messages": ({"manage_messages": True}, False),
}


@pytest.mark.parametrize(("rights", "is_admin"), RIGHTS.values(), ids=RIGHTS)
async def test_an_admin_of_a_channel_is_who_may(here: Scene, rights: dict[str, bool], is_admin: bool) -> None:
    role = here.guild.create_role("role", permissions=discord.Permissions(**rights))
    bob = here.guild.add_member(here.env.create_user("bob"), roles=[role])
    await bob.slash(here.channel, "group")
    await bob.send(here.channel, f"{here.me} /group")
    assert [(message.is_admin, message.place) for message in here.tutor.seen] == [(is_admin, "general")] * 2


async def test_a_thread_says_which_channel_it_was_opened_in(here: Scene) -> None:
    starter = await here.ann.send(here.channel, "开个子区")
    channel: Any = here.chat.client.get_channel(here.channel.id)
    await channel.create_thread(name="讨论", message=discord.Object(starter.id))
    await here.env.settle()
    (thread,) = here.channel.threads
    for where, within in ((thread, str(here.channel.id)), (here.channel, "")):
        await here.ann.slash(where, "leaderboard")
        await here.ann.send(where, f"{here.me} 你好")
        assert [(message.address.chat, message.within) for message in here.tutor.seen[-2:]] == [
            (str(where.id), within)
        ] * 2
