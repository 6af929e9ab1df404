"""What can be tapped about the daily question."""

from bot.core.chat.button import Button


class Setting(Button, formerly=("set",)):
    """Set what these words wish."""

    words: str
