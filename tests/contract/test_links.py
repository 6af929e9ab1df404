"""Joining and parting learners, over every store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.chat.messages import Address
from bot.core.records.records import (
    Account,
    Attempt,
    Conversation,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Learner,
    NewDelivery,
    Owner,
    OwnerKind,
)
from bot.errors import NotFoundError
from bot.ports import Store, Transaction

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HERE, THERE = Address("telegram", "1"), Address("discord", "2")


def person(tx: Transaction, address: Address) -> tuple[Learner, Account]:
    """Add somebody who was asked today's question and answered it."""
    learner, account = tx.add_learner(
        Learner(0, "zh", "Asia/Shanghai", NOW), Account(0, 0, address.platform, address.chat, "x")
    )
    asked = daily(tx, learner, 0, address)
    tx.add_attempt(Attempt(0, learner.id, account.id, asked.id, "q", "answer", NOW, TODAY, frozenset()))
    tx.save_conversation(Conversation(address, learner.id, NOW, delivery_id=asked.id))
    tx.look_up(learner.id, "iou", NOW)
    tx.excuse(learner.id, [TODAY])
    return learner, account


def daily(tx: Transaction, learner: Learner, ordinal: int, address: Address) -> Delivery:
    owner = Owner(OwnerKind.LEARNER, learner.id)
    made = tx.add_delivery(
        NewDelivery(owner, DeliveryKind.DAILY, TODAY, ordinal, address, NOW, state=DeliveryState.SENT)
    )
    assert made is not None
    return made


def test_a_code_is_its_accounts_until_it_ends_or_another_is_made(store: Store) -> None:
    with store.transaction() as tx:
        _, account = person(tx, HERE)
        first = tx.issue_code(account.id, NOW + timedelta(minutes=10))
        second = tx.issue_code(account.id, NOW + timedelta(minutes=10))
        assert first != second
        assert tx.account_of_code(first, NOW) is None
        assert tx.account_of_code(second, NOW) == account
        assert tx.account_of_code(second, NOW + timedelta(minutes=10)) is None
        tx.drop_code(account.id)
        assert tx.account_of_code(second, NOW) is None


def test_wrong_codes_are_counted_by_account_and_time(store: Store) -> None:
    with store.transaction() as tx:
        (_, one), (_, other) = person(tx, HERE), person(tx, THERE)
        tx.add_wrong_code(one.id, NOW)
        tx.add_wrong_code(one.id, NOW)
        assert tx.wrong_codes(one.id, NOW - timedelta(hours=1)) == 2
        assert tx.wrong_codes(one.id, NOW) == 0
        assert tx.wrong_codes(other.id, NOW - timedelta(hours=1)) == 0


def test_joined_learners_keep_everything(store: Store) -> None:
    with store.transaction() as tx:
        (kept, _), (gone, account) = person(tx, HERE), person(tx, THERE)
        daily(tx, gone, 1, THERE)
        tx.join(gone.id, kept.id)
        assert [a.platform for a in tx.accounts_of(kept.id)] == ["telegram", "discord"]
        assert tx.account("discord", "2") == Account(account.id, kept.id, "discord", "2", "x")
        assert [a.learner_id for a in tx.attempts(kept.id)] == [kept.id] * 2
        owner = Owner(OwnerKind.LEARNER, kept.id)
        assert [d.ordinal for d in tx.deliveries(owner, DeliveryKind.DAILY, TODAY)] == [0, 1, 2]
        assert tx.conversation(THERE, kept.id) is not None
        assert tx.looked_up(kept.id, 5) == ["iou"]
        assert tx.excused(kept.id) == [TODAY]
        with pytest.raises(NotFoundError):
            tx.learner(gone.id)


def test_a_parted_account_takes_its_own_along(store: Store) -> None:
    with store.transaction() as tx:
        (kept, _), (gone, _) = person(tx, HERE), person(tx, THERE)
        tx.join(gone.id, kept.id)
        account = tx.account("discord", "2")
        assert account is not None
        alone = tx.part(account, tx.learner(kept.id), NOW)
        assert alone.id != kept.id
        assert [len(tx.attempts(who)) for who in (kept.id, alone.id)] == [1, 1]
        assert [len(tx.accounts_of(who)) for who in (kept.id, alone.id)] == [1, 1]
        assert tx.conversation(THERE, kept.id) is None
        assert tx.conversation(THERE, alone.id) is not None
        owner = Owner(OwnerKind.LEARNER, alone.id)
        assert [d.address for d in tx.deliveries(owner, DeliveryKind.DAILY, TODAY)] == [THERE]
