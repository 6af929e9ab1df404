"""What a store does for study groups."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.chat.messages import Address, Role
from bot.core.groups.group import Answered, Award, Member, Memory, StudyGroup, UnheardMark
from bot.core.groups.leaderboard import Score, TeamDay
from bot.core.groups.live_quiz import LiveAnswer, LiveQuiz


class Groups(Protocol):
    """Groups, their members, what counts, and live quizzes."""

    def group(self, group_id: int) -> StudyGroup | None:
        """Return a group."""

    def group_at(self, address: Address) -> StudyGroup | None:
        """Return the group of an address."""

    def groups_in(self, platform: str, chat: str) -> Sequence[StudyGroup]:
        """Return the groups of a chat: one for each topic that has one."""

    def paused_groups(self, platform: str) -> Sequence[StudyGroup]:
        """Return the groups of a platform that nothing is pushed to now, for whatever reason."""

    def groups_of(self, learner_id: int) -> Sequence[StudyGroup]:
        """Return the groups that a learner is in, oldest first."""

    def add_group(self, address: Address, title: str, language: str, at: datetime) -> StudyGroup:
        """Make the group of an address, with the usual wishes; the one that is there stays."""

    def save_group(self, group: StudyGroup) -> None:
        """Write a group's settings."""

    def member(self, group_id: int, learner_id: int) -> Member | None:
        """Return a learner's place in a group."""

    def save_member(self, member: Member) -> None:
        """Write a member, new or known."""

    def active_members(self, group_id: int, since: date) -> int:
        """Count the members whose answers counted on that day or later."""

    def group_memory(self, group_id: int, day: date, since: date) -> Mapping[str, Memory]:
        """Return what the members active since a day remember, by question."""

    def group_asked(self, group_id: int) -> Mapping[str, date]:
        """Return when each question was last asked in a group, by question."""

    def add_award(self, award: Award) -> bool:
        """Write what an answer is worth; False where the learner's answer to this delivery counts already."""

    def save_award(self, award: Award) -> None:
        """Write what an answer is worth now, and whether it may be quoted."""

    def award(self, attempt_id: int) -> Award | None:
        """Return what an attempt is worth; None where it does not count."""

    def award_for(self, delivery_id: int, learner_id: int) -> Award | None:
        """Return what a learner's answer to a delivery is worth; None where none counts."""

    def recalled_on(self, learner_id: int, day: date) -> Sequence[int]:
        """Return the points that a learner has for what was recalled alone on a study day."""

    def answered(self, delivery_id: int) -> Sequence[Answered]:
        """Return the answers to a group's question that count, in the order they came, with the marks that hold.

        What was taken back is none.
        """

    def scores(self, group_id: int, first: date, last: date) -> Sequence[Score]:
        """Return what the members gathered between two days, without those who are hidden or have left."""

    def team_days(self, group_id: int, revealing: int | None = None) -> Sequence[TeamDay]:
        """Return how a group did at its questions whose answer has been revealed, ascending.

        Args:
            revealing: the delivery of the question whose answer is being revealed now; it counts already.
        """

    def post_of(self, delivery_id: int, role: Role) -> str:
        """Return the platform's id of the first post of a delivery in a role; "" for none."""

    def add_unheard(self, group_id: int, learner_id: int, delivery_id: int, at: datetime) -> None:
        """Note that a mark could not be said to its reader alone."""

    def unheard(self, until: datetime) -> Sequence[UnheardMark]:
        """Return all that waits to be told in the groups where something has waited since a moment or longer.

        Members who are hidden are not told of: all the others would hear it.
        """

    def drop_unheard(self, group_id: int) -> None:
        """Forget what waited to be told in a group."""

    def seal(self, text: str) -> str:
        """Return a short mark that only this store can make of a text, for links that cannot be guessed."""

    def live(self, group_id: int) -> LiveQuiz | None:
        """Return the latest live quiz of a group, running or over."""

    def begin_live(self, quiz: LiveQuiz) -> bool:
        """Write a new quiz of a group; False where one runs there."""

    def save_live(self, before: LiveQuiz, after: LiveQuiz) -> bool:
        """Compare and set a quiz; False where its state or its round is no longer what it was before."""

    def lives_due(self, now: datetime, limit: int) -> Sequence[LiveQuiz]:
        """Return the quizzes with `wakes_at <= now`, earliest first."""

    def live_answers(self, group_id: int, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        """Return the first answer of each member to each of these deliveries, in the order they came."""
