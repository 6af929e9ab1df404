"""How a study group and its members stand, as plain data for texts, pages and pictures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.chat.names import shown_name
from bot.core.groups.group import StudyGroup
from bot.core.groups.leaderboard import TEAM_LOOKS_BACK, Period, rank, since, team_mean, team_streak
from bot.core.scheduling.schedule import civil_day
from bot.ports import Transaction

TITLE_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody's line on a board.

    Attributes:
        name: as the others see it; "" where nothing of it can be shown.
        answers: to the group's questions.
    """

    place: int
    learner_id: int
    name: str
    points: int
    answers: int


@dataclass(frozen=True, slots=True)
class Team:
    """How the whole group has kept at it.

    Attributes:
        days: the latest questions in a row with a mean of at least half.
        count: the latest questions that `mean` is of.
        mean: of all answers to them, 0-1.
    """

    days: int
    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A board.

    Attributes:
        title: what the group is called; "" where nothing of it can be shown.
        first: the first day that counts.
        last: the last one.
        rows: everybody on it who wants to be, the best first.
        team: None before anybody answered.
    """

    group_id: int
    title: str
    first: date
    last: date
    rows: tuple[Row, ...]
    team: Team | None

    def top(self, places: int) -> tuple[Row, ...]:
        """Return so many rows."""
        return self.rows[:places]

    def tied_below(self, places: int) -> int:
        """Count those further down who share the last place shown."""
        return sum(row.place == self.rows[places - 1].place for row in self.rows[places:])

    def below(self, places: int, learner_id: int) -> Row | None:
        """Return the row of somebody who is further down than the places shown."""
        return next((row for row in self.rows[places:] if row.learner_id == learner_id), None)


def board(tx: Transaction, group: StudyGroup, period: Period, today: date) -> Leaderboard:
    """Return the board of a period up to today, at the group's."""
    first = since(period, today)
    shown_first = max(first, civil_day(group.created_at, "UTC"))
    return Leaderboard(
        group.id, title(group), shown_first, today, _rows(tx, group, first, today), _team(tx, group, None)
    )


def week(tx: Transaction, group: StudyGroup, monday: date, revealing: int | None) -> Leaderboard:
    """Return the board of a week.

    Args:
        revealing: the delivery of the question whose answer is being revealed with it; it counts already.
    """
    sunday = monday + timedelta(days=6)
    rows = _rows(tx, group, monday, sunday)
    return Leaderboard(group.id, title(group), monday, sunday, rows, _team(tx, group, revealing) if rows else None)


def title(group: StudyGroup) -> str:
    """Return what a group is called; "" where nothing of it can be shown."""
    return shown_name(group.title, TITLE_COLUMNS)


def today_of(tx: Transaction, group: StudyGroup, now: datetime, otherwise: str) -> date:
    """Return the civil date in a group's zone.

    Args:
        otherwise: the zone where the group has no schedule any more.
    """
    subscription = tx.subscription(group.owner)
    return civil_day(now, subscription.schedule.timezone if subscription else otherwise)


def _rows(tx: Transaction, group: StudyGroup, first: date, last: date) -> tuple[Row, ...]:
    standings = rank(tx.scores(group.id, first, last))
    return tuple(
        Row(each.place, each.score.learner_id, shown_name(each.score.name), each.score.points, each.score.answers)
        for each in standings
    )


def _team(tx: Transaction, group: StudyGroup, revealing: int | None) -> Team | None:
    days = tx.team_days(group.id, revealing)
    mean = team_mean(days)
    return None if mean is None else Team(team_streak(days), min(len(days), TEAM_LOOKS_BACK), mean)
