"""Long polling: updates in batches, confirmed when they have been dealt with, through gaps of the network."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError

from bot.adapters.chats.telegram.sending.transport import ANSWER_S, TooManyRequestsError
from bot.adapters.chats.telegram.wire import Words, plain_words
from bot.core.chat.incidents import Counts, Incident
from bot.errors import SettingsError

log = logging.getLogger(__name__)
Json = dict[str, Any]
POLL_S = 50
"""Seconds that Telegram holds a request while nothing happens."""
MAX_WAIT_S = 30.0
GAP_S = 60.0
"""After a silence of the line as long as this, taps may be old."""
YOUNG_S, CONFLICTS_YOUNG, CONFLICTS_OLD = 1.5, 3, 15
CONFLICT_WAIT_YOUNG_S, CONFLICT_WAIT_OLD_S = 0.6, 0.3
"""A process that met another poller as soon as it started gives way; one that had been there asks on."""
KINDS = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.POLL_ANSWER,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.CHAT_MEMBER,
]
CONFLICT = (
    "TUTOR_TELEGRAM_TOKEN=(hidden): another process receives this bot's messages; "
    "stop that one, or make this one a bot of its own with @BotFather"
)


def read(update: Json, bot: Bot) -> Update | Words | None:
    """Read one update; what this version cannot read is logged and passed over."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        if words := plain_words(update, bot.username):
            return words
    try:
        return Update.de_json(update, bot)
    except Exception:  # any shape may come from a newer server
        log.exception("update %s could not be read and is passed over", update.get("update_id"))
        return None


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates that came together. `may_be_old`: the line was silent before, so taps may have expired."""

    updates: tuple[Update | Words, ...]
    may_be_old: bool


class Polling:
    """Asks for updates until it is stopped."""

    def __init__(self, bot: Bot, counts: Counts | None = None) -> None:
        self._bot = bot
        self._counts = Counts() if counts is None else counts
        self._is_stopped = False
        self._asking: asyncio.Task[list[Json]] | None = None
        self._offset: int | None = None
        self._failures = 0
        self._conflicts = 0
        self._was_young = True

    async def batches(self) -> AsyncIterator[Batch]:
        """Yield batches; the next request confirms a batch, so it is made when the caller is done with it.

        Raises:
            SettingsError: another process keeps polling, or the token was taken back.
        """
        clock = asyncio.get_running_loop().time
        started, answered = clock(), -GAP_S
        while not self._is_stopped:
            found = await self._found(started)
            if found is None:
                continue
            is_late = self._failures > 0 or self._offset is None or clock() - answered > POLL_S + GAP_S
            answered = clock()
            self._back()
            if found:
                updates = (read(one, self._bot) for one in found)
                yield Batch(tuple(update for update in updates if update), is_late)
                self._offset = int(found[-1]["update_id"]) + 1
            elif self._offset is None:
                self._offset = 0

    async def _found(self, started: float) -> list[Json] | None:
        """Ask once; None where that failed, after the time that is then waited."""
        try:
            return await self._ask()
        except Conflict:
            await self._conflict(asyncio.get_running_loop().time() - started)
        except TelegramError as error:
            await self._pause(error)
        return None

    async def confirm(self) -> None:
        """Tell Telegram what was dealt with, after the end; it would come again otherwise."""
        if self._offset:
            try:
                await self._bot.get_updates(self._offset, limit=1, timeout=0, allowed_updates=KINDS)
            except TelegramError as error:
                log.info("the last updates could not be confirmed and will come again: %s", error.message)

    def stop(self) -> None:
        """End the polling."""
        self._is_stopped = True
        if self._asking:
            self._asking.cancel()

    async def _ask(self) -> list[Json]:
        # Past `get_updates`, which reads all updates or raises: one it cannot read would come again for ever.
        wanted: Json = {"offset": self._offset or None, "timeout": POLL_S, "allowed_updates": KINDS}
        asking = self._bot._post("getUpdates", wanted, read_timeout=POLL_S + ANSWER_S)  # noqa: SLF001
        self._asking = asyncio.ensure_future(asking)
        try:
            return await self._asking
        except asyncio.CancelledError:
            if self._is_stopped and self._asking.cancelled():
                return []
            raise
        finally:
            self._asking = None

    async def _conflict(self, age_s: float) -> None:
        if self._conflicts == 0:
            self._was_young = age_s < YOUNG_S
        self._conflicts += 1
        self._counts[Incident.CONFLICT] += 1
        if self._conflicts >= (CONFLICTS_YOUNG if self._was_young else CONFLICTS_OLD):
            raise SettingsError(CONFLICT)
        await asyncio.sleep(CONFLICT_WAIT_YOUNG_S if self._was_young else CONFLICT_WAIT_OLD_S)

    async def _pause(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            raise SettingsError("TUTOR_TELEGRAM_TOKEN=(hidden): Telegram no longer accepts it") from None
        if not isinstance(error, NetworkError | TooManyRequestsError) or isinstance(error, BadRequest):
            raise error
        self._failures += 1
        if self._failures == 1:
            self._counts[Incident.LINE_LOST] += 1
            log.warning("Telegram cannot be reached (%s); trying on", error.message)
        await asyncio.sleep(error.retry_after_s if isinstance(error, TooManyRequestsError) else self._delay())

    def _delay(self) -> float:
        return min(MAX_WAIT_S, 0.25 * 2.0 ** min(self._failures, 10))

    def _back(self) -> None:
        if self._failures:
            self._counts[Incident.LINE_BACK] += 1
            log.info("Telegram can be reached again")
        self._failures = self._conflicts = 0
