"""The slash commands with their typed options, and the message menu, made from what the features declare."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from inspect import Parameter, Signature
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Command, ContextMenu, locale_str

from bot.adapters.chats.discord import command_names
from bot.adapters.chats.discord.options import Completed, Typed
from bot.adapters.chats.discord.wire import Interaction
from bot.core.chat import command, option
from bot.features.registry import COMMANDS
from bot.ports import Suggest

log = logging.getLogger(__name__)
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
    for declared in COMMANDS:
        tree.add_command(_slash(declared, take, suggest))
    tree.add_command(_menu(take))
    return tree


def _slash(declared: command.Command, take: Take, suggest: Suggest) -> Command[Any, ..., None]:
    """Make a command. What its options hold is read from the interaction itself, where it is taken."""

    async def run(interaction: discord.Interaction, **_: object) -> None:
        await take(interaction)

    parameters = (Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction),)
    options = (_parameter(one, suggest) for one in declared.options)
    run.__dict__["__signature__"] = Signature((*parameters, *options))
    about: dict[str, str | locale_str] = {one.name: command_names.line_of(one.about) for one in declared.options}
    called: dict[str, str | locale_str] = {one.name: command_names.name_of(one.called) for one in declared.options}
    callback = app_commands.describe(**about)(app_commands.rename(**called)(run))
    name, line = command_names.name_of(declared.called), command_names.line_of(declared.does)
    return Command(name=name, description=line, callback=callback)


def _parameter(one: option.Option, suggest: Suggest) -> Parameter:
    typed = Completed(one, suggest) if one.offers else Typed(one)
    default = Parameter.empty if one.is_required else None
    return Parameter(one.name, Parameter.KEYWORD_ONLY, annotation=typed, default=default)


def _menu(take: Take) -> ContextMenu:
    async def run(interaction: discord.Interaction, message: discord.Message) -> None:
        del message
        await take(interaction)

    return ContextMenu(name=command_names.MENU, callback=run)
