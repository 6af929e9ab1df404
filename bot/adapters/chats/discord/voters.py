"""What voters are called: a vote carries no more than the id of whoever cast it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Final

import discord

from bot.adapters.chats.discord.sending import faults

log = logging.getLogger(__name__)
MAX_NAMES: Final = 10_000


class Voters:
    """Asks Discord for the names of voters, once each while the process runs."""

    def __init__(self) -> None:
        self._names: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def name(self, guild: discord.Guild | None, user_id: int) -> str:
        """Return what somebody is called in a server; "" where Discord does not tell."""
        if guild is None:
            return ""
        who = (guild.id, user_id)
        if who not in self._names:
            try:
                self._names[who] = (await guild.fetch_member(user_id)).display_name
            except faults.ERRORS as error:
                log.info("the name of a voter is not known: %s", error)
            if len(self._names) > MAX_NAMES:
                self._names.popitem(last=False)
        return self._names.get(who, "")
