"""Sends what waits to be pushed: several at a time, no faster than allowed, every outcome written down at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol

from bot.adapters.chats.rate_limit import RateLimit
from bot.errors import DeliveryError
from bot.features.daily.outcomes import Outcome, Outgoing
from bot.ports import Chat

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Sends that are on the wire together."""
TAKEN_AT_ONCE = 8
"""Choosing a question takes half a millisecond, and whoever asks something meanwhile waits for all of them."""


class Outbox(Protocol):
    """What the sender takes from and writes to: the tutor."""

    async def take(self, limit: int) -> list[Outgoing]:
        """Take pushes to send, marked as being sent; none where nothing waits."""

    async def record(self, outcomes: list[Outcome]) -> None:
        """Write down what became of pushes."""


class Sender:
    """One task that drains the outbox whenever it is woken.

    A push that fails or is slow holds up no other; one chat that must wait does not stop the rest, because
    what has to wait goes back to the store with the moment it may be tried again.
    """

    def __init__(self, outbox: Outbox, chats: Mapping[str, Chat], pushes_a_second: float) -> None:
        self._outbox = outbox
        self._chats = chats
        # One at a time at an even pace: a burst of a whole second's worth is what platforms punish.
        self._rate = RateLimit(pushes_a_second)
        self._batch = max(1, min(TAKEN_AT_ONCE, int(pushes_a_second)))
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something may wait."""
        self._wake.set()

    async def wait_for_slot(self) -> None:
        """Wait for a place among the pushes, for something else that is sent unasked."""
        await self._rate.wait()

    def stop(self) -> None:
        """Finish what is on the wire, and take nothing more."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Drain whenever woken, until stopped."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            await self.drain()

    async def drain(self) -> None:
        """Send everything that waits now."""
        room = asyncio.Semaphore(AT_ONCE)
        done: asyncio.Queue[Outcome | None] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            recorder = group.create_task(self._record(done))
            async with asyncio.TaskGroup() as sends:
                while not self._stopping and (batch := await self._outbox.take(self._batch)):
                    for outgoing in batch:
                        await self._rate.wait()
                        await room.acquire()
                        sends.create_task(self._send(outgoing, room, done))
            done.put_nowait(None)
            await recorder

    async def _send(self, outgoing: Outgoing, room: asyncio.Semaphore, done: asyncio.Queue[Outcome | None]) -> None:
        try:
            sent = await self._chats[outgoing.address.platform].send(outgoing.address, outgoing.reply)
            done.put_nowait(Outcome(outgoing, sent))
        except DeliveryError as error:
            log.warning("delivery %s to %s: %s", outgoing.delivery_id, outgoing.address, error)
            done.put_nowait(Outcome(outgoing, error))
        except Exception as error:  # a fault of ours; the next one must still be sent
            log.exception("delivery %s to %s", outgoing.delivery_id, outgoing.address)
            done.put_nowait(Outcome(outgoing, DeliveryError(str(error))))
        finally:
            room.release()

    async def _record(self, done: asyncio.Queue[Outcome | None]) -> None:
        """Write outcomes as they come; those that came meanwhile go into the next transaction together."""
        is_open = True
        while is_open:
            outcomes = [await done.get()]
            while not done.empty():
                outcomes.append(done.get_nowait())
            is_open = None not in outcomes
            known = [outcome for outcome in outcomes if outcome is not None]
            try:
                await self._outbox.record(known)
            except Exception:  # they stay on their way and are settled later, as what may have arrived
                log.exception("the outcome of %s deliveries could not be written", len(known))
