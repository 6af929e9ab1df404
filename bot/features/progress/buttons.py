"""What can be tapped about one's progress."""

from bot.core.chat.button import Button


class ShowStats(Button, formerly=("sc",)):
    """Show the progress as a picture."""


class ShowDarkStats(Button, formerly=("sd",)):
    """Show the same picture for dark screens."""
