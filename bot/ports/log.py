"""What a store does for answers, marks and cards, and for the desk where they are contested."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.chat.messages import Address, Reply
from bot.core.memory.card import Card
from bot.core.records.contests import Contest, ContestState, Miss, Notice
from bot.core.records.records import Attempt, Grading


class Log(Protocol):
    """Attempts and gradings, which are only ever added; cards; contests and notices."""

    def add_attempt(self, attempt: Attempt) -> Attempt:
        """Append an attempt; return it with its id."""

    def add_grading(self, grading: Grading, rubric_json: str) -> Grading:
        """Append a grading, keeping its rubric's text; return it with its id."""

    def active_days(self, learner_id: int) -> Sequence[date]:
        """Return the study days on which a learner answered something, ascending; answers taken back do not count."""

    def failed_questions(self, learner_id: int) -> Sequence[str]:
        """Return the questions whose last mark is below the pass mark, the longest ago first."""

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        """Return a learner's attempts, oldest first."""

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        """Return a learner's gradings with their attempts, in the order they were made."""

    def rubric(self, rubric_hash: str) -> str | None:
        """Return the JSON of a rubric that a grading was made by."""

    def card(self, learner_id: int, question_id: str) -> Card | None:
        """Return a learner's card of a question."""

    def cards(self, learner_id: int) -> Sequence[Card]:
        """Return all cards of a learner."""

    def save_card(self, learner_id: int, card: Card) -> None:
        """Write a card."""

    def drop_card(self, learner_id: int, question_id: str) -> None:
        """Remove a card: nothing of it is rated any more."""

    def add_contest(self, contest: Contest) -> Contest | None:
        """Open a contest and return it with its id; None where this attempt has one already."""

    def contest(self, contest_id: int) -> Contest | None:
        """Return a contest."""

    def contests(self, state: ContestState, limit: int) -> Sequence[Contest]:
        """Return contests in a state, oldest first."""

    def settle_contest(self, contest_id: int, to: ContestState) -> bool:
        """Move an open contest to its end; False where it is not open."""

    def add_phrase(self, question_id: str, point_id: str, phrase: str, at: datetime) -> None:
        """Accept a further phrase for a key point; the same phrase twice is one."""

    def phrases(self, question_id: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Return (question id, point id, phrase) of what was accepted beside the pack, oldest first."""

    def attempt(self, attempt_id: int) -> Attempt | None:
        """Return an attempt."""

    def attempts_at(self, question_id: str) -> Sequence[Attempt]:
        """Return everybody's attempts at a question, oldest first."""

    def add_notice(self, address: Address, reply: Reply, at: datetime, learner_id: int | None = None) -> None:
        """Put a message into the outbox."""

    def notices(self, platforms: Sequence[str], limit: int) -> Sequence[Notice]:
        """Return what waits in the outbox for these platforms, oldest first."""

    def drop_notice(self, notice_id: int) -> bool:
        """Take a notice out of the outbox; False where it is gone already."""

    def misses(self, limit: int) -> Sequence[Miss]:
        """Return the newest misses."""
