"""What the owners of a bot can tap. A broadcast is named by a mark of its text: see `operating`."""

from bot.core.chat.button import Button
from bot.core.chat.command import Who


class SendBroadcast(Button, formerly=("bs",), who=Who.OWNER):
    """Send the text that was shown."""

    mark: str


class CancelBroadcast(Button, formerly=("bx",), who=Who.OWNER):
    """Send no more of it."""

    mark: str
