"""The part of a transaction about people: learners, accounts, conversations, misses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables import AccountRow, AddressRow, ConversationRow, LearnerRow, MissRow
from bot.core.chat.messages import Address
from bot.core.records.contests import Miss
from bot.core.records.records import Account, Conversation, Learner
from bot.errors import NotFoundError

_CONVERSATION = (
    select(ConversationRow, AddressRow.platform, AddressRow.chat, AddressRow.thread)
    .join(AddressRow)
    .where(matching(AddressRow.platform, AddressRow.chat, AddressRow.thread, ConversationRow.learner_id))
)
_ACCOUNT = select(AccountRow).where(matching(AccountRow.platform, AccountRow.user_id))
_LEARNER = select(LearnerRow).where(matching(LearnerRow.id))


class People(Statements):
    """Learners and what is promised to them."""

    def account(self, platform: str, user_id: str) -> Account | None:
        """Return the account of a platform's user."""
        return self._one(rows.account_of, _ACCOUNT, {"platform": platform, "user_id": user_id})

    def add_learner(self, learner: Learner, account: Account) -> tuple[Learner, Account]:
        """Create a learner with their first account; return both with their ids."""
        learner = self._add(learner)
        account = replace(account, learner_id=learner.id)
        return learner, replace(account, id=self._insert(AccountRow, rows.values_of(account, "id")))

    def _add(self, learner: Learner) -> Learner:
        return replace(learner, id=self._insert(LearnerRow, rows.values_of(learner, "id")))

    def rename(self, account_id: int, name: str) -> None:
        """Write the name that an account goes by now."""
        self._change(AccountRow, ("id",), {"id": account_id, "name": name})

    def learner(self, learner_id: int) -> Learner:
        """Return a learner. Raises NotFoundError."""
        row = self._first(_LEARNER, {"id": learner_id})
        if row is None:
            raise NotFoundError(f"there is no learner {learner_id}")
        return rows.learner_of(row)

    def save_learner(self, learner: Learner) -> None:
        """Write a learner's settings."""
        self._change(LearnerRow, ("id",), rows.values_of(learner, "created_at"))

    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        """Return what a learner and the tutor are in the middle of."""
        place = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
        return self._one(rows.conversation_of, _CONVERSATION, place | {"learner_id": learner_id})

    def save_conversation(self, conversation: Conversation) -> None:
        """Write a conversation."""
        values = rows.values_of(conversation, "address") | {
            "address_id": self._address_id(conversation.address),
            "choices": json.dumps(conversation.choices),
            "aids": rows.dump_aids(conversation.aids),
        }
        self._put(ConversationRow, ("address_id", "learner_id"), values)

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        """Note a question that found nothing sure."""
        self._insert(MissRow, {"text": text, "decision": decision, "concept_id": concept_id, "at": at})

    def misses(self, limit: int) -> Sequence[Miss]:
        """Return the newest misses."""
        newest = select(MissRow).order_by(col(MissRow.id).desc()).limit(limit)
        return [rows.miss_of(row) for row in self._all(newest)]
