"""What can be tapped to tell the authors of the pack something."""

from dataclasses import dataclass

from bot.core.chat.button import Button


@dataclass(frozen=True, slots=True)
class ContestMark(Button):
    """Say that an answer was right."""

    attempt_id: int
    formerly = ("x",)


@dataclass(frozen=True, slots=True)
class ReportMistake(Button):
    """Say that what is taught about a concept is wrong."""

    concept_id: str
    word = "report"
    formerly = ("e",)
