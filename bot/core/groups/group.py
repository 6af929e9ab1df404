"""Study groups as values: the group, who is in it, what counts on its board, and which question it gets next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.chat.messages import Address
from bot.core.content.library import Library, Question
from bot.core.grading.mark import PointMark
from bot.core.kinds import AnsweredBy
from bot.core.memory.selection import Because, Chosen, Reason
from bot.core.records.records import Owner, OwnerKind
from bot.core.scheduling.schedule import Schedule

DEFAULT_REVEAL = timedelta(hours=12)
SHORTEST_REVEAL, LONGEST_REVEAL = timedelta(minutes=10), timedelta(hours=23)
"""The next day's question never comes before this day's answer."""
ACTIVE_DAYS = 30
"""A member counts in the choice of a question for this long after their last answer."""
RESTS = timedelta(days=30)
"""So long a question is not asked again in the same group, as long as there is another."""
CONCEPT_RESTS = timedelta(days=7)
HAD_JUST_NOW = timedelta(days=1)
"""What a member answered since so long ago is not asked, as long as there is another."""


class GroupMode(StrEnum):
    """How a group answers."""

    PRIVATE = "private"
    """Alone with the tutor; the others see that somebody answered, and how it went."""
    POLL = "poll"
    """By open polls, which everybody sees the votes of: choice questions only."""


@dataclass(frozen=True, slots=True)
class StudyGroup:
    """A chat, channel or topic whose members get one question together.

    Attributes:
        title: what the chat was called when it was set up.
        language: "zh" or "en", of what is posted there.
        reveal_after: from the question to its answer.
    """

    id: int
    address: Address
    title: str
    language: str
    reveal_after: timedelta
    mode: GroupMode
    created_at: datetime

    @property
    def owner(self) -> Owner:
        """The group, as the owner of deliveries."""
        return Owner(OwnerKind.GROUP, self.id)


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in a group, from their first answer on.

    Attributes:
        name: what the others see, as it was last seen.
        joined_on: civil date in the group's zone; what was recalled before counts for nothing here.
        is_hidden: on no board and in no reveal by name, by their own wish.
        has_left: no longer in the chat.
    """

    group_id: int
    learner_id: int
    name: str
    joined_on: date
    is_hidden: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """Points for one answer; the first of a learner to a delivery is the one that counts.

    Attributes:
        group_id: the group whose question it answers; None for what is recalled alone, which counts in every group.
        day: civil date of the group's question, or the study day of one's own.
        points: 0-10.
        is_quotable: its author lets the group read it.
    """

    attempt_id: int
    learner_id: int
    group_id: int | None
    delivery_id: int
    day: date
    points: int
    is_quotable: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """One member's answer that counts, as the reveal needs it.

    Attributes:
        text: "" where the answer was shown instead.
        fraction: 0-1, of the mark that holds.
        usual: mean of the member's earlier marks in this group, 0-1; None where there are none.
    """

    attempt_id: int
    learner_id: int
    name: str
    text: str
    sent_at: datetime
    fraction: float
    points: tuple[PointMark, ...]
    is_quotable: bool
    is_hidden: bool
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class UnheardMark:
    """A mark that could not be said to its reader alone.

    Attributes:
        name: of the reader, as the group knows them.
        fraction: the mark, 0-1.
    """

    group_id: int
    name: str
    fraction: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What the active members of a group remember of one question.

    Attributes:
        due: how many should see it again.
        seen: how many have answered it.
        last: the last study day that one of them did.
    """

    due: int
    seen: int
    last: date


@dataclass(frozen=True, slots=True)
class GroupNeed:
    """What a group wants and has had.

    Attributes:
        day: the civil date of the question.
        schedule: topics and difficulty.
        active: how many members answered lately.
        memory: by question id; what is not in it nobody has seen.
        asked: when each question was last asked in this group, by question id.
    """

    day: date
    schedule: Schedule
    mode: GroupMode
    active: int
    memory: Mapping[str, Memory]
    asked: Mapping[str, date]


def choose_for_group(library: Library, need: GroupNeed) -> Chosen | None:
    """Choose what most of a group should see: due for most, else new to most, in the order of study.

    Nothing that the group had within `RESTS` (its concept within `CONCEPT_RESTS`), nor that one of them answered
    yesterday or today, as long as there is something else; where there is not, the last of these wishes is given up
    first, and then what was asked longest ago comes again. With the same members and days the choice is the same.

    Returns:
        The choice, or None where the topics, the difficulty and the mode leave nothing to ask.
    """
    wanted = [question for question in library.in_curriculum_order if _is_wanted(library, need, question)]
    rested = [question for question in wanted if not _was_asked(need, question)]
    fresh = [question for question in rested if not _had_concept(library, need, question)]
    longest_ago = sorted(wanted, key=lambda question: need.asked.get(question.id, date.min))[:1]
    tiers = (_not_just_now(need, fresh), fresh, _not_just_now(need, rested), rested, longest_ago)
    pool = next((tier for tier in tiers if tier), [])
    best = max(pool, key=lambda question: _worth(need, question), default=None)  # the first of equals
    return Chosen(best, _reason(need, best)) if best else None


def _is_wanted(library: Library, need: GroupNeed, question: Question) -> bool:
    low, high = need.schedule.difficulty
    topic = library.by_id[question.concept_id].topic_id
    fits_mode = need.mode is not GroupMode.POLL or question.answered_by is AnsweredBy.LETTER
    has_topic = not need.schedule.topics or topic in need.schedule.topics
    return fits_mode and has_topic and low <= question.difficulty <= high


def _was_asked(need: GroupNeed, question: Question) -> bool:
    day = need.asked.get(question.id)
    return day is not None and need.day - day < RESTS


def _had_concept(library: Library, need: GroupNeed, question: Question) -> bool:
    same_concept = (need.asked.get(other.id) for other in library.by_id[question.concept_id].questions)
    return any(day is not None and need.day - day < CONCEPT_RESTS for day in same_concept)


def _not_just_now(need: GroupNeed, questions: Sequence[Question]) -> list[Question]:
    """Leave out what a member has just answered."""
    known = ((question, need.memory.get(question.id)) for question in questions)
    return [question for question, memory in known if memory is None or need.day - memory.last > HAD_JUST_NOW]


def _worth(need: GroupNeed, question: Question) -> float:
    """Return how many members gain by a question: whom it is due for count whole, whom it is new to half."""
    known = need.memory.get(question.id, Memory(0, 0, date.min))
    return known.due + max(0, need.active - known.seen) / 2


def _reason(need: GroupNeed, question: Question) -> Reason:
    known = need.memory.get(question.id)
    if known and known.due:
        return Reason(Because.GROUP_DUE, place=known.due, total=need.active)
    if known and known.seen >= need.active:
        return Reason(Because.AHEAD, days=max(0, (need.day - known.last).days))
    if known and known.seen:
        return Reason(Because.GROUP_PARTLY, place=need.active - known.seen, total=need.active)
    return Reason(Because.GROUP_NEW)


# --- what an answer to a group's question is worth ------------------------------------------------

QUESTION_POINTS = 10
HELP_COSTS = 2
RECALL_POINTS = 2
RECALL_CAP = 10
"""Points a day for what is recalled when due, at most: a board is not won by hours."""


def points_of(fraction: float, *, had_help: bool) -> int:
    """Return the points for the first answer to a group's question, 0-10; help costs two.

    `points_of(0.75, had_help=False)` is 8, `points_of(0.85, had_help=True)` 7.
    """
    whole = int(QUESTION_POINTS * fraction + 0.5)  # half a point is a point: `round` would look for an even one
    return max(0, whole - (HELP_COSTS if had_help else 0))


def recall_points(today: Iterable[int]) -> int:
    """Return the points for one more question recalled when due, given those that the day has brought already."""
    return min(RECALL_POINTS, max(0, RECALL_CAP - sum(today)))
