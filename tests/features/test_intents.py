from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.core.chat import intents
from bot.core.chat.intents import (
    MAX_TEXT,
    Empty,
    Intent,
    Pick,
    Pressed,
    Run,
    Say,
    TooLong,
    Unknown,
    clean,
    reads_as_question,
)
from bot.core.chat.option import OneOf
from bot.core.language.wording import LANGUAGES
from bot.features.registry import COMMANDS, TABLE

parse = partial(intents.parse, TABLE)

CASES: dict[str, tuple[str, Intent]] = {
    "a command": ("/daily", Run("daily")),
    "a command in capitals": ("/DAILY", Run("daily")),
    "a Chinese alias": ("/今日", Run("daily")),
    "a full-width slash": ("／提示", Run("hint")),
    "a command with an argument": ("/subscribe 08:00  Asia/Shanghai", Run("subscribe", "08:00  Asia/Shanghai")),
    "a command that names the bot": ("/daily@tutor_bot", Run("daily")),
    "the argument may have lines": ("/ask 什么是\n感受野", Run("ask", "什么是\n感受野")),
    "a slip of the finger names the nearest": ("/dialy", Unknown("dialy", "daily")),
    "a path is no command": ("/etc/passwd", Say("/etc/passwd")),
    "an unknown word has no suggestion": ("/xyzzy", Unknown("xyzzy", "")),
    "white space is nothing": (" \n\t ", Empty()),
    "control characters are nothing": ("\x00\x1b\x07", Empty()),
    "control characters in a text fall away": ("感受\x00野", Say("感受 野")),
    "an emoji is text": ("🆘", Say("🆘")),
    "a bare number": ("2", Pick(2, is_bare=True)),
    "a number with a dot": ("2.", Pick(2, is_bare=True)),
    "a slashed number": ("/2", Pick(2, is_bare=False)),
    "a fraction is text": ("1/8", Say("1/8")),
    "100 KB is too long": ("长" * 50_000, TooLong()),
    "the longest text that is read": ("长" * MAX_TEXT, Say("长" * MAX_TEXT)),
}


@pytest.mark.parametrize(("text", "intent"), CASES.values(), ids=CASES)
def test_a_text_wants(text: str, intent: Intent) -> None:
    assert parse(text) == intent


def test_a_tap_is_a_press_whatever_the_text() -> None:
    assert parse("/daily", "h:1") == Pressed("h:1")


@given(st.text(max_size=200))
def test_any_text_has_an_intent(text: str) -> None:
    intent = parse(text)
    assert isinstance(intent, Say | Run | Unknown | Pick | Empty)
    if isinstance(intent, Say):
        assert intent.text == clean(text) != ""


QUESTIONS = (
    "什么是感受野",
    "BN 和 LN 的区别",
    "为什么要 warm-up？",
    "how does NMS work",
    "dropout 有什么用呢",
    "解释一下 Anchor",
)
ANSWERS = ("按分数排序，删掉重叠的框", "8/53", "it keeps the best box", "下一步只看现在")


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_reads_as_one(text: str) -> None:
    assert reads_as_question(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_does_not(text: str) -> None:
    assert not reads_as_question(text)


def test_commands_keep_every_platforms_limits() -> None:
    words = [word for command in COMMANDS for word in command.words]
    assert len(words) == len(set(words))
    for command in COMMANDS:
        assert command.name.isascii()
        assert len(command.name) <= 32
        for line in (command.does.zh, command.does.tw, command.does.en):
            assert 1 <= len(line) <= 100  # Discord's limit; Telegram's is 256


def test_menus_say_what_is_declared_and_nothing_else() -> None:
    options = {option for command in COMMANDS for option in command.options}
    labels = [label for command in COMMANDS for label in (command.called, command.does, command.usage)]
    labels += [label for option in options for label in (option.called, option.about)]
    labels += [label for option in options if isinstance(option, OneOf) for _, label in option.choices]
    said = {key for key in LANGUAGES["zh"] if key.startswith(("command.", "option."))}
    assert {label.key for label in labels} >= said
    assert set(texts.find(places=texts.MENUS)["tw"]()) <= said
    assert {command.called.en for command in COMMANDS} == {command.name for command in COMMANDS}
