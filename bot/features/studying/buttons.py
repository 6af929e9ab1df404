"""What can be tapped under a question and under its mark."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class OnDelivery(Button):
    """The base of what is done with the question of a delivery."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class Hint(OnDelivery):
    """Give a hint."""

    formerly = ("h",)


@dataclass(frozen=True, slots=True)
class Skip(OnDelivery):
    """Leave it for later."""

    formerly = ("s",)


@dataclass(frozen=True, slots=True)
class ShowAnswer(OnDelivery):
    """Show its answer."""

    formerly = ("a",)


@dataclass(frozen=True, slots=True)
class Snooze(OnDelivery):
    """Ask it again in an hour."""

    formerly = ("z",)


@dataclass(frozen=True, slots=True)
class WasAnswer(OnDelivery):
    """Take what was read as a question for the answer to it."""

    formerly = ("m",)


@dataclass(frozen=True, slots=True)
class WasQuestion(OnDelivery):
    """Take what was read as the answer to it for a question."""

    formerly = ("k",)


@dataclass(frozen=True, slots=True)
class TooEasy(Button):
    """Ask what was answered later still."""

    attempt_id: int
    formerly = ("ez",)


@dataclass(frozen=True, slots=True)
class Known(Button):
    """Ask what was answered never again."""

    attempt_id: int
    formerly = ("kn",)


@dataclass(frozen=True, slots=True)
class QuizMe(Button):
    """Ask about a concept now."""

    concept_id: str
    word = "quiz"
    formerly = ("q",)


@dataclass(frozen=True, slots=True)
class More(Button):
    """Ask one more beside the daily questions."""


@dataclass(frozen=True, slots=True)
class Next(Button):
    """Ask today's next question."""


@dataclass(frozen=True, slots=True)
class Onward(Button):
    """Ask the next question of a session."""
