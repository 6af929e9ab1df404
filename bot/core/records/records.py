"""What the store keeps, as values: people, where they are reached, what was asked, answered and graded.

An id of 0 is of what is not stored yet; the store returns the value with the id it gave.
The log is the truth: attempts never change, gradings are only added. A card is a fold of them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.core.chat.messages import Address
from bot.core.grading.mark import Grade
from bot.core.memory.card import DEFAULT_RETENTION, Rating
from bot.core.scheduling.schedule import Schedule


class OwnerKind(StrEnum):
    """Who a subscription or a delivery belongs to."""

    LEARNER = "learner"
    GROUP = "group"
    NOBODY = "nobody"
    """Of a delivery that others answered, once its learner asked to be forgotten; the id is the delivery's."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A learner or a group, by id."""

    kind: OwnerKind
    id: int


@dataclass(frozen=True, slots=True)
class Learner:
    """A person, whatever platforms they use.

    Attributes:
        language: "zh" or "en".
        timezone: IANA name; study days and "today" go by it.
        retention: the share of due questions that should still be known, 0.8-0.97.
        exam: the civil date of the exam that is prepared for; None for none.
    """

    id: int
    language: str
    timezone: str
    created_at: datetime
    retention: float = DEFAULT_RETENTION
    exam: date | None = None

    @property
    def owner(self) -> Owner:
        """The learner, as the owner of deliveries."""
        return Owner(OwnerKind.LEARNER, self.id)


@dataclass(frozen=True, slots=True)
class Account:
    """A learner's identity on one platform."""

    id: int
    learner_id: int
    platform: str
    user_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A promise to push questions to an address.

    Attributes:
        next_at: when the next push is due, aware UTC.
        paused: why nothing is pushed now: "" (it is), "learner", "blocked", ...
        unanswered: pushes since the owner answered last.
        missed: pushes that were skipped since the last one that was sent, because they would have come too late.
    """

    id: int
    owner: Owner
    address: Address
    schedule: Schedule
    next_at: datetime
    paused: str = ""
    unanswered: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A subscription whose time has come, with all that claiming it needs.

    Attributes:
        address_id: the store's id of where to send.
        next_at: the slot that is due, aware UTC.
    """

    subscription_id: int
    owner: Owner
    address_id: int
    platform: str
    schedule: Schedule
    next_at: datetime
    unanswered: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What becomes of a due subscription: a delivery, and its next slot.

    Attributes:
        local_date: civil date of the slot that is served.
        ordinal: its first ordinal.
        is_late: the slot is too long ago: the delivery is only noted as skipped.
        next_at: the slot after it, aware UTC.
        skipped: days whose push never came, the served one's among them where it is late.
    """

    due: Due
    local_date: date
    ordinal: int
    is_late: bool
    next_at: datetime
    skipped: tuple[date, ...] = ()


class DeliveryKind(StrEnum):
    """What a delivery is for."""

    DAILY = "daily"
    PRACTICE = "practice"
    REVIEW = "review"
    """One of a session that the learner began: /review or /wrong."""
    REVEAL = "reveal"
    """The answer to a group's question of the same date and ordinal."""
    LIVE = "live"
    """One of a group's live quiz."""


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    GONE = "gone"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One question sent (or to be sent) to one chat; unique by owner, kind, local date and ordinal.

    Attributes:
        local_date: civil date in the owner's zone.
        ordinal: place among that date's deliveries of this kind, from 0.
        question_id: "" until it is chosen, when it is sent.
        reason: why this question, as a code of `bot.core.memory.selection`.
        state_at: when it entered its state.
        tries: how often sending it was tried.
        due_at: not to be sent before this moment.
        is_repeat: an earlier copy may have arrived.
    """

    id: int
    owner: Owner
    kind: DeliveryKind
    local_date: date
    ordinal: int
    address: Address
    question_id: str
    reason: str
    state: DeliveryState
    created_at: datetime
    state_at: datetime
    tries: int = 0
    due_at: datetime | None = None
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery that is to be made; see `Delivery`. It is due at the moment it is made."""

    owner: Owner
    kind: DeliveryKind
    local_date: date
    ordinal: int
    address: Address
    at: datetime
    question_id: str = ""
    reason: str = ""
    state: DeliveryState = DeliveryState.PENDING


@dataclass(frozen=True, slots=True)
class Retry:
    """What else changes where a delivery is to be sent once more; None leaves it as it is.

    Attributes:
        due_at: not to be sent before.
        is_repeat: an earlier copy may have arrived.
        tries: how often it was tried, where that is to be another number than the states count.
    """

    due_at: datetime | None = None
    is_repeat: bool | None = None
    tries: int | None = None


AS_IT_IS: Final = Retry()
"""Nothing else changes."""


class Aid(StrEnum):
    """Help that was used before answering."""

    HINT = "hint"
    SECOND_CHANCE = "second-chance"


class Cause(StrEnum):
    """Why a grading was made."""

    FIRST = "first"
    SECOND_CHANCE = "second-chance"
    CONTEST = "contest"
    REGRADE = "regrade"
    SHOWN = "shown"
    """The learner asked for the answer: counts as not known."""
    WITHDRAWN = "withdrawn"
    """The text was a question, not an answer: rates nothing."""
    EASY = "easy"
    """The learner found it too easy: rated Easy."""
    RETIRED = "retired"
    """The learner knows it for good: it is not asked again."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a learner answered; never changes."""

    id: int
    learner_id: int
    account_id: int
    delivery_id: int
    question_id: str
    text: str
    sent_at: datetime
    study_day: date
    aids: frozenset[Aid] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Grading:
    """One grading of an attempt; later ones of the same attempt overrule earlier ones.

    Attributes:
        rubric_hash: names the rubric as it stood, so that the mark can be replayed.
        rating: what the card was reviewed with; None where the grading rates nothing (practice).
    """

    id: int
    attempt_id: int
    rubric_hash: str
    grader_version: str
    grade: Grade
    cause: Cause
    rating: Rating | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a learner and the tutor are in the middle of, at one address.

    Attributes:
        delivery_id: the open question; None where none is.
        concept_id: the concept just discussed; "" for none.
        choices: ids of the choices shown last, so that "2" picks the second.
        at: when it last changed.
        last_text: the last free text, for "that was my answer" and "that was a question".
        session: what the learner is going through, such as "review 4 probability"; "" for nothing.
    """

    address: Address
    learner_id: int
    at: datetime
    delivery_id: int | None = None
    concept_id: str = ""
    choices: tuple[str, ...] = ()
    last_text: str = ""
    aids: frozenset[Aid] = field(default_factory=frozenset)
    session: str = ""
