"""What goes on around a study group on Discord, over the double: reveals, threads, rights, the bot coming and going."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapters.chats.discord.threads import named
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Choice, Ref, Role
from bot.core.content.document import Picture
from tests.adapters.chats.discord.stage import QUESTION, Stage, staged, text
from tests.doubles.discord.people import Person, discussion, transcript
from tests.doubles.discord.rules import ApiError
from tests.doubles.discord.world import HISTORY, OPEN_THREADS, THREAD, Json, World, buttons, said

OPEN = text("为什么要归一化？", choices=(Choice("gq:7", "私下作答", opens="q_7_a"),), ref=QUESTION)
REVEAL = text(
    "参考答案",
    choices=(Choice("c:bn", "看讲解", opens="c_bn"),),
    ref=Ref(7, Role.ANSWER),
    thread="归一化 · 2026-11-24 讨论",
)


@pytest.fixture
async def here() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


async def _revealed(here: Stage) -> tuple[Json, Json]:
    """Ask and reveal; return both posts."""
    question = await here.asks(OPEN)
    return question, await here.asks(replace(REVEAL, answers=question["id"]))


def _threads(here: Stage) -> int:
    return sum(channel["type"] == THREAD for channel in here.discord.world.channels.values())


# --- the reveal ---------------------------------------------------------------------------------


async def test_a_reveal_replies_to_its_question_and_opens_a_thread(here: Stage) -> None:
    question, reveal = await _revealed(here)
    assert reveal["message_reference"]["message_id"] == question["id"]
    assert list(buttons(reveal)) == ["看讲解"]
    thread = await discussion(here.discord, reveal)
    assert (thread["name"], thread["parent_id"]) == ("归一化 · 2026-11-24 讨论", here.address.chat)
    assert "  # 归一化 · 2026-11-24 讨论" in transcript(here.discord, here.guild["channels"][0])


async def test_a_reveal_that_is_sent_again_is_one_message_with_one_thread(here: Stage) -> None:
    question, reveal = await _revealed(here)
    again = await here.asks(replace(REVEAL, answers=question["id"]))
    assert again["id"] == reveal["id"]
    assert here.chat.counts[Incident.REFUSED] == 0
    assert _threads(here) == 1
    here.discord.refused.clear()


@pytest.mark.parametrize("answers", ["987654321", "not an id", "１２３"])
async def test_a_reveal_whose_question_is_gone_stands_alone(here: Stage, answers: str) -> None:
    assert "message_reference" not in await here.asks(replace(REVEAL, answers=answers))


async def test_a_reveal_whose_question_was_deleted_stands_alone(here: Stage) -> None:
    question = await here.asks(OPEN)
    here.discord.world.deleted.add(question["id"])
    assert "message_reference" not in await here.asks(replace(REVEAL, answers=question["id"]))


async def test_where_the_history_is_closed_a_reveal_stands_alone() -> None:
    async with staged(rights_denied=HISTORY) as here:
        question = await here.asks(OPEN)
        reveal = await here.asks(replace(REVEAL, answers=question["id"]))
        assert "message_reference" not in reveal
        assert here.chat.counts[Incident.REPLY_NOT_FOUND] == 1
        here.discord.refused.clear()


async def test_where_threads_are_not_allowed_the_reveal_is_said_without_one(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with staged(rights_denied=OPEN_THREADS) as here:
        _, reveal = await _revealed(here)
        assert said(reveal).startswith("参考答案")
        assert here.chat.counts[Incident.MISSING_PERMISSIONS] == 1
        assert "no thread under message" in caplog.text
        here.discord.refused.clear()


async def test_a_group_in_a_thread_gets_no_thread_of_a_thread(here: Stage) -> None:
    _, reveal = await _revealed(here)
    thread = await discussion(here.discord, reveal)
    await here.discord.until(lambda: here.chat.client.get_channel(int(thread["id"])), "the thread to be known")
    sent = await here.chat.send(Address("discord", thread["id"]), REVEAL)
    assert here.discord.world.messages[sent.message_ids[0]]["channel_id"] == thread["id"]
    assert _threads(here) == 1


async def test_a_group_whose_thread_is_locked_goes_on_in_its_channel(here: Stage) -> None:
    _, reveal = await _revealed(here)
    thread = await discussion(here.discord, reveal)
    await here.discord.until(lambda: here.chat.client.get_channel(int(thread["id"])), "the thread to be known")
    thread["thread_metadata"]["locked"] = True
    sent = await here.chat.send(Address("discord", thread["id"]), replace(OPEN, ref=Ref(8, Role.QUESTION)))
    assert here.discord.world.messages[sent.message_ids[0]]["channel_id"] == here.address.chat
    here.discord.refused.clear()


@pytest.mark.parametrize(
    ("title", "name"),
    [("讨论", "讨论"), ("  a\n b ", "a b"), ("长" * 100, "长" * 100), ("长" * 101, "长" * 99 + "…")],
    ids=["a short title", "white space", "as long as may be", "too long"],
)
def test_the_name_of_a_thread_is(title: str, name: str) -> None:
    assert named(title) == name


async def test_what_is_said_in_the_thread_is_heard_there(here: Stage) -> None:
    _, reveal = await _revealed(here)
    thread = await discussion(here.discord, reveal)
    await here.discord.until(lambda: here.chat.client.get_channel(int(thread["id"])), "the thread to be known")
    ann = here.people[0]
    ann.goes_to(thread)
    await ann.says(f"<@{here.discord.world.me['id']}> 为什么")
    await ann.reads("heard 为什么")
    message = await here.heard()
    assert (message.address.chat, message.place) == (thread["id"], thread["name"])


# --- who may what -------------------------------------------------------------------------------


async def test_whoever_may_manage_the_server_is_an_admin_in_commands_taps_and_words(here: Stage) -> None:
    ann, bob = here.people[:2]
    ann.governs(here.guild)
    question = await here.asks(text("设置", choices=(Choice("gs:off", "停"),)))
    for person in (ann, bob):
        await person.runs("group")
        await person.taps("停", question)
        await person.says(f"<@{here.discord.world.me['id']}> /group")
    await here.heard(6)
    assert {(m.sender.name, m.is_admin) for m in here.tutor.seen} == {("Ann", True), ("Bob", False)}
    assert {m.place for m in here.tutor.seen} == {"general"}


async def test_an_admin_who_steps_down_is_none_in_the_very_next_command(here: Stage) -> None:
    ann = here.people[0]
    ann.governs(here.guild)
    await ann.runs("group")
    ann.steps_down(here.guild)
    await ann.runs("group")
    await ann.says(f"<@{here.discord.world.me['id']}> /group")
    await here.heard(3)
    assert [message.is_admin for message in here.tutor.seen] == [True, False, False]


async def test_settings_are_answered_to_the_one_who_asked_and_live_to_all(here: Stage) -> None:
    ann, bob = here.people[:2]
    settings = await ann.answer(await ann.runs("group"))
    assert settings in ann.seen()
    assert settings not in bob.seen()


async def test_two_channels_of_a_server_are_two_addresses(here: Stage) -> None:
    ann = here.people[0]
    await ann.runs("group")
    ann.enters(here.guild, channel=1)
    await ann.runs("group")
    first, second = (message.address for message in here.tutor.seen)
    assert first != second
    assert [message.place for message in here.tutor.seen] == ["general", "other"]


# --- coming and going ---------------------------------------------------------------------------


async def test_a_bot_that_is_thrown_out_and_let_in_again_notes_both(here: Stage) -> None:
    channels = [channel["id"] for channel in here.guild["channels"]]
    await here.discord.until(here.chat.client.is_ready, "the first servers to be counted")
    await here.discord.throws_out(here.guild)
    await here.discord.until(lambda: here.tutor.gone, "the leaving to be noted")
    assert here.tutor.gone == [([Address("discord", one) for one in channels], "kicked")]
    await here.discord.lets_in(here.guild)
    await here.discord.until(lambda: here.tutor.back, "the return to be noted")
    assert here.tutor.back == [("discord", channels)]
    await here.people[0].reads("权限")


async def test_a_push_to_a_server_that_threw_the_bot_out_finds_it_closed(here: Stage) -> None:
    await here.discord.throws_out(here.guild)
    with pytest.raises(Exception, match="Missing Access"):
        await here.chat.send(here.address, OPEN)
    here.discord.refused.clear()


# --- how to reply -------------------------------------------------------------------------------


async def test_how_to_reply_is_told_once_over_restarts() -> None:
    world: World | None = None
    for _ in range(2):
        async with staged() as here:
            question = await here.asks(OPEN)
            ann = Person(here.discord, "Ann")
            ann.enters(here.guild)
            if world is not None:
                _remember(world, here, ann)
            for _ in range(2):
                await ann.says("没有提及", question, pings=False)
            await here.discord.until(lambda: _looked(here), "a look at what was said before")
            await ann.hears("@提及")
            assert len(ann.seen(ann.home)) == 1
            world = here.discord.world


def _remember(before: World, here: Stage, ann: Person) -> None:
    """Put into the new world what was said to Ann in the old one."""
    (told,) = (message for message in before.messages.values() if "@提及" in said(message))
    told = {**told, "channel_id": ann.home["id"], "author": here.discord.world.me}
    here.discord.world.messages[told["id"]] = told


def _looked(here: Stage) -> bool:
    return any(method == "GET" and path.endswith("/messages") for method, path, _ in here.discord.journal)


async def test_where_direct_messages_are_closed_nobody_is_told_how_to_reply(here: Stage) -> None:
    question = await here.asks(OPEN)
    ann = here.people[0]
    ann.shuts_dms()
    await ann.says("没有提及", question, pings=False)
    await here.discord.until(lambda: here.chat.counts[Incident.DMS_CLOSED], "the refusal")
    assert here.people[1].seen() == [question]
    here.discord.refused.clear()


async def test_where_what_was_said_cannot_be_read_nothing_is_told(here: Stage) -> None:
    question = await here.asks(OPEN)
    ann = here.people[0]
    here.discord.fails("GET", f"/channels/{ann.home['id']}/messages", ApiError(403, 50001, "Missing Access"))
    await ann.says("没有提及", question, pings=False)
    await here.discord.until(lambda: here.chat.counts[Incident.FORBIDDEN], "the refusal")
    assert ann.seen(ann.home) == []


async def test_a_reply_with_pictures_that_may_not_quote_keeps_them() -> None:
    async with staged(rights_denied=HISTORY) as here:
        reply = replace(OPEN, blocks=(*OPEN.blocks, Picture("figures/bn.png", "示意图")), answers="1")
        assert "示意图" in said(await here.asks(reply))
        here.discord.refused.clear()
