"""The Telegram chat over the double: what becomes of each kind of reply, and of each refusal."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.chats import rate_limit
from bot.adapters.chats.telegram.sending import sender
from bot.adapters.rendering.payload import Payload
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import (
    Address,
    Audience,
    Choice,
    Message,
    Mode,
    Quiz,
    Ref,
    Replies,
    Reply,
    Role,
)
from bot.core.content.document import File, Text
from bot.core.content.document import Paragraph as Par
from bot.errors import DeliveryError, GoneError, MovedError, RateLimitError, UncertainError
from bot.ports import Image
from tests.adapters.chats.telegram.stage import BUTTON, Stage, staged, text
from tests.doubles.telegram.errors import ApiError, BadRequest, Forbidden, TooManyRequests
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Telegram, shown
from tests.doubles.telegram.server import TOKEN, DroppedError


def png(shade: int) -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes((0, shade)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def image(shade: int) -> Image:
    return Image(f"key{shade}", png(shade), "图")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(Telegram()) as made:
        yield made
        assert [entry.error for entry in made.telegram.refused] == []


# --- how replies appear ----------------------------------------------------------------------------


async def test_a_tapped_message_is_rewritten_in_place(stage: Stage) -> None:
    stage.answers(text("选一个", choices=BUTTON))
    first = await stage.ann.asks("x")
    stage.answers(text("好了", mode=Mode.EDIT, ref=Ref(3, Role.ANSWER)))
    tap = stage.ann.presses("走")
    await asyncio.wait_for(tap.answered.wait(), 5)
    assert shown(first) == "好了"
    assert [sent.message_ids for _, _, sent in stage.tutor.confirmed] == [(str(first["message_id"]),)]


async def test_what_does_not_fit_into_the_tapped_message_follows_it(stage: Stage) -> None:
    stage.answers(text("选一个", choices=BUTTON))
    first = await stage.ann.asks("x")
    stage.answers(text("长" * 3000, "长" * 3000, mode=Mode.EDIT))
    await asyncio.wait_for(stage.ann.presses("走").answered.wait(), 5)
    assert shown(first) == "选一个"
    assert len(stage.ann.chat.messages) == 4


async def test_a_rewriting_that_changes_nothing_is_no_fault(stage: Stage) -> None:
    stage.answers(text("同样", choices=BUTTON, mode=Mode.EDIT))
    await stage.ann.asks("x")
    await asyncio.wait_for(stage.ann.presses("走").answered.wait(), 5)
    assert len(stage.ann.chat.messages) == 2
    assert "not modified" in stage.telegram.refused.pop().error
    assert stage.chat.counts[Incident.NOT_MODIFIED] == 1


async def test_a_toast_leaves_no_message(stage: Stage) -> None:
    stage.answers(text("选一个", choices=BUTTON))
    await stage.ann.asks("x")
    stage.answers(text("收到 <1>", mode=Mode.TOAST))
    tap = stage.ann.presses("走")
    await asyncio.wait_for(tap.answered.wait(), 5)
    assert tap.answer == {"text": "收到 <1>", "show_alert": False}
    assert len(stage.ann.chat.messages) == 2


async def test_a_reaction_is_put_on_the_message(stage: Stage) -> None:
    stage.answers(text("👍", mode=Mode.REACTION))
    written = stage.ann.says("谢谢")
    key = (stage.ann.user.id, written["message_id"])
    await stage.telegram.until(lambda: stage.telegram.world.reactions.get(key))
    assert stage.telegram.world.reactions[key] == [{"type": "emoji", "emoji": "👍"}]


async def test_what_is_private_in_a_group_is_a_toast_or_a_message_to_them_alone(stage: Stage) -> None:
    bob = stage.telegram.person("Bob")
    group = stage.telegram.group("小组", bob, stage.ann)
    await stage.telegram.waits_for("只看得到", group.chat)
    stage.answers(text("选一个", choices=BUTTON))
    await stage.ann.asks("/ask x", to=group)
    private = text("你答对了", audience=Audience.PRIVATE)
    stage.answers(private)
    tap = stage.ann.presses("走", chat=group.chat)
    await asyncio.wait_for(tap.answered.wait(), 5)
    assert tap.answer == {"text": "你答对了", "show_alert": False}
    stage.answers(replace(private, ref=Ref(1, Role.FEEDBACK)))
    await asyncio.wait_for(stage.ann.presses("走", chat=group.chat).answered.wait(), 5)
    assert "你答对了" in stage.telegram.transcript(stage.ann.chat)
    await asyncio.wait_for(bob.presses("走", chat=group.chat).answered.wait(), 5)
    assert "你答对了" in stage.telegram.transcript(group.chat)
    assert "can't initiate" in stage.telegram.refused.pop().error


async def test_a_quiz_is_a_poll_in_private_and_words_in_a_group(stage: Stage) -> None:
    quiz = Quiz("哪个大？", ("一", "二"), 1, "二大于一")
    stage.answers(text("哪个大？ A 一 B 二", quiz=quiz, choices=BUTTON, ref=Ref(1, Role.QUESTION)))
    poll = await stage.ann.asks("x")
    assert poll["poll"]["explanation"] == "二大于一"
    stage.ann.votes(poll, 1)
    await stage.telegram.until(lambda: len(stage.tutor.seen) == 2)
    assert (stage.tutor.seen[1].text, stage.tutor.seen[1].poll_id) == ("B", poll["poll"]["id"])
    assert stage.tutor.confirmed[0][2].poll_id == poll["poll"]["id"]
    group = stage.telegram.group("小组", stage.ann)
    await stage.telegram.waits_for("只看得到", group.chat)
    assert "A 一 B 二" in shown(await stage.ann.asks("/daily@tutor_bot", to=group))


async def test_pictures_and_files_are_sent_and_a_picture_is_uploaded_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    payloads = (
        Payload("<b>一张</b>", (image(1),)),
        Payload("一组", (image(1), image(2))),
        Payload("记录", file=File("a.md", "# 记录", "text/markdown")),
        Payload("最后一组", (image(1), image(2))),
    )
    monkeypatch.setattr(sender, "render", lambda *_: payloads)
    sent = await stage.chat.send(stage.address, text("x", choices=BUTTON))
    assert len(sent.message_ids) == 6
    assert len([content for content in stage.telegram.world.files.values() if content.startswith(b"\x89PNG")]) == 2
    last = stage.ann.chat.messages[int(sent.message_ids[-1])]
    assert shown(last) == "🖼 \n[走]"
    assert "最后一组" in stage.telegram.transcript(stage.ann.chat)
    stage.telegram.world.files.clear()
    await stage.chat.send(stage.address, text("x"))
    assert "wrong remote file identifier" in stage.telegram.refused.pop(0).error
    stage.telegram.refused.clear()


async def test_a_group_answer_quotes_what_it_answers_even_when_that_is_gone(stage: Stage) -> None:
    group = stage.telegram.group("小组", stage.ann)
    await stage.telegram.waits_for("只看得到", group.chat)

    def gone(message: Message) -> Replies:
        for number in [n for n, m in group.chat.messages.items() if m.get("text") == "/stats"]:
            del group.chat.messages[number]
        return (text("好"),)

    answer = await stage.ann.asks("/topics", to=group)
    assert answer["reply_to_message"]["text"] == "/topics"
    stage.tutor.answers = gone
    stage.ann.says("/stats", to=group)
    assert "reply_to_message" not in await stage.telegram.waits_for("好", group.chat, after=answer["message_id"])
    assert stage.chat.counts[Incident.REPLY_NOT_FOUND] == 1


async def test_markup_that_telegram_refuses_still_arrives_as_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sender, "render", lambda *_: (Payload("<b>粗 &lt; 细"),))
    await stage.chat.send(stage.address, text("x"))
    assert "粗 < 细" in stage.telegram.transcript(stage.ann.chat)
    assert "can't parse entities" in stage.telegram.refused.pop().error
    assert "does not take this markup" in caplog.text


async def test_who_may_administer_a_group_is_asked_of_telegram(stage: Stage) -> None:
    bob = stage.telegram.person("Bob")
    group = stage.telegram.group("小组", stage.ann, bob)
    await stage.telegram.waits_for("只看得到", group.chat)
    stage.answers(text("设置", choices=(Choice("gs:1", "改"),)))
    settings = await stage.ann.asks("/topics", to=group)
    for person in (stage.ann, bob):
        await person.picks("改", settings)
    assert [message.is_admin for message in stage.tutor.seen] == [False, True, False]


async def test_it_types_while_an_answer_takes_long(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.chats.telegram.answering.TYPING_AFTER_S", 0.01)
    original = stage.tutor.handle

    async def slowly(message: Message) -> Replies:
        await asyncio.sleep(0.1)
        return await original(message)

    services = replace(stage.tutor.services, handle=slowly)
    monkeypatch.setattr(stage.chat._answering, "_services", services)
    await stage.ann.asks("x")
    assert stage.telegram.world.actions == [(stage.ann.user.id, "typing")]


async def test_somebody_who_floods_is_told_once(stage: Stage) -> None:
    for _ in range(40):
        stage.ann.says("x")
    await stage.telegram.waits_for("慢一点", stage.ann.chat)
    await stage.telegram.until(lambda: not stage.telegram.world.updates or len(stage.tutor.seen) >= 20)
    await asyncio.sleep(0.05)
    assert len(stage.tutor.seen) == 20
    assert stage.telegram.transcript(stage.ann.chat).count("慢一点") == 1
    assert stage.chat.counts[Incident.TOO_FAST] == 20


async def test_an_owner_sees_every_command(stage: Stage) -> None:
    menus = stage.telegram.world.commands
    await stage.telegram.until(lambda: len(menus) == 4)
    assert "contests" in [command["command"] for command in menus["1001", ""]]
    assert stage.ann.user.id == 1001
    stage.telegram.refused.clear()


async def test_an_inline_result_is_text_with_a_way_into_the_bot(stage: Stage) -> None:
    (result,) = await stage.ann.inline("iou")
    assert result["title"] == "IoU zh"
    assert result["input_message_content"]["message_text"] == "交并比 &lt;b&gt;"


# --- refusals --------------------------------------------------------------------------------------


def blocked(stage: Stage) -> None:
    stage.ann.user.blocked = True


def deactivated(stage: Stage) -> None:
    stage.ann.user.deactivated = True


def unknown(stage: Stage) -> None:
    del stage.telegram.world.chats[stage.ann.user.id]


def failing(error: Exception) -> Callable[[Stage], None]:
    return lambda stage: stage.telegram.fails("sendMessage", error)


async def closed(stage: Stage) -> None:
    await stage.telegram.close()
    # A line that was kept open breaks in the middle of a request, which leaves the outcome open: use it up.
    with pytest.raises(DeliveryError):
        await stage.chat.send(stage.address, text("before"))


Spoil = Callable[[Stage], Awaitable[None] | None]
REFUSALS: dict[str, tuple[Spoil, type[DeliveryError], Incident, dict[str, Any]]] = {
    "blocked": (blocked, GoneError, Incident.BLOCKED, {"reason": "blocked"}),
    "an account that was deleted": (deactivated, GoneError, Incident.NO_SUCH_USER, {"reason": "no-such-user"}),
    "a chat that is not there": (unknown, GoneError, Incident.CHAT_NOT_FOUND, {"reason": "chat-not-found"}),
    "kicked": (failing(Forbidden("bot was kicked from the supergroup chat")), GoneError, Incident.KICKED, {}),
    "never opened": (failing(Forbidden("can't initiate conversation")), GoneError, Incident.DMS_CLOSED, {}),
    "not allowed to be there": (failing(Forbidden("no")), GoneError, Incident.FORBIDDEN, {"reason": "forbidden"}),
    "not allowed to write": (failing(BadRequest("not enough rights")), GoneError, Incident.MISSING_PERMISSIONS, {}),
    "a topic that was closed": (failing(BadRequest("TOPIC_CLOSED")), GoneError, Incident.THREAD_CLOSED, {}),
    "wait": (failing(TooManyRequests(17)), RateLimitError, Incident.FLOOD, {"retry_after_s": 17.0}),
    "moved": (failing(BadRequest("chat", migrate_to_chat_id=-1005)), MovedError, Incident.MIGRATED, {"chat": "-1005"}),
    "the line breaks while it answers": (failing(DroppedError(is_done=True)), UncertainError, Incident.UNCERTAIN, {}),
    "a gateway in between gives up": (failing(ApiError(502, "Bad Gateway")), UncertainError, Incident.SERVER_ERROR, {}),
    "no connection": (closed, DeliveryError, Incident.UNREACHABLE, {}),
    "anything else": (failing(BadRequest("PEER_ID_INVALID")), DeliveryError, Incident.REFUSED, {}),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "kind", "counted", "fields"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_is_told_apart_and_counted(
    spoil: Spoil, kind: type[DeliveryError], counted: Incident, fields: dict[str, Any]
) -> None:
    async with staged(Telegram()) as stage:
        await stage.telegram.until(lambda: len(stage.telegram.world.commands) == 4)  # whose refusal counts too
        stage.chat.counts.clear()
        spoilt = spoil(stage)
        if spoilt:
            await spoilt
        with pytest.raises(DeliveryError) as caught:
            await stage.chat.send(stage.address, text("推送"))
        assert type(caught.value) is kind
        assert stage.chat.counts[counted] >= 1
        assert stage.chat.counts[Incident.SENT] == 0
        assert {name: getattr(caught.value, name) for name in fields} == fields
        assert TOKEN.partition(":")[2] not in f"{caught.value} {caught.value.__cause__}"


async def test_a_line_that_is_lost_and_back_counts_once_however_long_it_takes(stage: Stage) -> None:
    for error in (ApiError(502, "Bad Gateway"), DroppedError(is_done=False)):
        stage.telegram.fails("getUpdates", error)
    for number in range(4):  # each ends a request for updates
        await stage.ann.asks(f"x{number}")
    assert stage.chat.counts[Incident.LINE_LOST] == 1
    assert stage.chat.counts[Incident.LINE_BACK] == 1
    assert stage.chat.counts[Incident.SERVER_ERROR] == 0
    stage.telegram.refused.clear()


async def test_what_a_chat_may_not_get_yet_goes_back_instead_of_waiting_on_its_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "PATIENCE_S", 0.0)
    sends = (stage.chat.send(stage.address, text("题")) for _ in range(rate_limit.CHAT_BURST + 2))
    results = await asyncio.gather(*sends, return_exceptions=True)
    put_off = [result for result in results if isinstance(result, RateLimitError)]
    assert len(put_off) == 2
    assert all(0 < error.retry_after_s <= 1 for error in put_off)
    assert len(stage.calls("sendMessage")) == rate_limit.CHAT_BURST


async def test_a_push_to_a_topic_that_is_gone_goes_to_the_group(stage: Stage) -> None:
    group: Group = stage.telegram.group("小组", stage.ann, forum=True)
    await stage.telegram.waits_for("只看得到", group.chat)
    sent = await stage.chat.send(Address("telegram", str(group.chat.id), "99"), text("题"))
    assert "message_thread_id" not in group.chat.messages[int(sent.message_ids[0])]
    assert "thread not found" in stage.telegram.refused.pop().error
    assert stage.chat.counts[Incident.TOPIC_GONE] == 1


async def test_an_update_that_cannot_be_read_is_passed_over(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.telegram.world.emit("message", {"message_id": 1, "date": 1, "chat": {"id": 1}, "poll": {"id": "from afar"}})
    await stage.telegram.until(lambda: "could not be read" in caplog.text)
    assert shown(await stage.ann.asks("x")) == "heard x"


async def test_an_update_that_cannot_be_handled_is_not_the_end(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    def fails(message: Message) -> Replies:
        raise ValueError(message.text)

    stage.tutor.answers = fails
    stage.ann.says("boom")
    await stage.telegram.until(lambda: "could not be answered" in caplog.text)
    stage.answers(Reply((Par((Text("好", bold=True),)),)))
    assert shown(await stage.ann.asks("x")) == "好"


async def test_a_group_that_becomes_a_supergroup_is_followed_at_once(stage: Stage) -> None:
    group = stage.telegram.group("小组", stage.ann)
    await stage.telegram.waits_for("只看得到", group.chat)
    made = group.upgrades(stage.ann)
    await stage.telegram.until(lambda: stage.tutor.moves)
    assert stage.tutor.moves == [("telegram", str(group.chat.id), str(made.chat.id))]
    assert stage.chat.counts[Incident.MIGRATED] == 1


async def test_where_telegram_forgot_a_picture_the_words_are_offered(stage: Stage) -> None:
    stage.telegram.fails("answerInlineQuery", BadRequest("WEBDOCUMENT_INVALID"))
    (result,) = await stage.ann.inline("iou")
    assert result["title"] == "IoU zh"


async def test_in_a_group_a_choice_question_has_buttons_and_its_mark_is_a_toast(stage: Stage) -> None:
    group = stage.telegram.group("小组", stage.ann)
    await stage.telegram.waits_for("只看得到", group.chat)
    asked = text("哪一个？", "A. 甲", "B. 乙", quiz=Quiz("哪一个？", ("甲", "乙"), 1, "乙才对"), choices=BUTTON)
    sent = await stage.chat.send(Address("telegram", str(group.chat.id)), asked)
    question = group.chat.messages[int(sent.message_ids[0])]
    labels = [button["text"] for row in question["reply_markup"]["inline_keyboard"] for button in row]
    assert labels == ["A", "B", "走"]
    stage.answers(text("通过 · 100%", "参考答案很长" * 60))
    before = len(group.chat.messages)
    tap = stage.ann.presses("B", question)
    await asyncio.wait_for(tap.answered.wait(), 5)
    heard = stage.tutor.seen[-1]
    assert (heard.text, heard.reply_to, heard.pressed) == ("B", sent.message_ids[0], None)
    assert tap.answer is not None
    assert tap.answer["text"] == "通过 · 100%"
    assert len(group.chat.messages) == before, "nothing was said before the others"
