"""The way in: one message is read once, decided on, written once, and answered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.chat.events import ChatEvent
from bot.core.chat.incidents import Counts
from bot.core.chat.intents import parse
from bot.core.chat.messages import Message, Replies, Reply, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import File, paragraph
from bot.core.language.wording import Wording, language_of_tag
from bot.core.records.contests import Notice
from bot.core.records.records import Account, Conversation, Learner
from bot.features import chat_events
from bot.features.asking import suggesting
from bot.features.daily import delivering
from bot.features.daily.outcomes import Outcome, Outgoing, record
from bot.features.groups import daily_question
from bot.features.live import rounds
from bot.features.registry import COMMANDS, TABLE
from bot.features.routing import route
from bot.features.turn import Knowledge, Turn
from bot.ports import Store, Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operator:
    """What whoever runs the bot has.

    Attributes:
        owners: their accounts, each as platform:user id.
        read: reads the content anew, for /reload; None where it cannot be.
        counts: what platforms count, for /health.
    """

    owners: Collection[str] = ()
    read: Callable[[], Knowledge] | None = None
    counts: Mapping[str, Counts] = field(default_factory=dict)


NOBODY = Operator()


class Tutor:
    """Answers messages. Synchronous: the app makes one call at a time, in the event loop or in a thread."""

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        *,
        language: str,
        timezone: str,
        operator: Operator = NOBODY,
    ) -> None:
        """Args: language and timezone are those of new learners."""
        self._store = store
        self._knowledge = knowledge
        self._language = language
        self._timezone = timezone
        self._operator = operator
        self.counts = operator.counts

    def handle(self, message: Message) -> Replies:
        """Answer one message; a replayed one is answered as before and changes nothing."""
        try:
            with self._store.transaction() as tx:
                replies = tx.replies_to(message.address, message.wire_id)
                if replies is None:
                    replies = self._answer(tx, message)
                    self._keep(tx, message, replies)
                return replies
        except Exception:  # a learner never sees a traceback, the operator does
            log.exception("message %s of %s could not be handled", message.wire_id, message.address)
            return (Reply((paragraph(Wording(self._language)("sorry")),)),)

    def suggest(self, text: str, language: str, offered: Offered = Offered.CONCEPT) -> Sequence[Suggestion]:
        """Offer what somebody may mean while they type; reads no store."""
        if offered is Offered.TOPIC:
            return suggesting.suggest_topics(self._knowledge.library, text, language)
        return suggesting.suggest(self._knowledge, text, language)

    def note(self, event: ChatEvent, now: datetime) -> None:
        """Take note of what became of a chat, of a member or of a reply."""
        with self._store.transaction() as tx:
            chat_events.note(tx, event, now)

    def claim_due(self, now: datetime) -> int:
        """Turn a batch of what is due into pending deliveries; return its size, 0 where nothing is due."""
        return delivering.claim(self._store, now)

    def settle(self, now: datetime) -> None:
        """Do what time alone brings: what may have arrived is sent again, marks are told together, quizzes go on."""
        delivering.settle(self._store, now)
        daily_question.tell_unheard(self._store, now)
        rounds.advance(self._store, self._knowledge, now)

    def recover(self, now: datetime) -> None:
        """Settle what the last process left unfinished."""
        delivering.recover(self._store, now)

    def take(self, platforms: frozenset[str], now: datetime, limit: int = 1) -> list[Outgoing]:
        """Take pushes to send on these platforms; none where nothing waits."""
        return delivering.take(self._store, self._knowledge, platforms, now, limit)

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write down what became of pushes."""
        record(self._store, outcomes, now)

    def notices(self, platforms: frozenset[str]) -> Sequence[Notice]:
        """Return what waits to be told on these platforms."""
        with self._store.transaction() as tx:
            return tx.notices(sorted(platforms), 50)

    def noticed(self, notice: Notice) -> None:
        """Note that a notice arrived."""
        with self._store.transaction() as tx:
            tx.drop_notice(notice.id)

    def _answer(self, tx: Transaction, message: Message) -> Replies:
        learner, account = self._who(tx, message)
        before = tx.conversation(message.address, learner.id)
        conversation = before or Conversation(message.address, learner.id, message.sent_at)
        is_owner, reload = self._is_owner(message), self._reload if self._operator.read else None
        turn = Turn(
            tx, message, learner, account, conversation, self._knowledge, is_owner, reload, self.counts, COMMANDS
        )
        return route(turn, parse(TABLE, message.text, message.pressed))

    def _reload(self) -> Knowledge:
        if self._operator.read:
            self._knowledge = self._operator.read()
        return self._knowledge

    def _keep(self, tx: Transaction, message: Message, replies: Replies) -> None:
        """Keep the replies for a replay, unless their reader was just forgotten: then nothing may remain.

        Files are not kept: they are a copy of everything, and made anew where they are asked for again.
        """
        if any(isinstance(block, File) for reply in replies for block in reply.blocks):
            return
        account = tx.account(message.address.platform, message.sender.user_id)
        if account:
            tx.remember_replies(message.address, message.wire_id, replies, message.sent_at, account.learner_id)

    def _is_owner(self, message: Message) -> bool:
        return f"{message.address.platform}:{message.sender.user_id}" in self._operator.owners

    def _who(self, tx: Transaction, message: Message) -> tuple[Learner, Account]:
        sender = message.sender
        account = tx.account(message.address.platform, sender.user_id)
        if account:
            return tx.learner(account.learner_id), _renamed(tx, account, sender.name)
        language = language_of_tag(message.language, self._language)
        return tx.add_learner(
            Learner(0, language, self._timezone, message.sent_at),
            Account(0, 0, message.address.platform, sender.user_id, sender.name),
        )


def _renamed(tx: Transaction, account: Account, name: str) -> Account:
    """Follow somebody's change of name."""
    if not name or name == account.name:
        return account
    tx.rename(account.id, name)
    return replace(account, name=name)
