"""The connection to Discord: few intents, a small cache, and where the API is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.chats.discord.buttons import Tap, Write
from bot.adapters.chats.discord.commands import install
from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.wire import Interaction
from bot.core.chat.incidents import Counts, Incident
from bot.ports import Suggest

API_URL, GATEWAY_URL = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
RATELIMIT_S = 30.0
"""A longer wait that Discord asks for is the sender's business, not the library's. The sender's own patience must be
longer than this: a request that is cancelled in a wait for all of Discord leaves the library waiting for ever."""


def intents() -> discord.Intents:
    """Return what the bot is told of: servers, votes, and messages without the privileged right to read them all."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_polls=True, dm_polls=True)


class Client(discord.AutoShardedClient):
    """Knows servers and channels; remembers neither members nor messages."""

    def __init__(
        self,
        take: Callable[[Interaction], Awaitable[None]],
        suggest: Suggest,
        counts: Counts,
        *,
        has_own_gateway: bool = False,
        proxy: str = "",
    ) -> None:
        """Args: has_own_gateway tells to connect to the library's default gateway, which `reach` sets."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing is ever said aloud
        super().__init__(
            intents=intents(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATELIMIT_S,
            http_trace=faults.watch(counts, RATELIMIT_S),
            proxy=proxy or None,
        )
        self._counts = counts
        self._lost: set[int] = set()
        self._has_own_gateway = has_own_gateway
        self.take = take
        self.tree = install(self, take, suggest)

    async def setup_hook(self) -> None:
        """Make the buttons of all messages, old ones too, work."""
        self.add_dynamic_items(Tap, Write)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Count a line that is lost, once however often it is tried in vain."""
        if shard not in self._lost and not self.is_closed():
            self._lost.add(shard)
            self._counts[Incident.LINE_LOST] += 1

    async def on_shard_resumed(self, shard: int) -> None:
        """Count a line that is back, nothing missed."""
        if shard in self._lost:
            self._lost.discard(shard)
            self._counts[Incident.LINE_BACK] += 1

    async def on_shard_ready(self, shard: int) -> None:
        """Count a line that is back as a new one."""
        await self.on_shard_resumed(shard)

    async def launch_shards(self) -> None:
        """Connect; the API tells how many shards there are, even where the gateway is another."""
        count: int | None = self.shard_count  # the library's hint leaves None out
        if self._has_own_gateway and count is None:
            self.shard_count, _, _ = await self.http.get_bot_gateway()
        await super().launch_shards()


def reach(api_url: str, gateway_url: str) -> None:
    """Use another API and gateway than Discord's own, in this whole process; "" is for the library's."""
    Route.BASE = api_url.rstrip("/") or API_URL
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else GATEWAY_URL
