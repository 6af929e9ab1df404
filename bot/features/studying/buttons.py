"""What can be tapped under a question and under its mark."""

from bot.core.chat.button import Button


class OnDelivery(Button):
    """What is done with the question of a delivery."""

    delivery_id: int


class Hint(OnDelivery, formerly=("h",)):
    """Give a hint."""


class Skip(OnDelivery, formerly=("s",)):
    """Leave it for later."""


class ShowAnswer(OnDelivery, formerly=("a",)):
    """Show its answer."""


class Snooze(OnDelivery, formerly=("z",)):
    """Ask it again in an hour."""


class WasAnswer(OnDelivery, formerly=("m",)):
    """Take what was read as a question for the answer to it."""


class WasQuestion(OnDelivery, formerly=("k",)):
    """Take what was read as the answer to it for a question."""


class TooEasy(Button, formerly=("ez",)):
    """Ask what was answered later still."""

    attempt_id: int


class Known(Button, formerly=("kn",)):
    """Ask what was answered never again."""

    attempt_id: int


class QuizMe(Button, word="quiz", formerly=("q",)):
    """Ask about a concept now."""

    concept_id: str


class More(Button):
    """Ask one more beside the daily questions."""


class Next(Button):
    """Ask today's next question."""


class Onward(Button):
    """Ask the next question of a session."""
