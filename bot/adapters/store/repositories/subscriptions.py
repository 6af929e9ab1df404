"""The part of a transaction about what is promised: subscriptions, and the table of what is due when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, func, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching, table_of
from bot.adapters.store.ownership import in_order, references, unique_keys
from bot.adapters.store.tables import (
    METADATA,
    AddressRow,
    DeliveryRow,
    DueRow,
    LearnerRow,
    NoticeRow,
    PostRow,
    SubscriptionRow,
)
from bot.core.chat.messages import Address
from bot.core.records.records import Claim, DeliveryKind, DeliveryState, Due, Owner, OwnerKind, Subscription
from bot.core.scheduling.schedule import Schedule
from bot.errors import NotFoundError

_SUBSCRIPTION = select(SubscriptionRow, AddressRow.platform, AddressRow.chat, AddressRow.thread).join(AddressRow)
_OF_OWNER = _SUBSCRIPTION.where(matching(SubscriptionRow.owner_kind, SubscriptionRow.owner_id))
_AT_ADDRESS = _SUBSCRIPTION.where(matching(SubscriptionRow.address_id)).order_by(col(SubscriptionRow.id))
_DROP = delete(SubscriptionRow).where(matching(SubscriptionRow.owner_kind, SubscriptionRow.owner_id))
_DROP_DUE = delete(DueRow).where(matching(DueRow.next_at, DueRow.subscription_id))
_KINDS = {kind.value: kind for kind in OwnerKind}
_DUE = (
    select(DueRow)
    .where(DueRow.next_at <= bindparam("now"))
    .order_by(col(DueRow.next_at), col(DueRow.subscription_id))
    .limit(bindparam("limit", type_=Integer))
)
_MOVE_ON = (
    update(SubscriptionRow)
    .where(col(SubscriptionRow.id) == bindparam("subscription_id"))
    .values(
        next_at=bindparam("to"),
        unanswered=bindparam("unanswered"),
        missed=SubscriptionRow.missed + bindparam("more_missed", type_=Integer),
    )
)
_MOVE_DUE = (
    update(DueRow)
    .where(matching(DueRow.next_at, DueRow.subscription_id))
    .values(next_at=bindparam("to"), unanswered=bindparam("unanswered"))
)


class Subscriptions(Statements):
    """Promises, and when they are due."""

    def subscription(self, owner: Owner) -> Subscription | None:
        """Return an owner's subscription."""
        return self._one(rows.subscription_of, _OF_OWNER, _named(owner))

    def subscriptions_at(self, address: Address) -> Sequence[Subscription]:
        """Return the subscriptions that push to an address."""
        found = self._all(_AT_ADDRESS, {"address_id": self._address_id(address)})
        return [rows.subscription_of(row) for row in found]

    def subscribed(self) -> Sequence[Address]:
        """Return every address that an unpaused subscription pushes to, once."""
        running = select(SubscriptionRow.address_id).where(SubscriptionRow.paused == "")
        found = select(AddressRow.platform, AddressRow.chat, AddressRow.thread).where(col(AddressRow.id).in_(running))
        return [Address(*row) for row in self._all(found.order_by(col(AddressRow.id)))]

    def census(self) -> Mapping[str, int]:
        """Count people, promises and what is on its way."""
        states = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        paused = self._count(select(func.count(col(SubscriptionRow.id))).where(SubscriptionRow.paused != ""))
        return {
            "learners": self._count(select(func.count(col(LearnerRow.id)))),
            "subscribed": self._count(select(func.count(col(SubscriptionRow.id)))) - paused,
            "paused": paused,
            "notices": self._count(select(func.count(col(NoticeRow.id)))),
            **{str(state): int(number) for state, number in self._all(states)},
        }

    def _count(self, counting: SelectOfScalar[int]) -> int:
        return self._all(counting)[0]

    def subscribe(self, owner: Owner, address: Address, schedule: Schedule, next_at: datetime) -> Subscription:
        """Create an owner's subscription, or replace it."""
        self._forget_due(owner)
        values = {
            "owner_kind": owner.kind,
            "owner_id": owner.id,
            "address_id": self._address_id(address),
            "schedule": rows.dump_schedule(schedule),
            "next_at": next_at,
            "paused": "",
            "unanswered": 0,
            "missed": 0,
        }
        self._put(SubscriptionRow, ("owner_kind", "owner_id"), values)
        made = self.subscription(owner)
        if made is None:
            raise NotFoundError(f"the subscription of {owner} vanished while it was written")
        self._note_due(made)
        return made

    def save_subscription(self, subscription: Subscription) -> None:
        """Write a subscription."""
        self._forget_due(subscription.owner)
        values = rows.values_of(subscription, "owner", "address") | {
            "address_id": self._address_id(subscription.address),
            "schedule": rows.dump_schedule(subscription.schedule),
        }
        if self._change(SubscriptionRow, ("id",), values):
            self._note_due(subscription)

    def unsubscribe(self, owner: Owner) -> bool:
        """Remove an owner's subscription; tell whether there was one."""
        self._forget_due(owner)
        return self._run(_DROP, _named(owner)) > 0

    def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return the unpaused subscriptions with `next_at <= now`, earliest first."""
        return [
            Due(
                row.subscription_id,
                Owner(_KINDS[row.owner_kind], row.owner_id),
                row.address_id,
                row.platform,
                rows.load_schedule(row.schedule),
                row.next_at,
                row.unanswered,
            )
            for row in self._all(_DUE, {"now": now, "limit": limit})
        ]

    def claim(self, claims: Sequence[Claim], now: datetime) -> None:
        """Write the deliveries of due subscriptions, where they have none yet, and move them on."""
        moves = [_moved(claim) for claim in claims]
        self._many(_MOVE_ON, moves)
        self._many(_MOVE_DUE, moves)
        self._insert_new_ones(DeliveryRow, [_delivered(claim, now) for claim in claims])

    def move_address(self, platform: str, old: str, new: str) -> None:
        """Follow a chat that has a new id; what is under way there goes on."""
        here = (AddressRow.platform == platform) & (AddressRow.chat == old)
        for row in self._all(select(AddressRow).where(here)):
            taken = self._find_address(Address(platform, new, row.thread))
            if taken is None:
                self._run(update(AddressRow).where(col(AddressRow.id) == row.id).values(chat=new))
                self._forget_posts(row.id)
            else:
                self._join_addresses(row.id, taken)
        self._addresses.clear()

    def _forget_posts(self, address_id: int) -> None:
        """A chat with a new id numbers its messages anew: the old numbers mean others now. Polls keep their ids."""
        here = col(PostRow.address_id) == address_id
        self._run(delete(PostRow).where(here, col(PostRow.poll_id).is_(None)))
        self._run(update(PostRow).where(here).values(message_id="moved " + col(PostRow.message_id)))

    def _join_addresses(self, old: int, new: int) -> None:
        """Send to an address that exists already what was to go to another."""
        for table in in_order(METADATA):
            keys = [key for key in unique_keys(table) if len(key) > 1]
            for (column, *_), target in ((each.columns, each.target) for each in references(table)):
                # What has a name within its chat, as posts have, has another meaning in the new one.
                if target is table_of(AddressRow) and not any(column in key for key in keys):
                    self._run(table.update().where(column == old).values({column: new}))

    def _note_due(self, subscription: Subscription) -> None:
        if subscription.paused:
            return
        values = {
            "next_at": subscription.next_at,
            "subscription_id": subscription.id,
            "owner_kind": subscription.owner.kind,
            "owner_id": subscription.owner.id,
            "address_id": self._address_id(subscription.address),
            "platform": subscription.address.platform,
            "schedule": rows.dump_schedule(subscription.schedule),
            "unanswered": subscription.unanswered,
        }
        self._put(DueRow, ("next_at", "subscription_id"), values)

    def _forget_due(self, owner: Owner) -> None:
        known = self.subscription(owner)
        if known:
            self._run(_DROP_DUE, {"next_at": known.next_at, "subscription_id": known.id})


def _named(owner: Owner) -> Mapping[str, object]:
    return {"owner_kind": owner.kind, "owner_id": owner.id}


def _moved(claim: Claim) -> dict[str, object]:
    return {
        "subscription_id": claim.due.subscription_id,
        "next_at": claim.due.next_at,
        "to": claim.next_at,
        "unanswered": claim.due.unanswered + (not claim.is_late),
        "more_missed": int(claim.is_late or bool(claim.skipped)),
    }


def _delivered(claim: Claim, now: datetime) -> dict[str, object]:
    due = claim.due
    return {
        "owner_kind": due.owner.kind.value,  # a bare text: the driver looks for an adapter of any other
        "owner_id": due.owner.id,
        "kind": DeliveryKind.DAILY.value,
        "local_date": claim.local_date,
        "ordinal": claim.ordinal,
        "address_id": due.address_id,
        "question_id": "",
        "reason": "",
        "state": (DeliveryState.SKIPPED if claim.is_late else DeliveryState.PENDING).value,
        "created_at": now,
        "state_at": now,
        "tries": 0,
        "platform": due.platform,
        "due_at": now,
        "is_repeat": False,
    }
