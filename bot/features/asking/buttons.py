"""What can be tapped about a concept."""

from bot.core.chat.button import Button


class OnConcept(Button):
    """What is done with a concept."""

    concept_id: str


class ShowConcept(OnConcept, word="concept", formerly=("c",)):
    """Show the opening passage of a concept."""


class ShowWhole(OnConcept, word="whole", formerly=("w",)):
    """Show everything there is on a concept."""


class ShowCard(OnConcept, word="card", formerly=("p",)):
    """Show everything there is on a concept as a picture."""


class ShowDarkCard(OnConcept, word="dark-card", formerly=("pd",)):
    """Show the same picture for dark screens."""


class Reject(OnConcept, formerly=("no",)):
    """Say that an answer was not what was asked for."""
