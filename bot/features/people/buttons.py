"""What can be tapped at the first meeting: what was wished so far goes along, in words."""

from bot.core.chat.button import Button


class Wishing(Button):
    """What has been wished so far goes along."""

    wishes: str


class AskZone(Wishing, formerly=("w2",)):
    """Ask for the time zone next."""


class AskTopics(Wishing, formerly=("w3",)):
    """Ask for the topics next."""


class Begin(Wishing, formerly=("w4",)):
    """Begin as wished."""
