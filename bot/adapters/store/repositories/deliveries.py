"""The part of a transaction about what is sent: deliveries, posts, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Boolean, Integer, bindparam, delete, func, literal, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.columns import UtcDateTime
from bot.adapters.store.driver.prepared import AnySelect
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables import AddressRow, DeliveryRow, PostRow, ReceiptRow
from bot.core.chat.messages import Address, Replies, Role, Sent
from bot.core.records.records import AS_IT_IS, Delivery, DeliveryKind, DeliveryState, NewDelivery, Owner, Retry

_DELIVERY = select(DeliveryRow, AddressRow.platform, AddressRow.chat, AddressRow.thread).join(
    AddressRow, col(AddressRow.id) == DeliveryRow.address_id
)
_DELIVERY_BY_ID = _DELIVERY.where(matching(DeliveryRow.id))
_OWNED = matching(DeliveryRow.owner_kind, DeliveryRow.owner_id)
_OF_DATE = _DELIVERY.where(_OWNED, matching(DeliveryRow.kind, DeliveryRow.local_date)).order_by(
    col(DeliveryRow.ordinal)
)
_BETWEEN = _DELIVERY.where(
    _OWNED,
    # Every kind: the index has it in the middle.
    col(DeliveryRow.kind).in_([literal(kind.value) for kind in DeliveryKind]),
    col(DeliveryRow.local_date).between(bindparam("first"), bindparam("last")),
).order_by(col(DeliveryRow.id))
_WAITING = (
    _DELIVERY.where(DeliveryRow.state == DeliveryState.PENDING, matching(DeliveryRow.platform))
    .where(DeliveryRow.due_at <= bindparam("now"))
    .order_by(col(DeliveryRow.due_at).desc(), col(DeliveryRow.id).desc())
    .limit(bindparam("limit", type_=Integer))
)
_IN_STATE = (
    _DELIVERY.where(matching(DeliveryRow.state), DeliveryRow.state_at <= bindparam("until"))
    .order_by(col(DeliveryRow.id))
    .limit(bindparam("limit", type_=Integer))
)
_MOVED = (
    update(DeliveryRow)
    .where(col(DeliveryRow.id) == bindparam("delivery_id"), col(DeliveryRow.state) == bindparam("expected"))
    .values(
        state=bindparam("to"),
        state_at=bindparam("at"),
        tries=func.coalesce(bindparam("new_tries", type_=Integer), DeliveryRow.tries + bindparam("more")),
        due_at=func.coalesce(bindparam("new_due_at", type_=UtcDateTime), DeliveryRow.due_at),
        is_repeat=func.coalesce(bindparam("new_is_repeat", type_=Boolean), DeliveryRow.is_repeat),
    )
)
_RECEIPT = select(ReceiptRow.replies).where(matching(ReceiptRow.address_id, ReceiptRow.wire_id))
_OLD_RECEIPTS = delete(ReceiptRow).where(col(ReceiptRow.at) < bindparam("before"))
_POSTED_AT = aliased(AddressRow)
"""Where a post stands: not always where its delivery was meant for, as `/daily` may be said elsewhere."""
_POSTED = _DELIVERY.join(PostRow, col(PostRow.delivery_id) == DeliveryRow.id)
_BY_POST = _POSTED.where(matching(PostRow.address_id, PostRow.message_id))
_BY_POLL = _POSTED.join(_POSTED_AT, col(_POSTED_AT.id) == PostRow.address_id).where(
    matching(PostRow.poll_id, _POSTED_AT.platform)
)


class Deliveries(Statements):
    """Questions on their way, and the messages that carry them."""

    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        """Return what a message of this id was answered with before, or None."""
        values = {"address_id": self._address_id(address), "wire_id": wire_id}
        found = self._first(_RECEIPT, values)
        return rows.load_replies(found) if found is not None else None

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
        self._insert_new(ReceiptRow, values)

    def drop_replies(self, before: datetime) -> None:
        """Let go of the replies to messages from before a moment."""
        self._run(_OLD_RECEIPTS, {"before": before})

    def add_delivery(self, new: NewDelivery) -> Delivery | None:
        """Create a delivery; None where this owner, kind, date and ordinal already has one."""
        values = {
            **rows.values_of(new, "owner", "address", "at"),
            "owner_kind": new.owner.kind,
            "owner_id": new.owner.id,
            "address_id": self._address_id(new.address),
            "created_at": new.at,
            "state_at": new.at,
            "tries": 0,
            "platform": new.address.platform,
            "due_at": new.at,
            "is_repeat": False,
        }
        made = self._insert_new(DeliveryRow, values)
        return self.delivery(made) if made is not None else None

    def delivery(self, delivery_id: int) -> Delivery | None:
        """Return a delivery."""
        return self._one(rows.delivery_of, _DELIVERY_BY_ID, {"id": delivery_id})

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        """Return an owner's deliveries of one date by ordinal."""
        values = {"owner_kind": owner.kind, "owner_id": owner.id, "kind": kind, "local_date": local_date}
        return self._deliveries(_OF_DATE, values)

    def deliveries_between(self, owner: Owner, first: date, last: date) -> Sequence[Delivery]:
        """Return an owner's deliveries from one date to another, of every kind, in the order they were made."""
        return self._deliveries(
            _BETWEEN, {"owner_kind": owner.kind, "owner_id": owner.id, "first": first, "last": last}
        )

    def waiting(self, platforms: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        """Return the pending deliveries of these platforms with `due_at <= now`, the latest due first."""
        found: list[Delivery] = []
        for platform in platforms:  # one walk along the index for each
            found += self._deliveries(_WAITING, {"platform": platform, "now": now, "limit": limit})
        return sorted(found, key=lambda d: (d.due_at or d.created_at, d.id), reverse=True)[:limit]

    def deliveries_in(self, state: DeliveryState, until: datetime, limit: int) -> Sequence[Delivery]:
        """Return deliveries that entered a state at or before a moment, and are in it still, oldest first."""
        return self._deliveries(_IN_STATE, {"state": state, "until": until, "limit": limit})

    def _deliveries(self, statement: AnySelect, values: Mapping[str, object]) -> list[Delivery]:
        return [rows.delivery_of(row) for row in self._all(statement, values)]

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        """Write which question a delivery asks."""
        self._change(DeliveryRow, ("id",), {"id": delivery_id, "question_id": question_id, "reason": reason})

    def move_delivery(
        self, delivery_id: int, expected: DeliveryState, to: DeliveryState, at: datetime, retry: Retry = AS_IT_IS
    ) -> bool:
        """Compare and set a delivery's state; False where it was in another. Entering SENDING counts a try."""
        values = {
            "delivery_id": delivery_id,
            "expected": expected,
            "to": to,
            "at": at,
            "new_tries": retry.tries,
            "more": int(to is DeliveryState.SENDING),
            "new_due_at": retry.due_at,
            "new_is_repeat": retry.is_repeat,
        }
        return self._run(_MOVED, values) == 1

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
            self._put(PostRow, ("address_id", "message_id"), values)

    def delivery_of_post(self, address: Address, message_id: str) -> Delivery | None:
        """Return the delivery that a platform message belongs to."""
        return self._one(
            rows.delivery_of, _BY_POST, {"address_id": self._address_id(address), "message_id": message_id}
        )

    def delivery_of_poll(self, platform: str, poll_id: str) -> Delivery | None:
        """Return the delivery that a poll belongs to."""
        return self._one(rows.delivery_of, _BY_POLL, {"poll_id": poll_id, "platform": platform})
