"""Channels of a server: what the bot may do in one, and the thread for what is said about a message."""

from __future__ import annotations

import asyncio
from typing import Final

import discord

from bot.adapters.chats.discord.sending import faults
from bot.adapters.rendering.plain_text import cut

MAX_NAME: Final = 100
LOOKS: Final = 100
"""So often, after a start, what depends on a server's channels looks whether Discord has told of them."""
LOOK_AGAIN_S: Final = 0.1


async def told(client: discord.Client, channel: int) -> None:
    """Wait until Discord has told of a channel, or has told of all servers; after a start that takes a moment."""
    for _ in range(LOOKS):
        if client.get_channel(channel) or not _is_being_told(client):
            return
        await asyncio.sleep(LOOK_AGAIN_S)


def _is_being_told(client: discord.Client) -> bool:
    return not client.is_ready() or any(guild.unavailable for guild in client.guilds)


def may(channel: object, right: str) -> bool:
    """Tell whether the bot has a right in a channel; not where the channel is not known, as a direct one is not."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    try:
        return bool(getattr(channel.permissions_for(channel.guild.me), right))
    except discord.ClientException:  # a thread whose channel is not known
        return False


async def open_under(channel: object, message_id: int, title: str) -> None:
    """Open a thread under a message of a text channel, unless there is one; elsewhere there is no place for any.

    Raises:
        discord.DiscordException: Discord refused it.
    """
    if not isinstance(channel, discord.TextChannel):
        return
    try:
        await channel.get_partial_message(message_id).create_thread(name=named(title))
    except discord.HTTPException as error:
        if error.code != faults.HAS_THREAD:
            raise


def named(title: str) -> str:
    """Return a title as the name of a thread."""
    return cut(" ".join(title.split()), MAX_NAME)
