"""The features, listed once; what messages are read by, and served by, follows from them."""

from collections.abc import Mapping

from bot.core.chat.button import Button, ButtonTable
from bot.core.chat.command import Command, CommandTable, Who
from bot.core.chat.intents import Pressed, Run, parse
from bot.features.asking.feature import FEATURE as ASKING
from bot.features.authors.feature import FEATURE as AUTHORS
from bot.features.daily.feature import FEATURE as DAILY
from bot.features.feature import Act, Feature, Served, Tap
from bot.features.groups.feature import FEATURE as GROUPS
from bot.features.guide.feature import FEATURE as GUIDE
from bot.features.live.feature import FEATURE as LIVE
from bot.features.owners.feature import FEATURE as OWNERS
from bot.features.people.feature import FEATURE as PEOPLE
from bot.features.progress.feature import FEATURE as PROGRESS
from bot.features.studying.feature import FEATURE as STUDYING

FEATURES: tuple[Feature, ...] = (ASKING, STUDYING, PROGRESS, DAILY, GROUPS, LIVE, PEOPLE, AUTHORS, OWNERS, GUIDE)
_SERVED: tuple[Served, ...] = tuple(command for feature in FEATURES for command in feature.commands)
_TAPS: tuple[Tap, ...] = tuple(tap for feature in FEATURES for tap in feature.taps)

TABLE = CommandTable(_SERVED)
COMMANDS: tuple[Command, ...] = TABLE.commands
"""All commands, in the order of menus."""
ACTS: Mapping[str, Act] = {command.name: command.act for command in _SERVED}
"""What serves each command, by its name."""
BUTTONS = ButtonTable(tap.kind for tap in _TAPS)
TAPS: Mapping[type[Button], Tap] = {tap.kind: tap for tap in _TAPS}


def needs_admin(text: str, pressed: str | None = None) -> bool:
    """Tell whether it matters for this message whether its sender may administer the chat."""
    match parse(TABLE, text, pressed):
        case Run(name, _):
            return TABLE.by_name[name].who is Who.CHAT_ADMIN
        case Pressed(choice_id):
            button = BUTTONS.read(choice_id)
            return button is not None and button.who is Who.CHAT_ADMIN
        case _:
            return False
