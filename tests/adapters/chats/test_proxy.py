"""Both platforms are reached through the proxy that is set, and through nothing else."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest
from telegram.error import TelegramError

from bot.adapters.chats.discord.chat import Access as DiscordAccess
from bot.adapters.chats.discord.chat import DiscordChat
from bot.adapters.chats.telegram.chat import Access as TelegramAccess
from bot.adapters.chats.telegram.chat import TelegramChat
from bot.adapters.chats.telegram.sending.transport import NotSentError, Transport
from bot.core.chat.incidents import Counts, Incident
from tests.adapters.chats.telegram.stage import Scripted
from tests.doubles.discord.gateway import TOKEN as DISCORD_TOKEN
from tests.doubles.discord.people import members
from tests.doubles.discord.scripted import Scripted as DiscordScripted
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import said
from tests.doubles.proxy import Proxy
from tests.doubles.telegram.people import Telegram
from tests.doubles.telegram.server import TOKEN


async def test_telegram_is_reached_through_the_proxy() -> None:
    async with Telegram() as telegram:
        tutor, ann = Scripted(), telegram.person("Ann")
        place = urlsplit(telegram.base_url)
        url = telegram.base_url.replace(place.netloc, "telegram.invalid")
        async with Proxy({"telegram.invalid": place.netloc}, "me:geheim") as proxy:
            access = TelegramAccess(TOKEN, url, url, proxy=f"http://me:geheim@{proxy.place}")
            chat = TelegramChat(tutor.services, access)
            running = asyncio.create_task(chat.run())
            ann.says("感受野")
            await telegram.until(lambda: any(e.call.method == "sendMessage" for e in telegram.journal), "an answer")
            await chat.stop()
            await asyncio.wait_for(running, 5)


async def test_discord_is_reached_through_the_proxy_gateway_and_all() -> None:
    async with Server() as discord:
        tutor = DiscordScripted()
        (ann,) = members(discord, discord.world.guild("学习小组"), "Ann")
        api, gateway = urlsplit(discord.api_url), urlsplit(discord.gateway_url)
        async with Proxy({"discord.invalid": api.netloc}) as proxy:
            access = DiscordAccess(
                DISCORD_TOKEN,
                discord.api_url.replace(api.netloc, "discord.invalid"),
                discord.gateway_url.replace(gateway.netloc, "discord.invalid"),
                proxy=f"http://{proxy.place}",
            )
            chat = DiscordChat(tutor.services(), access)
            running = asyncio.create_task(chat.run())
            await discord.until(lambda: discord.commands and "ready" in discord.gateway.log, "the commands")
            await ann.says(f"<@{discord.world.me['id']}> 感受野")
            await ann.reads("heard 感受野")
            assert "heard /stats" in said(await ann.answer(await ann.runs("stats")))
            await chat.stop()
            await asyncio.wait_for(running, 10)


@pytest.mark.parametrize("wrong", ["there is none", "it wants a password"])
async def test_what_no_proxy_takes_was_never_sent(wrong: str) -> None:
    counts = Counts()
    async with Proxy({}, "me:geheim") as proxy:
        place = proxy.place if wrong == "it wants a password" else "127.0.0.1:1"
        transport = Transport(counts, proxy=f"http://{place}")
        await transport.initialize()
        with pytest.raises(NotSentError) as caught:
            await transport.post("https://api.telegram.invalid/bot1:secret/getMe")
        await transport.shutdown()
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, TelegramError)
    assert counts[Incident.UNREACHABLE] == 1
