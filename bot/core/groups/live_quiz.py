"""A live quiz as values: its rounds one after the other, who has what at the end, and what it asks next.

A round takes answers for a while, and whoever answers within it counts the same: it is no race.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.content.library import Library, Question
from bot.core.grading.mark import PASS_FRACTION
from bot.core.kinds import AnsweredBy
from bot.core.scheduling.schedule import ANY_DIFFICULTY

MAX_ROUNDS = 20
DEFAULT_ROUNDS = 5
SHORTEST_WINDOW_S, LONGEST_WINDOW_S = 10, 300
CHOICE_WINDOW_S, SHORT_WINDOW_S = 30, 90
"""How long an answer may take where nothing was said: a letter, or a few words."""
GRACE = timedelta(seconds=2)
"""What is sent in the last moment is still on its way."""
FIRST_AFTER = timedelta(seconds=5)
PAUSE = timedelta(seconds=8)
"""Between the result of a round and the next question: time to read it."""
PAUSED_FOR = timedelta(hours=1)
"""A quiz that stays paused for longer is over."""
LOST_AFTER = timedelta(minutes=10)
"""After a standstill of the tutor's own that lasted longer nobody waits for the next question."""
MAX_IDLE = 2
"""So many rounds in a row without an answer, and it is over."""
ROUND_POINTS = 10


@dataclass(frozen=True, slots=True)
class LivePlan:
    """What is wished of a quiz.

    Attributes:
        rounds: 1-20.
        window_s: seconds in which to answer; 0 for what suits the question.
        topics: topic ids to draw from; empty for all.
        difficulty: lowest and highest, 1-5.
        has_short: every other question is answered in a few words, not with a letter.
    """

    rounds: int = DEFAULT_ROUNDS
    window_s: int = 0
    topics: tuple[str, ...] = ()
    difficulty: tuple[int, int] = ANY_DIFFICULTY
    has_short: bool = False


class LiveState(StrEnum):
    """How far a quiz has come."""

    ASKING = "asking"
    BETWEEN = "between"
    PAUSED = "paused"
    """Nothing is asked; a round that was open when it was paused still ends."""
    OVER = "over"


class Ending(StrEnum):
    """Why a quiz is over."""

    DONE = "done"
    IDLE = "idle"
    STOPPED = "stopped"
    UNSENT = "unsent"
    """A question could not be sent."""
    LOST = "lost"
    """The tutor itself stood still for too long."""
    EMPTY = "empty"
    """There was nothing left to ask."""
    LEFT = "left"
    """It was paused and not taken up again."""


@dataclass(frozen=True, slots=True)
class LiveQuiz:
    """The latest quiz of a group.

    Attributes:
        number: which of its group's it is, from 1.
        begun_by: the learner who began it; None where they asked to be forgotten.
        asked: the deliveries of its questions, in the order of its rounds.
        is_open: the last of them takes answers.
        closes_at: when it stops to, or did last; None until a question has been sent.
        idle: rounds in a row, up to the last, that nobody answered.
        wakes_at: when there is something to do; None for never.
    """

    group_id: int
    number: int
    plan: LivePlan
    begun_by: int | None
    begun_at: datetime
    state: LiveState = LiveState.BETWEEN
    asked: tuple[int, ...] = ()
    is_open: bool = False
    closes_at: datetime | None = None
    idle: int = 0
    wakes_at: datetime | None = None

    @property
    def round(self) -> int:
        """How many rounds have begun."""
        return len(self.asked)

    @property
    def open_delivery(self) -> int | None:
        """The delivery that takes answers."""
        return self.asked[-1] if self.is_open else None

    def takes(self, delivery_id: int, at: datetime) -> bool:
        """Tell whether an answer to a delivery, given at a moment, counts."""
        is_in_time = self.closes_at is None or at <= self.closes_at
        return self.open_delivery == delivery_id and is_in_time


# --- from one state to the next --------------------------------------------------------------------


def begin(group_id: int, before: LiveQuiz | None, plan: LivePlan, begun_by: int, now: datetime) -> LiveQuiz:
    """Return a group's next quiz, whose first question comes in a moment."""
    number = before.number + 1 if before else 1
    return LiveQuiz(group_id, number, plan, begun_by, now, wakes_at=now + FIRST_AFTER)


def ask(quiz: LiveQuiz, delivery_id: int, now: datetime) -> LiveQuiz:
    """Begin the next round; its window begins when the question has been sent."""
    asked = (*quiz.asked, delivery_id)
    return replace(quiz, state=LiveState.ASKING, asked=asked, is_open=True, closes_at=None, wakes_at=now)


def open_window(quiz: LiveQuiz, sent_at: datetime, answered_by: AnsweredBy) -> LiveQuiz:
    """The question has been sent: answers are taken from now on for a while."""
    closes_at = sent_at + timedelta(seconds=window_s(quiz.plan, answered_by)) + GRACE
    return replace(quiz, closes_at=closes_at, wakes_at=closes_at)


def close(quiz: LiveQuiz, answers: int, now: datetime) -> tuple[LiveQuiz, Ending | None]:
    """End the open round; return why the quiz ends with it, None where it goes on."""
    idle = 0 if answers else quiz.idle + 1
    closed = replace(quiz, is_open=False, idle=idle)
    if quiz.round >= quiz.plan.rounds:
        return end(closed), Ending.DONE
    if idle >= MAX_IDLE:
        return end(closed), Ending.IDLE
    if quiz.closes_at is not None and now - quiz.closes_at > LOST_AFTER:
        return end(closed), Ending.LOST
    if quiz.state is LiveState.PAUSED:
        return replace(closed, wakes_at=now + PAUSED_FOR), None
    return replace(closed, state=LiveState.BETWEEN, wakes_at=now + PAUSE), None


def pause(quiz: LiveQuiz, now: datetime) -> LiveQuiz:
    """Ask nothing more for now; an open round ends as it would have."""
    if quiz.state not in (LiveState.ASKING, LiveState.BETWEEN):
        return quiz
    return replace(quiz, state=LiveState.PAUSED, wakes_at=quiz.wakes_at if quiz.is_open else now + PAUSED_FOR)


def resume(quiz: LiveQuiz, now: datetime) -> LiveQuiz:
    """Go on."""
    if quiz.state is not LiveState.PAUSED:
        return quiz
    if quiz.is_open:
        return replace(quiz, state=LiveState.ASKING)
    return replace(quiz, state=LiveState.BETWEEN, wakes_at=now + FIRST_AFTER)


def end(quiz: LiveQuiz) -> LiveQuiz:
    """Be over, whatever is open."""
    return replace(quiz, state=LiveState.OVER, is_open=False, wakes_at=None)


def window_s(plan: LivePlan, answered_by: AnsweredBy) -> int:
    """Return how many seconds a question may be answered in."""
    return plan.window_s or (CHOICE_WINDOW_S if answered_by is AnsweredBy.LETTER else SHORT_WINDOW_S)


# --- what is asked ---------------------------------------------------------------------------------


def drawn_from(library: Library, plan: LivePlan, had: Collection[str]) -> list[Question]:
    """Return what a quiz may ask, without the questions that were had: letters, and few words where wished."""
    low, high = plan.difficulty
    wanted = {AnsweredBy.LETTER, AnsweredBy.WORDS} if plan.has_short else {AnsweredBy.LETTER}
    return [
        question
        for question in library.questions.values()
        if question.answered_by in wanted
        and question.id not in had
        and low <= question.difficulty <= high
        and (not plan.topics or library.by_id[question.concept_id].topic_id in plan.topics)
    ]


def choose_live(library: Library, quiz: LiveQuiz, had: Collection[str]) -> Question | None:
    """Choose the next question: another concept than those had, where there is one, in an order of the quiz's own.

    Where short answers were wished every second round has one, as long as there are both.

    Args:
        had: question ids of this quiz, and of what else its group had today.
    """
    pool = drawn_from(library, quiz.plan, had)
    is_letter_round = not quiz.plan.has_short or quiz.round % 2 == 0
    fitting = [question for question in pool if (question.answered_by is AnsweredBy.LETTER) is is_letter_round]
    concepts = {library.questions[question_id].concept_id for question_id in had if question_id in library.questions}
    return min(fitting or pool, key=lambda each: (each.concept_id in concepts, _lot(quiz, each)), default=None)


def _lot(quiz: LiveQuiz, question: Question) -> str:
    """Draw a lot for a question that is the same whenever this quiz is looked at, and another in the next quiz."""
    return hashlib.sha256(f"{quiz.group_id} {quiz.number} {question.id}".encode()).hexdigest()


# --- who has what ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The answer of a member to one question of a quiz: the first, with the mark that holds.

    Attributes:
        fraction: 0-1.
        is_hidden: counted, never named.
    """

    delivery_id: int
    learner_id: int
    name: str
    is_hidden: bool
    fraction: float

    @property
    def is_right(self) -> bool:
        """Whether the mark passes."""
        return self.fraction >= PASS_FRACTION


@dataclass(frozen=True, slots=True)
class LiveResult:
    """A member's place in the final table; those with the same points share one.

    Attributes:
        place: from 1.
        right: questions whose mark passed.
        answers: questions answered.
    """

    place: int
    name: str
    points: int
    right: int
    answers: int


@dataclass(frozen=True, slots=True)
class Table:
    """How a quiz ended: the places, and how many more took part who want no name on a board."""

    places: tuple[LiveResult, ...]
    hidden: int


def points_of_round(fraction: float) -> int:
    """Return the points for one answer, 0-10, however fast it came: `points_of_round(0.75)` is 8."""
    return round(ROUND_POINTS * fraction)


def table(answers: Sequence[LiveAnswer]) -> Table:
    """Reckon the final table."""
    by_member: dict[int, list[LiveAnswer]] = {}
    for answer in answers:
        by_member.setdefault(answer.learner_id, []).append(answer)
    shown = [mine for mine in by_member.values() if not mine[0].is_hidden]
    sums = [_sum(mine) for mine in shown]
    places = (replace(each, place=1 + sum(other.points > each.points for other in sums)) for each in sums)
    ordered = sorted(places, key=lambda each: (each.place, each.name))
    return Table(tuple(ordered), len(by_member) - len(shown))


def _sum(mine: Sequence[LiveAnswer]) -> LiveResult:
    points = sum(points_of_round(answer.fraction) for answer in mine)
    return LiveResult(1, mine[0].name, points, sum(answer.is_right for answer in mine), len(mine))
