"""A study group's channel on Discord, over the double: votes, whispers, marks, threads, rights, comings and goings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Audience, Choice, Mode, Quiz, Ref, Reply, Role
from bot.core.content.document import Picture, paragraph
from bot.errors import GoneError
from tests.adapters.chats.discord.stage import FEEDBACK, NAMES, NOW, QUESTION, Stage, staged, text
from tests.doubles.discord.people import Person, marked, transcript
from tests.doubles.discord.rules import ApiError
from tests.doubles.discord.server import TooFastError
from tests.doubles.discord.world import (
    ADD_REACTIONS,
    EPHEMERAL,
    SEND_POLLS,
    buttons,
    options,
    said,
)

OPEN = text("为什么要归一化？", choices=(Choice("gq:7", "私下作答", opens="q_7_a"),), ref=QUESTION)
QUIZ = Quiz("哪个更稳？", ("批归一化", "层归一化", "都一样"), 1, "与批大小无关", is_open=True)
LISTED = ("A. 批归一化", "B. 层归一化", "C. 都一样")
POLL = Reply(
    tuple(
        paragraph(line) for line in ("今日一题", "哪个更稳？", "A. 批归一化", "B. 层归一化", "C. 都一样", "20:00 揭晓")
    ),
    ref=QUESTION,
    quiz=QUIZ,
)
WHISPER = text("通过：说到了两点", audience=Audience.WHISPER, ref=FEEDBACK)
MARK = text("👍", mode=Mode.REACTION)


@pytest.fixture
async def here() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


# --- answering ----------------------------------------------------------------------------------


async def test_five_members_answer_a_question_by_its_form_each_unseen_by_the_others(here: Stage) -> None:
    question = await here.asks(OPEN)
    assert list(buttons(question)) == ["作答"]
    here.tutor.answers = lambda message: (replace(WHISPER, blocks=(paragraph(f"改卷：{message.text}"),)),)
    shown = await asyncio.gather(*(person.answers(question, f"{person.user['username']} 答") for person in here.people))
    assert [said(mark) for mark in shown] == [f"改卷：{name} 答" for name in NAMES]
    assert all(mark["flags"] & EPHEMERAL for mark in shown)
    for person, mark in zip(here.people, shown, strict=True):
        assert person.seen() == [question, mark]
    assert {message.sender.name for message in here.tutor.seen} == set(NAMES)
    assert all(m.is_unseen and not m.is_direct and m.reply_to == question["id"] for m in here.tutor.seen)
    assert here.tutor.untold == []


async def test_an_answer_before_all_has_its_mark_under_it_and_its_words_in_private(here: Stage) -> None:
    question = await here.asks(OPEN)
    here.answers(MARK, WHISPER)
    ann = here.people[0]
    answer = await ann.says("让分布稳定", question)
    await ann.hears("通过")
    assert await marked(here.discord, answer) == ["👍"]
    message = await here.heard()
    assert (message.is_unseen, message.reply_to, message.place) == (False, question["id"], "general")
    assert "通过" not in transcript(here.discord, here.guild["channels"][0])
    address, ref, sent = here.tutor.confirmed[-1]
    assert (address.chat, ref) == (ann.home["id"], FEEDBACK)
    assert sent.message_ids == ((await ann.hears("通过"))["id"],)


async def test_a_whisper_to_closed_direct_messages_is_noted_and_never_said_before_all(here: Stage) -> None:
    question = await here.asks(OPEN)
    here.answers(MARK, WHISPER)
    ann = here.people[0]
    ann.shuts_dms()
    answer = await ann.says("让分布稳定", question)
    await here.discord.until(lambda: here.tutor.untold, "the whisper to be noted")
    ((message, ref),) = here.tutor.untold
    assert (message.text, ref) == ("让分布稳定", FEEDBACK)
    assert await marked(here.discord, answer) == ["👍"]
    assert "通过" not in transcript(here.discord, here.guild["channels"][0])
    here.discord.refused.clear()


async def test_a_whisper_that_may_have_arrived_is_not_noted_as_unheard(here: Stage) -> None:
    question = await here.asks(OPEN)
    here.answers(WHISPER)
    ann = here.people[0]
    here.discord.fails("POST", f"/channels/{ann.home['id']}/messages", None, times=9)
    await ann.says("让分布稳定", question)
    await here.discord.until(lambda: here.chat.counts[Incident.UNCERTAIN], "the line to break for good")
    assert here.tutor.untold == []


async def test_a_mark_that_the_channel_does_not_take_is_left_out() -> None:
    async with staged(rights_denied=ADD_REACTIONS) as here:
        question = await here.asks(OPEN)
        here.answers(MARK, WHISPER)
        answer = await here.people[0].says("让分布稳定", question)
        await here.people[0].hears("通过")
        await here.discord.until(lambda: here.chat.counts[Incident.MISSING_PERMISSIONS], "the refusal to be counted")
        assert answer["id"] not in here.discord.world.marks or not here.discord.world.marks[answer["id"]]
        assert "👍" not in transcript(here.discord, here.guild["channels"][0])
        here.discord.refused.clear()


async def test_no_answer_waits_for_what_is_whispered_to_another(here: Stage) -> None:
    ann, bob = here.people[:2]
    question = await here.asks(OPEN)
    here.tutor.answers = lambda message: (WHISPER,) if message.sender.name == "Ann" else (text("公开"),)
    here.discord.fails("POST", f"/channels/{ann.home['id']}/messages", TooFastError(1.5))
    await ann.says("让分布稳定", question)
    await bob.says(f"<@{here.discord.world.me['id']}> 问一句")
    await bob.reads("公开")
    assert ann.seen(ann.home) == []
    await ann.hears("通过")


async def test_a_whispered_answer_to_a_command_or_a_tap_is_ephemeral_even_where_all_may_read_the_command(
    here: Stage,
) -> None:
    ann = here.people[0]
    here.answers(MARK, replace(WHISPER, ref=QUESTION))
    for tap in (await ann.runs("daily"), await ann.runs("stats")):
        assert (await ann.answer(tap))["flags"] & EPHEMERAL
    question = await here.asks(text("揭晓", choices=(Choice("c:bn", "看讲解", opens="c_bn"),)))
    assert (await ann.answer(await ann.taps("看讲解", question)))["flags"] & EPHEMERAL
    assert [message.is_unseen for message in here.tutor.seen] == [False, True, True]


# --- polls --------------------------------------------------------------------------------------


async def test_an_open_quiz_is_a_poll_that_shows_what_else_is_said(here: Stage) -> None:
    poll = await here.asks(POLL)
    assert said(poll) == "今日一题\n\n20:00 揭晓\n哪个更稳？\n(批归一化)\n(层归一化)\n(都一样)"
    assert (await here.chat.send(here.address, replace(POLL, ref=Ref(8, Role.QUESTION)))).poll_id


async def test_votes_are_answers_and_what_is_said_to_them_is_said_in_private(here: Stage) -> None:
    poll = await here.asks(POLL)
    here.answers(MARK, text("选对了"), WHISPER)
    ann = here.people[0]
    await ann.votes("层归一化", poll)
    await ann.hears("通过")
    message = await here.heard()
    assert (message.poll_id, message.text, message.sender.name) == (poll["id"], "B", "Ann")
    assert (message.address, message.is_unseen, message.is_direct, message.sent_at) == (here.address, True, False, NOW)
    assert message.language == "zh-CN"
    assert here.people[1].seen() == [poll]
    assert [words for words in ("选对了", "通过") if await ann.hears(words)] == ["选对了", "通过"]


async def test_a_moved_vote_is_a_replay_of_the_first_and_one_taken_back_is_nothing(here: Stage) -> None:
    poll = await here.asks(POLL)
    ann = here.people[0]
    here.answers()
    await ann.votes("批归一化", poll)
    await ann.votes("层归一化", poll)
    await here.heard(2)
    await ann.takes_back(poll)
    await here.people[1].votes("都一样", poll)
    await here.heard(3)
    assert [message.text for message in here.tutor.seen] == ["A", "B", "C"]
    first, second, other = (message.wire_id for message in here.tutor.seen)
    assert first == second != other


async def test_a_voter_with_closed_direct_messages_hears_nothing_and_nobody_else_does(here: Stage) -> None:
    poll = await here.asks(POLL)
    here.answers(WHISPER)
    here.people[0].shuts_dms()
    await here.people[0].votes("都一样", poll)
    await here.discord.until(lambda: here.chat.counts[Incident.DMS_CLOSED], "the refusal")
    assert here.tutor.untold == []
    assert here.people[1].seen() == [poll]
    here.discord.refused.clear()


async def test_a_voter_whose_name_is_not_told_has_none(here: Stage) -> None:
    poll = await here.asks(POLL)
    stranger = Person(here.discord, "Fay")
    here.answers()
    await stranger.votes("都一样", poll)
    assert (await here.heard()).sender.name == ""
    here.discord.refused.clear()


LONG = tuple(f"{letter}{'长' * 55}" for letter in "ab")
UNFIT = {
    "an option is too long": replace(QUIZ, options=LONG),
    "two options look the same": replace(QUIZ, options=("$a$", "a")),
    "there are more than ten options": replace(QUIZ, options=tuple("abcdefghijk")),
    "the question is too long": replace(QUIZ, prompt="长" * 301),
    "nobody asked for a poll": replace(QUIZ, is_open=False),
}


@pytest.mark.parametrize("quiz", UNFIT.values(), ids=UNFIT)
async def test_letters_stand_as_buttons_where(here: Stage, quiz: Quiz) -> None:
    post = await here.asks(replace(POLL, quiz=quiz))
    assert "poll" not in post
    assert list(buttons(post))[: len(quiz.options)] == list("ABCDEFGHIJK"[: len(quiz.options)])


async def test_a_poll_keeps_the_longest_that_fits(here: Stage) -> None:
    quiz = replace(QUIZ, prompt="长" * 300, options=tuple(f"{number}{'长' * 54}" for number in range(10)))
    assert len(options(await here.asks(replace(POLL, quiz=quiz)))) == 10


async def test_a_picture_and_buttons_stand_above_a_poll(here: Stage) -> None:
    reply = replace(POLL, blocks=(*POLL.blocks, Picture("figures/bn.png", "示意图")), choices=(Choice("h:7", "提示"),))
    sent = await here.chat.send(here.address, reply)
    above, poll = (here.discord.world.messages[one] for one in sent.message_ids)
    assert list(buttons(above)) == ["提示"]
    assert "哪个更稳" in said(above)
    assert (poll["id"], list(options(poll))) == (sent.poll_id, list(QUIZ.options))


async def test_letters_stand_as_buttons_where_polls_are_not_allowed() -> None:
    async with staged(rights_denied=SEND_POLLS) as here:
        post = await here.asks(POLL)
        assert list(buttons(post)) == ["A", "B", "C"]
        assert (await here.people[0].picks("B", post))["flags"] & EPHEMERAL
        assert (await here.heard()).text == "B"


async def test_a_poll_that_is_refused_becomes_buttons(here: Stage, caplog: pytest.LogCaptureFixture) -> None:
    here.discord.fails("POST", "/messages", ApiError(403, 50013, "Missing Permissions"))
    sent = await here.chat.send(here.address, POLL)
    post = here.discord.world.messages[sent.message_ids[0]]
    assert (sent.poll_id, list(buttons(post))) == (None, ["A", "B", "C"])
    assert "今日一题" in said(post)
    assert "does not take this poll" in caplog.text


async def test_a_channel_that_takes_nothing_is_closed_and_no_buttons_are_tried_twice(here: Stage) -> None:
    here.discord.fails("POST", "/messages", ApiError(403, 50013, "Missing Permissions"), times=2)
    with pytest.raises(GoneError):
        await here.chat.send(here.address, POLL)
    assert here.discord.world.messages == {}


async def test_in_private_a_question_has_letters_whatever_a_group_wants(here: Stage) -> None:
    ann = here.people[0]
    here.answers(POLL)
    ann.goes_to(ann.home)
    await ann.says("/daily")
    assert list(buttons(await ann.reads("今日一题"))) == ["A", "B", "C"]
