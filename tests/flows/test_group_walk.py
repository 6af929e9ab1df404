"""The walk through a group's day that stands in docs/GROUPS.md is what the bot process says today."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person, Telegram
from tests.doubles.telegram.server import Json
from tests.flows.telegram_day import NEVER_STARTED, Scribe, posts, refusal_of, running
from tests.flows.transcripts import Section, Transcript

PAGE = Path(__file__).resolve().parents[2] / "docs" / "GROUPS.md"
FRIDAY = "2026-11-27T{}+08:00"
WHOLE = (
    "数组内存连续，按下标访问是 O(1)，中间插入要搬后面的元素，是 O(n)；"
    "链表节点靠指针连着，访问要从头找，插入删除只改指针。"
)
GOOD = "数组查得快，插入删除要挪后面的元素；链表查找慢，插删方便，但要多存指针。"
SHORT = "数组按下标访问快，链表插入删除快，各有各的用处。"
HALF = "数组按下标访问是 O(1)，链表要从头一个个找。"
REST = "数组在中间插入要搬后面的元素，链表插入只改指针。"
SWAPPED = "链表按下标访问是 O(1)，数组要从头逐个找。"
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/nowhere</dir></fontconfig>'
"""Without a Chinese font a board is words instead of a picture, on whatever machine this runs."""


@dataclass
class Walk:
    """One group, its people, and what is written down of their day."""

    telegram: Telegram
    group: Group
    people: dict[str, Person]
    transcript: Transcript = field(default_factory=Transcript)

    def __post_init__(self) -> None:
        self.scribe = Scribe(self.telegram, self.transcript)

    @property
    def question(self) -> Json:
        """The post that is answered."""
        return next(post for post in posts(self.group) if "今日一题" in post.get("text", ""))

    async def says(self, name: str, text: str, answer: str) -> None:
        """Let somebody write into the group, and wait for the tutor's answer there."""
        self.transcript.says(name, self.group.chat.title, text)
        written = self.people[name].says(text, to=self.group)
        await self.telegram.waits_for(answer, self.group.chat, after=written["message_id"])
        self.scribe.writes()

    async def opens(self, name: str) -> Json:
        """Let somebody follow the button under the question into the private chat."""
        self.transcript.does(name, "taps [作答] under the question, which opens the private chat, and there START")
        opened = self.people[name].opens("作答", self.question)
        asked = await self.people[name].hears("作答", after=opened["message_id"])
        self.scribe.writes()
        return asked

    async def answers(self, name: str, text: str, heard: str) -> Json:
        """Let somebody answer in the private chat."""
        self.transcript.says(name, "the tutor, alone", text)
        answer = self.people[name].says(text)
        told = await self.people[name].hears(heard, after=answer["message_id"])
        self.scribe.writes()
        return told

    async def taps(self, name: str, label: str, on: Json, heard: str = "") -> None:
        """Let somebody tap a button in the private chat."""
        self.transcript.does(name, f"taps [{label}]")
        query = self.people[name].presses(label, on)
        await asyncio.wait_for(query.answered.wait(), 20)
        if heard:
            await self.people[name].hears(heard, after=on["message_id"])
        self.scribe.writes()

    async def replies(self, name: str, text: str, sign: str, heard: str) -> None:
        """Let somebody answer before all, by a reply to the question."""
        person = self.people[name]
        self.transcript.says(name, f"{self.group.chat.title}, answering the question", text)
        answer = person.replies(text, self.question)
        await self.telegram.until(lambda: self.telegram.reaction(answer) == sign, f"{sign} for {name}")
        if person.user.started:
            await person.hears(heard)
        else:
            await refusal_of(self.telegram, person)
        self.scribe.writes()


async def walks(telegram: Telegram, folder: Path) -> str:
    """Go through a day of a group: set up, asked, seven answers, revealed; return what was said."""
    people = {name: telegram.person(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal")}
    for name in ("Ann", "Dan", "Eve"):  # the others follow the link, which begins a chat with the bot, but Fay
        people[name].user.started = True
    group = telegram.group("自习室", *people.values())
    walk = Walk(telegram, group, people)
    fonts = folder / "fonts.conf"
    fonts.write_text(NO_FONTS, encoding="utf-8")
    settings = {"FONTCONFIG_FILE": str(fonts)}
    async with running(telegram, folder, FRIDAY.format("08:30:00"), settings=settings):
        await sets_up(walk)
    async with running(telegram, folder, FRIDAY.format("09:00:01"), settings=settings):
        await six_answer(walk)
    async with running(telegram, folder, FRIDAY.format("09:05:00"), settings=settings):
        walk.transcript.part("09:05 · what could not be said alone")
        await telegram.waits_for("刚才的作答", group.chat)
        walk.scribe.writes()
    async with running(telegram, folder, FRIDAY.format("15:00:01"), settings=settings):
        walk.transcript.part("Friday 15:00 · the answer, and the board of the week")
        await telegram.waits_for("揭晓", group.chat, after=walk.question["message_id"])
        walk.scribe.writes()
        walk.transcript.part("15:10 · one comes late")
        await walk.opens("Hal")
        await walk.answers("Hal", WHOLE, "100%")
    return walk.transcript.text


async def sets_up(walk: Walk) -> None:
    walk.transcript.part("Friday 08:30 · the bot is in the group, and an admin sets it up")
    await walk.telegram.waits_for("只看得到", walk.group.chat)
    walk.scribe.writes()
    await walk.says("Ann", "/group 9:00 工作日 数据结构 揭晓 6小时", "09:00")


async def six_answer(walk: Walk) -> None:
    walk.transcript.part("Friday 09:00 · the question")
    await walk.telegram.waits_for("今日一题", walk.group.chat)
    walk.scribe.writes()
    await walk.opens("Bob")
    told = await walk.answers("Bob", WHOLE, "100%")
    await walk.taps("Bob", "可以引用我的话", told)
    await walk.opens("Cat")
    await walk.answers("Cat", HALF, "补一句")
    await walk.answers("Cat", REST, "通过")
    await walk.replies("Dan", SHORT, "👍", "%")
    await walk.replies("Eve", SWAPPED, "🤔", "%")
    await walk.replies("Fay", HALF, "🤔", "")
    opened = await walk.opens("Gus")
    await walk.taps("Gus", "提示", opened, "提示：")
    await walk.answers("Gus", GOOD, "通过")


async def test_the_walk_on_telegram_is_what_the_page_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    async with Telegram() as telegram:
        walked = await walks(telegram, tmp_path)
        assert {entry.error for entry in telegram.refused} == {NEVER_STARTED}
    section = Section(PAGE, "Telegram")
    if request.config.getoption("--update-golden"):
        section.write(walked)
    assert section.read() == walked
