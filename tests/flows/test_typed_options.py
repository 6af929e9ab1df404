"""What is chosen in typed options is written in words that the commands read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.chat.command import Phrase, When, Where
from bot.core.chat.option import Concept, Count, Date, Offered, OneOf, Option, TimeOfDay, Topic
from bot.core.language.wording import Wording
from bot.features.registry import COMMANDS, TABLE
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor
from tests.flows.conftest import Learner
from tests.flows.rooms import Room

WRITTEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "in the order of the command": ("review", {"topic": "概率论", "count": 10}, "10 概率论"),
    "with units": ("snooze", {"minutes": 30}, "30分钟"),
    "with the words that hold a number": ("live", {"seconds": 20, "count": 3}, "3题 每题20秒"),
    "nothing": ("settings", {}, ""),
    "an option of an older form": ("review", {"text": "概率论", "count": 5}, "5 概率论"),
}


@pytest.mark.parametrize(("name", "values", "words"), WRITTEN.values(), ids=WRITTEN)
def test_options_are_written(name: str, values: dict[str, Any], words: str) -> None:
    assert TABLE.by_name[name].argument(values) == words


def samples(option: Option) -> list[object]:
    match option:
        case Count(low=low, high=high):
            return [low, high]
        case OneOf(choices=choices):
            return [word for word, _ in choices]
        case Date():
            return ["2027-01-15", "10天", "off"]
        case TimeOfDay():
            return ["7:30", "晚上8点"]
        case Topic():
            return ["概率论", "Probability"]
        case Concept():
            return ["感受野"]
        case _:
            return []


CASES = [
    pytest.param(command.name, option.name, value, id=f"{command.name} {option.name}:{value}")
    for command in COMMANDS
    for option in command.options
    for value in samples(option)
]
REFUSALS = ("这样写", "没看懂", "不行", "没有「", "出错")


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> Room:
    return Room(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)


@pytest.mark.parametrize(("name", "option", "value"), CASES)
def test_every_value_of_every_option_is_understood(
    ann: Learner, room: Room, name: str, option: str, value: object
) -> None:
    command = TABLE.by_name[name]
    said = f"/{name} {command.argument({option: value})}"
    answer = room.says("ann", said) if command.where is Where.GROUP else ann.says(said)
    assert [refusal for refusal in REFUSALS if refusal in answer] == [], answer


USAGES = [
    pytest.param(command.name, usage, id=f"/{command.name} {usage}")
    for command in COMMANDS
    for label in (command.usage,)
    for usage in dict.fromkeys(f"{label.en} | {label.zh} | {label.tw}".split(" | "))
    if usage and command.name not in ("link", "broadcast")
]


@pytest.mark.parametrize(("name", "usage"), USAGES)
def test_what_is_shown_as_usage_is_understood(ann: Learner, room: Room, name: str, usage: str) -> None:
    said = f"/{name} {usage}"
    answer = room.says("ann", said) if TABLE.by_name[name].where is Where.GROUP else ann.says(said)
    assert [refusal for refusal in REFUSALS if refusal in answer] == [], answer


TOGETHER: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "subscribe": (
        "subscribe",
        {"time": "7:30", "days": "weekdays", "count": 3, "topic": "概率论", "text": "勿扰 23:00-6:00"},
        ("周一到周五 07:30", "3 题", "概率论", "23:00"),
    ),
    "group": (
        "group",
        {"time": "9:00", "days": "weekdays", "reveal": 6, "mode": "poll", "topic": "数据结构"},
        ("周一到周五 09:00", "6 小时", "数据结构", "投票"),
    ),
    "live": ("live", {"count": 3, "topic": "概率论", "seconds": 20, "text": "难度1-5"}, ("3 题", "概率论", "20 秒")),
}


@pytest.mark.parametrize(("name", "values", "parts"), TOGETHER.values(), ids=TOGETHER)
def test_all_options_together_are_understood(
    ann: Learner, room: Room, name: str, values: dict[str, Any], parts: tuple[str, ...]
) -> None:
    said = f"/{name} {TABLE.by_name[name].argument(values)}"
    answer = ann.says(said) if name == "subscribe" else room.says("ann", said)
    assert [part for part in parts if part not in answer] == [], answer


@pytest.mark.parametrize(("typed", "offered"), [("", 3), ("概率", 1), ("prob", 1), ("没有", 0)])
def test_topics_are_offered_while_somebody_types(ann: Learner, typed: str, offered: int) -> None:
    found = [*ann.tutor.suggest(typed, "zh", Offered.TOPIC)]
    assert min(len(found), 3) == offered
    assert all(suggestion.title in ann.says("/topics") for suggestion in found)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["hint", "skip", "answer"])
def test_the_words_of_a_button_under_a_question_mean_its_command(name: str, language: str) -> None:
    label = Wording(language)(f"do.{name}")
    meant = TABLE.meant(label, When.QUESTION_OPEN, language)
    assert meant
    assert meant[0].name == name
    assert TABLE.meant(label, When.ALWAYS, language) is None, "without a question they are asked about"


def test_plain_words_mean_a_command_only_as_a_whole_message() -> None:
    phrase = Phrase("(?:give up|算了)", language="en")
    assert phrase.matches("Give up", When.ALWAYS, "en")
    assert not phrase.matches("give up the box", When.ALWAYS, "en")
    assert not phrase.matches("give up", When.ALWAYS, "zh")
    assert not phrase.matches("give up", When.QUESTION_OPEN, "en")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.where is not Where.ANYWHERE], ids=lambda c: c.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_command_in_the_wrong_place_says_so(ann: Learner, command: Any, language: str) -> None:
    ann.says(f"/language {language}")
    place = "groups" if command.where is Where.GROUP else "private"
    assert ann.says(f"/{command.name}") == Wording(language)(f"{command.name}.only-in-{place}")
