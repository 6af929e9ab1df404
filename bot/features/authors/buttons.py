"""What can be tapped to tell the authors of the pack something."""

from bot.core.chat.button import Button


class ContestMark(Button, formerly=("x",)):
    """Say that an answer was right."""

    attempt_id: int


class ReportMistake(Button, word="report", formerly=("e",)):
    """Say that what is taught about a concept is wrong."""

    concept_id: str
