"""The bot process, pointed at the double."""

from __future__ import annotations

from pathlib import Path

from tests.doubles.discord.gateway import TOKEN
from tests.doubles.discord.server import Server
from tests.doubles.process import Process


class BotProcess(Process):
    """The bot on Discord; settings of a test's own win."""

    def __init__(self, discord: Server, folder: Path, *arguments: str, **settings: str) -> None:
        there = {
            "TUTOR_DISCORD_TOKEN": TOKEN,
            "TUTOR_DISCORD_API_URL": discord.api_url,
            "TUTOR_DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        super().__init__(folder, *arguments, **(there | settings))
