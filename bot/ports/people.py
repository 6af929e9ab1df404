"""What a store does for people: accounts, conversations, their own data."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.chat.messages import Address
from bot.core.records.records import Account, Conversation, Learner


class People(Protocol):
    """Learners, their accounts, what they are in the middle of and what is theirs."""

    def account(self, platform: str, user_id: str) -> Account | None:
        """Return the account of a platform's user."""

    def add_learner(self, learner: Learner, account: Account) -> tuple[Learner, Account]:
        """Create a learner with their first account; return both with their ids."""

    def learner(self, learner_id: int) -> Learner:
        """Return a learner. Raises NotFoundError."""

    def save_learner(self, learner: Learner) -> None:
        """Write a learner's settings."""

    def rename(self, account_id: int, name: str) -> None:
        """Write the name that an account goes by now."""

    def accounts_of(self, learner_id: int) -> Sequence[Account]:
        """Return a learner's accounts, oldest first."""

    def issue_code(self, account_id: int, until: datetime) -> str:
        """Make a code that another account may redeem until then; the account's earlier one is void."""

    def account_of_code(self, code: str, now: datetime) -> Account | None:
        """Return whose code it is; None where it is nobody's, or too old."""

    def drop_code(self, account_id: int) -> None:
        """Make an account's code void."""

    def add_wrong_code(self, account_id: int, at: datetime) -> None:
        """Note that an account tried a code that is none."""

    def wrong_codes(self, account_id: int, since: datetime) -> int:
        """Return how many wrong codes an account tried since then."""

    def join(self, source: int, target: int) -> None:
        """Make all that is one learner's another's, but for subscription and cards; the first is no more."""

    def part(self, account: Account, learner: Learner, at: datetime) -> Learner:
        """Make a new learner of one account: its answers, and what was said on its platform; no cards."""

    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        """Return what a learner and the tutor are in the middle of."""

    def save_conversation(self, conversation: Conversation) -> None:
        """Write a conversation."""

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        """Note a question that found nothing sure, without who asked."""

    def look_up(self, learner_id: int, concept_id: str, at: datetime) -> None:
        """Note that a learner asked about a concept."""

    def looked_up(self, learner_id: int, limit: int) -> Sequence[str]:
        """Return the concepts that a learner asked about, the latest first."""

    def excuse(self, learner_id: int, days: Sequence[date]) -> None:
        """Note study days that break no streak."""

    def drop_excuses(self, learner_id: int, after: date) -> None:
        """Take back the excused days after a date."""

    def excused(self, learner_id: int) -> Sequence[date]:
        """Return the study days that break no streak."""

    def everything(self, learner_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row that is stored about a learner, by table."""

    def forget(self, learner_id: int, at: datetime) -> None:
        """Erase everything about a learner, and keep a keyed hash of their accounts so that nothing comes back."""

    def forget_again(self) -> int:
        """Erase whoever asked to be forgotten and is back without having written, as out of an old backup.

        Returns:
            How many that were.
        """

    def is_forgotten(self, platform: str, user_id: str) -> bool:
        """Tell whether somebody asked to be forgotten and has not written since."""
