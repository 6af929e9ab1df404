"""What can be tapped about the daily question."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class Setting(Button):
    """Set what these words wish."""

    words: str
    formerly = ("set",)
