"""Updates as Telegram writes them -> messages."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User

from bot.adapters.chats.telegram.keyboard import MAX_IN_ROW, MAX_LABEL, ROW_WIDTH, keyboard
from bot.adapters.chats.telegram.sending.poll import to_poll
from bot.adapters.chats.telegram.wire import to_message
from bot.core.chat.messages import Address, Choice, Message, Quiz, Sender
from tests.doubles.telegram.parser import find_entities, units

ME = User(7, "八股", is_bot=True, username="tutor_bot")
HERE = Address("telegram", "-100")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ANN = {"id": 5, "is_bot": False, "first_name": "Ann", "last_name": "Li", "language_code": "zh-hans"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "小组", "is_forum": True}
BOTS_POST = {"message_id": 3, "date": 1, "chat": GROUP, "from": ME.to_dict(), "text": "问题"}
DATE = 1795478400


def post(text: str | None = "hello", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    """Return a message as Telegram writes it."""
    content = {"text": text, "entities": find_entities(text)} if text is not None else {}
    return {"message_id": 9, "date": DATE, "chat": chat, "from": ANN, **content, **more}


def read(**update: Any) -> Message | None:
    return to_message(Update.de_json({"update_id": 77, **update}, None), ME, NOW)


FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "private text": (
        post("什么是感受野"),
        {"wire_id": "77", "address": Address("telegram", "5"), "sender": Sender("5", "Ann Li"), "text": "什么是感受野",
         "sent_at": datetime.fromtimestamp(DATE, UTC), "is_direct": True, "is_to_me": True, "language": "zh-hans"},
    ),
    "a command with the bot's name loses it": (post("/ask@tutor_bot x", GROUP), {"text": "/ask x", "is_to_me": True}),
    "the name is read in any case": (post("/ask@Tutor_Bot x", GROUP), {"text": "/ask x"}),
    "a mention is taken out": (
        post("@tutor_bot 感受野", GROUP), {"text": "感受野", "is_to_me": True, "is_direct": False},
    ),
    "chatter in a group is not for the bot": (post("大家好", GROUP), {"is_to_me": False}),
    "a mention of somebody else is not for the bot": (post("@tutor_bot2 你好", GROUP), {"is_to_me": False}),
    "a reply to the bot names what it answers": (
        post("8/53", GROUP, reply_to_message=BOTS_POST), {"reply_to": "3", "is_to_me": True},
    ),
    "a reply to a person does not": (
        post("对", GROUP, reply_to_message=BOTS_POST | {"from": ANN}), {"reply_to": None, "is_to_me": False},
    ),
    "a topic is the thread": (
        post("/stats", GROUP, message_thread_id=40, is_topic_message=True), {"address": replace(HERE, thread="40")},
    ),
    "a chain of replies is no topic": (post("/stats", GROUP, message_thread_id=3), {"address": HERE}),
    "a voice message has no text": (
        post(None, voice={"file_id": "v", "file_unique_id": "v", "duration": 2}), {"text": "", "attachment": "voice"},
    ),
    "a picture's caption is its text": (
        post(None, caption="这是什么", photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]),
        {"text": "这是什么", "attachment": "photo"},
    ),
    "an anonymous administrator speaks as the group": (
        post("/stats", GROUP, sender_chat=GROUP, **{"from": ANN | {"is_bot": True}}),
        {"sender": Sender("-100", "小组"), "is_admin": True},
    ),
    "markup is data": (post("<b>&*_`"), {"text": "<b>&*_`"}),
}  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_message_is_read(message: dict[str, Any], expected: dict[str, Any]) -> None:
    got = read(message=message)
    assert got is not None
    assert {name: getattr(got, name) for name in expected} == expected


IGNORED: dict[str, dict[str, Any]] = {
    "another bot": {"message": post("hi", GROUP, **{"from": ANN | {"is_bot": True}})},
    "a command to another bot": {"message": post("/ask@other_bot x", GROUP)},
    "what was sent through an inline result": {"message": post("感受野", via_bot=ME.to_dict())},
    "a post forwarded from a channel": {"message": post("news", GROUP, is_automatic_forward=True)},
    "somebody joined": {"message": post(None, GROUP, new_chat_members=[ANN])},
    "a vote taken back": {"poll_answer": {"poll_id": "p", "user": ANN, "option_ids": [], "option_persistent_ids": []}},
    "an anonymous vote": {"poll_answer": {"poll_id": "p", "option_ids": [0], "option_persistent_ids": ["0"]}},
    "a button that carries nothing": {
        "callback_query": {"id": "1", "from": ANN, "chat_instance": "1", "game_short_name": "g"}
    },
}


@pytest.mark.parametrize("update", IGNORED.values(), ids=IGNORED)
def test_what_is_no_message_to_the_tutor(update: dict[str, Any]) -> None:
    assert read(**update) is None


def test_an_edit_is_an_edit() -> None:
    got = read(edited_message=post("新的答案", edit_date=DATE + 60))
    assert got is not None
    assert got.is_edit
    assert got.sent_at == datetime.fromtimestamp(DATE, UTC)


def test_a_tap_says_what_was_tapped_and_where() -> None:
    got = read(callback_query={"id": "1", "from": ANN, "chat_instance": "1", "data": "h:12", "message": BOTS_POST})
    assert got is not None
    assert (got.pressed, got.address, got.sent_at, got.is_direct) == ("h:12", Address("telegram", "-100"), NOW, False)


def test_a_tap_on_a_message_too_old_to_be_shown_still_counts() -> None:
    old = {"message_id": 3, "date": 0, "chat": PRIVATE}
    got = read(callback_query={"id": "1", "from": ANN, "chat_instance": "1", "data": "s:1", "message": old})
    assert got is not None
    assert (got.pressed, got.address) == ("s:1", Address("telegram", "5"))


def test_a_vote_is_the_letter_of_its_option() -> None:
    got = read(poll_answer={"poll_id": "p", "user": ANN, "option_ids": [2], "option_persistent_ids": ["2"]})
    assert got is not None
    assert (got.text, got.poll_id, got.address) == ("C", "p", Address("telegram", "5"))


LABELS = st.text(string.ascii_letters + "感受野卷积 ", min_size=1, max_size=120)


@given(st.lists(LABELS, min_size=1, max_size=20))
def test_every_choice_has_its_button_in_order(labels: list[str]) -> None:
    made = keyboard([Choice(f"c:{number}", label) for number, label in enumerate(labels)])
    assert made is not None
    buttons = [button for row in made["inline_keyboard"] for button in row]
    assert [button["callback_data"] for button in buttons] == [f"c:{number}" for number in range(len(labels))]
    for row in made["inline_keyboard"]:
        width = sum(units(button["text"]) for button in row)
        assert len(row) == 1 or (len(row) <= MAX_IN_ROW and width <= ROW_WIDTH)
        assert all(1 <= len(button["text"]) <= MAX_LABEL for button in row)


def test_a_choice_whose_id_does_not_fit_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert keyboard([Choice("长" * 22, "x")]) is None
    assert "does not fit into a button" in caplog.text


POLLS: dict[str, tuple[Quiz, bool]] = {
    "a short one": (Quiz("哪个？", ("甲", "乙"), 1, "因为"), True),
    "mathematics becomes text": (Quiz(r"$\sigma^2$ 是？", (r"$\frac{1}{2}$", "1"), 0), True),
    "an option too long": (Quiz("哪个？", ("甲" * 101, "乙"), 0), False),
    "a prompt too long": (Quiz("问" * 301, ("甲", "乙"), 0), False),
    "two options that look the same": (Quiz("哪个？", ("$x$", "x"), 0), False),
    "one option": (Quiz("哪个？", ("甲",), 0), False),
    "emoji count double": (Quiz("哪个？", ("😀" * 51, "乙"), 0), False),
}


@pytest.mark.parametrize(("quiz", "fits"), POLLS.values(), ids=POLLS)
def test_a_quiz_is_a_poll_where_it_fits(quiz: Quiz, fits: bool) -> None:
    assert (to_poll(quiz) is not None) is fits


@given(st.text(max_size=600))
def test_an_explanation_is_cut_to_its_limit(explanation: str) -> None:
    poll = to_poll(Quiz("哪个？", ("甲", "乙"), 0, explanation))
    assert poll is not None
    assert units(poll.explanation) <= 200
