"""A tutor over a real store, spoken to as a learner does; time is what the test says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.content.language import full
from bot.adapters.store import open_store
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Message, Replies, Reply, Sender, Sent
from bot.core.content.document import source_text
from bot.core.content.library import Library
from bot.core.grading import Grader
from bot.core.records.records import DeliveryKind, DeliveryState, Owner, OwnerKind, Subscription
from bot.core.retrieval import Index
from bot.errors import DeliveryError
from bot.features.daily.outcomes import Outcome, Outgoing
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
CHAT = Address("console", "local")


def said(reply: Reply) -> str:
    """Return a reply as text, its choices in brackets."""
    choices = "".join(f" [{choice.label}]" for choice in reply.choices)
    return source_text(reply.blocks) + choices


@dataclass
class Learner:
    """Someone who writes to the tutor.

    Attributes:
        now: moves only when the test moves it.
        replies: what the last message was answered with.
        path: where the database is.
    """

    tutor: Tutor
    store: Store
    knowledge: Knowledge
    now: datetime = MORNING
    user: str = "ann"
    address: Address = CHAT
    count: int = 0
    replies: Replies = ()
    posts: dict[str, Reply] = field(default_factory=dict)
    path: Path = Path()

    def says(self, text: str, *, reply_to: str | None = None, pressed: str | None = None, wire_id: str = "") -> str:
        """Send one message and return what was answered."""
        self.count += 1
        message = Message(
            wire_id or f"{self.user}-{self.count}",
            self.address,
            Sender(self.user, self.user.title()),
            text,
            self.now,
            reply_to=reply_to,
            pressed=pressed,
        )
        self.replies = self.tutor.handle(message)
        for number, reply in enumerate(self.replies):
            post = f"post-{self.user}-{self.count}-{number}"
            self.posts[post] = reply
            if reply.ref:
                self.tutor.note(ReplySent(self.address, reply.ref, Sent((post,))), self.now)
        return "\n".join(said(reply) for reply in self.replies)

    def taps(self, label: str) -> str:
        """Tap a choice of the last replies by its label."""
        choices = [choice for reply in self.replies for choice in reply.choices]
        found = [choice for choice in choices if choice.label == label]
        assert found, f"no choice {label!r} among {[choice.label for choice in choices]}"
        return self.says("", pressed=found[0].id)

    def waits(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def is_sent(self) -> Outgoing | None:
        """Run one tick up to the send, which nobody has confirmed yet."""
        while self.tutor.claim_due(self.now):
            pass
        self.tutor.settle(self.now)
        return next(iter(self.tutor.take(frozenset({"console"}), self.now)), None)

    def notes(self, outgoing: Outgoing, result: Sent | DeliveryError) -> None:
        """Write down what became of a push."""
        self.tutor.record([Outcome(outgoing, result)], self.now)

    def receives(self) -> list[str]:
        """Run one tick and return what it pushed to the terminal."""
        pushed = []
        while outgoing := self.is_sent():
            self.count += 1
            post = f"push-{self.count}"
            self.posts[post] = outgoing.reply
            self.notes(outgoing, Sent((post,)))
            pushed.append(said(outgoing.reply))
        return pushed

    def restarts(self) -> None:
        """Begin a new process on the same database."""
        self.tutor = Tutor(self.store, self.knowledge, language="zh", timezone="Asia/Shanghai")
        self.tutor.recover(self.now)

    @property
    def owner(self) -> Owner:
        """This learner, as the owner of deliveries; they have to have written before."""
        with self.store.transaction() as tx:
            account = tx.account(self.address.platform, self.user)
            assert account
            return Owner(OwnerKind.LEARNER, account.learner_id)

    @property
    def subscription(self) -> Subscription:
        owner = self.owner
        with self.store.transaction() as tx:
            found = tx.subscription(owner)
            assert found
            return found

    def states(self, day: date) -> list[DeliveryState]:
        """The states of a date's daily questions, by ordinal."""
        owner = self.owner
        with self.store.transaction() as tx:
            return [each.state for each in tx.deliveries(owner, DeliveryKind.DAILY, day)]

    @property
    def percent(self) -> int:
        """The mark in the last replies."""
        found = re.search(r"(\d+)%", "\n".join(said(reply) for reply in self.replies))
        assert found, "no mark was given"
        return int(found.group(1))


@pytest.fixture(scope="session")
def knowledge(pack: Library, grader: Grader) -> Knowledge:
    return Knowledge(pack, Index.build(pack, full()), grader)


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    path = tmp_path / "tutor.sqlite3"
    shutil.copy(empty, path)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def ann(store: Store, knowledge: Knowledge, tmp_path: Path) -> Learner:
    tutor = Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai")
    return Learner(tutor, store, knowledge, path=tmp_path / "tutor.sqlite3")
