"""The walk through a group's day on Discord that stands in docs/GROUPS.md is what the bot process says today."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.doubles.discord.people import Person, discussion, marked, members
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import Json, World, said
from tests.flows.discord_day import Scribe, posts, running
from tests.flows.test_group_walk import FRIDAY, GOOD, HALF, NO_FONTS, PAGE, REST, SHORT, SWAPPED, WHOLE
from tests.flows.transcripts import Section, Transcript

CLOSED = "Cannot send messages to this user"


@dataclass
class Walk:
    """One channel, its people, and what is written down of their day."""

    discord: Server
    channel: Json
    people: dict[str, Person]
    transcript: Transcript = field(default_factory=Transcript)

    def __post_init__(self) -> None:
        self.scribe = Scribe(self.discord, self.transcript)

    @property
    def place(self) -> str:
        """What the channel is called."""
        return f"#{self.channel['name']}"

    @property
    def question(self) -> Json:
        """The post that is answered."""
        return next(post for post in posts(self.discord, self.channel) if "今日一题" in said(post))

    async def runs(self, name: str, command: str, text: str | None = None) -> None:
        """Let somebody run a command in the channel."""
        self.transcript.says(name, self.place, f"/{command} {text or ''}")
        await self.people[name].answer(await self.people[name].runs(command, text=text))
        self.scribe.writes()

    async def answers(self, name: str, text: str) -> Json:
        """Let somebody answer by the form."""
        self.transcript.says(name, "taps [作答] under the question and fills in the form", text)
        told = await self.people[name].answers(self.question, text)
        self.scribe.writes()
        return told

    async def taps(self, name: str, label: str, on: Json) -> None:
        """Let somebody tap a button of a message that they alone see."""
        self.transcript.does(name, f"taps [{label}]")
        await self.people[name].answer(await self.people[name].taps(label, on))
        self.scribe.writes()

    async def replies(self, name: str, text: str, sign: str) -> None:
        """Let somebody answer before all, by a reply to the question that pings."""
        person, refused = self.people[name], len(self.discord.refused)
        self.transcript.says(name, f"{self.place}, answering the question", text)
        answer = await person.says(text, self.question)
        assert await marked(self.discord, answer) == [sign]
        if person.home["id"] in self.discord.world.closed:
            await self.discord.until(lambda: len(self.discord.refused) > refused, "a refusal")
        else:
            await person.hears("%")
        self.scribe.writes()


async def walks(discord: Server, folder: Path) -> str:
    """Go through a day of a group: set up, asked, seven answers, revealed; return what was said."""
    guild = discord.world.guild("面试小组")
    channel = guild["channels"][0]
    channel["name"] = "自习室"
    names = ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal")
    walk = Walk(discord, channel, dict(zip(names, members(discord, guild, *names), strict=True)))
    walk.people["Ann"].governs(guild)
    walk.people["Fay"].shuts_dms()
    discord.world.outside.add(guild["id"])
    fonts = folder / "fonts.conf"
    fonts.write_text(NO_FONTS, encoding="utf-8")
    settings = {"FONTCONFIG_FILE": str(fonts)}
    async with running(discord, folder, FRIDAY.format("08:30:00"), settings=settings) as bot:
        walk.transcript.part("Friday 08:30 · the bot is let into the server, and an admin sets a group up")
        await discord.until(lambda: "is ready" in bot.log, "the servers to be known")
        await discord.lets_in(guild)
        await walk.people["Ann"].reads("我需要的权限")
        walk.scribe.writes()
        await walk.runs("Ann", "group", "9:00 工作日 数据结构 揭晓 6小时")
    async with running(discord, folder, FRIDAY.format("09:00:01"), by=signal.SIGKILL, settings=settings):
        await six_answer(walk)
    async with running(discord, folder, FRIDAY.format("09:05:00"), settings=settings):
        walk.transcript.part("09:05 · what could not be said alone")
        await walk.people["Ann"].reads("刚才的作答")
        walk.scribe.writes()
    async with running(discord, folder, FRIDAY.format("15:00:01"), settings=settings):
        await is_revealed(walk)
    return walk.transcript.text


async def six_answer(walk: Walk) -> None:
    walk.transcript.part("Friday 09:00 · the question")
    await walk.people["Ann"].reads("今日一题")
    walk.scribe.writes()
    told = await walk.answers("Bob", WHOLE)
    await walk.taps("Bob", "可以引用我的话", told)
    await walk.answers("Cat", HALF)
    await walk.answers("Cat", REST)
    await walk.replies("Dan", SHORT, "👍")
    await walk.replies("Eve", SWAPPED, "🤔")
    await walk.replies("Fay", HALF, "🤔")
    helped = await walk.answers("Gus", "不知道")
    await walk.taps("Gus", "提示", helped)
    await walk.answers("Gus", GOOD)


async def is_revealed(walk: Walk) -> None:
    walk.transcript.part("Friday 15:00 · the answer, and the board of the week")
    hal = walk.people["Hal"]
    await discussion(walk.discord, await hal.reads("揭晓", after=walk.question))
    walk.scribe.writes()
    walk.transcript.part("Later · one comes late")
    await walk.answers("Hal", WHOLE)


async def test_the_walk_on_discord_is_what_the_page_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    async with Server(World()) as discord:
        walked = await walks(discord, tmp_path)
        assert [refusal.partition(": ")[2] for refusal in discord.refused] == [CLOSED]
        assert discord.gateway.refused == []
    section = Section(PAGE, "Discord")
    if request.config.getoption("--update-golden"):
        section.write(walked)
    assert section.read() == walked
