"""What can be tapped about one's progress."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class ShowStats(Button):
    """Show the progress as a picture."""

    formerly = ("sc",)


@dataclass(frozen=True, slots=True)
class ShowDarkStats(Button):
    """Show the same picture for dark screens."""

    formerly = ("sd",)
