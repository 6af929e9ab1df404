"""What the owners of a bot can tap. A broadcast is named by a mark of its text: see `operating`."""

from dataclasses import dataclass

from bot.core.chat.button import Button
from bot.core.chat.command import Who


@dataclass(frozen=True, slots=True)
class SendBroadcast(Button):
    """Send the text that was shown."""

    mark: str
    formerly = ("bs",)
    who = Who.OWNER


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Button):
    """Send no more of it."""

    mark: str
    formerly = ("bx",)
    who = Who.OWNER
