"""The slash commands and the message menu, made from the one table of commands."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice, Command, ContextMenu, locale_str

from bot.adapters.chats.discord import command_names
from bot.adapters.chats.discord.wire import Interaction
from bot.core.chat import intents
from bot.core.language.wording import language_of_tag
from bot.ports import Suggest

log = logging.getLogger(__name__)
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
EVERYWHERE: Final = AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BOTH: Final = AppInstallationType(guild=True, user=True)
Take = Callable[[Interaction], Awaitable[None]]


class Tree(app_commands.CommandTree[Any]):
    """The commands; their faults are the taker's business, which never raises."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Log what went wrong outside of the taker: an older or newer form of a command than this program's."""
        log.warning("command %s: %s", interaction.data and interaction.data.get("name"), error)


def install(client: discord.Client, take: Take, suggest: Suggest) -> Tree:
    """Return the tree of all commands of a client."""
    tree = Tree(client, allowed_contexts=EVERYWHERE, allowed_installs=BOTH)
    for command in intents.COMMANDS:
        tree.add_command(_slash(command, take, suggest))
    tree.add_command(_menu(take))
    return tree


def _slash(command: intents.Command, take: Take, suggest: Suggest) -> Command[Any, ..., None]:
    if not command.usage:
        return _made(command, _plain(take))
    made = _made(command, _required(take) if command.name == "ask" else _optional(take))
    if command.name == "ask":
        made.autocomplete("text")(_completing(suggest))
    return made


def _made(command: intents.Command, callback: Callable[..., Any]) -> Command[Any, ..., None]:
    if command.usage:
        described: dict[str, str | locale_str] = {"text": command_names.usage_of(command)}
        callback = app_commands.describe(**described)(app_commands.rename(text=command_names.ARGUMENT)(callback))
    return Command(name=command_names.name_of(command), description=command_names.line_of(command), callback=callback)


def _plain(take: Take) -> Callable[..., Any]:
    async def run(interaction: discord.Interaction) -> None:
        await take(interaction)

    return run


def _required(take: Take) -> Callable[..., Any]:
    async def run(interaction: discord.Interaction, text: app_commands.Range[str, 1, intents.MAX_TEXT]) -> None:
        del text
        await take(interaction)

    return run


def _optional(take: Take) -> Callable[..., Any]:
    async def run(
        interaction: discord.Interaction, text: app_commands.Range[str, 0, intents.MAX_TEXT] | None = None
    ) -> None:
        del text
        await take(interaction)

    return run


def _menu(take: Take) -> ContextMenu:
    async def run(interaction: discord.Interaction, message: discord.Message) -> None:
        del message
        await take(interaction)

    return ContextMenu(name=command_names.MENU, callback=run)


def _completing(suggest: Suggest) -> Callable[..., Any]:
    async def complete(interaction: discord.Interaction, current: str) -> list[Choice[str]]:
        offered = await suggest(current, language_of_tag(interaction.locale.value, "en"))
        titles = dict.fromkeys(suggestion.title[:MAX_CHOICE] for suggestion in offered)
        return [Choice(name=title, value=title) for title in titles][:MAX_CHOICES]

    return complete
