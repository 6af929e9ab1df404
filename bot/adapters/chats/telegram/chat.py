"""Telegram as the app sees it: receives, answers, sends unasked, stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Bot, CallbackQuery, Update, User
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.adapters.chats.rate_limit import ChatLimit, PersonLimit, Verdict
from bot.adapters.chats.telegram import inline, menu
from bot.adapters.chats.telegram.answering import Answering
from bot.adapters.chats.telegram.chat_queues import ChatQueues
from bot.adapters.chats.telegram.destination import Destination
from bot.adapters.chats.telegram.receiving.admins import is_admin
from bot.adapters.chats.telegram.receiving.membership import Membership
from bot.adapters.chats.telegram.receiving.polling import Batch, Polling
from bot.adapters.chats.telegram.sending.sender import Sender
from bot.adapters.chats.telegram.sending.transport import TooManyRequestsError, Transport
from bot.adapters.chats.telegram.sending.uploads import Uploads
from bot.adapters.chats.telegram.wire import PLATFORM, Words, alone_with, to_message
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Message, Reply, Sent
from bot.core.chat.option import Offered
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording, language_of_tag
from bot.errors import DeliveryError, SettingsError
from bot.features.registry import needs_admin
from bot.ports import Services

if TYPE_CHECKING:
    from bot.adapters.chats.telegram.receiving.webhook import Webhook

log = logging.getLogger(__name__)
A_SECOND_TO_CHAT, A_MINUTE_TO_GROUP = 1.0, 20.0
"""What Telegram allows in the mean; all chats together are the sender's business."""
BATCH_S = 0.25
"""So long a batch may hold up the next request, which confirms it."""
WEBHOOK_S = 10.0
"""So long Telegram is kept waiting for the word that an update it brought was dealt with."""
DRAIN_S = 10.0
BUSY = 256
"""Chats that are answered side by side; more wait at Telegram."""
BAD_TOKEN = (
    "TUTOR_TELEGRAM_TOKEN=(hidden): Telegram does not know this token; copy it from @BotFather: /mybots, API Token"  # noqa: S105
)


@dataclass(frozen=True, slots=True)
class Access:
    """How Telegram is reached.

    Attributes:
        webhook_url: where Telegram brings updates, https; "" for long polling.
        listen: host and port that the webhook listens on.
        language: "zh" or "en", of people whose own is neither.
        owners: user ids of those who run the bot.
        uploads: the file that remembers pictures Telegram has already; None for none.
        proxy: an HTTP proxy on the way there; "" for none.
    """

    token: str
    base_url: str
    base_file_url: str
    webhook_url: str = ""
    listen: tuple[str, int] = ("127.0.0.1", 8443)
    language: str = "zh"
    owners: tuple[str, ...] = ()
    uploads: Path | None = None
    proxy: str = ""


class TelegramChat:
    """The Telegram chat.

    Attributes:
        counts: how often each thing happened.
    """

    platform = PLATFORM

    def __init__(self, services: Services, access: Access) -> None:
        self.counts = services.counts
        self._services = services
        self._access = access
        self._bot = Bot(
            access.token,
            base_url=access.base_url,
            base_file_url=access.base_file_url,
            request=Transport(self.counts, proxy=access.proxy),
            get_updates_request=Transport(connections=1, proxy=access.proxy),
        )
        self._sender = Sender(self._bot, services.typesetter, Uploads(access.uploads), self.counts)
        self._answering = Answering(self._bot, self._sender, services, access.language)
        self._membership = Membership(self._sender, services.note, access.language)
        self._polling = Polling(self._bot, self.counts)
        self._webhook: Webhook | None = None
        self._queues = ChatQueues(self.counts)
        self._person_limit = PersonLimit()
        self._chat_limit = ChatLimit(A_SECOND_TO_CHAT, A_MINUTE_TO_GROUP)
        self._me = User(0, "", is_bot=True)
        self._is_stopped = False

    async def run(self) -> None:
        """Receive until stopped. Raises SettingsError where the token is wrong or in use elsewhere."""
        # Without the library's own first request; there is no public name for the polling line.
        async with self._bot.request, self._bot._request[0]:  # noqa: SLF001
            if not await self._connect():
                return
            publishing = asyncio.create_task(menu.publish(self._bot, self._access.language, self._access.owners))
            try:
                await (self._listen() if self._access.webhook_url else self._poll())
            finally:
                publishing.cancel()
                await self._drain()
                with contextlib.suppress(asyncio.CancelledError):
                    await publishing

    async def send(self, address: Address, reply: Reply) -> Sent:
        """Send one reply, unasked, at the pace that its chat allows. Raises DeliveryError, of the kind that fits.

        What its chat may not get yet is a RateLimitError at once: waiting here would look like being on its way.
        """
        await self._chat_limit.wait(address.chat, is_group=address.chat.startswith("-"))
        return await self._answering.send(Destination.of(address), reply)

    async def stop(self) -> None:
        """Stop receiving; what is under way finishes."""
        self._is_stopped = True
        self._polling.stop()
        if self._webhook:
            self._webhook.stop()

    # --- receiving -------------------------------------------------------------------------------

    async def _connect(self) -> bool:
        """Ask Telegram who the bot is, until it answers; False where stopped before."""
        wait_s = 0.5
        while not self._is_stopped:
            try:
                self._me = await self._bot.get_me()
            except InvalidToken:
                raise SettingsError(BAD_TOKEN) from None
            except (NetworkError, TooManyRequestsError) as error:
                log.warning("Telegram cannot be reached (%s); trying again in %.0f s", error.message, wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(30.0, wait_s * 2)
            else:
                log.info("Telegram: @%s is ready", self._me.username)
                return True
        return False

    async def _poll(self) -> None:
        with contextlib.suppress(TelegramError):
            await self._bot.delete_webhook()
        async for batch in self._polling.batches():
            await self._take_batch(batch)
        await self._drain()
        await self._polling.confirm()

    async def _drain(self) -> None:
        await self._queues.drain(DRAIN_S)
        await self._answering.drain(DRAIN_S)

    async def _take_batch(self, batch: Batch) -> None:
        tasks = {self._begin(update, may_be_old=batch.may_be_old) for update in batch.updates}
        if tasks:
            await asyncio.wait(tasks, timeout=BATCH_S)
        await self._queues.below(BUSY)

    async def _listen(self) -> None:
        from bot.adapters.chats.telegram.receiving.webhook import Webhook  # a web server, which polling never needs

        self._webhook = Webhook(self._bot, self._access.webhook_url, self._access.listen, self._take)
        await self._webhook.run()

    async def _take(self, update: Update | Words) -> None:
        await asyncio.wait({self._begin(update, may_be_old=False)}, timeout=WEBHOOK_S)

    def _begin(self, update: Update | Words, *, may_be_old: bool) -> asyncio.Task[None]:
        if isinstance(update, Words):
            return self._queues.add(update.chat_id, lambda: self._heard(update.message, update))
        self._membership.foresee(update)
        lane = update.effective_chat or update.effective_user
        return self._queues.add(lane.id if lane else 0, lambda: self._one(update, may_be_old=may_be_old))

    # --- one update ------------------------------------------------------------------------------

    async def _one(self, update: Update, *, may_be_old: bool) -> None:
        if update.inline_query:
            await self._inline(update)
        elif not await self._membership.note(update, self._me):
            await self._message(update, may_be_old=may_be_old)

    async def _message(self, update: Update, *, may_be_old: bool) -> None:
        message = to_message(update, self._me, self._services.clock.now())
        if message is not None:
            await self._heard(message, update, may_be_old=may_be_old)

    async def _heard(self, message: Message, update: Update | Words, *, may_be_old: bool = False) -> None:
        query = update.callback_query if isinstance(update, Update) else None
        verdict = self._judge(message.sender.user_id)
        if verdict is not Verdict.TAKE:
            self.counts[Incident.TOO_FAST] += 1
            await self._slow_down(message, verdict, query)
            return
        if query and may_be_old and await _has_expired(query):
            log.info("a tap from before the line was lost is not acted on")
            return
        await self._answering.answer(await self._settled(message), update)

    def _judge(self, user_id: str | int) -> Verdict:
        return self._person_limit.judge(str(user_id), asyncio.get_running_loop().time())

    async def _slow_down(self, message: Message, verdict: Verdict, query: CallbackQuery | None) -> None:
        """Say once that it is too fast, to them alone, then nothing: no store, no matching, at most one call."""
        text = Wording(self._language_of(message))("slow-down")
        if verdict is Verdict.WARN and query:
            await query.answer(text)
        elif verdict is Verdict.WARN and message.is_to_me and (alone := alone_with(message)):
            with contextlib.suppress(DeliveryError):
                await self._answering.send(Destination.of(alone), Reply((paragraph(text),)))

    def _language_of(self, message: Message) -> str:
        return language_of_tag(message.language, self._access.language)

    async def _settled(self, message: Message) -> Message:
        """Add what takes a question to Telegram: whether somebody may administer a group."""
        if message.is_direct or message.is_admin or not needs_admin(message.text, message.pressed):
            return message
        chat, user = int(message.address.chat), int(message.sender.user_id)
        return replace(message, is_admin=await is_admin(self._bot, chat, user))

    async def _inline(self, update: Update) -> None:
        query = update.inline_query
        if query is None or self._judge(query.from_user.id) is not Verdict.TAKE:
            return
        language = language_of_tag(query.from_user.language_code, self._access.language)
        found = await self._services.suggest(query.query, language, Offered.CONCEPT)
        name, words = self._me.username or "", Wording(language)
        if not await inline.answer(query, await inline.results(found, self._sender, name, words)):
            plain = await inline.results(found, self._sender, name, words, has_pictures=False)
            await inline.answer(query, plain)


async def _has_expired(query: CallbackQuery) -> bool:
    """Tell whether Telegram still knows a tap, by answering it."""
    try:
        await query.answer()
    except TelegramError:
        return True
    return False
