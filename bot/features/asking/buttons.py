"""What can be tapped about a concept."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class ShowConcept(Button):
    """Show the opening passage of a concept."""

    concept_id: str
    word = "concept"
    formerly = ("c",)


@dataclass(frozen=True, slots=True)
class ShowWhole(Button):
    """Show everything there is on a concept."""

    concept_id: str
    word = "whole"
    formerly = ("w",)


@dataclass(frozen=True, slots=True)
class ShowCard(Button):
    """Show everything there is on a concept as a picture."""

    concept_id: str
    word = "card"
    formerly = ("p",)


@dataclass(frozen=True, slots=True)
class ShowDarkCard(Button):
    """Show the same picture for dark screens."""

    concept_id: str
    word = "dark-card"
    formerly = ("pd",)


@dataclass(frozen=True, slots=True)
class Reject(Button):
    """Say that an answer was not what was asked for."""

    concept_id: str
    formerly = ("no",)
