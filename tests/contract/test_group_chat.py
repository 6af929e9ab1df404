"""What every chat adapter must do in a group, run over each that has groups."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest

from bot.core.chat.messages import Address, Audience, Choice, Message, Mode, Ref, Reply, Role
from tests.adapters.chats.discord import stage as discord_stage
from tests.adapters.chats.telegram.stage import Stage, staged, text
from tests.doubles.discord import people as discord_people
from tests.doubles.telegram.people import Telegram

FEEDBACK = Ref(7, Role.FEEDBACK)
QUESTION = text("今日一题", choices=(Choice("gq:7", "作答", opens="q_7_a"),), ref=Ref(7, Role.QUESTION))
ANSWERS = (
    text("👍", mode=Mode.REACTION),
    text("你答对了两点", audience=Audience.WHISPER, ref=FEEDBACK),
)


@dataclass(frozen=True)
class GroupChat:
    """A group on one platform, with a question in it and one member who answers.

    Attributes:
        shown: everything that everybody in the group can read.
        heard: everything that the member can read and the others cannot.
        answers: let the member answer the question in the open.
        shuts: let the member close their door to the bot.
        until: wait for something.
        unheard: what was noted as not said.
        ask: push a reply to the group.
    """

    shown: Callable[[], str]
    heard: Callable[[], str]
    answers: Callable[[str], Awaitable[None]]
    shuts: Callable[[], None]
    until: Callable[[Callable[[], object]], Awaitable[object]]
    unheard: list[tuple[Message, Ref]]
    ask: Callable[[Reply], Awaitable[object]]
    has_answered: Callable[[], bool]


@asynccontextmanager
async def telegram() -> AsyncIterator[GroupChat]:
    async with staged(Telegram()) as stage:
        bob = stage.telegram.person("Bob")
        group = await stage.group(bob, stage.ann)
        address = Address("telegram", str(group.chat.id))
        sent = await stage.chat.send(address, QUESTION)
        question = group.chat.messages[int(sent.message_ids[0])]
        stage.answers(*ANSWERS)

        async def answers(words: str) -> None:
            stage.ann.replies(words, question)

        yield GroupChat(
            shown=partial(stage.telegram.transcript, group.chat),
            heard=partial(stage.telegram.transcript, stage.ann.chat),
            answers=answers,
            shuts=lambda: setattr(stage.ann.user, "blocked", True),
            until=stage.telegram.until,
            unheard=stage.tutor.unheard,
            ask=partial(stage.chat.send, address),
            has_answered=lambda: _is_marked(stage),
        )


def _is_marked(stage: Stage) -> bool:
    return bool(stage.telegram.world.reactions)


@asynccontextmanager
async def discord() -> AsyncIterator[GroupChat]:
    async with discord_stage.staged() as stage:
        ann = stage.people[0]
        question = await stage.asks(QUESTION)
        stage.answers(*ANSWERS)

        async def answers(words: str) -> None:
            await ann.says(words, question)

        yield GroupChat(
            shown=partial(discord_people.transcript, stage.discord, ann.channel),
            heard=partial(discord_people.transcript, stage.discord, ann.home),
            answers=answers,
            shuts=ann.shuts_dms,
            until=stage.discord.until,
            unheard=stage.tutor.untold,
            ask=partial(stage.chat.send, stage.address),
            has_answered=lambda: bool(stage.discord.world.marks),
        )
        refusals, stage.discord.refused[:] = list(stage.discord.refused), []
        assert all("Cannot send messages to this user" in refusal for refusal in refusals)


Opened = Callable[[], AbstractAsyncContextManager[GroupChat]]
PLATFORMS = pytest.mark.parametrize("opened", [telegram, discord], ids=["telegram", "discord"])


@PLATFORMS
async def test_a_question_shows_how_to_answer_it(opened: Opened) -> None:
    async with opened() as group:
        assert "今日一题" in group.shown()
        assert "作答" in group.shown()


@PLATFORMS
async def test_a_whispered_reply_never_reaches_the_group(opened: Opened) -> None:
    async with opened() as group:
        await group.answers("因为共享权重")
        await group.until(lambda: "你答对了两点" in group.heard())
        assert "你答对了两点" not in group.shown()
        assert group.unheard == []


@PLATFORMS
async def test_a_whisper_that_nobody_can_hear_is_noted_and_the_mark_stays(opened: Opened) -> None:
    async with opened() as group:
        group.shuts()
        await group.answers("因为共享权重")
        await group.until(lambda: group.unheard)
        ((message, ref),) = group.unheard
        assert (message.text, message.is_unseen, ref) == ("因为共享权重", False, FEEDBACK)
        assert group.has_answered()
        assert "你答对了两点" not in group.shown() + group.heard()


@PLATFORMS
@pytest.mark.parametrize("answers", ["987654321", "not an id"])
async def test_a_reveal_whose_question_is_gone_is_said_all_the_same(opened: Opened, answers: str) -> None:
    async with opened() as group:
        await group.ask(text("参考答案", answers=answers))
        assert "参考答案" in group.shown()
