"""A store in memory: the same port, for the contract and for fast tests."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.core.chat.messages import Address, Replies, Reply
from bot.core.records.contests import Contest, ContestKind, ContestState, Miss, Notice
from bot.core.records.records import (
    Account,
    Attempt,
    Conversation,
    Learner,
    Owner,
    OwnerKind,
)
from bot.errors import NotFoundError
from tests.fake_deliveries import MemoryDeliveries
from tests.fake_groups import MemoryGroups
from tests.fake_log import MemoryLog


@dataclass
class MemoryTransaction(MemoryGroups, MemoryDeliveries, MemoryLog):
    """One transaction; see `bot.ports.Transaction`."""

    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        return self.receipts.get((address, wire_id))

    def remember_replies(
        self, address: Address, wire_id: str, replies: Replies, at: datetime, learner_id: int | None = None
    ) -> None:
        self.receipts.setdefault((address, wire_id), replies)
        self.readers.setdefault((address, wire_id), learner_id)
        self.replied_at.setdefault((address, wire_id), at)

    def drop_replies(self, before: datetime) -> None:
        for key in [key for key in self.receipts if self.replied_at[key] < before]:
            del self.receipts[key], self.readers[key], self.replied_at[key]

    def account(self, platform: str, user_id: str) -> Account | None:
        return self.accounts.get((platform, user_id))

    def add_learner(
        self, platform: str, user_id: str, name: str, language: str, timezone: str, at: datetime
    ) -> tuple[Learner, Account]:
        learner = Learner(max(self.learners, default=0) + 1, language, timezone, at)
        account = Account(
            max((a.id for a in self.accounts.values()), default=0) + 1, learner.id, platform, user_id, name
        )
        self.learners[learner.id] = learner
        self.accounts[platform, user_id] = account
        return learner, account

    def learner(self, learner_id: int) -> Learner:
        if learner_id not in self.learners:
            raise NotFoundError(f"there is no learner {learner_id}")
        return self.learners[learner_id]

    def save_learner(self, learner: Learner) -> None:
        if learner.id in self.learners:
            self.learners[learner.id] = learner

    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        return self.conversations.get((address, learner_id))

    def save_conversation(self, conversation: Conversation) -> None:
        self.conversations[conversation.address, conversation.learner_id] = conversation

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        self.missed.append(Miss(len(self.missed) + 1, text, decision, concept_id, at))

    def look_up(self, learner_id: int, concept_id: str, at: datetime) -> None:
        self.lookups[learner_id, concept_id] = at

    def looked_up(self, learner_id: int, limit: int) -> Sequence[str]:
        mine = [(at, concept_id) for (who, concept_id), at in self.lookups.items() if who == learner_id]
        latest = sorted(sorted(mine, key=lambda each: each[1]), key=lambda each: each[0], reverse=True)
        return [concept_id for _, concept_id in latest][:limit]

    def excuse(self, learner_id: int, days: Sequence[date]) -> None:
        self.excuses |= {(learner_id, day) for day in days}

    def drop_excuses(self, learner_id: int, after: date) -> None:
        self.excuses = {(who, day) for who, day in self.excuses if who != learner_id or day <= after}

    def excused(self, learner_id: int) -> Sequence[date]:
        return sorted(day for who, day in self.excuses if who == learner_id)

    def add_contest(
        self, kind: ContestKind, learner_id: int, attempt_id: int | None, subject: str, text: str, at: datetime
    ) -> Contest | None:
        if attempt_id is not None and any(c.attempt_id == attempt_id for c in self.contested.values()):
            return None
        number = len(self.contested) + 1
        made = Contest(number, kind, learner_id, attempt_id, subject, text, ContestState.OPEN, at)
        self.contested[number] = made
        return made

    def contest(self, contest_id: int) -> Contest | None:
        return self.contested.get(contest_id)

    def contests(self, state: ContestState, limit: int) -> Sequence[Contest]:
        return [c for c in self.contested.values() if c.state is state][:limit]

    def settle_contest(self, contest_id: int, to: ContestState) -> bool:
        found = self.contested.get(contest_id)
        if found is None or found.state is not ContestState.OPEN:
            return False
        self.contested[contest_id] = replace(found, state=to)
        return True

    def add_phrase(self, question_id: str, point_id: str, phrase: str, at: datetime) -> None:
        if (question_id, point_id, phrase) not in self.accepted:
            self.accepted.append((question_id, point_id, phrase))

    def phrases(self, question_id: str | None = None) -> Sequence[tuple[str, str, str]]:
        return [row for row in self.accepted if question_id in (None, row[0])]

    def attempt(self, attempt_id: int) -> Attempt | None:
        return next((a for a in self.answers if a.id == attempt_id), None)

    def attempts_at(self, question_id: str) -> Sequence[Attempt]:
        return [a for a in self.answers if a.question_id == question_id]

    def add_notice(self, address: Address, reply: Reply, at: datetime, learner_id: int | None = None) -> None:
        self.notes += 1
        self.addressees[self.notes] = learner_id
        self.outbox[self.notes] = Notice(self.notes, address, reply)

    def notices(self, platforms: Sequence[str], limit: int) -> Sequence[Notice]:
        return [n for n in self.outbox.values() if n.address.platform in platforms][:limit]

    def drop_notice(self, notice_id: int) -> bool:
        return self.outbox.pop(notice_id, None) is not None

    def everything(self, learner_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        owner = Owner(OwnerKind.LEARNER, learner_id)
        mine = {a.id for a in self.accounts_of(learner_id)}
        rows: dict[str, list[Mapping[str, object]]] = {
            "link_code": [{"account_id": who} for who in self.codes if who in mine],
            "wrong_code": [{"account_id": who} for who, _ in self.wrong if who in mine],
            "learner": [asdict(self.learners[learner_id])],
            "account": [asdict(a) for a in self.accounts.values() if a.learner_id == learner_id],
            "subscription": [asdict(s) for o, s in self.subscriptions.items() if o == owner],
            "delivery": [asdict(d) for d in self.sent.values() if d.owner == owner],
            "attempt": [asdict(a) for a in self.attempts(learner_id)],
            "grading": [asdict(g) for _, g in self.gradings(learner_id)],
            "card": [asdict(c) for c in self.cards(learner_id)],
            "conversation": [asdict(c) for (_, who), c in self.conversations.items() if who == learner_id],
            "lookup": [{"concept_id": concept_id} for who, concept_id in self.lookups if who == learner_id],
            "excused": [{"day": day} for day in self.excused(learner_id)],
            "member": [asdict(m) for (_, who), m in self.joined.items() if who == learner_id],
            "award": [asdict(a) for a in self.awards.values() if a.learner_id == learner_id],
            "unheard": [{"delivery_id": number} for _, who, number in self.unsaid if who == learner_id],
            "live": [asdict(quiz) for quiz in self.quizzes.values() if quiz.begun_by == learner_id],
            "contest": [asdict(c) for c in self.contested.values() if c.learner_id == learner_id],
            "receipt": [{"wire_id": wire} for (_, wire), who in self.readers.items() if who == learner_id],
            "notice": [{"id": number} for number, who in self.addressees.items() if who == learner_id],
        }
        return rows

    def forget(self, learner_id: int, at: datetime) -> None:
        owner = Owner(OwnerKind.LEARNER, learner_id)
        gone = {a.id for a in self.attempts(learner_id)}
        self.buried_at = at
        self.leave_groups(learner_id)
        mine = {a.id for a in self.accounts_of(learner_id)}
        self.codes = {who: code for who, code in self.codes.items() if who not in mine}
        self.wrong = [(who, when) for who, when in self.wrong if who not in mine]
        self.tombs |= {key for key, account in self.accounts.items() if account.learner_id == learner_id}
        self.graded = [g for g in self.graded if g.attempt_id not in gone]
        self.answers = [a for a in self.answers if a.id not in gone]
        self.contested = {i: c for i, c in self.contested.items() if c.learner_id != learner_id}
        self.memory = {key: card for key, card in self.memory.items() if key[0] != learner_id}
        self.conversations = {key: c for key, c in self.conversations.items() if key[1] != learner_id}
        mine = {i for i, d in self.sent.items() if d.owner == owner}
        self.posts = {key: post for key, post in self.posts.items() if post[0] not in mine}
        self.sent = {i: d for i, d in self.sent.items() if i not in mine}
        self.subscriptions.pop(owner, None)
        self.lookups = {key: when for key, when in self.lookups.items() if key[0] != learner_id}
        self.excuses = {key for key in self.excuses if key[0] != learner_id}
        self.receipts = {key: r for key, r in self.receipts.items() if self.readers.get(key) != learner_id}
        self.readers = {key: who for key, who in self.readers.items() if who != learner_id}
        self.outbox = {i: n for i, n in self.outbox.items() if self.addressees.get(i) != learner_id}
        self.addressees = {i: who for i, who in self.addressees.items() if who != learner_id}
        self.accounts = {key: a for key, a in self.accounts.items() if a.learner_id != learner_id}
        self.learners.pop(learner_id, None)

    def forget_again(self) -> int:
        back = {a.learner_id for key, a in self.accounts.items() if key in self.tombs}
        back = {who for who in back if self.learners[who].created_at <= self.buried_at}
        for learner_id in back:
            self.forget(learner_id, self.buried_at)
        return len(back)

    def rename(self, account_id: int, name: str) -> None:
        self.accounts = {k: replace(a, name=name) if a.id == account_id else a for k, a in self.accounts.items()}

    def accounts_of(self, learner_id: int) -> Sequence[Account]:
        return sorted((a for a in self.accounts.values() if a.learner_id == learner_id), key=lambda a: a.id)

    def issue_code(self, account_id: int, until: datetime) -> str:
        self.issued += 1
        self.codes[account_id] = (f"CODE{self.issued:04}", until)
        return self.codes[account_id][0]

    def account_of_code(self, code: str, now: datetime) -> Account | None:
        ids = [account_id for account_id, (known, until) in self.codes.items() if known == code and until > now]
        return next((a for a in self.accounts.values() if a.id in ids), None)

    def drop_code(self, account_id: int) -> None:
        self.codes.pop(account_id, None)

    def add_wrong_code(self, account_id: int, at: datetime) -> None:
        self.wrong.append((account_id, at))

    def wrong_codes(self, account_id: int, since: datetime) -> int:
        return len([1 for who, at in self.wrong if who == account_id and at > since])

    def join(self, source: int, target: int) -> None:
        old, new = Owner(OwnerKind.LEARNER, source), Owner(OwnerKind.LEARNER, target)
        taken = {(d.kind, d.local_date, d.ordinal) for d in self.sent.values() if d.owner == new}
        for delivery in [d for d in self.sent.values() if d.owner == old]:
            ordinal = next(
                n for n in (delivery.ordinal, *range(999)) if (delivery.kind, delivery.local_date, n) not in taken
            )
            taken.add((delivery.kind, delivery.local_date, ordinal))
            self.sent[delivery.id] = replace(delivery, owner=new, ordinal=ordinal)
        self.accounts = {
            k: replace(a, learner_id=target) if a.learner_id == source else a for k, a in self.accounts.items()
        }
        self.answers = [replace(a, learner_id=target) if a.learner_id == source else a for a in self.answers]
        self.contested = {
            i: replace(c, learner_id=target) if c.learner_id == source else c for i, c in self.contested.items()
        }
        for (address, who), conversation in list(self.conversations.items()):
            if who == source:
                del self.conversations[address, who]
                self.conversations.setdefault((address, target), replace(conversation, learner_id=target))
        self.lookups = {**{(target, c): at for (w, c), at in self.lookups.items() if w == source}, **self.lookups}
        self.lookups = {key: at for key, at in self.lookups.items() if key[0] != source}
        self.excuses = {(target if who == source else who, day) for who, day in self.excuses}
        self.memory = {key: card for key, card in self.memory.items() if key[0] != source}
        self.readers = {key: target if who == source else who for key, who in self.readers.items()}
        self.addressees = {key: target if who == source else who for key, who in self.addressees.items()}
        self.join_groups(source, target)
        del self.learners[source]

    def part(self, account: Account, learner: Learner, at: datetime) -> Learner:
        made = replace(learner, id=max(self.learners) + 1, created_at=at)
        self.learners[made.id] = made
        old, new = Owner(OwnerKind.LEARNER, learner.id), Owner(OwnerKind.LEARNER, made.id)
        self.accounts[account.platform, account.user_id] = replace(account, learner_id=made.id)
        moved = {a.id for a in self.answers if a.account_id == account.id}
        self.answers = [replace(a, learner_id=made.id) if a.id in moved else a for a in self.answers]
        self.contested = {
            i: replace(c, learner_id=made.id) if c.attempt_id in moved else c for i, c in self.contested.items()
        }
        for delivery in [d for d in self.sent.values() if d.owner == old and d.address.platform == account.platform]:
            self.sent[delivery.id] = replace(delivery, owner=new)
        for (address, who), conversation in list(self.conversations.items()):
            if who == learner.id and address.platform == account.platform:
                del self.conversations[address, who]
                self.conversations[address, made.id] = replace(conversation, learner_id=made.id)
        self.part_groups(account.platform, moved, learner.id, made.id)
        return made

    def is_forgotten(self, platform: str, user_id: str) -> bool:
        return (platform, user_id) in self.tombs and (platform, user_id) not in self.accounts

    def misses(self, limit: int) -> Sequence[Miss]:
        return self.missed[::-1][:limit]


class MemoryStore:
    """Commits by keeping the changed copy."""

    def __init__(self) -> None:
        self._kept = MemoryTransaction()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        changed = copy.deepcopy(self._kept)
        yield changed
        self._kept = changed

    def close(self) -> None:
        """There is nothing to let go of."""
