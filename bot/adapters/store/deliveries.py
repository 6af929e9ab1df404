"""The part of a transaction about what is sent: deliveries, posts, receipts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, select

from bot.adapters.store import rows
from bot.adapters.store.statements import Statements, matching
from bot.adapters.store.tables import T
from bot.core.messages import Address, Replies, Role, Sent
from bot.core.records import Delivery, DeliveryKind, DeliveryState, Owner

_DELIVERY = select(T.delivery, T.address.c.platform, T.address.c.chat, T.address.c.thread).join(
    T.address, T.address.c.id == T.delivery.c.address_id
)
_DELIVERY_BY_ID = _DELIVERY.where(matching(T.delivery.c.id))
_RECEIPT = select(T.receipt.c.replies).where(matching(T.receipt.c.address_id, T.receipt.c.wire_id))
_OLD_RECEIPTS = T.receipt.delete().where(T.receipt.c.at < bindparam("before"))
_POSTED_AT = T.address.alias("posted_at")
"""Where a post stands: not always where its delivery was meant for, as `/daily` may be said elsewhere."""


class Deliveries(Statements):
    """Questions on their way, and the messages that carry them."""

    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        """Return what a message of this id was answered with before, or None."""
        values = {"address_id": self._address_id(address), "wire_id": wire_id}
        row = self._first(_RECEIPT, values)
        return rows.load_replies(row.replies) if row else None

    def remember_replies(
        self, address: Address, wire_id: str, replies: Replies, at: datetime, learner_id: int | None = None
    ) -> None:
        """Keep the replies to a message."""
        values = {
            "address_id": self._address_id(address),
            "wire_id": wire_id,
            "replies": rows.dump_replies(replies),
            "at": at,
            "learner_id": learner_id,
        }
        self._insert_new(T.receipt, values)

    def drop_replies(self, before: datetime) -> None:
        """Let go of the replies to messages from before a moment."""
        self._run(_OLD_RECEIPTS, {"before": before})

    def add_delivery(
        self,
        owner: Owner,
        kind: DeliveryKind,
        local_date: date,
        ordinal: int,
        address: Address,
        at: datetime,
        *,
        question_id: str = "",
        reason: str = "",
        state: DeliveryState = DeliveryState.PENDING,
    ) -> Delivery | None:
        """Create a delivery; None where this owner, kind, date and ordinal already has one."""
        values = {
            "owner_kind": owner.kind,
            "owner_id": owner.id,
            "kind": kind,
            "local_date": local_date,
            "ordinal": ordinal,
            "address_id": self._address_id(address),
            "question_id": question_id,
            "reason": reason,
            "state": state,
            "created_at": at,
            "state_at": at,
            "tries": 0,
            "platform": address.platform,
            "due_at": at,
            "is_repeat": False,
        }
        made = self._insert_new(T.delivery, values)
        return self.delivery(made) if made is not None else None

    def delivery(self, delivery_id: int) -> Delivery | None:
        """Return a delivery."""
        row = self._first(_DELIVERY_BY_ID, {"id": delivery_id})
        return rows.delivery_of(row) if row else None

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        """Return an owner's deliveries of one date by ordinal."""
        table = T.delivery
        found = _DELIVERY.where(
            table.c.owner_kind == owner.kind,
            table.c.owner_id == owner.id,
            table.c.kind == kind,
            table.c.local_date == local_date,
        )
        return [rows.delivery_of(row) for row in self._connection.execute(found.order_by(table.c.ordinal))]

    def deliveries_on(self, owner: Owner, days: Collection[date]) -> Sequence[Delivery]:
        """Return an owner's deliveries of some dates, of every kind, in the order they were made."""
        table = T.delivery
        mine = (table.c.owner_kind == owner.kind) & (table.c.owner_id == owner.id)
        found = _DELIVERY.where(mine, table.c.kind.in_(list(DeliveryKind)), table.c.local_date.in_(days))
        return [rows.delivery_of(row) for row in self._connection.execute(found.order_by(table.c.id))]

    def waiting(self, platforms: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        """Return the pending deliveries of these platforms with `due_at <= now`, the latest due first."""
        table = T.delivery
        found: list[Delivery] = []
        for platform in platforms:  # one walk along the index for each
            is_waiting = (table.c.state == DeliveryState.PENDING) & (table.c.platform == platform)
            mine = _DELIVERY.where(is_waiting, table.c.due_at <= now)
            latest = mine.order_by(table.c.due_at.desc(), table.c.id.desc()).limit(limit)
            found += [rows.delivery_of(row) for row in self._connection.execute(latest)]
        return sorted(found, key=lambda d: (d.due_at or d.created_at, d.id), reverse=True)[:limit]

    def deliveries_in(self, state: DeliveryState, until: datetime, limit: int) -> Sequence[Delivery]:
        """Return deliveries that entered a state at or before a moment, and are in it still, oldest first."""
        table = T.delivery
        found = _DELIVERY.where(table.c.state == state, table.c.state_at <= until).order_by(table.c.id).limit(limit)
        return [rows.delivery_of(row) for row in self._connection.execute(found)]

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        """Write which question a delivery asks."""
        change = T.delivery.update().where(T.delivery.c.id == delivery_id)
        self._connection.execute(change.values(question_id=question_id, reason=reason))

    def move_delivery(
        self,
        delivery_id: int,
        expected: DeliveryState,
        to: DeliveryState,
        at: datetime,
        *,
        due_at: datetime | None = None,
        is_repeat: bool | None = None,
        tries: int | None = None,
    ) -> bool:
        """Compare and set a delivery's state; False where it was in another. Entering SENDING counts a try."""
        table = T.delivery
        counted = table.c.tries + (1 if to is DeliveryState.SENDING else 0)
        values: dict[str, object] = {"state": to, "state_at": at, "tries": counted if tries is None else tries}
        if due_at is not None:
            values["due_at"] = due_at
        if is_repeat is not None:
            values["is_repeat"] = is_repeat
        change = table.update().where(table.c.id == delivery_id, table.c.state == expected)
        return self._connection.execute(change.values(**values)).rowcount == 1

    def add_posts(self, address: Address, delivery_id: int, role: Role, sent: Sent) -> None:
        """Tie platform messages (and a poll) to a delivery; the same post twice is one, tied to the last."""
        for message_id in sent.message_ids:
            values = {
                "address_id": self._address_id(address),
                "message_id": message_id,
                "poll_id": sent.poll_id,
                "delivery_id": delivery_id,
                "role": role,
            }
            self._put(T.post, ("address_id", "message_id"), values)

    def delivery_of_post(self, address: Address, message_id: str) -> Delivery | None:
        """Return the delivery that a platform message belongs to."""
        found = _DELIVERY.join(T.post, T.post.c.delivery_id == T.delivery.c.id).where(
            T.post.c.address_id == self._address_id(address), T.post.c.message_id == message_id
        )
        row = self._connection.execute(found).first()
        return rows.delivery_of(row) if row else None

    def delivery_of_poll(self, platform: str, poll_id: str) -> Delivery | None:
        """Return the delivery that a poll belongs to."""
        posts = _DELIVERY.join(T.post, T.post.c.delivery_id == T.delivery.c.id)
        found = posts.join(_POSTED_AT, _POSTED_AT.c.id == T.post.c.address_id).where(
            T.post.c.poll_id == poll_id, _POSTED_AT.c.platform == platform
        )
        row = self._connection.execute(found).first()
        return rows.delivery_of(row) if row else None
