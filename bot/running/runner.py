"""Runs chats, the sender and the ticker over one tutor; one task group; stops in order."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from bot.adapters.runtime.ticker import Ticker
from bot.core.chat.events import ChatEvent
from bot.core.chat.incidents import summed_up
from bot.core.chat.messages import Message, Replies, Suggestion
from bot.core.chat.option import Offered
from bot.errors import DeliveryError, GoneError, TutorError, UncertainError
from bot.features.daily.outcomes import Outcome, Outgoing
from bot.ports import Chat, Clock
from bot.running.sender import Sender
from bot.running.tutor import Tutor

log = logging.getLogger(__name__)

RETRY_NOTICES = timedelta(minutes=1)

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Runner:
    """Runs chats and the ticker over one tutor.

    The tutor does one thing after the other, so that messages of this process do not interleave. Chats count what
    happens to them in `counts`, each in its own.
    """

    def __init__(
        self, tutor: Tutor, clock: Clock, pushes_a_second: float = 25.0, worker: Executor | None = None
    ) -> None:
        """Args: worker is where the tutor works, one call at a time; None for the event loop's own thread.

        A message takes a millisecond or two in an embedded database. Another thread would take as long again to
        wake, to hand over to and to contend with for the interpreter, and would hold up the loop longer than that.
        A database that is asked over a network needs one, because the loop must not wait for the network.
        """
        self.counts = tutor.counts
        self._tutor = tutor
        self._clock = clock
        self._worker = worker
        self._chats: dict[str, Chat] = {}
        self._stop = asyncio.Event()
        self._put_off: dict[int, datetime] = {}
        self._sender = Sender(self, self._chats, pushes_a_second)

    def add(self, chat: Chat) -> None:
        """Add a platform before `run`."""
        self._chats[chat.platform] = chat

    async def handle(self, message: Message) -> Replies:
        """Answer one message."""
        return await self._call(self._tutor.handle, message)

    async def suggest(self, text: str, language: str, offered: Offered) -> Sequence[Suggestion]:
        """Offer what somebody may mean while they type."""
        return await self._call(self._tutor.suggest, text, language, offered)

    async def note(self, event: ChatEvent) -> None:
        """Take note of what became of a chat, of a member or of a reply."""
        await self._call(self._tutor.note, event, self._clock.now())

    async def run(self) -> None:
        """Run until every chat has ended, or a signal or `stop` asks for the end."""
        await self._call(self._tutor.recover, self._clock.now())
        ticker = Ticker(self.tick)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as group:
                stopper = group.create_task(self._stop_chats())
                sending = group.create_task(self._sender.run())
                running = [group.create_task(self._run_chat(chat)) for chat in tuple(self._chats.values())]
                await asyncio.wait(running)
                stopper.cancel()
                self._sender.stop()
                await sending
        except ExceptionGroup as group:
            raise _first(group) from None
        finally:
            ticker.stop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(name)
            if self._worker:
                self._worker.shutdown(wait=True)

    async def _run_chat(self, chat: Chat) -> None:
        """Run one platform; while another runs, its failing is logged and nothing is sent there any more."""
        try:
            await chat.run()
        except TutorError as error:
            if set(self._chats) == {chat.platform}:
                raise
            log.error("%s is given up, the rest goes on: %s", chat.platform, error)  # noqa: TRY400  the message says all
            del self._chats[chat.platform]
        if chat.platform in self.counts:
            log.info("%s: %s", chat.platform, summed_up(self.counts[chat.platform]))

    def stop(self) -> None:
        """Ask for the end: chats stop receiving, what is under way finishes."""
        self._stop.set()

    async def _stop_chats(self) -> None:
        await self._stop.wait()
        for chat in tuple(self._chats.values()):
            await chat.stop()

    async def tick(self) -> None:
        """Claim what is due, batch by batch, and let the sender know."""
        claimed = 1
        while claimed:
            claimed = await self._call(self._tutor.claim_due, self._clock.now())
            await asyncio.sleep(0)  # whoever asks something has not to wait for all batches
        await self._call(self._tutor.settle, self._clock.now())
        self._sender.wake()
        await self._tell(frozenset(self._chats))

    async def take(self, limit: int) -> list[Outgoing]:
        """Take pushes for the sender."""
        return await self._call(self._tutor.take, frozenset(self._chats), self._clock.now(), limit)

    async def record(self, outcomes: list[Outcome]) -> None:
        """Write down what the sender found out."""
        await self._call(self._tutor.record, outcomes, self._clock.now())

    async def _tell(self, platforms: frozenset[str]) -> None:
        """Send the notices that wait in the outbox."""
        now = self._clock.now()
        for notice in await self._call(self._tutor.notices, platforms):
            if self._put_off.get(notice.id, now) > now:
                continue
            await self._sender.wait_for_slot()
            try:
                await self._chats[notice.address.platform].send(notice.address, notice.reply)
            except (UncertainError, GoneError) as error:  # a notice is not worth a repeat
                log.warning("notice %s to %s: %s", notice.id, notice.address, error)
            except DeliveryError as error:
                log.warning("notice %s to %s, tried again later: %s", notice.id, notice.address, error)
                self._put_off[notice.id] = now + RETRY_NOTICES
                continue
            self._put_off.pop(notice.id, None)
            await self._call(self._tutor.noticed, notice)

    async def _call(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Have the tutor do one thing: the one path to it."""
        if self._worker is None:
            return act(*args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._worker, partial(act, *args, **kwargs))


def _first(group: ExceptionGroup) -> Exception:
    """Return the fault that an operator can mend, or else the first one."""
    faults = [error for error in group.exceptions if isinstance(error, TutorError)]
    return (*faults, *group.exceptions)[0]
