"""The Discord chat over the double, in a server with some members, with a tutor that says what the test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.adapters.chats.discord.chat import Access, DiscordChat
from bot.core.chat.messages import Address, Message, Ref, Replies, Reply, Role
from bot.core.content.document import paragraph
from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.people import Person, members
from tests.doubles.discord.scripted import Scripted
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import Json

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
NAMES = ("Ann", "Bob", "Cai", "Dee", "Eve")
QUESTION, FEEDBACK = Ref(7, Role.QUESTION), Ref(7, Role.FEEDBACK)


def text(*words: str, **more: Any) -> Reply:
    return Reply(tuple(paragraph(word) for word in words), **more)


class StandingClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Stage:
    """A server whose first channel is a study group's."""

    tutor: Scripted
    discord: Server
    chat: DiscordChat
    guild: Json
    people: list[Person]

    @property
    def address(self) -> Address:
        """The group's."""
        return Address("discord", self.guild["channels"][0]["id"])

    def answers(self, *replies: Reply) -> None:
        """Let the tutor answer so from now on."""
        self.tutor.answers = lambda _: replies

    async def asks(self, reply: Reply) -> Json:
        """Push a question to the group; return its last post."""
        sent = await self.chat.send(self.address, reply)
        return self.discord.world.messages[sent.message_ids[-1]]

    async def heard(self, number: int = 1) -> Message:
        """Return the latest message that the tutor was given, once it has so many."""
        await self.discord.until(lambda: len(self.tutor.seen) >= number, "the tutor to hear")
        return self.tutor.seen[-1]


@asynccontextmanager
async def staged(*, rights_denied: int = 0) -> AsyncIterator[Stage]:
    """Open the double with a server of two channels and five members; nothing may be against Discord's rules."""
    tutor = Scripted()
    async with Server() as discord:
        guild = discord.world.guild("学习小组")
        discord.world.deny(guild["channels"][0], rights_denied)
        discord.world.channel(guild, "other")
        access = Access(TOKEN, discord.api_url, discord.gateway_url)

        async def handle(message: Message) -> Replies:
            return await tutor.handle(message)

        chat = DiscordChat(tutor.services(handle, StandingClock()), access)
        running = asyncio.create_task(chat.run())
        try:
            await discord.until(lambda: discord.commands and "ready" in discord.gateway.log, "the commands")
            await discord.until(lambda: chat.client.get_guild(int(guild["id"])), "the server")
            yield Stage(tutor, discord, chat, guild, members(discord, guild, *NAMES))
        finally:
            await chat.stop()
            await asyncio.wait_for(running, 10)
        assert discord.refused == []
        assert discord.gateway.refused == []
