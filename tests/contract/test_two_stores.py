"""What two processes on one database may do at the same moment: everything that counts happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import TypeVar

import pytest

from bot.core.chat.messages import Address, Replies, Reply
from bot.core.content.document import paragraph
from bot.core.records.records import Account, DeliveryKind, DeliveryState, Learner, NewDelivery, Owner, OwnerKind
from bot.ports import Store, Transaction

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DAY = date(2026, 11, 24)
CHAT = Address("console", "local")
OWNER = Owner(OwnerKind.LEARNER, 1)
ROUNDS = 20

_T = TypeVar("_T")


def _at_once(stores: tuple[Store, Store], act: Callable[[Transaction, int], _T]) -> list[set[_T]]:
    """Let both stores act in the same moment, round after round; return what each round came to."""
    start = Barrier(2, timeout=10)

    def work(store: Store) -> list[_T]:
        results = []
        for number in range(ROUNDS):
            start.wait()
            with store.transaction() as tx:
                results.append(act(tx, number))
        return results

    with ThreadPoolExecutor(2) as workers:
        one, two = workers.map(work, stores)
    return [{first, second} for first, second in zip(one, two, strict=True)]


def test_a_delivery_is_made_once(two_stores: tuple[Store, Store]) -> None:
    def make(tx: Transaction, number: int) -> bool:
        return tx.add_delivery(NewDelivery(OWNER, DeliveryKind.DAILY, DAY, number, CHAT, NOW)) is not None

    assert _at_once(two_stores, make) == [{True, False}] * ROUNDS


def test_a_delivery_is_moved_once(two_stores: tuple[Store, Store]) -> None:
    with two_stores[0].transaction() as tx:
        made = [
            tx.add_delivery(NewDelivery(OWNER, DeliveryKind.DAILY, DAY, number, CHAT, NOW)) for number in range(ROUNDS)
        ]
    ids = [delivery.id for delivery in made if delivery]

    def move(tx: Transaction, number: int) -> bool:
        return tx.move_delivery(ids[number], DeliveryState.PENDING, DeliveryState.SENDING, NOW)

    assert _at_once(two_stores, move) == [{True, False}] * ROUNDS


def test_a_replayed_message_is_handled_once_and_answered_alike(two_stores: tuple[Store, Store]) -> None:
    def handle(tx: Transaction, number: int) -> Replies:
        known = tx.replies_to(CHAT, str(number))
        if known is not None:
            return known
        handled = len(tx.misses(99))
        tx.add_miss(str(number), "refuse", "", NOW)
        replies = (Reply((paragraph(f"第 {handled} 条"),)),)
        tx.remember_replies(CHAT, str(number), replies, NOW)
        return replies

    assert all(len(answers) == 1 for answers in _at_once(two_stores, handle))
    with two_stores[1].transaction() as tx:
        assert len(tx.misses(99)) == ROUNDS


def test_a_new_learner_is_made_once(two_stores: tuple[Store, Store]) -> None:
    def meet(tx: Transaction, number: int) -> int:
        known = tx.account("console", str(number))
        if known:
            return known.learner_id
        return tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", str(number), ""))[0].id

    assert all(len(learners) == 1 for learners in _at_once(two_stores, meet))


def test_what_one_store_takes_back_the_other_never_sees(two_stores: tuple[Store, Store]) -> None:
    def fail_halfway() -> None:
        with two_stores[0].transaction() as tx:
            assert tx.add_delivery(NewDelivery(OWNER, DeliveryKind.DAILY, DAY, 0, CHAT, NOW))
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fail_halfway()
    with two_stores[1].transaction() as tx:
        assert tx.deliveries(OWNER, DeliveryKind.DAILY, DAY) == []
        assert tx.add_delivery(NewDelivery(OWNER, DeliveryKind.DAILY, DAY, 0, CHAT, NOW))
