"""The part of a transaction about what is promised: subscriptions, and the table of what is due when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select

from bot.adapters.store import rows
from bot.adapters.store.columns import moment_of
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.ownership import in_order, references, unique_keys
from bot.adapters.store.tables.tables import METADATA, T
from bot.core.chat.messages import Address
from bot.core.records.records import Claim, DeliveryState, Due, Owner, OwnerKind, Subscription
from bot.core.scheduling.schedule import Schedule
from bot.errors import NotFoundError

_SUBSCRIPTION = select(T.subscription, T.address.c.platform, T.address.c.chat, T.address.c.thread).join(T.address)
_OF_OWNER = _SUBSCRIPTION.where(matching(T.subscription.c.owner_kind, T.subscription.c.owner_id))
_AT_ADDRESS = _SUBSCRIPTION.where(matching(T.subscription.c.address_id)).order_by(T.subscription.c.id)
_DROP = T.subscription.delete().where(matching(T.subscription.c.owner_kind, T.subscription.c.owner_id))
_DROP_DUE = T.due.delete().where(matching(T.due.c.next_at, T.due.c.subscription_id))
_KINDS = {kind.value: kind for kind in OwnerKind}
_DUE = (
    "SELECT next_at, subscription_id, owner_kind, owner_id, address_id, platform, schedule, unanswered FROM due "
    "WHERE next_at <= ? ORDER BY next_at, subscription_id LIMIT ?"
)
_MOVE_ON = "UPDATE subscription SET next_at = ?, unanswered = ?, missed = missed + ? WHERE id = ?"
_MOVE_DUE = "UPDATE due SET next_at = ?, unanswered = ? WHERE next_at = ? AND subscription_id = ?"
_DELIVER = (
    "INSERT INTO delivery (kind, owner_kind, owner_id, local_date, ordinal, address_id, platform, state, "
    "created_at, state_at, due_at, question_id, reason, tries, is_repeat) "
    "VALUES ('daily', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, false) ON CONFLICT DO NOTHING"
)


class Subscriptions(Statements):
    """Promises, and when they are due."""

    def subscription(self, owner: Owner) -> Subscription | None:
        """Return an owner's subscription."""
        row = self._first(_OF_OWNER, _named(owner))
        return rows.subscription_of(row) if row else None

    def subscriptions_at(self, address: Address) -> Sequence[Subscription]:
        """Return the subscriptions that push to an address."""
        found = self._all(_AT_ADDRESS, {"address_id": self._address_id(address)})
        return [rows.subscription_of(row) for row in found]

    def subscribed(self) -> Sequence[Address]:
        """Return every address that an unpaused subscription pushes to, once."""
        table = T.address
        running = select(T.subscription.c.address_id).where(T.subscription.c.paused == "")
        found = select(table.c.platform, table.c.chat, table.c.thread).where(table.c.id.in_(running))
        return [Address(*row) for row in self._connection.execute(found.order_by(table.c.id))]

    def census(self) -> Mapping[str, int]:
        """Count people, promises and what is on its way."""
        states = select(T.delivery.c.state, func.count()).group_by(T.delivery.c.state)
        paused = self._count(T.subscription, T.subscription.c.paused != "")
        return {
            "learners": self._count(T.learner),
            "subscribed": self._count(T.subscription) - paused,
            "paused": paused,
            "notices": self._count(T.notice),
            **{str(state): int(number) for state, number in self._connection.execute(states)},
        }

    def _count(self, table: Table, *where: ColumnElement[bool]) -> int:
        return self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

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
        self._put(T.subscription, ("owner_kind", "owner_id"), values)
        made = self.subscription(owner)
        if made is None:
            raise NotFoundError(f"the subscription of {owner} vanished while it was written")
        self._note_due(made)
        return made

    def save_subscription(self, subscription: Subscription) -> None:
        """Write a subscription."""
        self._forget_due(subscription.owner)
        values = {
            "id": subscription.id,
            "address_id": self._address_id(subscription.address),
            "schedule": rows.dump_schedule(subscription.schedule),
            "next_at": subscription.next_at,
            "paused": subscription.paused,
            "unanswered": subscription.unanswered,
            "missed": subscription.missed,
        }
        if self._change(T.subscription, ("id",), values):
            self._note_due(subscription)

    def unsubscribe(self, owner: Owner) -> bool:
        """Remove an owner's subscription; tell whether there was one."""
        self._forget_due(owner)
        return self._run(_DROP, _named(owner)) > 0

    def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return the unpaused subscriptions with `next_at <= now`, earliest first."""
        self._line.cursor.execute(self._spelt(_DUE), (self._moment(now), limit))
        return [
            Due(
                number,
                Owner(_KINDS[kind], owner_id),
                address,
                platform,
                rows.load_schedule(schedule),
                moment_of(at),
                unanswered,
            )
            for at, number, kind, owner_id, address, platform, schedule, unanswered in self._line.cursor.fetchall()
        ]

    def claim(self, claims: Sequence[Claim], now: datetime) -> None:
        """Write the deliveries of due subscriptions, where they have none yet, and move them on.

        A hundred thousand may fall due in one minute, so the rows go to the driver as they are.
        """
        if not claims:
            return
        at = self._moment(now)
        self._many(_MOVE_ON, [self._moved_on(claim) for claim in claims])
        self._many(_MOVE_DUE, [self._moved_due(claim) for claim in claims])
        self._many(_DELIVER, [self._delivered(claim, at) for claim in claims])

    def _moved_on(self, claim: Claim) -> tuple[object, ...]:
        return (
            self._moment(claim.next_at),
            _unanswered(claim),
            int(claim.is_late or bool(claim.skipped)),
            claim.due.subscription_id,
        )

    def _moved_due(self, claim: Claim) -> tuple[object, ...]:
        return (
            self._moment(claim.next_at),
            _unanswered(claim),
            self._moment(claim.due.next_at),
            claim.due.subscription_id,
        )

    def _delivered(self, claim: Claim, at: object) -> tuple[object, ...]:
        due = claim.due
        state = DeliveryState.SKIPPED if claim.is_late else DeliveryState.PENDING
        return (
            due.owner.kind.value,
            due.owner.id,
            claim.local_date.isoformat() if self._is_sqlite else claim.local_date,
            claim.ordinal,
            due.address_id,
            due.platform,
            state.value,
            at,
            at,
            at,
        )

    def move_address(self, platform: str, old: str, new: str) -> None:
        """Follow a chat that has a new id; what is under way there goes on."""
        table = T.address
        here = (table.c.platform == platform) & (table.c.chat == old)
        for row in self._connection.execute(select(table).where(here)).all():
            taken = self._find_address(Address(platform, new, row.thread))
            if taken is None:
                self._connection.execute(table.update().where(table.c.id == row.id).values(chat=new))
                self._forget_posts(row.id)
            else:
                self._join_addresses(row.id, taken)
        self._addresses.clear()

    def _forget_posts(self, address_id: int) -> None:
        """A chat with a new id numbers its messages anew: the old numbers mean others now. Polls keep their ids."""
        here = T.post.c.address_id == address_id
        self._connection.execute(T.post.delete().where(here, T.post.c.poll_id.is_(None)))
        self._connection.execute(T.post.update().where(here).values(message_id="moved " + T.post.c.message_id))

    def _join_addresses(self, old: int, new: int) -> None:
        """Send to an address that exists already what was to go to another."""
        for table in in_order(METADATA):
            keys = [key for key in unique_keys(table) if len(key) > 1]
            for (column, *_), target in ((each.columns, each.target) for each in references(table)):
                # What has a name within its chat, as posts have, has another meaning in the new one.
                if target is T.address and not any(column in key for key in keys):
                    self._connection.execute(table.update().where(column == old).values({column: new}))

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
        self._put(T.due, ("next_at", "subscription_id"), values)

    def _forget_due(self, owner: Owner) -> None:
        known = self.subscription(owner)
        if known:
            self._run(_DROP_DUE, {"next_at": known.next_at, "subscription_id": known.id})


def _named(owner: Owner) -> Mapping[str, object]:
    return {"owner_kind": owner.kind, "owner_id": owner.id}


def _unanswered(claim: Claim) -> int:
    return claim.due.unanswered + (not claim.is_late)
