"""The least bot that discord.py makes: `/ask` says back what it is given."""

from __future__ import annotations

import os
from typing import Any

import discord
from discord import app_commands
from discord.http import Route


class Echo(discord.AutoShardedClient):
    """One command."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Publish it."""
        await self.tree.sync()


def main() -> None:
    """Run until told to stop."""
    Route.BASE = os.environ["TUTOR_DISCORD_API_URL"]
    client = Echo()

    @client.tree.command(name="ask", description="say it back")
    async def ask(interaction: discord.Interaction, text: str) -> None:
        await interaction.response.send_message(text)

    client.run(os.environ["TUTOR_DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
