"""What lies on the authors' desk and in the outbox, as values: contests, misses, notices."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.chat.messages import Address, Reply


class ContestKind(StrEnum):
    """What a learner contests."""

    GRADE = "grade"
    CONTENT = "content"


class ContestState(StrEnum):
    """How far a contest has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Contest:
    """A learner says that a mark, or something taught, is wrong.

    Attributes:
        attempt_id: the attempt whose mark is contested; None where content is.
        subject: the question's or the concept's id.
        text: the answer that was marked, or what was asked last.
    """

    id: int
    kind: ContestKind
    learner_id: int
    attempt_id: int | None
    subject: str
    text: str
    state: ContestState
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to be sent unasked that is no question."""

    id: int
    address: Address
    reply: Reply


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that found nothing sure; kept without who asked.

    Attributes:
        decision: "refuse", "choose" or "rejected" ("这不是我要的").
        concept_id: what was shown or picked, "" for none.
    """

    id: int
    text: str
    decision: str
    concept_id: str
    at: datetime
