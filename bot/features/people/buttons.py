"""What can be tapped at the first meeting: what was wished so far goes along, in words."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class AskZone(Button):
    """Ask for the time zone next."""

    wishes: str
    formerly = ("w2",)


@dataclass(frozen=True, slots=True)
class AskTopics(Button):
    """Ask for the topics next."""

    wishes: str
    formerly = ("w3",)


@dataclass(frozen=True, slots=True)
class Begin(Button):
    """Begin as wished."""

    wishes: str
    formerly = ("w4",)
