"""Several people at one prompt: what each line means, and what is said for whose eyes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.chats.console.chat import Console
from bot.adapters.chats.console.room import ROOM, USAGE, Room, heading
from bot.core.chat.events import ChatEvent, ReplySent
from bot.core.chat.messages import (
    Address,
    Audience,
    Choice,
    Message,
    Mode,
    Ref,
    Replies,
    Reply,
    Role,
    Sender,
    Sent,
    Suggestion,
)
from bot.core.chat.option import Offered
from bot.core.content.document import paragraph
from bot.ports import Services

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ANN = Address("console", "Ann")
QUESTION = Reply(
    (paragraph("今日一题"),), (Choice("gq:1", "作答", "q_1_ab"), Choice("c:iou", "讲解")), ref=Ref(1, Role.QUESTION)
)


class Clock:
    def now(self) -> datetime:
        return NOW


async def suggest(_text: str, _language: str, _offered: Offered) -> Sequence[Suggestion]:
    return ()


def room() -> Room:
    made = Room()
    made.posted(QUESTION, Sent(("7",)))
    return made


@pytest.mark.parametrize(
    ("line", "address", "text", "pressed", "reply_to", "is_to_me"),
    [
        ("Ann: 大家好", ROOM, "大家好", None, None, False),
        ("Ann：大家好", ROOM, "大家好", None, None, False),
        ("Ann: /group 9:00", ROOM, "/group 9:00", None, None, True),
        ("Ann: ^ 8/53", ROOM, "8/53", None, "7", True),
        ("Ann: ^8/53", ROOM, "8/53", None, "7", True),
        ("Ann> 8/53", ANN, "8/53", None, None, True),
        ("Ann: /1", ANN, "/start q_1_ab", None, None, True),
        ("Ann: /2", ROOM, "", "c:iou", None, True),
        ("Ann: /9", ROOM, "/9", None, None, True),
        ("小安: 比值是 3:2", Address("console", "room"), "比值是 3:2", None, None, False),
    ],
    ids=[
        "said in the room",
        "a wide colon",
        "a command",
        "an answer",
        "an answer without a space",
        "said alone",
        "a tap that opens the private chat",
        "a tap in the room",
        "no such choice",
        "a colon in the text",
    ],
)
def test_a_line_is_read(
    line: str, address: Address, text: str, pressed: str | None, reply_to: str | None, is_to_me: bool
) -> None:
    message = room().to_message(line, "1", NOW)
    assert message
    assert (message.address, message.text, message.pressed, message.reply_to) == (address, text, pressed, reply_to)
    assert message.is_to_me is is_to_me
    assert message.is_direct is (address == ANN)


@pytest.mark.parametrize("line", ["大家好", "/group 9:00", ": 8/53", "", "a name of far too many letters: hello"])
def test_a_line_without_a_name_is_nobodys(line: str) -> None:
    assert room().to_message(line, "1", NOW) is None


@pytest.mark.parametrize(
    ("reply", "is_direct", "above"),
    [
        (Reply((paragraph("x"),)), False, None),
        (Reply((paragraph("x"),)), True, "（只给 Ann 看）"),
        (Reply((paragraph("x"),), audience=Audience.WHISPER), False, "（只给 Ann 看）"),
        (Reply((paragraph("x"),), mode=Mode.TOAST), False, "（只给 Ann 看）"),
        (Reply((paragraph("👍"),), mode=Mode.REACTION), False, "Ann: 👍"),
    ],
    ids=["for all", "in private", "whispered", "a toast", "a reaction"],
)
def test_it_is_said_whom_a_reply_is_for(reply: Reply, is_direct: bool, above: str | None) -> None:
    message = Message("1", ROOM, Sender("Ann", "Ann"), "x", NOW, is_direct=is_direct)
    found = heading(message, reply, "zh")
    assert (found.plain if found else None) == above


async def test_two_names_at_one_prompt() -> None:
    heard: list[Message] = []
    confirmed: list[tuple[Address, Ref, Sent]] = []

    async def handle(message: Message) -> Replies:
        heard.append(message)
        if message.text == "/daily":
            return (QUESTION,)
        return (Reply((paragraph("🤔"),), mode=Mode.REACTION), Reply((paragraph("没答上"),), audience=Audience.WHISPER))

    async def note(event: ChatEvent) -> None:
        if isinstance(event, ReplySent):
            confirmed.append((event.address, event.ref, event.sent))

    lines = io.StringIO("Ann: /daily\nBob: ^ 不对\nnobody\nBob: /1\n")
    shown = io.StringIO()
    await Console(Services(handle, suggest, note, Clock()), reads=lines, writes=shown, room=Room()).run()
    assert [message.sender.name for message in heard] == ["Ann", "Bob", "Bob"]
    assert [heard[1].reply_to] == list(confirmed[0][2].message_ids)
    assert heard[2].text == "/start q_1_ab"
    text = shown.getvalue()
    assert "Bob: 🤔" in text
    assert "（只给 Bob 看）\n没答上" in text
    assert USAGE in text


async def test_a_question_that_is_pushed_can_be_answered() -> None:
    shown, people = io.StringIO(), Room()

    async def nothing(*_: object) -> Replies:
        return ()

    async def unneeded(*_: object) -> None:
        raise AssertionError("the sender itself notes what it pushed")

    given = Services(nothing, suggest, unneeded, Clock())
    sent = await Console(given, reads=io.StringIO(), writes=shown, room=people).send(ROOM, QUESTION)
    answer = people.to_message("Ann: ^ 8/53", "1", NOW + timedelta(hours=1))
    assert answer
    assert [answer.reply_to] == list(sent.message_ids)
