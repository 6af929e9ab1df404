"""What Discord refuses, and what the chat makes of it: every kind has its error, and is counted."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.adapters.chats.discord.sending.faults import named, translate
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Ref, Reply, Role
from bot.core.content.document import paragraph
from bot.errors import DeliveryError, GoneError, RateLimitError, UncertainError
from tests.doubles.discord.scripted import Scene, Scripted, scene, texts

PUSH = Reply((paragraph("该复习了"),), ref=Ref(7, Role.QUESTION))


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene(Scripted()) as opened:
        yield opened


REFUSALS: dict[str, tuple[int, int, type[DeliveryError], Incident]] = {
    "direct messages are closed": (403, 50007, GoneError, Incident.DMS_CLOSED),
    "the channel was deleted": (404, 10003, GoneError, Incident.CHAT_NOT_FOUND),
    "the account was deleted": (404, 10013, GoneError, Incident.NO_SUCH_USER),
    "the channel is hidden from the bot": (403, 50001, GoneError, Incident.FORBIDDEN),
    "a permission is missing": (403, 50013, GoneError, Incident.MISSING_PERMISSIONS),
    "the thread is archived and locked": (400, 50083, GoneError, Incident.THREAD_CLOSED),
    "another refusal": (403, 0, GoneError, Incident.FORBIDDEN),
    "something in the message is wrong": (400, 50035, DeliveryError, Incident.REFUSED),
    "Discord is down": (503, 0, UncertainError, Incident.SERVER_ERROR),
}


@pytest.mark.parametrize(("status", "code", "kind", "counted"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refused_push_says_why(
    here: Scene, status: int, code: int, kind: type[DeliveryError], counted: Incident, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    here.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=None)
    with pytest.raises(DeliveryError) as caught:
        await here.chat.send(Address("discord", str(here.channel.id)), PUSH)
    assert type(caught.value) is kind
    assert here.chat.counts[counted] == 1
    if isinstance(caught.value, GoneError):
        assert caught.value.reason == counted


class Answer:
    """What the library keeps of a refusal."""

    def __init__(self, status: int = 429) -> None:
        self.status = status

    reason = "Too Many Requests"
    headers: dict[str, str] = {}  # noqa: RUF012  never written


class Key:
    """As much of a connection's name as is shown."""

    ssl = host = port = "x"


OTHERS: dict[str, tuple[BaseException, type[DeliveryError], Incident]] = {
    "a line that breaks": (aiohttp.ServerDisconnectedError(), UncertainError, Incident.UNCERTAIN),
    "no answer in time": (TimeoutError(), UncertainError, Incident.UNCERTAIN),
    "nobody at the other end": (
        aiohttp.ClientConnectorError(cast("Any", Key()), OSError("refused")),
        DeliveryError,
        Incident.UNREACHABLE,
    ),
    "a wait longer than the library's patience": (discord.RateLimited(90.0), RateLimitError, Incident.FLOOD),
    "a ban at the gate": (discord.HTTPException(cast("Any", Answer()), "banned"), RateLimitError, Incident.FLOOD),
    "an interaction that is over": (
        discord.HTTPException(cast("Any", Answer(404)), {"code": 10062, "message": "Unknown interaction"}),
        DeliveryError,
        Incident.TAP_EXPIRED,
    ),
    "an interaction that was answered": (
        discord.ClientException("answered already"),
        DeliveryError,
        Incident.REFUSED,
    ),
}


@pytest.mark.parametrize(("error", "kind", "counted"), OTHERS.values(), ids=OTHERS)
def test_what_breaks_on_the_way_is_told_apart(
    error: BaseException, kind: type[DeliveryError], counted: Incident
) -> None:
    assert type(translate(error)) is kind
    assert named(error) is counted


async def test_a_push_is_sent_with_a_nonce_of_its_delivery(here: Scene) -> None:
    for _ in range(2):
        await here.chat.send(Address("discord", str(here.channel.id)), PUSH)
    posts = [log.json for log in here.env.http_requests if log.method == "POST" and "该复习了" in str(log.json)]
    assert len({post["nonce"] for post in posts}) == 1
    assert all(post["enforce_nonce"] is True and len(post["nonce"]) <= 25 for post in posts)
    assert all(post["allowed_mentions"]["parse"] == [] for post in posts)


async def test_what_takes_no_layout_gets_an_embed(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    here.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    await here.chat.send(Address("discord", str(here.channel.id)), PUSH)
    message = here.channel.last_message
    assert message.embeds[0].description == "该复习了"
    assert texts(message) == "[作答]"
    assert here.chat.counts[Incident.FALLBACK] == 1
    assert "该复习了" in caplog.text


async def test_what_was_for_a_closed_thread_goes_to_its_channel(here: Scene) -> None:
    starter = await here.ann.send(here.channel, "开个子区")
    channel: Any = here.chat.client.get_channel(here.channel.id)
    thread = await channel.create_thread(name="t", message=discord.Object(starter.id))
    here.env.inject_error("POST", f"/channels/{thread.id}/messages", status=400, code=50083)
    await here.chat.send(Address("discord", str(thread.id)), PUSH)
    assert texts(here.channel.last_message).startswith("该复习了")


async def test_an_answer_that_is_refused_ends_quietly(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await here.ann.send(here.channel, f"{here.me} x")
    assert "did not arrive" in caplog.text
    here.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, times=None)
    await here.ann.slash(here.channel, "stats")
    assert "was not answered" in caplog.text


async def test_a_question_that_a_channel_does_not_take_is_told_to_the_one_who_asked(here: Scene) -> None:
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    here.tutor.answers = lambda _: (PUSH,)
    result: Any = await here.ann.slash(here.channel, "daily")
    assert texts(result.response).startswith("该复习了")


async def test_closed_direct_messages_leave_the_channel_for_private_words(here: Scene) -> None:
    here.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    question = await here.asks()
    await here.replies_without_ping("没有提及", question)
    assert here.chat.counts[Incident.DMS_CLOSED] == 1


async def test_nothing_is_sent_before_there_is_a_connection() -> None:
    with pytest.raises(DeliveryError, match="not connected"):
        await Scripted().chat().send(Address("discord", "1"), PUSH)
